// The content of a container image that is made from nothing: the executable, and the libraries and the loader that it needs,
// from the system that builds it. Then `docker build` of the folder needs no other image and no network.
//   node packaging/image.mjs EXECUTABLE FOLDER
import {copyFileSync, mkdirSync, realpathSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {librariesOf} from './libraries.ts';

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
const libraries = librariesOf(executable, `linux-${process.arch}`);
if (libraries === undefined) {
	console.error(
		"image: the C library comes from Debian's packages libc6 and libstdc++6 with their licences, and they are not here",
	);
	process.exit(1);
}
for (const library of libraries.files) put(library, library);
for (const [from, name] of [
	['LICENSE', 'copyright'],
	['dist/THIRD-PARTY-LICENSES', 'THIRD-PARTY-LICENSES'],
]) {
	put(from, `/usr/share/doc/swarmtop/${name}`);
}
writeFileSync(path.join(root, 'usr/share/doc/swarmtop/LIBRARIES-LICENSES'), libraries.licences);
// Whoever is nobody has a home and a name, too; temporary files hold the sockets of the demo.
for (const each of ['tmp', 'root', 'etc']) mkdirSync(path.join(root, each), {recursive: true});
writeFileSync(path.join(root, 'etc/passwd'), 'root:x:0:0:root:/root:/usr/bin/swarmtop\n');
copyFileSync('Dockerfile', path.join(folder, 'Dockerfile'));
console.log(folder);
