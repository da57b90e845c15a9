import {chmod, rm} from 'node:fs/promises';
import {connect, createServer, type Socket} from 'node:net';
import {failed, type Result} from '../../runtime/result.ts';

/** How `swarmtop simulate fault` reaches a running simulator: one line of JSON words in, one line of JSON out. */

/** Beside the nodes' folders, with a name that nobody takes for an engine's socket. */
export const controlSocketName = '.control';

type Answer = {readonly ok: true} | {readonly ok: false; readonly message: string};
type ControlHandler = (words: readonly string[]) => Promise<Result<void, string>>;

/** Listens at the path (0600) until closed. */
export async function listenForControl(socketPath: string, handle: ControlHandler): Promise<{close(): Promise<void>}> {
	await rm(socketPath, {force: true});
	const server = createServer((socket) => {
		socket.on('error', () => socket.destroy());
		onFirstLine(socket, async (line) => {
			socket.end(`${JSON.stringify(await answerTo(line, handle))}\n`);
		});
	});
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(socketPath, resolve);
	});
	await chmod(socketPath, 0o600);
	return {close: () => new Promise((resolve) => server.close(() => resolve()))};
}

async function answerTo(line: string, handle: ControlHandler): Promise<Answer> {
	const words = parseWords(line);
	const result = words ? await handle(words) : failed('the words of a fault were expected');
	return result.ok ? {ok: true} : {ok: false, message: result.error};
}

function parseWords(line: string): string[] | undefined {
	try {
		const value: unknown = JSON.parse(line);
		return Array.isArray(value) && value.every((word) => typeof word === 'string') ? value : undefined;
	} catch (error) {
		if (error instanceof SyntaxError) return undefined;
		throw error;
	}
}

/** Sends a fault to the simulator that listens there; rejects when none does. */
export function sendControl(socketPath: string, words: readonly string[]): Promise<Answer> {
	return new Promise((resolve, reject) => {
		const socket = connect(socketPath, () => socket.write(`${JSON.stringify(words)}\n`));
		socket.once('error', reject);
		onFirstLine(socket, (line) => {
			socket.end();
			resolve(JSON.parse(line) as Answer);
		});
	});
}

const longestLine = 1 << 16;

function onFirstLine(socket: Socket, take: (line: string) => unknown): void {
	let text = '';
	socket.setEncoding('utf8');
	socket.on('data', (chunk: string) => {
		text += chunk;
		const end = text.indexOf('\n');
		if (end >= 0) {
			socket.removeAllListeners('data');
			take(text.slice(0, end));
		} else if (text.length > longestLine) {
			socket.destroy();
		}
	});
}
