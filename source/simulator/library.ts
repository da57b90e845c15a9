import {parseDuration} from '../compose/units.ts';
import {type EmbeddedSwarm, startEmbedded} from './embedded.ts';

/**
 * `swarmtop/simulator`: a simulated swarm for the tests of anything that speaks the Docker Engine API. docs/simulator-api.d.ts
 * is what is promised of it.
 */

/** What the swarm begins with. */
export interface SwarmOptions {
	/** How many managers (m1, m2, …) and workers (w1, w2, …): one manager and two workers unless it says otherwise. */
	readonly nodes?: {readonly managers?: number; readonly workers?: number};
	/** Instead of nodes: a built-in fixture (`demo`, `empty`, …) or the path of a YAML file, see docs/simulator.md. */
	readonly fixture?: string;
	/** Simulated seconds in a real one. 0, which is the default: time stands still until `advance` moves it. */
	readonly speed?: number;
	/** The same seed and the same calls give the same IDs, placements and events. */
	readonly seed?: number;
}

/** A swarm that runs. Every method rejects, or throws, with an Error whose message is a sentence. */
export interface SimulatedSwarm extends AsyncDisposable {
	/** The names of its nodes. */
	readonly nodes: readonly string[];
	/** What a client takes for DOCKER_HOST to reach that node's engine; without a name, the first node's. */
	dockerHost(node?: string): string;
	/** Does what `swarmtop simulate fault` does: `fault('stop', 'w1')`. Resolves when it shows. */
	fault(...words: readonly string[]): Promise<void>;
	/**
	 * Moves the swarm's time: by milliseconds, or by `'90s'`, `'5m'`, `'1h30m'`. All that falls due on the way has happened when it
	 * resolves. A request that waits for something to happen waits for that.
	 */
	advance(time: number | string): Promise<void>;
	/** Ends the swarm; nothing of it is left then, no thread, no socket and no file. */
	close(): Promise<void>;
}

/** Starts a swarm in a thread of its own, with a socket for each node in a private folder. */
export async function startSwarm(options: SwarmOptions = {}): Promise<SimulatedSwarm> {
	const {nodes, fixture, speed = 0, seed} = options;
	if (nodes !== undefined && fixture !== undefined) throw new Error('Give startSwarm nodes or a fixture, not both.');
	if (!(speed >= 0)) throw new Error(`speed is a number from 0 on, not ${speed}.`);
	const what = fixture === undefined ? {text: fixtureOf(nodes ?? {})} : {fixture};
	const started = await startEmbedded({...what, speed, seed});
	if (!started.ok) throw new Error(started.error);
	return swarmOf(started.value);
}

function fixtureOf({managers = 1, workers = 2}: NonNullable<SwarmOptions['nodes']>): string {
	for (const [what, count, least] of [
		['managers', managers, 1],
		['workers', workers, 0],
	] as const) {
		if (!Number.isInteger(count) || count < least)
			throw new Error(`nodes.${what} is a whole number from ${least} on, not ${count}.`);
	}
	const lines = ['nodes:', `  - { prefix: m, count: ${managers}, role: manager }`];
	return [...lines, ...(workers === 0 ? [] : [`  - { prefix: w, count: ${workers} }`])].join('\n');
}

function swarmOf({hosts, fault, advance, close}: EmbeddedSwarm): SimulatedSwarm {
	const nodes = hosts.map(({name}) => name);
	const done = async (result: ReturnType<typeof fault>): Promise<void> => {
		const outcome = await result;
		if (!outcome.ok) throw new Error(outcome.error);
	};
	return {
		nodes,
		dockerHost(node) {
			const host = node === undefined ? hosts[0] : hosts.find(({name}) => name === node);
			if (!host) throw new Error(`There is no node "${node}". The nodes are ${nodes.join(', ')}.`);
			return `unix://${host.socketPath}`;
		},
		fault: (...words) => done(fault(words)),
		advance: async (time) => done(advance(millisecondsOf(time))),
		close,
		[Symbol.asyncDispose]: close,
	};
}

function millisecondsOf(time: number | string): number {
	const ms = typeof time === 'number' ? time : (parseDuration(time) ?? Number.NaN) / 1e6;
	if (Number.isFinite(ms) && ms >= 0) return ms;
	throw new Error(`advance takes milliseconds or a time such as '90s' or '1h30m', not "${time}".`);
}
