import type {ImageEntry} from '../programs/catalogue.ts';
import type {Files} from '../programs/files.ts';

/** What a container answers over HTTP: the image's own server, or busybox's httpd with the files it serves. */
type Server = {
	readonly entry: ImageEntry;
	readonly command: readonly string[];
	/** How often the service was forced to update: which of the image's builds this is. */
	readonly timesForced: number;
	readonly files: Files;
};

type Answer = {readonly status: number; readonly body: string};

export function answerOf(server: Server, port: number, path: string): Answer | undefined {
	return ownAnswer(server, port) ?? fileAnswer(server, port, path);
}

function ownAnswer({entry, command, timesForced}: Server, port: number): Answer | undefined {
	const {serves} = entry;
	if (!serves || serves.port !== port || !runsServer(entry, command)) return undefined;
	const body = serves.bodies[Math.min(timesForced, serves.bodies.length - 1)] ?? '';
	return {status: 200, body: body.endsWith('\n') ? body : `${body}\n`};
}

/** Whether one of the image's servers is among the words of the command, also of a script in it. */
function runsServer(entry: ImageEntry, command: readonly string[]): boolean {
	const words = new Set(
		command.flatMap((word) => word.split(/[\s;&|]+/)).map((word) => word.slice(word.lastIndexOf('/') + 1)),
	);
	return Object.entries(entry.programs).some(
		([name, {kind}]) => kind === 'server' && words.has(name.slice(name.lastIndexOf('/') + 1)),
	);
}

function fileAnswer({entry, command, files}: Server, port: number, path: string): Answer | undefined {
	if (!entry.hasShell) return undefined;
	const parameters = /\bhttpd\b([^;&|\n]*)/.exec(command.join(' '))?.[1];
	if (parameters === undefined || !/\s-[a-z]*f/.test(parameters)) return undefined;
	const listens = Number(/\s-p\s*(?:[0-9.]+:)?([0-9]+)/.exec(parameters)?.[1] ?? 80);
	if (listens !== port) return undefined;
	const home = /\s-h\s*(\S+)/.exec(parameters)?.[1] ?? '/';
	const file = path.endsWith('/') ? `${path}index.html` : path;
	const body = files.read(`${home}${file.split('?')[0]}`);
	return body === undefined ? {status: 404, body: ''} : {status: 200, body};
}
