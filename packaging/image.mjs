// The content of a container image that is made from nothing: the executable, and the libraries and the loader that it needs,
// from the system that builds it. Then `docker build` of the folder needs no other image and no network.
//   node packaging/image.mjs EXECUTABLE FOLDER
import {execFileSync} from 'node:child_process';
import {copyFileSync, mkdirSync, realpathSync, writeFileSync} from 'node:fs';
import path from 'node:path';

const [executable, folder] = process.argv.slice(2);
if (executable === undefined || folder === undefined) {
	console.error('usage: node packaging/image.mjs EXECUTABLE FOLDER');
	process.exit(2);
}

const root = path.join(folder, 'root');
const put = (from, to) => {
	const target = path.join(root, to);
	mkdirSync(path.dirname(target), {recursive: true});
	copyFileSync(realpathSync(from), target);
};

put(executable, '/usr/bin/swarmtop');
for (const library of librariesOf(executable)) put(library, library);
// Whoever is nobody has a home and a name, too; temporary files hold the sockets of the demo.
for (const each of ['tmp', 'root', 'etc']) mkdirSync(path.join(root, each), {recursive: true});
writeFileSync(path.join(root, 'etc/passwd'), 'root:x:0:0:root:/root:/usr/bin/swarmtop\n');
copyFileSync('Dockerfile', path.join(folder, 'Dockerfile'));
console.log(folder);

/** `libm.so.6 => /lib/x86_64-linux-gnu/libm.so.6 (0x…)`, and the loader's own line without an arrow. */
function librariesOf(program) {
	const lines = execFileSync('ldd', [program], {encoding: 'utf8'}).split('\n');
	return lines.flatMap((line) => /^\s*(?:\S+ => )?(\/\S+) \(0x/.exec(line)?.[1] ?? []);
}
