import {execFile} from 'node:child_process';
import {get} from 'node:http';
import path from 'node:path';
import {promisify} from 'node:util';
import {expect, vi} from 'vitest';
import {unixEndpoint} from '../../engine/support/fake-engine.ts';
import {startSimulatedLab} from './simulated-lab.ts';

const run = promisify(execFile);
const script = path.resolve(import.meta.dirname, '../swarm-lab');

/** The docker CLI waits for a hanging engine without end. */
const cliPatienceMs = 60_000;

/** A lab that does not come up is tried again. */
const attempts = 3;

/**
 * An engine that hangs (20.10 does when it has lost its quorum at a bad moment) never answers the docker CLI, which waits
 * for ever: no command of the lab may.
 */
const commandMs = 60_000;
/** They wait for each engine in its turn. */
const wholeLab = new Set(['up', 'down']);
const wholeLabMs = 150_000;

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
	/** Thaws and starts every node that does not answer, and waits until all are ready: where a test in trouble begins. */
	restore(): Promise<void>;
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
	const swarmLab = async (...args: readonly string[]) =>
		(
			await run(script, args, {
				env,
				timeout: wholeLab.has(args[0] ?? '') ? wholeLabMs : commandMs,
				killSignal: 'SIGKILL',
			})
		).stdout;
	const socket = (node: string) => `${directory}/${node}/docker.sock`;
	const lab: Lab = {
		name,
		socket,
		endpoint: (node) => unixEndpoint(socket(node)),
		docker: (node, ...args) => dockerCli(socket(node), args),
		act: async (...args) => {
			await swarmLab(...args);
		},
		restore: () => restore(lab, nodesOf(managers, workers)),
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

/** What the docker CLI prints when it is pointed at an engine. */
export async function dockerCli(socket: string, args: readonly string[]): Promise<string> {
	const env = {...process.env, DOCKER_CONTEXT: '', DOCKER_HOST: ''};
	const {stdout} = await run('docker', ['-H', `unix://${socket}`, ...args], {env, timeout: cliPatienceMs});
	return stdout.trim();
}

/** The nodes' names: managers first. */
export function nodesOf(managers: number, workers: number): string[] {
	const named = (letter: string, count: number) => Array.from({length: count}, (_, i) => `${letter}${i + 1}`);
	return [...named('m', managers), ...named('w', workers)];
}

/** See {@link Lab.restore}: an engine that is down when its test is tried again would fail it for a reason of its own. */
export async function restore(lab: Lab, nodes: readonly string[]): Promise<void> {
	await Promise.all(
		nodes.map(async (node) => {
			if (await answers(lab, node)) return;
			if (!(await succeeds(lab.act('thaw', node)))) await lab.act('start', node);
		}),
	);
	await vi.waitFor(
		async () => {
			const states = await lab.docker('m1', 'node', 'ls', '--format', '{{.ManagerStatus}}|{{.Status}}');
			const rows = states.split('\n');
			expect(rows.filter((row) => /^(Leader|Reachable|)\|Ready$/.test(row))).toHaveLength(nodes.length);
		},
		{timeout: 90_000, interval: 500},
	);
}

/** A node that is frozen does not refuse, it hangs. */
async function answers(lab: Lab, node: string): Promise<boolean> {
	return await new Promise((resolve) => {
		const request = get({socketPath: lab.socket(node), path: '/_ping', timeout: 3000}, (response) => {
			response.resume();
			resolve(response.statusCode === 200);
		});
		request.on('timeout', () => request.destroy());
		request.on('error', () => resolve(false));
	});
}

async function succeeds(act: Promise<void>): Promise<boolean> {
	return await act.then(
		() => true,
		() => false,
	);
}

/** Asks m1 until the docker CLI answers as it should. */
export async function cliSays(lab: Lab, wanted: string | RegExp, ...args: readonly string[]): Promise<void> {
	await vi.waitFor(
		async () => {
			const answer = await lab.docker('m1', ...args);
			if (typeof wanted === 'string') expect(answer).toBe(wanted);
			else expect(answer).toMatch(wanted);
		},
		{timeout: 90_000, interval: 250},
	);
}
