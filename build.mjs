// Bundles cli.tsx into dist/: one ESM entry behind entry.js, with everything that is not needed for the first paint split into chunks
// that are imported later (dockerode, ink, the simulator).
import {chmod, copyFile, rm, writeFile} from 'node:fs/promises';
import {build} from 'esbuild';
import {lateSegmenter, leanBundle} from './packaging/lean-bundle.mjs';
import {bundledPackages, licencesOf} from './packaging/licences.mjs';

const banner = [
	// CommonJS packages inside an ESM bundle still call require().
	"import {createRequire as __createRequire} from 'node:module';",
	'const require = __createRequire(import.meta.url);',
	lateSegmenter.banner,
].join('\n');

const unusedByDockerode = ['ssh2', '@grpc/grpc-js', '@grpc/proto-loader', 'protobufjs'];

await rm('dist', {recursive: true, force: true});
const {metafile} = await build({
	// Worker threads: NAME-worker, see source/runtime/program-files.ts.
	entryPoints: {
		main: 'cli.tsx',
		// The package's `swarmtop/simulator`.
		simulator: 'source/simulator/library.ts',
		'json-worker': 'source/engine/json-worker.ts',
		'forecast-worker': 'source/cluster/forecast/forecast-worker.ts',
		'simulator-worker': 'source/simulator/simulator-worker.ts',
	},
	outdir: 'dist',
	bundle: true,
	metafile: true,
	splitting: true,
	format: 'esm',
	platform: 'node',
	target: 'node22',
	jsx: 'automatic',
	minify: true,
	legalComments: 'none',
	// Ink loads its development tools and React its development build unless this is known at build time.
	define: {'process.env.NODE_ENV': '"production"', 'Intl.Segmenter': lateSegmenter.name},
	alias: {
		'react-devtools-core': './source/terminal/no-devtools.ts',
		...Object.fromEntries(unusedByDockerode.map((name) => [name, './source/engine/no-dockerode-extras.ts'])),
	},
	plugins: [leanBundle],
	banner: {js: banner},
	logLevel: 'warning',
});
await copyFile('entry.js', 'dist/cli.js');
await chmod('dist/cli.js', 0o755);
await copyFile('docs/simulator-api.d.ts', 'dist/simulator.d.ts');
await writeFile('dist/THIRD-PARTY-LICENSES', licencesOf(bundledPackages(metafile.outputs)));
await writeFile('dist/package.json', '{"type":"module"}\n');
