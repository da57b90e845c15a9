import {mkdtemp, rm} from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import {expect, it, onTestFinished} from 'vitest';
import {createSwarmClient} from '../../source/engine/docker-client.ts';
import {parseFixture} from '../../source/simulator/fixtures/fixture.ts';
import {startSimulation} from '../../source/simulator/world/simulation.ts';
import {unixEndpoint} from '../engine/support/fake-engine.ts';
import {countFlood} from './flood.ts';

/** The same for a minute: `npm run bench logs`. */
it('shows or counts as dropped every line of a flood, exactly', async () => {
	const folder = await mkdtemp(path.join(os.tmpdir(), 'flood-'));
	const fixture = await parseFixture('nodes: [{name: m1, role: manager}, {prefix: w, count: 2}]', 'swarm.yaml');
	if (!fixture.ok) throw new Error(fixture.error.map(({message}) => message).join());
	const simulation = await startSimulation({fixture: fixture.value, where: {sockets: folder}});
	const client = createSwarmClient(unixEndpoint(path.join(folder, 'm1', 'docker.sock')));
	onTestFinished(async () => {
		await client.close();
		await simulation.close();
		await rm(folder, {recursive: true});
	});
	const flood = {name: 'flood', tasks: 5, linesEach: 2000, linesPerSecondEach: 1000, deadlineMs: 30_000};
	const counted = await countFlood(client, {...flood, limits: {lines: 3000, bytes: 1 << 30}});
	expect(counted).toEqual({sent: 10_000, kept: 3000, dropped: 7000, wrong: 0, isOrdered: true});
}, 60_000);
