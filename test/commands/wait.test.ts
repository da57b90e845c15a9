import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {parseFixture} from '../../source/simulator/fixtures/fixture.ts';
import {type Simulation, startSimulation} from '../../source/simulator/world/simulation.ts';
import {deploy} from '../lab/support/deploy-run.ts';

/** `swarmtop wait` on a simulated swarm. */

const swarm = `
nodes:
  - { name: m1, role: manager }
  - { prefix: w, count: 2 }
services:
  web: { image: "busybox:latest", command: [sleep, "3600"], stop_grace_period: 1s, deploy: { replicas: 2 } }
  db: { image: "busybox:latest", command: [sleep, "3600"], stop_grace_period: 1s }
  far: { image: "busybox:latest", command: [sleep, "3600"], deploy: { placement: { constraints: [node.labels.zone==moon] } } }
`;

let folder: string;
let simulation: Simulation;

beforeAll(async () => {
	folder = mkdtempSync(path.join(tmpdir(), 'wait-'));
	const fixture = await parseFixture(swarm, 'swarm.yaml');
	if (!fixture.ok) throw new Error(fixture.error.map(({message}) => message).join());
	simulation = await startSimulation({fixture: fixture.value, speed: 20, where: {sockets: folder}});
});

afterAll(async () => {
	await simulation.close();
	rmSync(folder, {recursive: true});
});

const wait = (line: string) =>
	deploy(['wait', ...line.split(' ').filter(Boolean), '-H', `unix://${folder}/m1/docker.sock`]);

describe('swarmtop wait', () => {
	it('ends when all of them are as wanted', async () => {
		expect(await wait('web db --until running=desired')).toEqual({status: 0, out: '✓ web: 2/2\n✓ db: 1/1', err: ''});
		expect(await wait('web --until running=2')).toMatchObject({status: 0});
		expect(await wait('web --until updated')).toMatchObject({status: 0});
		expect(await wait('w1 w2 --until ready')).toMatchObject({status: 0, out: expect.stringContaining('✓ w2: ready')});
		expect(await wait('web --timeout 1s -o json')).toMatchObject({
			status: 0,
			out: '{"type":"progress","name":"web","state":"there","detail":"2/2"}\n{"type":"result","ok":true,"causes":[]}',
		});
	});

	it('follows what comes', async () => {
		const down = wait('w2 --until down');
		expect((await simulation.fault(['stop', 'w2'])).ok).toBe(true);
		expect(await down).toMatchObject({status: 0, out: expect.stringMatching(/✓ w2: down/)});
		expect((await simulation.fault(['start', 'w2'])).ok).toBe(true);
		expect(await wait('w2 --until ready')).toMatchObject({status: 0});
	});

	it('says why where it is not so in time', async () => {
		const {status, err} = await wait('far --timeout 500ms');
		expect(status).toBe(1);
		expect(err).toMatch(/^swarmtop: far: 0\/1: .*no suitable node/m);
		expect(err).toMatch(/Not there after 500ms\.$/);
		expect(await wait('web --until gone --timeout 300ms')).toMatchObject({
			status: 1,
			err: expect.stringContaining('web: it is still there'),
		});
	});

	it('takes what is not there for gone, and else for a mistake', async () => {
		expect(await wait('nothing --until gone')).toMatchObject({status: 0});
		expect(await wait('wbe')).toMatchObject({status: 1, err: 'swarmtop: There is no service "wbe". Did you mean web?'});
	});

	it.each([
		['', 'Name what to wait for'],
		['web --until soon', '--until soon: use running=desired, running=N, updated, gone, ready or down.'],
		['web --timeout long', '--timeout long: a time is 30s, 5m or 1h.'],
	])('refuses %j', async (line, sentence) => {
		expect(await wait(line)).toMatchObject({status: 2, err: expect.stringContaining(sentence)});
	});
});
