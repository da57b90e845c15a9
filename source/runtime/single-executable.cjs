// The first code of the one executable (dist.mjs), and of each of its worker threads: modules are read out of the executable
// itself, so that nothing is unpacked. program-files.ts starts the workers.
const sea = require('node:sea');
const {registerHooks} = require('node:module');
const vm = require('node:vm');

const root = 'file:///swarmtop.bundle/';

registerHooks({
	resolve(specifier, context, next) {
		const isInside = specifier.startsWith(root) || (context.parentURL?.startsWith(root) && specifier.startsWith('.'));
		if (!isInside) return next(specifier, context);
		return {url: new URL(specifier, context.parentURL ?? root).href, format: 'module', shortCircuit: true};
	},
	load(url, context, next) {
		if (!url.startsWith(root)) return next(url, context);
		return {format: 'module', source: sea.getAsset(url.slice(root.length), 'utf8'), shortCircuit: true};
	},
});

/** Runs a module of the executable: `dist/cli.js`. An import in this file itself would only find Node's own modules. */
// biome-ignore lint/correctness/noUnusedVariables: dist.mjs and program-files.ts put the call behind this file's text
function start(entry) {
	const options = {importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER};
	new vm.Script(`import(${JSON.stringify(root + entry)})`, options).runInThisContext().catch((error) => {
		process.nextTick(() => {
			throw error;
		});
	});
}
