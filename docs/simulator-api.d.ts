/**
 * `swarmtop/simulator`: a simulated swarm for the tests of anything that speaks the Docker Engine API. docs/simulator-api.d.ts
 * is what is promised of it.
 */
/** What the swarm begins with. */
export interface SwarmOptions {
	/** How many managers (m1, m2, …) and workers (w1, w2, …): one manager and two workers unless it says otherwise. */
	readonly nodes?: {
		readonly managers?: number;
		readonly workers?: number;
	};
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
export declare function startSwarm(options?: SwarmOptions): Promise<SimulatedSwarm>;
