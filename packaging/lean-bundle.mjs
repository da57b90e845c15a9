// What the bundle leaves out of its packages, because it would run at every start and is never asked for. Each is one line
// of a package in the version that package-lock.json names; a build whose package has another line fails.
import {readFile} from 'node:fs/promises';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');

const replacements = [
	{
		// Its wasm lies in the file itself: fetching that from a data: URL loads all of Node's HTTP client for it.
		file: /yoga-wasm-base64-esm\.js$/,
		from: 'return w||"function"!=typeof fetch?',
		to: 'return true?',
	},
	{
		// It tidies package.json files; the one that is handed over is three words long.
		file: /meow\/build\/dependencies\.js$/,
		from: 'var normalizeExports = requireNormalize();',
		to: 'var normalizeExports = () => {};',
	},
	{
		// Reading the table of all emoji takes 20 ms, and nearly no screen holds one.
		file: /string-width\/index\.js$/,
		from: 'const rgiEmojiRegex = /^\\p{RGI_Emoji}$/v;',
		to: 'let rgiEmoji; const rgiEmojiRegex = {test: text => (rgiEmoji ??= /^\\p{RGI_Emoji}$/v).test(text)};',
	},
];

/**
 * The first Intl.Segmenter takes 20 ms, and six modules make one as they are loaded: in the bundle each is made when it is
 * first asked. To be defined as `Intl.Segmenter`, with this before all else.
 */
export const lateSegmenter = {
	name: '__LateSegmenter',
	banner: `const __LateSegmenter = class {
	constructor(...options) { this.options = options; }
	segment(text) { return (this.segmenter ??= new Intl.Segmenter(...this.options)).segment(text); }
};`,
};

/** An esbuild plugin. */
export const leanBundle = {
	name: 'lean-bundle',
	setup(build) {
		// Measuring a text by the table of signs that cover one cell costs a hundredth of what string-width's rules do.
		const namespace = 'string-width';
		build.onResolve({filter: /^string-width$/}, ({importer}) =>
			importer.startsWith(path.join(root, 'source')) ? undefined : {path: namespace, namespace},
		);
		build.onLoad({filter: /.*/, namespace}, () => ({
			contents: "export {stringWidthForPackages as default} from './source/text/string-width.ts';",
			resolveDir: root,
		}));
		build.onLoad({filter: anyOf(replacements)}, async ({path: name}) => {
			let contents = await readFile(name, 'utf8');
			for (const {file, from, to} of replacements) {
				if (!file.test(name)) continue;
				if (contents.split(from).length !== 2) throw new Error(`${name} does not hold "${from}" once`);
				contents = contents.replace(from, () => to);
			}
			return {contents, loader: 'js'};
		});
	},
};

const anyOf = (all) => new RegExp(all.map(({file}) => file.source).join('|'));
