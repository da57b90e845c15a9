/** A swarm on the screen that is simulated: what can be done to it besides what its engines' API offers. */
import type {Result} from '../../runtime/result.ts';

/** Given only by who knows that it is one: the process that runs it, or the simulator's own control socket. */
export type SimulatedSwarm = {
	/** Its machines, those in no swarm among them, and what the docker CLI takes for DOCKER_HOST; the first is shown. */
	readonly hosts: () => readonly {readonly name: string; readonly dockerHost: string}[];
	/** Does what the words say, as `swarmtop simulate fault` takes them; the error is a sentence. */
	readonly fault: (words: readonly string[]) => Promise<Result<void, string>>;
};
