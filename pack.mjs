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
	const patterns = [...manifest.files, 'README.md', 'LICENSE', ...linkedFrom('README.md')];
	// npm packs what is named there alone.
	manifest.files = [...manifest.files, ...linkedFrom('README.md')];
	writeFileSync(path.join(stage, 'package.json'), `${JSON.stringify(manifest, null, '\t')}\n`);
	const files = patterns.flatMap((pattern) => globSync(pattern, {cwd: root}));
	for (const file of files) cpSync(path.join(root, file), path.join(stage, file), {recursive: true});
	mkdirSync(target, {recursive: true});
	const name = execFileSync('npm', ['pack', '--silent', '--pack-destination', target], {cwd: stage, encoding: 'utf8'});
	process.stdout.write(`${path.join(target, name.trim())}\n`);
} finally {
	rmSync(stage, {recursive: true, force: true});
}

/** The files of ours that a text links to: its links have to work in the package, too. */
function linkedFrom(file) {
	const links = readFileSync(path.join(root, file), 'utf8').matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g);
	return [...new Set([...links].map(([, target]) => target))];
}
