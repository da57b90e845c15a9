// The licences of all that is bundled, from node_modules: build.mjs writes them to dist/THIRD-PARTY-LICENSES.
import {existsSync, readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';

const licenceFile = /^(?:licen[cs]e|copying)(?:[.-].*)?$/i;

/**
 * The folders of the packages whose files are in the bundle, by the inputs of esbuild's metafile that left something in it.
 * @param {Readonly<Record<string, {readonly inputs: Readonly<Record<string, {readonly bytesInOutput: number}>>}>>} outputs
 */
export function bundledPackages(outputs) {
	const files = Object.values(outputs).flatMap(({inputs}) =>
		Object.entries(inputs)
			.filter(([, {bytesInOutput}]) => bytesInOutput > 0)
			.map(([file]) => file),
	);
	const folders = files.map((file) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0]);
	return [...new Set(folders.filter((folder) => folder !== undefined))].toSorted();
}

/** One text: each package with its version, its licence and the licence's own words. Throws where a package has none. */
export function licencesOf(folders) {
	const line = '='.repeat(80);
	const parts = folders.map((folder) => {
		const manifest = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
		const {name, version, license} = manifest;
		return `${line}\n${name} ${version} (${license})\n${line}\n\n${textOf(folder, manifest)}\n`;
	});
	return `swarmtop contains these packages, each under its own licence.\n\n${parts.join('\n')}`;
}

/** A few packages name their licence and leave its text out: then it is the common one, with their author's name. */
function textOf(folder, {name, license, author}) {
	const texts = readdirSync(folder)
		.filter((file) => licenceFile.test(file))
		.map((file) => readFileSync(path.join(folder, file), 'utf8').trim());
	if (texts.length > 0) return texts.join('\n\n');
	const common = path.join(import.meta.dirname, 'licences', `${license}.txt`);
	if (!existsSync(common)) throw new Error(`${name} has no text of its licence (${license}): it can't be bundled`);
	const holder = typeof author === 'object' ? author.name : author;
	return `Copyright (c) ${holder ?? `the authors of ${name}`}\n\n${readFileSync(common, 'utf8').trim()}`;
}
