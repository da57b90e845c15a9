import {describe, expect, it, vi} from 'vitest';
import type {SwarmClient} from '../../source/engine/client.ts';
import type {Service} from '../../source/wire/service.ts';
import {type LiveDashboard, openLiveDashboard} from '../ui/support/live-dashboard.tsx';

/** What may happen to a swarm while a person reads what an action will do to it: each through the screen, on a simulated swarm. */

const fixture = `
nodes: [{prefix: m, count: 3, role: manager}]
services:
  web: {image: "nginx:1.27", deploy: {replicas: 3}}
`;
const patient = {timeout: 15_000, interval: 50};
const slow = {deadlineMs: 15_000};

/** Managers take ten seconds of their time to miss a leader and choose another. */
const electionsPerSecond = 10;

/** The dialog that asks whether to restart web, with the button in focus that says yes. */
async function asking(speed?: number): Promise<LiveDashboard & {readonly them: SwarmClient; readonly web: Service}> {
	const live = await openLiveDashboard(fixture, speed);
	const them = live.other('m2');
	await live.terminal.waitFor(/web .* 3\/3/, slow);
	await live.press('2', 'r');
	await live.terminal.waitFor('Restart every task of web', slow);
	await live.press('tab');
	await live.terminal.waitFor('[ Restart ]');
	return Object.assign(live, {them, web: await serviceNamed(them, 'web')});
}

async function serviceNamed(client: SwarmClient, name: string): Promise<Service> {
	const answer = await client.services();
	const found = answer.ok ? answer.value.find(({Spec}) => Spec.Name === name) : undefined;
	if (!found) throw new Error(answer.ok ? `no ${name}` : answer.error.message);
	return found;
}

const restarts = async (client: SwarmClient): Promise<number> =>
	(await serviceNamed(client, 'web')).Spec.TaskTemplate.ForceUpdate ?? 0;

/** The last action, when it is over or known to be stuck. */
const outcome = ({actions}: LiveDashboard) =>
	vi.waitFor(() => {
		const [last] = actions.progress();
		if (last?.finishedAt === undefined) throw new Error(`still ${last?.state}: ${last?.detail}`);
		return last;
	}, patient);

describe('under an open dialog', () => {
	it('the service vanishes: the dialog says so, and yes does nothing', async () => {
		await using live = await asking();
		await live.them.removeService(live.web.ID);
		await live.terminal.waitFor(/web is gone/, slow);
		await live.press('y');
		await live.terminal.waitFor((screen) => !screen.text().includes('Restart every task'));
		expect(live.actions.progress()).toEqual([]);
	});

	it('the service goes and another takes its name: the dialog is not about that one', async () => {
		await using live = await asking();
		await live.them.removeService(live.web.ID);
		expect((await live.them.createService(live.web.Spec)).ok).toBe(true);
		await live.terminal.waitFor(/web is gone/, slow);
		await live.press('y');
		await live.terminal.waitFor(/web .* 3\/3/, slow);
		expect(live.actions.progress()).toEqual([]);
		expect(await restarts(live.them)).toBe(0);
	});

	it('the service changes: the dialog says what, goes back to Cancel, and yes loses nothing of it', async () => {
		await using live = await asking();
		const {ID, Version, Spec} = live.web;
		const changed = {...Spec, Labels: {owner: 'them'}, Mode: {Replicated: {Replicas: 2}}};
		await live.them.updateService(ID, Version.Index, changed);
		await live.terminal.waitFor(/replicas was 3, is 2 now/, slow);
		await live.terminal.waitFor('[ Cancel ]');
		await live.press('y');
		await vi.waitFor(async () => expect(await restarts(live.them)).toBe(1), patient);
		const {Labels, Mode} = (await serviceNamed(live.them, 'web')).Spec;
		expect({Labels, Mode}).toEqual({Labels: {owner: 'them'}, Mode: {Replicated: {Replicas: 2}}});
	});
});

describe('between consent and act', () => {
	it('the engine dies: it is said, nothing is called done, and nothing is done later', async () => {
		await using live = await asking(electionsPerSecond);
		await live.simulation.fault(['stop', 'm1']);
		await live.press('y');
		expect(await outcome(live)).toMatchObject({state: 'failed'});
		await live.terminal.waitFor(/Restart every task of web: /, slow);
		await live.simulation.fault(['start', 'm1']);
		await live.terminal.waitFor(/web .* 3\/3/, slow);
		await vi.waitFor(async () => expect(await restarts(live.them)).toBe(0), patient);
	});

	it('the quorum goes: it is said, and what the swarm made of it is not guessed at', async () => {
		await using live = await asking(electionsPerSecond);
		await Promise.all([live.simulation.fault(['stop', 'm2']), live.simulation.fault(['stop', 'm3'])]);
		await live.press('y');
		const {state, detail} = await outcome(live);
		expect(state).toBe('failed');
		expect(detail).toMatch(/leader|quorum|did not answer|not known/i);
		await Promise.all([live.simulation.fault(['start', 'm2']), live.simulation.fault(['start', 'm3'])]);
		await live.terminal.waitFor(/web .* 3\/3/, slow);
	});
});
