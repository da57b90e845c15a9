import {describe, expect, it} from 'vitest';
import type {Batch, Intent} from '../../../source/cluster/intent.ts';
import {createActions} from '../../../source/cluster/pipeline/actions.ts';
import {LiveStore} from '../../../source/cluster/store/store.ts';
import {createSync} from '../../../source/cluster/sync/live-sync.ts';
import type {SwarmClient} from '../../../source/engine/client.ts';
import {ManualClock} from '../../../source/runtime/manual-clock.ts';
import {failed, ok} from '../../../source/runtime/result.ts';
import {toSafeText} from '../../../source/text/safe-text.ts';
import type {Service} from '../../../source/wire/service.ts';
import {error, FakeSwarm, fakeNode, fakeService, fakeTask, pass} from '../sync/fake-client.ts';

async function setUp({isReadOnly = false, managers = 3}: {isReadOnly?: boolean; managers?: number} = {}) {
	const swarm = new FakeSwarm();
	swarm.nodes = [0, 1, 2, 3].map((i) => fakeNode(i, i < managers));
	swarm.services = [fakeService(0, 3)];
	swarm.tasks = [1, 2, 3].map((slot) => fakeTask(0, slot, slot));
	const sent: {replicas: number | null | undefined; version: number}[] = [];
	/** What another writer does to the service between our read and our write, once each. */
	const between: ((service: Service) => Service)[] = [];
	/** Of the next writes: answers that never come, after the write was done or without it. */
	const lostAnswers: ('done' | 'not done')[] = [];
	const client: SwarmClient = {
		...swarm.client(),
		updateService: async (id, version, spec) => {
			const [first] = swarm.services;
			const other = between.shift();
			if (first && other) swarm.services[0] = {...other(first), Version: {Index: first.Version.Index + 1}};
			const now = swarm.services[0];
			if (!now || swarm.trouble) return failed(swarm.trouble ?? error('not-found', `service ${id} not found`));
			if (now.Version.Index !== version) return failed(error('version-conflict', 'update out of sequence'));
			const lost = lostAnswers.shift();
			if (lost === 'not done') return failed(error('connection-lost', 'The connection broke.'));
			sent.push({replicas: spec.Mode.Replicated?.Replicas, version});
			swarm.services[0] = {...now, Version: {Index: version + 1}, Spec: spec};
			swarm.emit('service', 'update', id);
			return lost === 'done' ? failed(error('timeout', 'The engine does not answer.')) : ok({Warnings: null});
		},
	};
	const clock = new ManualClock(1_760_000_000_000);
	const store = new LiveStore({clock, stopwatch: () => 0});
	const sync = createSync({client, store, clock, random: () => 0.5});
	const actions = createActions({client, store, sync, clock, isReadOnly});
	sync.start();
	await pass(clock, 1000);
	const act = (intent: Intent) => actions.act(actions.plan(intent));
	return {swarm, clock, store, actions, act, sent, between, lostAnswers, sync};
}

const serviceId = 'service0';

describe('acting', () => {
	it('scales, shows how far it has come, and says how long it took', async () => {
		const {swarm, clock, actions, act} = await setUp();
		act({action: 'service.scale', serviceId, replicas: 4});
		await pass(clock, 1500);
		expect(actions.progress()[0]).toMatchObject({state: 'running', done: 3, total: 4});
		const [web] = swarm.services;
		swarm.tasks.push(fakeTask(0, 4, 1));
		if (web) swarm.services = [{...web, ServiceStatus: {RunningTasks: 4, DesiredTasks: 4, CompletedTasks: 0}}];
		await pass(clock, 5000);
		expect(actions.progress()[0]).toMatchObject({state: 'done', done: 4, total: 4});
		expect(actions.progress()[0]?.detail).toMatch(/^converged in [\d.]+ ?s/);
	});

	it('ends an action that a later one has superseded', async () => {
		const {clock, actions, act} = await setUp();
		act({action: 'service.scale', serviceId, replicas: 5});
		await pass(clock, 1500);
		expect(actions.progress()[0]?.state).toBe('running');
		act({action: 'service.scale', serviceId, replicas: 3});
		await pass(clock, 6000);
		expect(actions.progress().map(({state, detail}) => `${state}: ${detail}`)).toEqual([
			expect.stringMatching(/^done: converged/),
			'superseded: superseded by: Scale web0 from 5 to 3',
		]);
	});

	it('does not take tasks that end and are replaced for a service that runs', async () => {
		const {swarm, clock, actions, act} = await setUp();
		act({action: 'service.scale', serviceId, replicas: 4});
		await pass(clock, 1000);
		const counts = {RunningTasks: 4, DesiredTasks: 4, CompletedTasks: 0};
		swarm.services = swarm.services.map((service) => ({...service, ServiceStatus: counts}));
		const kept = swarm.tasks;
		// Each look finds another task that runs.
		for (let turn = 0; turn < 12; turn++) {
			swarm.tasks = [...kept, {...fakeTask(0, 4, 1), ID: `turn${turn}`}];
			await pass(clock, 1000);
		}
		expect(actions.progress()[0]?.state).toBe('running');
		await pass(clock, 5000);
		expect(actions.progress()[0]?.state).toBe('done');
	});

	it('adds quick presses up into one update', async () => {
		const {clock, act, sent} = await setUp();
		for (let i = 0; i < 5; i++) act({action: 'service.step', serviceId, by: 1});
		act({action: 'service.step', serviceId, by: -1});
		await pass(clock, 1000);
		expect(sent.map(({replicas}) => replicas)).toEqual([7]);
	});

	it('reads again and acts when another writer changed something else', async () => {
		const {clock, act, sent, between, actions} = await setUp();
		between.push((service) => ({...service, Spec: {...service.Spec, Labels: {owner: 'somebody'}}}));
		act({action: 'service.scale', serviceId, replicas: 5});
		await pass(clock, 1000);
		expect(sent).toHaveLength(1);
		expect(actions.progress()[0]?.state).toBe('running');
	});

	it('leaves it alone when another writer changed the very same thing, and says what it was and is', async () => {
		const {clock, act, sent, between, actions} = await setUp();
		between.push((service) => ({...service, Spec: {...service.Spec, Mode: {Replicated: {Replicas: 9}}}}));
		act({action: 'service.scale', serviceId, replicas: 5});
		await pass(clock, 1000);
		expect(sent).toEqual([]);
		expect(actions.progress()[0]).toMatchObject({state: 'failed'});
		expect(actions.progress()[0]?.detail).toContain('it was 3 replicas when you looked, and is 9 replicas now');
	});

	it('goes on from what it has asked for already, though the screen does not show that yet', async () => {
		const {clock, act, sent, actions} = await setUp();
		act({action: 'service.scale', serviceId, replicas: 6});
		act({action: 'service.step', serviceId, by: 1});
		act({action: 'service.step', serviceId, by: 1});
		expect(actions.progress()[0]).toMatchObject({
			title: 'Scale web0 from 6 to 8',
			command: 'docker service scale web0=8',
			undo: {action: 'service.scale', serviceId, replicas: 6},
		});
		await pass(clock, 1000);
		expect(sent.map(({replicas}) => replicas)).toEqual([6, 8]);
	});

	it('does first what was asked for first, also between presses', async () => {
		const {clock, act, sent} = await setUp();
		act({action: 'service.step', serviceId, by: 1});
		act({action: 'service.scale', serviceId, replicas: 10});
		act({action: 'service.step', serviceId, by: 1});
		await pass(clock, 1500);
		expect(sent.map(({replicas}) => replicas)).toEqual([4, 10, 11]);
	});

	it('sends nothing when presses take each other back', async () => {
		const {clock, act, sent, actions} = await setUp();
		act({action: 'service.step', serviceId, by: 1});
		act({action: 'service.step', serviceId, by: -1});
		await pass(clock, 1000);
		expect(sent).toEqual([]);
		expect(actions.progress()).toMatchObject([{state: 'done', detail: 'nothing to change'}]);
	});

	it('does not add a step to a number that nobody has seen', async () => {
		const {clock, act, sent, between, actions} = await setUp();
		between.push((service) => ({...service, Spec: {...service.Spec, Mode: {Replicated: {Replicas: 9}}}}));
		act({action: 'service.step', serviceId, by: 1});
		await pass(clock, 1000);
		expect(sent).toEqual([]);
		expect(actions.progress()[0]).toMatchObject({state: 'failed'});
	});

	it('is refused when the object has changed since the plan was shown', async () => {
		const {swarm, clock, actions, sent} = await setUp();
		const plan = actions.plan({action: 'service.scale', serviceId, replicas: 5});
		const [web] = swarm.services;
		if (web) swarm.services = [{...web, Version: {Index: 5}, Spec: {...web.Spec, Mode: {Replicated: {Replicas: 9}}}}];
		await pass(clock, 5000);
		actions.act(plan);
		await pass(clock, 1000);
		expect(sent).toEqual([]);
		expect(actions.progress()[0]?.detail).toContain('it was 3 replicas');
	});

	it('looks whether a write was done whose answer got lost, and neither repeats it nor calls it undone', async () => {
		const {clock, act, sent, lostAnswers, actions} = await setUp();
		lostAnswers.push('done', 'not done');
		act({action: 'service.scale', serviceId, replicas: 5});
		await pass(clock, 1000);
		expect(actions.progress()[0]?.state).toBe('running');
		act({action: 'service.scale', serviceId, replicas: 7});
		await pass(clock, 1000);
		expect(sent.map(({replicas}) => replicas)).toEqual([5]);
		expect(actions.progress()[0]).toMatchObject({state: 'failed'});
		expect(actions.progress()[0]?.detail).toContain('The change may have been applied');
	});

	it('tells that the engine went away between consent and act', async () => {
		const {swarm, clock, act, actions} = await setUp();
		swarm.fail(error('refused', 'Nothing listens there.'));
		act({action: 'service.scale', serviceId, replicas: 5});
		await pass(clock, 1000);
		expect(actions.progress()[0]).toMatchObject({state: 'failed', detail: 'Nothing listens there. Do something.'});
	});

	it('tells that the object is gone', async () => {
		const {swarm, clock, act, actions} = await setUp();
		swarm.services = [];
		act({action: 'service.scale', serviceId, replicas: 5});
		await pass(clock, 1000);
		expect(actions.progress()[0]).toMatchObject({state: 'failed'});
	});
});

describe('a plan', () => {
	it('is refused in read-only mode', async () => {
		const {actions} = await setUp({isReadOnly: true});
		expect(actions.plan({action: 'service.scale', serviceId, replicas: 5}).refusal).toMatch(/read-only/);
	});

	it('to demote wants the name of the cluster typed, with the arithmetic, when the quorum would be lost', async () => {
		const {swarm, clock, actions} = await setUp({managers: 3});
		for (const i of [1]) {
			const node = swarm.nodes[i];
			if (node?.ManagerStatus) {
				swarm.nodes[i] = {...node, ManagerStatus: {...node.ManagerStatus, Reachability: 'unreachable'}};
			}
		}
		await pass(clock, 5000);
		const plan = actions.plan({action: 'node.role', nodeId: 'node2', role: 'worker'});
		expect(plan.consent).toEqual({kind: 'typed', word: 'host0'});
		expect(plan.lines.map(({tone, text}) => `${tone}: ${text}`).slice(0, 1)).toEqual([
			'danger: Managers: 3 (1 unreachable), 2 needed, none can be lost; afterwards 2 (1 unreachable), 2 needed, the quorum is lost.',
		]);
		expect(plan.lines.map(({text}) => text)).toContain(
			'Without host2, 2 managers would be left: 2 must be reachable, and 1 is. The swarm would lose its quorum. Bring the other managers back first.',
		);
	});

	it('to drain names what moves and what is down meanwhile, and asks', async () => {
		const {actions} = await setUp();
		const plan = actions.plan({action: 'node.availability', nodeId: 'node1', availability: 'drain'});
		expect(plan.consent).toEqual({kind: 'dialog'});
		expect(plan.lines.map(({text}) => text)).toContain('1 task will be stopped and started on other nodes: web0.');
		expect(plan.command).toBe('docker node update --availability drain host1');
		expect(plan.undo).toEqual({action: 'node.availability', nodeId: 'node1', availability: 'active'});
	});

	it('to scale is undone by scaling back', async () => {
		const {actions} = await setUp();
		const plan = actions.plan({action: 'service.scale', serviceId, replicas: 6});
		expect(plan).toMatchObject({title: 'Scale web0 from 3 to 6', consent: {kind: 'none'}, refusal: undefined});
		expect(plan.undo).toEqual({action: 'service.scale', serviceId, replicas: 3});
	});
});

describe('several at once', () => {
	const scaleTo = (replicas: number, ...ids: string[]): Batch => ({
		action: 'batch',
		title: toSafeText('Scale all'),
		verb: 'Scale',
		stages: [ids.map((id): Intent => ({action: 'service.scale', serviceId: id, replicas}))],
	});

	it('does all under one consent, with a result for each', async () => {
		const {clock, actions, sent} = await setUp();
		const plan = actions.plan(scaleTo(5, serviceId, 'gone'));
		expect(plan.consent).toEqual({kind: 'dialog'});
		actions.act(plan);
		await pass(clock, 1000);
		expect(sent.map(({replicas}) => replicas)).toEqual([5]);
		expect(actions.progress().map(({state, batch}) => [state, batch?.title])).toEqual([
			['running', 'Scale all'],
			['held', 'Scale all'],
		]);
	});

	it('goes no further when the engine refuses one, and says which are left', async () => {
		const {swarm, clock, actions, sent} = await setUp();
		swarm.services = [0, 1, 2, 3, 4, 5, 6].map((i) => fakeService(i, 3));
		await pass(clock, 60_000);
		const ids = swarm.services.map(({ID}) => ID);
		const plan = actions.plan(scaleTo(5, ...ids));
		swarm.trouble = error('no-leader', 'The swarm has no leader.');
		actions.act(plan);
		await pass(clock, 1000);
		expect(sent).toEqual([]);
		const states = actions.progress().map(({state}) => state);
		expect(states.filter((state) => state === 'failed').length).toBeLessThanOrEqual(4);
		expect(new Set(states)).toEqual(new Set(['failed', 'held']));
	});
});
