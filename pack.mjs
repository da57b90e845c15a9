// Packs what is published: the bundle and its fixtures, with a package.json that wants nothing else, since the bundle holds
// every dependency. It is put together in a folder of its own, so that the working tree is never touched. Prints the path of
// the package, which is written to the folder given or the present one: node pack.mjs [FOLDER], after npm run build.
import {execFileSync} from 'node:child_process';
import {cpSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';

const root = import.meta.dirname;
const target = path.resolve(process.argv[2] ?? '.');
const stage = mkdtempSync(path.join(tmpdir(), 'swarmtop-pack-'));
try {
	const {scripts, dependencies, devDependencies, optionalDependencies, ...manifest} = JSON.parse(
		readFileSync(path.join(root, 'package.json'), 'utf8'),
	);
	writeFileSync(path.join(stage, 'package.json'), `${JSON.stringify(manifest, null, '\t')}\n`);
	const files = [...manifest.files, 'README.md', 'LICENSE'].flatMap((pattern) => globSync(pattern, {cwd: root}));
	for (const file of files) cpSync(path.join(root, file), path.join(stage, file), {recursive: true});
	mkdirSync(target, {recursive: true});
	const name = execFileSync('npm', ['pack', '--silent', '--pack-destination', target], {cwd: stage, encoding: 'utf8'});
	process.stdout.write(`${path.join(target, name.trim())}\n`);
} finally {
	rmSync(stage, {recursive: true, force: true});
}
