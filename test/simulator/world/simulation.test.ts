import {existsSync} from 'node:fs';
import {mkdtemp, readdir, rm, stat} from 'node:fs/promises';
import {request} from 'node:http';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import {startEmbedded} from '../../../source/simulator/embedded.ts';
import {parseFixture} from '../../../source/simulator/fixtures/fixture.ts';
import {startSimulation} from '../../../source/simulator/world/simulation.ts';

const three = `
nodes:
  - { name: m1, role: manager }
  - { prefix: w, count: 2 }
services:
  web: { image: busybox:latest, command: [sleep, "3600"], deploy: { replicas: 3 } }
`;

async function fixture(text = three) {
	const parsed = await parseFixture(text, 'three.yaml');
	if (!parsed.ok) throw new Error(parsed.error[0]?.message);
	return parsed.value;
}

/** Asks an engine on a socket; rejects when nobody answers there. */
function ask(socketPath: string, target: string): Promise<{status: number; body: unknown}> {
	return new Promise((resolve, reject) => {
		const sent = request({socketPath, path: target}, (response) => {
			let text = '';
			response.setEncoding('utf8');
			response.on('data', (chunk: string) => {
				text += chunk;
			});
			response.on('end', () =>
				resolve({status: response.statusCode ?? 0, body: text === 'OK' ? text : JSON.parse(text)}),
			);
		});
		sent.on('error', reject);
		sent.end();
	});
}

let folder = '';
beforeEach(async () => {
	folder = await mkdtemp(path.join(tmpdir(), 'world-'));
});
afterEach(() => rm(folder, {recursive: true, force: true}));

describe('a simulation', () => {
	it('serves every engine on a socket that is its owner’s alone, settled from the start', async () => {
		const sockets = path.join(folder, 'sockets');
		const simulation = await startSimulation({fixture: await fixture(), where: {sockets}});
		try {
			expect(simulation.hosts.map(({name}) => name)).toEqual(['m1', 'w1', 'w2']);
			for (const {name, socketPath = ''} of simulation.hosts) {
				expect((await stat(path.join(sockets, name))).mode & 0o777).toBe(0o700);
				expect((await stat(socketPath)).mode & 0o777).toBe(0o600);
				expect(await ask(socketPath, '/_ping')).toMatchObject({status: 200});
			}
			const services = await ask(path.join(sockets, 'm1/docker.sock'), '/services?status=true');
			expect(services.body).toMatchObject([{ServiceStatus: {RunningTasks: 3, DesiredTasks: 3}}]);
		} finally {
			await simulation.close();
		}
		expect(await readdir(folder)).toEqual([]);
	});

	it('closes an engine’s socket when it is stopped and opens it when it is started', async () => {
		const simulation = await startSimulation({fixture: await fixture(), where: {sockets: folder}, speed: 10});
		const socketPath = path.join(folder, 'w1/docker.sock');
		try {
			expect(await simulation.fault(['stop', 'w1'])).toMatchObject({ok: true});
			expect(existsSync(socketPath)).toBe(false);
			await expect(ask(socketPath, '/_ping')).rejects.toThrow();
			expect(await simulation.fault(['start', 'w1'])).toMatchObject({ok: true});
			expect((await ask(socketPath, '/_ping')).status).toBe(200);
			expect(await simulation.fault(['break', 'w1', '503'])).toMatchObject({ok: true});
			expect((await ask(socketPath, '/info')).status).toBe(503);
			expect(await simulation.fault(['stop', 'w9'])).toMatchObject({ok: false});
		} finally {
			await simulation.close();
		}
	});

	it('poses as the engine of the API version that it is told', async () => {
		const where = {sockets: folder};
		const simulation = await startSimulation({fixture: await fixture(), where, apiVersion: '1.37'});
		try {
			const version = await ask(path.join(folder, 'm1/docker.sock'), '/version');
			expect(version.body).toMatchObject({ApiVersion: '1.37', Version: '18.05.0-ce'});
		} finally {
			await simulation.close();
		}
	});

	it('says so when a socket’s path would be too long', async () => {
		const sockets = path.join(folder, 'x'.repeat(100));
		await expect(startSimulation({fixture: await fixture(), where: {sockets}})).rejects.toThrow(
			/is too long for a socket: choose a shorter folder\.$/,
		);
	});
});

describe('an embedded simulation', () => {
	it('runs in a worker thread on sockets of its own, which it takes away with it', async () => {
		const started = await startEmbedded({fixture: 'conformance', seed: 7});
		if (!started.ok) throw new Error(started.error);
		const {hosts, fault, close} = started.value;
		const [first] = hosts;
		expect(hosts).toHaveLength(5);
		expect((await ask(first?.socketPath ?? '', '/nodes')).body).toHaveLength(5);
		expect(await fault(['stop', 'w1'])).toEqual({ok: true, value: undefined});
		expect(await fault(['stop', 'w9'])).toMatchObject({ok: false, error: expect.stringMatching(/no node "w9"/)});
		await close();
		expect(existsSync(path.dirname(path.dirname(first?.socketPath ?? '')))).toBe(false);
	});

	it('says what is wrong with its fixture', async () => {
		expect(await startEmbedded({fixture: '/nosuch/fixture.yaml'})).toMatchObject({
			ok: false,
			error: expect.stringMatching(/^\/nosuch\/fixture\.yaml:1: .*no such file/),
		});
	});
});
