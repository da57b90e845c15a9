import {execFile} from 'node:child_process';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {promisify} from 'node:util';
import {afterAll, beforeAll, describe, expect, it, vi} from 'vitest';
import type {SwarmClient} from '../../source/engine/client.ts';
import {createSwarmClient} from '../../source/engine/docker-client.ts';
import {type Case, listCases, shell} from '../cases/cases.ts';
import {deploy} from './support/deploy-run.ts';
import {type Lab, startLab} from './support/lab.ts';

/**
 * Stack files of all sorts, deployed by docker and by swarmtop in turn: whoever comes second finds nothing to change. The node
 * takes no tasks, so that none starts, fails and is replaced by itself: a task that is gone was replaced by a deployment.
 * Usually the numbered files and one of each kind; SWARMTOP_CASES=spread takes every sixth of the others, =all every file.
 */

let lab: Lab;
let client: SwarmClient;
const scratch = mkdtempSync(path.join(tmpdir(), 'stack-cases-'));
const run = promisify(execFile);
const environment = {...shell, PATH: process.env['PATH'] ?? ''};

beforeAll(async () => {
	lab = await startLab('lab-cases', 1, 0);
	client = createSwarmClient(lab.endpoint('m1'));
	await lab.docker('m1', 'node', 'update', '--availability', 'drain', 'm1');
});
afterAll(async () => {
	rmSync(scratch, {recursive: true, force: true});
	await client?.close();
	await lab?.down();
});

type Ran = {readonly status: number; readonly text: string};

async function docker(...args: readonly string[]): Promise<Ran> {
	try {
		const env = {...environment, DOCKER_CONTEXT: ''};
		const {stdout, stderr} = await run('docker', ['-H', `unix://${lab.socket('m1')}`, ...args], {env, timeout: 60_000});
		return {status: 0, text: `${stdout}${stderr}`.trim()};
	} catch (cause) {
		const {stdout = '', stderr = ''} = cause as {stdout?: string; stderr?: string};
		return {status: 1, text: `${stdout}${stderr}`.trim()};
	}
}

const filesOf = ({directory, files}: Case): string[] => files.flatMap((file) => ['-c', path.join(directory, file)]);

async function swarmtop(...args: readonly string[]): Promise<Ran> {
	const {status, out, err} = await deploy([...args, '-H', `unix://${lab.socket('m1')}`], {environment});
	return {status, text: `${out}\n${err}`.trim()};
}

/** The tasks that a deployment must leave alone, and that no update was begun. */
async function standing(stack: string): Promise<string> {
	const label = `com.docker.stack.namespace=${stack}`;
	const services = await client.services({filters: {label: [label]}});
	const tasks = await client.tasks({filters: {label: [label]}});
	if (!services.ok || !tasks.ok) throw new Error(`${stack} could not be read`);
	const updates = services.value.map(({Spec, UpdateStatus}) => `${Spec.Name} ${JSON.stringify(UpdateStatus)}`);
	// 20.10 keeps the tasks of a removed job for ever; they are no part of the stack that has its name now.
	const ids = new Set(services.value.map(({ID}) => ID));
	const own = tasks.value.filter(({ServiceID}) => ids.has(ServiceID ?? ''));
	return [...updates.sort(), ...own.map(({ID}) => ID).sort()].join('\n');
}

async function hasJobs(stack: string): Promise<boolean> {
	const services = await client.services({filters: {label: [`com.docker.stack.namespace=${stack}`]}});
	if (!services.ok) throw new Error(services.error.message);
	return services.value.some(({Spec: {Mode}}) => Mode.ReplicatedJob !== undefined || Mode.GlobalJob !== undefined);
}

/** Until every service has the tasks that it will have. */
async function settled(stack: string): Promise<string> {
	let last = '';
	await vi.waitFor(
		async () => {
			const now = await standing(stack);
			const isSame = now === last;
			last = now;
			expect(isSame).toBe(true);
		},
		{timeout: 20_000, interval: 300},
	);
	return last;
}

async function remove(stack: string): Promise<void> {
	await vi.waitFor(
		async () => {
			await docker('stack', 'rm', stack);
			const left = await client.networks();
			if (!left.ok) throw new Error(left.error.message);
			expect(left.value.filter(({Labels}) => Labels?.['com.docker.stack.namespace'] === stack)).toEqual([]);
		},
		{timeout: 30_000, interval: 500},
	);
}

const nothing = {status: 0, text: expect.stringContaining('nothing to deploy')};

const all = listCases(scratch);
const oneOfEachKind: ReadonlySet<string> = new Set(
	[
		...['caps', 'cast_init', 'command_str', 'config_content', 'deploy_generic', 'deploy_global', 'deploy_job'],
		...['deploy_placement', 'dns', 'env_file', 'extra_hosts_map', 'health_cmd', 'image_digest', 'labels_list'],
		...['logging_none', 'merge_deep', 'network_aliases', 'port_range', 'secret_dup', 'template_driver'],
		...['ulimits_soft', 'vol_long'],
	].map((feature) => `one-feature/${feature}.yml`),
);
const extent = process.env['SWARMTOP_CASES'];
const chosen = all.filter(({name}, index) => {
	if (/^\d\d-/.test(name) || extent === 'all') return true;
	return extent === 'spread' ? index % 6 === 0 : oneOfEachKind.has(name);
});

describe('a stack file that docker and swarmtop deploy in turn', () => {
	it.each(chosen.map((each, index) => [each.name, each, index] as const))('%s', async (_name, each, index) => {
		const stack = `c${index}`;
		try {
			const byDocker = await docker('stack', 'deploy', ...filesOf(each), stack);
			if (byDocker.status !== 0) {
				// What the engine refuses shows when it is asked; what docker refuses, before.
				const isByEngine = /^failed to (?:create|update)/m.test(byDocker.text);
				const planned = isByEngine ? ['deploy', '--yes', '--detach'] : ['plan', 'deploy'];
				if (isByEngine) await remove(stack);
				const ours = await swarmtop(...planned, ...filesOf(each), stack);
				expect(ours, `docker refuses: ${byDocker.text}`).toMatchObject({status: 1});
				return;
			}
			const before = await settled(stack);
			expect(await swarmtop('plan', 'deploy', ...filesOf(each), stack)).toMatchObject(nothing);
			await remove(stack);

			const ours = await swarmtop('deploy', ...filesOf(each), '--yes', '--detach', stack);
			expect(ours).toMatchObject({status: 0});
			const made = await settled(stack);
			expect(made.split('\n').length).toBe(before.split('\n').length);
			await docker('stack', 'deploy', ...filesOf(each), stack);
			const after = await settled(stack);
			// The engine runs a job anew with every update, and docker sends one whether anything differs or not.
			if (!(await hasJobs(stack))) expect(after).toBe(made);
			expect(await swarmtop('plan', 'deploy', ...filesOf(each), stack)).toMatchObject(nothing);
		} finally {
			await remove(stack);
		}
	});
});
