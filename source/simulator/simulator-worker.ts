import {parentPort, workerData} from 'node:worker_threads';
import {describeProblem} from '../documents/document.ts';
import {loadFixture, parseFixture} from './fixtures/fixture.ts';
import {startSimulation} from './world/simulation.ts';

/** The worker thread's end of an embedded swarm: see embedded.ts. */

export type EmbeddedSetup = ({readonly file: string} | {readonly text: string}) & {
	readonly speed: number | undefined;
	readonly seed: number | undefined;
	/** The folder for the sockets. */
	readonly sockets: string;
};

export type EmbeddedRequest =
	| {readonly kind: 'fault'; readonly words: readonly string[]}
	| {readonly kind: 'advance'; readonly ms: number}
	| {readonly kind: 'close'};

/** The first reply says how the start went; after that every request has one. */
export type EmbeddedReply =
	| {readonly kind: 'ready'; readonly hosts: readonly {readonly name: string; readonly socketPath: string}[]}
	| {readonly kind: 'done'}
	| {readonly kind: 'failed'; readonly message: string};

async function run(setup: EmbeddedSetup, reply: (reply: EmbeddedReply) => void): Promise<void> {
	const fixture = 'text' in setup ? await parseFixture(setup.text, 'fixture') : await loadFixture(setup.file);
	if (!fixture.ok) return reply({kind: 'failed', message: fixture.error.map(describeProblem).join('\n')});
	const {speed, seed, sockets} = setup;
	const simulation = await startSimulation({fixture: fixture.value, speed, seed, where: {sockets}});
	const answer = async (request: EmbeddedRequest): Promise<void> => {
		if (request.kind === 'close') {
			await simulation.close();
			return reply({kind: 'done'});
		}
		if (request.kind === 'advance') {
			await simulation.advance(request.ms);
			return reply({kind: 'done'});
		}
		const result = await simulation.fault(request.words);
		reply(result.ok ? {kind: 'done'} : {kind: 'failed', message: result.error});
	};
	// Replies go by their order: one request is over before the next begins.
	let last = Promise.resolve();
	parentPort?.on('message', (request: EmbeddedRequest) => {
		last = last.then(() => answer(request));
	});
	reply({kind: 'ready', hosts: simulation.hosts.map(({name, socketPath = ''}) => ({name, socketPath}))});
}

if (parentPort) {
	const port = parentPort;
	run(workerData as EmbeddedSetup, (reply) => port.postMessage(reply)).catch((error: unknown) => {
		port.postMessage({kind: 'failed', message: error instanceof Error ? error.message : String(error)});
	});
}
