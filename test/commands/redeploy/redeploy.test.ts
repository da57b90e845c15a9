import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {createSwarmClient} from '../../../source/engine/docker-client.ts';
import {parseFixture} from '../../../source/simulator/fixtures/fixture.ts';
import {LiveClock} from '../../../source/simulator/world/live-clock.ts';
import {type Simulation, startSimulation} from '../../../source/simulator/world/simulation.ts';
import {unixEndpoint} from '../../engine/support/fake-engine.ts';
import {type DeployRunOptions, deploy} from '../../lab/support/deploy-run.ts';
import {startProxy} from '../../support/engine-proxy.ts';

/** `swarmtop redeploy` as a shell runs it, on a simulated swarm whose registry has another digest than services run. */

const old = `sha256:${'0'.repeat(63)}1`;
const service = (image: string, labels: string, rest = '') =>
	`{ image: "${image}", command: [sleep, "3600"], stop_grace_period: 1s, deploy: { labels: { ${labels} }, update_config: { monitor: 1s } ${rest} } }`;
const own = 'swarmtop.autoredeploy: "true"';
const swarm = `
nodes:
  - { name: m1, role: manager }
  - { prefix: w, count: 2 }
  - { name: strange, architecture: s390x }
services:
  app: ${service(`busybox:1.36@${old}`, own, ', replicas: 2')}
  pit: ${service(`busybox:1.36@${old}`, 'swarmpit.service.deployment.autoredeploy: "true"')}
  off: ${service(`busybox:1.36@${old}`, 'swarmtop.autoredeploy: "false"')}
  other: ${service(`busybox:1.36@${old}`, 'team: web')}
  pinned: ${service(`busybox@${old}`, own)}
  gone: ${service('busybox:1.36', 'team: gone')}
  strange: ${service(`busybox:1.36@${old}`, 'team: strange', ', placement: { constraints: ["node.hostname == strange"] }')}
`;

let folder: string;
let simulation: Simulation;
let client: ReturnType<typeof createSwarmClient>;
const pace = new LiveClock({speed: 8});

beforeAll(async () => {
	folder = mkdtempSync(path.join(tmpdir(), 'redeploy-'));
	const fixture = await parseFixture(swarm, 'swarm.yaml');
	if (!fixture.ok) throw new Error(fixture.error.map(({message}) => message).join());
	simulation = await startSimulation({fixture: fixture.value, speed: 20, where: {sockets: folder}});
	pace.goLive();
	client = createSwarmClient(unixEndpoint(path.join(folder, 'm1', 'docker.sock')));
});

afterAll(async () => {
	await client.close();
	await simulation.close();
	pace.stop();
	rmSync(folder, {recursive: true});
});

const run = async (words: string, options?: DeployRunOptions, host = `unix://${folder}/m1/docker.sock`) => {
	const line = ['redeploy', ...words.split(' '), '--state', `${folder}/tried.json`, '-H', host];
	const {status, out, err} = await deploy(line, {pace, ...options});
	return {
		status,
		err,
		events: out === '' ? [] : out.split('\n').map((each) => JSON.parse(each) as Record<string, unknown>),
	};
};

const outcomes = (events: readonly Record<string, unknown>[]) =>
	Object.fromEntries(events.filter(({type}) => type === 'service').map(({service: name, outcome}) => [name, outcome]));

async function digestOf(name: string): Promise<string | undefined> {
	const answer = await client.services();
	if (!answer.ok) throw new Error(answer.error.message);
	return answer.value.find(({Spec}) => Spec.Name === name)?.Spec.TaskTemplate.ContainerSpec?.Image?.split('@')[1];
}

describe('swarmtop redeploy', () => {
	it('says what is newer and changes nothing', async () => {
		const {status, events} = await run('--dry-run');
		expect(status).toBe(10);
		expect(outcomes(events)).toEqual({app: 'newer', pit: 'newer', pinned: 'skipped'});
		expect(events[0]).toMatchObject({time: expect.any(String), service: 'app', image: 'busybox:1.36', from: old});
		expect(events.at(-1)).toMatchObject({type: 'round', newer: 2, skipped: 1, updated: 0});
		expect(await digestOf('app')).toBe(old);
	});

	it('updates one after another, and finds nothing after that', async () => {
		const {status, err, events} = await run('--once');
		expect({status, err}).toEqual({status: 0, err: ''});
		expect(outcomes(events)).toEqual({app: 'updated', pit: 'updated', pinned: 'skipped'});
		const order = events.flatMap(({service: name}) => (name === undefined ? [] : [String(name)]));
		expect(order.indexOf('pit')).toBeGreaterThan(order.lastIndexOf('app'));
		expect(await digestOf('app')).not.toBe(old);
		expect(await digestOf('off')).toBe(old);
		expect(outcomes((await run('--once')).events)).toEqual({app: 'current', pit: 'current', pinned: 'skipped'});
	});

	it('rolls back what does not come to run, and does not try that digest again', async () => {
		const first = await run('--once --label team=strange --timeout 4s --rollback-on-failure');
		expect(first.status).toBe(1);
		expect(first.events.findLast(({type}) => type === 'service')).toMatchObject({outcome: 'failed', rolledBack: true});
		expect(await digestOf('strange')).toBe(old);
		const second = await run('--once --label team=strange');
		expect(second.events[0]).toMatchObject({outcome: 'skipped', reason: expect.stringContaining('has failed before')});
		expect(second.status).toBe(0);
	});

	it('tries a digest again that the engine never took', async () => {
		const isUpdate = (method: string, where: string): boolean =>
			method === 'POST' && /^\/services\/.*\/update/.test(where);
		const refusal = {status: 503, type: 'application/json', body: '{"message":"maintenance"}'};
		const proxy = await startProxy(path.join(folder, 'm1', 'docker.sock'), {
			refuse: (method, where) => (isUpdate(method, where) ? refusal : undefined),
		});
		const refused = await run('--once --label team=web', undefined, proxy.url);
		await proxy.close();
		expect(refused.events.findLast(({type}) => type === 'service')).toMatchObject({
			outcome: 'failed',
			reason: expect.stringContaining('maintenance'),
		});
		expect(await digestOf('other')).toBe(old);
		expect(outcomes((await run('--once --label team=web')).events)).toEqual({other: 'updated'});
	});

	it('looks again with --watch until it is interrupted, and pins what was not', async () => {
		let interrupt = (_: 'SIGTERM'): void => undefined;
		const interrupted = new Promise<'SIGTERM'>((resolve) => {
			interrupt = resolve;
		});
		let rounds = 0;
		const {status, events} = await run('--watch --every 10s --label team', {
			interrupted,
			onOut: (text) => {
				if (text.includes('"round"') && ++rounds === 2) interrupt('SIGTERM');
			},
		});
		expect(status).toBe(0);
		expect(rounds).toBe(2);
		expect(events.find(({service: name, outcome}) => name === 'gone' && outcome === 'updated')).toMatchObject({
			reason: 'it was not pinned to a digest before',
		});
		expect(events.find(({type}) => type === 'round')).toMatchObject({nextAt: expect.any(String)});
	});

	it.each([
		['--watch --once', 'leave out one of them'],
		['--every 1s', 'the least is 10s'],
		['--every soon', '--every soon: a time is'],
		['--label =x', 'it is KEY or KEY=VALUE'],
		['-o yaml', 'the formats are json, text'],
	])('refuses %s', async (words, sentence) => {
		expect(await run(words)).toMatchObject({status: 2, err: expect.stringContaining(sentence)});
	});
});
