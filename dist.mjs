// `npm run dist [PLATFORM…]`: one executable for each platform, with Node inside and nothing to unpack, into release/:
// swarmtop-VERSION-linux-x64, -linux-arm64, each with its .gz, a .tar.gz with manual pages and completions, one more with the C
// library (-portable, for musl), a Debian package, and SHA256SUMS. Needs `npm run build` before it.
import {execFileSync, spawnSync} from 'node:child_process';
import {
	chmodSync,
	copyFileSync,
	existsSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	writeFileSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {gzipSync} from 'node:zlib';
import {inject} from 'postject';
import {debName, writeDeb} from './packaging/deb.ts';
import {librariesOf, loaders} from './packaging/libraries.ts';
import {writeSums} from './packaging/sums.mjs';
import {layOut, tarArguments} from './packaging/tree.ts';

const {version, description, optionalDependencies} = JSON.parse(readFileSync('package.json', 'utf8'));
const platforms = process.argv.length > 2 ? process.argv.slice(2) : ['linux-x64', 'linux-arm64'];
const work = mkdtempSync(path.join(tmpdir(), 'swarmtop-dist-'));
const fuse = 'NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2';

try {
	mkdirSync('release', {recursive: true});
	const blob = makeBlob();
	for (const platform of platforms) await makeExecutable(platform, blob);
	writeSums('release', version);
} finally {
	rmSync(work, {recursive: true, force: true});
}

/** Everything that the program is: its modules, its fixtures, and the code that finds them in the executable. */
function makeBlob() {
	const boot = path.join('source', 'runtime', 'single-executable.cjs');
	const main = path.join(work, 'main.cjs');
	writeFileSync(main, `${readFileSync(boot, 'utf8')}\nstart('dist/main.js');\n`);
	const inside = [...filesBelow('dist', /\.js$/), ...filesBelow('fixtures', /\.yaml$/)];
	const config = path.join(work, 'sea.json');
	const output = path.join(work, 'sea.blob');
	writeFileSync(
		config,
		JSON.stringify({
			main,
			output,
			disableExperimentalSEAWarning: true,
			// Hooks for modules in the executable are new in Node; nobody who runs swarmtop needs to hear of it.
			execArgv: ['--disable-warning=ExperimentalWarning'],
			// Code caches and snapshots belong to one platform.
			useCodeCache: false,
			useSnapshot: false,
			assets: {'boot.cjs': boot, ...Object.fromEntries(inside.map((file) => [file, file]))},
		}),
	);
	execFileSync(nodeOf(`linux-${process.arch}`), ['--experimental-sea-config', config], {
		stdio: ['ignore', 'ignore', 'inherit'],
	});
	return readFileSync(output);
}

function filesBelow(folder, pattern) {
	return readdirSync(folder, {recursive: true, encoding: 'utf8'})
		.filter((file) => pattern.test(file))
		.map((file) => path.posix.join(folder, file));
}

async function makeExecutable(platform, blob) {
	const file = path.join('release', `swarmtop-${version}-${platform}`);
	copyFileSync(nodeOf(platform), file);
	chmodSync(file, 0o755);
	strip(file, platform);
	await inject(file, 'NODE_SEA_BLOB', blob, {sentinelFuse: fuse});
	writeFileSync(`${file}.gz`, gzipSync(readFileSync(file), {level: 9}));
	console.log(file);
	makePackages(file, platform);
}

/**
 * The executable with all that belongs to it: a .tar.gz to unpack anywhere, one that brings its C library, and a Debian package.
 */
function makePackages(executable, platform) {
	const nodeLicence = path.join(path.dirname(nodeOf(platform)), '..', 'LICENSE');
	const archive = (name, parts) => {
		layOut(path.join(work, name, name), {executable, nodeLicence, ...parts});
		execFileSync('tar', [
			...tarArguments(path.join(work, name)),
			'--file',
			path.join('release', `${name}.tar.gz`),
			name,
		]);
	};
	const name = path.basename(executable);
	archive(name, {});
	const libraries = librariesOf(executable, platform);
	if (libraries) archive(`${name}-portable`, {libraries: {...libraries, loader: loaders[platform]}});
	else console.warn(`dist: the C library for ${platform} is not here, so there is no portable archive`);
	const root = path.join(work, `deb-${platform}`);
	layOut(path.join(root, 'usr'), {executable, nodeLicence});
	writeDeb(path.join('release', debName(version, platform)), {root, work, version, platform, description});
}

/** Without its debugging symbols, Node is a tenth smaller. Before anything is put into it: afterwards strip would break it. */
function strip(file, platform) {
	const isOwn = platform === `linux-${process.arch}`;
	const tool = isOwn ? 'strip' : `${platform === 'linux-arm64' ? 'aarch64' : 'x86_64'}-linux-gnu-strip`;
	const {error, status} = spawnSync(tool, [file], {stdio: ['ignore', 'ignore', 'inherit']});
	if (error) console.warn(`dist: no ${tool} here, so ${file} keeps its debugging symbols`);
	else if (status !== 0) throw new Error(`${tool} ${file} ended with ${status}`);
}

/** The Node of a platform: from node_modules, or from the registry where npm has left it out as another platform's. */
function nodeOf(platform) {
	const name = `node-${platform}`;
	const installed = path.join('node_modules', name, 'bin', 'node');
	if (existsSync(installed)) return installed;
	const fetched = path.join(work, name, 'package', 'bin', 'node');
	if (existsSync(fetched)) return fetched;
	const wanted = optionalDependencies[name];
	if (wanted === undefined) throw new Error(`There is no Node for ${platform} among the optionalDependencies.`);
	const packed = execFileSync('npm', ['pack', '--silent', `${name}@${wanted}`, '--pack-destination', work], {
		encoding: 'utf8',
	});
	const folder = path.join(work, name);
	mkdirSync(folder);
	execFileSync('tar', ['-xzf', path.join(work, packed.trim()), '-C', folder, 'package/bin/node', 'package/LICENSE']);
	return fetched;
}
