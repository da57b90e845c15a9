/**
 * The files that belong to the program itself: worker threads and built-in fixtures. They lie beside dist/cli.js, among the
 * sources (Node strips the types), or inside the one executable that `npm run dist` makes, where nothing is unpacked: there
 * every module's address is below {@link bundleRoot}, which is no folder of any disk.
 */
import {readFile} from 'node:fs/promises';
import {getAsset, isSea} from 'node:sea';
import {fileURLToPath} from 'node:url';
import {Worker, type WorkerOptions} from 'node:worker_threads';

/** single-executable.cjs has the same. */
const bundleRoot = 'file:///swarmtop.bundle/';

/** The name under which single-executable.cjs itself lies in the executable. */
const bootAsset = 'boot.cjs';

/**
 * Starts a worker thread.
 * @param name of the entry in the bundle, `NAME-worker.js`: build.mjs names the same
 * @param sourceFile the same as TypeScript
 */
export function startWorker(name: string, sourceFile: URL, options: WorkerOptions = {}): Worker {
	const entry = `${name}-worker.js`;
	if (isSea()) {
		return new Worker(`${getAsset(bootAsset, 'utf8')}\nstart(${JSON.stringify(`dist/${entry}`)});`, {
			...options,
			eval: true,
		});
	}
	const isBundled = !import.meta.url.endsWith('.ts');
	return new Worker(isBundled ? new URL(`./${entry}`, import.meta.url) : sourceFile, options);
}

/** The text of a file, of the program's own or any other. Rejects as `readFile` of node:fs does. */
export async function readTextFile(file: string): Promise<string> {
	const root = isSea() ? fileURLToPath(bundleRoot) : undefined;
	if (root === undefined || !file.startsWith(root)) return await readFile(file, 'utf8');
	try {
		return getAsset(file.slice(root.length), 'utf8');
	} catch (cause) {
		throw Object.assign(new Error(`${file} is not part of swarmtop`, {cause}), {code: 'ENOENT'});
	}
}
