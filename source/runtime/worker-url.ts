/**
 * Where a worker thread's entry lies: beside the bundle as `NAME-worker.js` when running from dist/, else the TypeScript
 * source itself (Node strips the types). build.mjs names the same entries.
 */
export function workerUrl(name: string, sourceFile: URL): URL {
	const isBundled = !import.meta.url.endsWith('.ts');
	return isBundled ? new URL(`./${name}-worker.js`, import.meta.url) : sourceFile;
}
