/** docs/simulator-api.d.ts: what `swarmtop/simulator` promises, as TypeScript reads it off the source. The package's own types. */
import {execFileSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');

export function simulatorApi(): string {
	const folder = mkdtempSync(path.join(tmpdir(), 'simulator-api-'));
	try {
		const config = path.join(folder, 'tsconfig.json');
		const compilerOptions = {
			noEmit: false,
			declaration: true,
			emitDeclarationOnly: true,
			rootDir: root,
			outDir: folder,
			typeRoots: [path.join(root, 'node_modules/@types')],
		};
		const files = [path.join(root, 'source/simulator/library.ts')];
		writeFileSync(
			config,
			JSON.stringify({extends: path.join(root, 'tsconfig.json'), compilerOptions, files, include: []}),
		);
		execFileSync(path.join(root, 'node_modules/.bin/tsc'), ['--project', config], {encoding: 'utf8'});
		const text = readFileSync(path.join(folder, 'source/simulator/library.d.ts'), 'utf8');
		return text.replaceAll(/^(?: {4})+/gm, (spaces) => '\t'.repeat(spaces.length / 4));
	} finally {
		rmSync(folder, {recursive: true});
	}
}
