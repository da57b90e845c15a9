import {rmSync} from 'node:fs';
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import type {Worker} from 'node:worker_threads';
import {startWorker} from '../runtime/program-files.ts';
import {failed, ok, type Result} from '../runtime/result.ts';
import {fixturePath} from './fixtures/locate.ts';
import type {EmbeddedReply, EmbeddedRequest, EmbeddedSetup} from './simulator-worker.ts';

/**
 * A simulated swarm inside this process, for the dashboard's demo: it runs in a worker thread, so that the screen never
 * waits for it, and is reached like any engine, on sockets in a private folder.
 */

type EmbeddedOptions = (
	| {
			/** A built-in fixture's name, or a file. */
			readonly fixture: string;
	  }
	| {
			/** A fixture's own text. */
			readonly text: string;
	  }
) & {
	/** 0: time stands still. */
	readonly speed?: number | undefined;
	readonly seed?: number | undefined;
};

export type EmbeddedSwarm = {
	readonly hosts: readonly {readonly name: string; readonly socketPath: string}[];
	/** Does what the words say, as `swarmtop simulate fault` takes them. */
	fault(words: readonly string[]): Promise<Result<void, string>>;
	/** Moves its time forward by so many milliseconds; what falls due on the way has happened then. */
	advance(ms: number): Promise<Result<void, string>>;
	/** Ends the swarm and removes its folder. */
	close(): Promise<void>;
};

/** Starts it; the error is a text of one or more lines for the user. */
export async function startEmbedded({speed, seed, ...what}: EmbeddedOptions): Promise<Result<EmbeddedSwarm, string>> {
	const folder = await mkdtemp(path.join(tmpdir(), 'swarmtop-'));
	const removeNow = () => rmSync(folder, {recursive: true, force: true});
	process.once('exit', removeNow);
	const thread = new Thread({
		...('text' in what ? what : {file: fixturePath(what.fixture)}),
		speed,
		seed,
		sockets: folder,
	});
	const close = async () => {
		await thread.close();
		process.off('exit', removeNow);
		await rm(folder, {recursive: true, force: true});
	};
	const started = await thread.started;
	if (!started.ok) {
		await close();
		return started;
	}
	return ok({
		hosts: started.value,
		fault: (words) => thread.do({kind: 'fault', words}),
		advance: (ms) => thread.do({kind: 'advance', ms}),
		close,
	});
}

type Hosts = EmbeddedSwarm['hosts'];

/** The worker thread, and the conversation with it: requests are answered in their order. */
class Thread {
	readonly started: Promise<Result<Hosts, string>>;
	readonly #worker: Worker;
	readonly #waiting: ((reply: EmbeddedReply) => void)[] = [];
	/** Why no reply will come any more. */
	#ended: string | undefined;

	constructor(setup: EmbeddedSetup) {
		this.#worker = startWorker('simulator', new URL('./simulator-worker.ts', import.meta.url), {workerData: setup});
		this.#worker.on('message', (reply: EmbeddedReply) => this.#waiting.shift()?.(reply));
		this.#worker.on('error', (error) => this.#failAll(`The simulator broke down: ${error.message}`));
		this.#worker.on('exit', () => this.#failAll('The simulator has ended.'));
		this.started = this.#nextReply().then((reply) => {
			if (reply.kind === 'ready') return ok(reply.hosts);
			return failed(reply.kind === 'failed' ? reply.message : 'The simulator did not start.');
		});
	}

	async do(request: EmbeddedRequest): Promise<Result<void, string>> {
		const reply = await this.#ask(request);
		return reply.kind === 'failed' ? failed(reply.message) : ok(undefined);
	}

	async close(): Promise<void> {
		await this.#ask({kind: 'close'});
		await this.#worker.terminate();
	}

	#ask(request: EmbeddedRequest): Promise<EmbeddedReply> {
		const reply = this.#nextReply();
		this.#worker.postMessage(request);
		return reply;
	}

	#nextReply(): Promise<EmbeddedReply> {
		if (this.#ended !== undefined) return Promise.resolve({kind: 'failed', message: this.#ended});
		return new Promise((resolve) => this.#waiting.push(resolve));
	}

	#failAll(message: string): void {
		this.#ended ??= message;
		for (const resolve of this.#waiting.splice(0)) resolve({kind: 'failed', message});
	}
}
