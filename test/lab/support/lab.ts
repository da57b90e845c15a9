import {execFile} from 'node:child_process';
import path from 'node:path';
import {promisify} from 'node:util';
import {unixEndpoint} from '../../engine/support/fake-engine.ts';
import {startSimulatedLab} from './simulated-lab.ts';

const run = promisify(execFile);
const script = path.resolve(import.meta.dirname, '../swarm-lab');

/** A lab that does not come up is tried again. */
const attempts = 3;

/** A real swarm on this machine, each node a dockerd of its own: see swarm-lab's head for what it needs and does. */
export type Lab = {
	readonly name: string;
	/** The path of a node's socket: m1, m2, … are managers, w1, w2, … workers. */
	socket(node: string): string;
	endpoint(node: string): ReturnType<typeof unixEndpoint>;
	/** The docker CLI against a node; gives what it printed. */
	docker(node: string, ...args: readonly string[]): Promise<string>;
	/** Another command of swarm-lab: stop, start, freeze, thaw, cut, heal, join. */
	act(...args: readonly string[]): Promise<void>;
	down(): Promise<void>;
};

/**
 * Starts a lab; take it down in afterAll, whatever happened. SWARM_LAB_ROOT chooses the engine's version (make-root).
 * SWARM_LAB_NAME, where it is set, takes the name's place, so that who started the tests can end what they left; test
 * files run one after another. Names make socket paths, which the system limits to 107 characters: keep them short.
 */
export async function startLab(usualName: string, managers: number, workers: number): Promise<Lab> {
	if (process.env['SWARMTOP_LAB'] === 'simulator') return startSimulatedLab(usualName, managers, workers);
	const name = process.env['SWARM_LAB_NAME'] ?? usualName;
	const directory = `/tmp/${name}`;
	const env = {...process.env, SWARM_LAB_NAME: name, SWARM_LAB_DIR: directory};
	const swarmLab = async (...args: readonly string[]) => (await run(script, args, {env})).stdout;
	const socket = (node: string) => `${directory}/${node}/docker.sock`;
	const lab: Lab = {
		name,
		socket,
		endpoint: (node) => unixEndpoint(socket(node)),
		docker: async (node, ...args) => (await swarmLab('docker', node, ...args)).trim(),
		act: async (...args) => {
			await swarmLab(...args);
		},
		down: async () => {
			await swarmLab('down');
		},
	};
	// What an interrupted run left behind would be in the way.
	await lab.down();
	for (let left = attempts; ; left--) {
		try {
			await swarmLab('up', String(managers), String(workers));
			return lab;
		} catch (cause) {
			await lab.down();
			// Five engines that start at once on a busy machine may miss each other's deadlines.
			if (left <= 1) throw cause;
		}
	}
}
