/**
 * An engine that answers from ready buffers what the simulator answered once, and counts what it is asked: by kind of
 * request, in bytes. What is measured on it is the client alone, and the counts are exact on any machine.
 */
import {fork} from 'node:child_process';
import {once} from 'node:events';
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {recorded} from './record.ts';

/** By `METHOD /path filter=…`: how often asked, how many bytes answered, how many of them are still open. */
export type Asked = Readonly<
	Record<string, {readonly requests: number; readonly bytes: number; readonly open: number}>
>;

export type RecordedEngine = AsyncDisposable & {
	readonly socket: string;
	/** What was asked since the start, or since `reset`. */
	readonly asked: () => Promise<Asked>;
	readonly reset: () => Promise<void>;
};

const fixtures = path.resolve(import.meta.dirname, '../../../fixtures');

/** Starts an engine with the answers of a fixture. The first time they are recorded, which takes a while. */
export async function startRecordedEngine(
	fixture: string = path.join(fixtures, 'large.yaml'),
): Promise<RecordedEngine> {
	const answers = await recorded(fixture);
	const folder = await mkdtemp(path.join(tmpdir(), 'bench-engine-'));
	const socket = path.join(folder, 'docker.sock');
	const child = fork(path.join(import.meta.dirname, 'serve.ts'), [answers, socket], {execArgv: []});
	await once(child, 'message');
	const tell = async (message: 'counts' | 'reset'): Promise<Asked> => {
		const answer = once(child, 'message');
		child.send(message);
		const [asked] = await answer;
		return asked as Asked;
	};
	return {
		socket,
		asked: () => tell('counts'),
		reset: async () => {
			await tell('reset');
		},
		async [Symbol.asyncDispose]() {
			const ended = once(child, 'exit');
			child.kill();
			await ended;
			await rm(folder, {recursive: true, force: true});
		},
	};
}

export const bytesOf = (asked: Asked): number => Object.values(asked).reduce((sum, {bytes}) => sum + bytes, 0);

/** The entries with the most bytes, for people. */
export function mostAsked(asked: Asked, atMost = 5): string {
	return Object.entries(asked)
		.toSorted(([, a], [, b]) => b.bytes - a.bytes)
		.slice(0, atMost)
		.map(([what, {requests, bytes}]) => `${what}: ${requests} x, ${(bytes / 1e6).toFixed(1)} MB`)
		.join('; ');
}
