import {afterAll, beforeAll, describe, expect, it, vi} from 'vitest';
import {objectOf} from '../../source/cluster/actions/names.ts';
import {readSpec} from '../../source/cluster/edit/read-spec.ts';
import {specText} from '../../source/cluster/edit/spec-text.ts';
import {createForecaster} from '../../source/cluster/forecast/forecaster.ts';
import type {Actions, Intent, Plan, Progress} from '../../source/cluster/intent.ts';
import {createActions} from '../../source/cluster/pipeline/actions.ts';
import {LiveStore} from '../../source/cluster/store/store.ts';
import {createSync} from '../../source/cluster/sync/live-sync.ts';
import {whyService} from '../../source/cluster/why/why.ts';
import {describeProblem} from '../../source/documents/document.ts';
import type {SwarmClient} from '../../source/engine/client.ts';
import {createSwarmClient} from '../../source/engine/docker-client.ts';
import {systemClock} from '../../source/runtime/clock.ts';
import {type Lab, startLab} from './support/lab.ts';

/** What a plan says before, against what the docker CLI says afterwards, on a real swarm of a manager and three workers. */

let lab: Lab;
let client: SwarmClient;
let store: LiveStore;
let sync: ReturnType<typeof createSync>;
let actions: Actions;
/** Runs once, between our next reading of a service and our writing of it: another person at the docker CLI. */
let otherWriter: (() => Promise<unknown>) | undefined;
let writes = 0;

const clock = systemClock({unref: true});
const patient = {timeout: 90_000, interval: 250};

beforeAll(async () => {
	lab = await startLab('lab-act', 1, 3);
	client = createSwarmClient(lab.endpoint('m1'));
	const update = client.updateService.bind(client);
	client = Object.assign(client, {
		updateService: async (...args: Parameters<SwarmClient['updateService']>) => {
			writes++;
			const other = otherWriter;
			otherWriter = undefined;
			await other?.();
			return update(...args);
		},
	});
	await create('web', '--replicas', '6', '--update-parallelism', '2', '--update-monitor', '1s');
	await create('agent', '--mode', 'global');
	await create('capped', '--replicas', '2', '--replicas-max-per-node', '1');
	await lab.docker('m1', 'node', 'update', '--label-add', 'zone=a', 'w2');
	await lab.docker('m1', 'node', 'update', '--label-add', 'zone=a', 'w3');
	await create('pinned', '--replicas', '4', '--constraint', 'node.labels.zone==a');
	store = new LiveStore({clock});
	sync = createSync({client, store, clock});
	actions = createActions({client, store, sync, clock, isReadOnly: false, forecaster: createForecaster()});
	sync.start();
	sync.show({kind: 'all'});
	for (const [name, count] of [
		['web', 6],
		['agent', 4],
		['capped', 2],
		['pinned', 4],
	] as const) {
		await vi.waitFor(async () => expect((await runningTasks(name)).size).toBe(count), patient);
	}
});
afterAll(async () => {
	try {
		await sync?.stop();
		await client?.close();
	} finally {
		await lab?.down();
	}
});

async function create(name: string, ...flags: readonly string[]): Promise<void> {
	const common = ['service', 'create', '-d', '--name', name, '--stop-grace-period', '1s', ...flags];
	await lab.docker('m1', ...common, 'busybox:lab', 'sleep', '100000');
}

type Ran = {readonly id: string; readonly node: string};

/** `docker service ps`: the tasks that run and are meant to, by name (of a global service: by node). */
async function runningTasks(...services: readonly string[]): Promise<Map<string, Ran>> {
	const format = '{{.ID}}|{{.Name}}|{{.Node}}|{{.DesiredState}}|{{.CurrentState}}';
	const rows = await lab.docker('m1', 'service', 'ps', '--no-trunc', '--format', format, ...services);
	const running = new Map<string, Ran>();
	for (const row of rows.split('\n')) {
		const [id = '', name = '', node = '', desired, state = ''] = row.split('|');
		if (desired === 'Running' && state.startsWith('Running')) running.set(name, {id, node});
	}
	return running;
}

type Counts = {readonly moved: number; readonly replaced: number; readonly stopped: number; readonly started: number};

function difference(before: ReadonlyMap<string, Ran>, after: ReadonlyMap<string, Ran>): Counts {
	const pairs = [...before].flatMap(([name, was]) => {
		const is = after.get(name);
		return is && is.id !== was.id ? [is.node === was.node] : [];
	});
	return {
		moved: pairs.filter((isSameNode) => !isSameNode).length,
		replaced: pairs.filter((isSameNode) => isSameNode).length,
		stopped: [...before.keys()].filter((name) => !after.has(name)).length,
		started: [...after.keys()].filter((name) => !before.has(name)).length,
	};
}

const textOf = (plan: Plan): string => plan.lines.map(({text}) => text).join('\n');

function said(plan: Plan): Counts {
	const text = textOf(plan);
	const count = (words: string) => Number(new RegExp(`(\\d+) tasks? will ${words}`).exec(text)?.[1] ?? 0);
	return {
		moved: count('move:'),
		replaced: count('be replaced where'),
		stopped: count('stop:'),
		started: count('start:'),
	};
}

/** The plan as the dialog shows it once the forecast is there, and the store has seen what the CLI did. */
async function planned(intent: Intent): Promise<Plan> {
	const {services, nodes} = store.getState();
	expect(services.has(objectOf(intent)) || nodes.has(objectOf(intent))).toBe(true);
	return vi.waitFor(() => {
		const plan = actions.plan(intent);
		expect(plan.forecast).toBe('ready');
		return plan;
	}, patient);
}

async function acted(plan: Plan): Promise<Progress> {
	const id = actions.act(plan);
	return vi.waitFor(() => {
		const progress = actions.progress().find((each) => each.id === id);
		if (progress?.finishedAt === undefined) throw new Error(`still ${progress?.state}: ${progress?.detail}`);
		return progress;
	}, patient);
}

const inspected = (service: string, template: string) =>
	lab.docker('m1', 'service', 'inspect', '-f', template, service);
const replicasOf = (service: string) => inspected(service, '{{.Spec.Mode.Replicated.Replicas}}');

const serviceId = (name: string): string => idOf([...store.getState().services.values()].find((s) => s.name === name));
const nodeId = (name: string): string => idOf([...store.getState().nodes.values()].find((n) => n.hostname === name));
function idOf(entity: {readonly id: string} | undefined): string {
	if (!entity) throw new Error('the store does not know it');
	return entity.id;
}

/** Until the store shows exactly what the CLI does: plans are made from the store. */
async function storeAgrees(...services: readonly string[]): Promise<Map<string, Ran>> {
	return vi.waitFor(async () => {
		const running = await runningTasks(...services);
		const known = [...store.getState().tasks.values()].filter(
			({state, desired, serviceName}) => state === 'running' && desired === 'running' && services.includes(serviceName),
		);
		expect(known.map(({id}) => id).sort()).toEqual([...running.values()].map(({id}) => id).sort());
		return running;
	}, patient);
}

async function happensAsSaid(plan: Plan, services: readonly string[], before: ReadonlyMap<string, Ran>): Promise<void> {
	await vi.waitFor(
		async () => expect(difference(before, await runningTasks(...services)), textOf(plan)).toEqual(said(plan)),
		patient,
	);
}

describe('five operations: what the plan said is what docker says', () => {
	const all = ['web', 'agent', 'capped', 'pinned'];

	it('drains a worker', async () => {
		const before = await storeAgrees(...all);
		const plan = await planned({action: 'node.availability', nodeId: nodeId('w1'), availability: 'drain'});
		expect(said(plan).moved).toBeGreaterThan(0);
		expect(textOf(plan)).toContain('agent.w1 on w1');
		expect(await acted(plan)).toMatchObject({state: 'done', detail: expect.stringContaining('no tasks left')});
		await happensAsSaid(plan, all, before);
		expect(await lab.docker('m1', 'node', 'ps', 'w1', '--filter', 'desired-state=running', '-q')).toBe('');
	});

	it('scales beyond what the nodes may take, and knows how many find no place', async () => {
		const before = await storeAgrees('capped');
		const plan = await planned({action: 'service.scale', serviceId: serviceId('capped'), replicas: 6});
		// w1 is drained: three nodes, one each.
		expect(said(plan)).toEqual({moved: 0, replaced: 0, stopped: 0, started: 1});
		const words = /^(.*) can't be placed: (no suitable node.*)\.$/m.exec(textOf(plan));
		expect(words?.[1]?.split(', ')).toHaveLength(3);
		const id = actions.act(plan);
		await happensAsSaid(plan, ['capped'], before);
		const states = ['service', 'ps', 'capped', '--no-trunc', '--format', '{{.CurrentState}}|{{.Error}}'];
		await vi.waitFor(async () => {
			const pending = (await lab.docker('m1', ...states)).split('\n').filter((row) => row.startsWith('Pending'));
			expect(pending).toHaveLength(3);
			for (const row of pending) expect(row).toContain(words?.[2]);
		}, patient);
		await vi.waitFor(() => {
			const progress = actions.progress().find((each) => each.id === id);
			expect(progress).toMatchObject({state: 'stuck', detail: expect.stringContaining(words?.[2] ?? '?')});
		}, patient);
		await acted(await planned({action: 'service.scale', serviceId: serviceId('capped'), replicas: 2}));
	});

	it('takes a label away, and the tasks that needed it move', async () => {
		const before = await storeAgrees('pinned');
		const there = [...before.values()].filter(({node}) => node === 'w3').length;
		const plan = await planned({action: 'node.labels', nodeId: nodeId('w3'), set: {disk: 'ssd'}, remove: ['zone']});
		expect(said(plan)).toEqual({moved: there, replaced: 0, stopped: 0, started: 0});
		await acted(plan);
		await happensAsSaid(plan, ['pinned'], before);
		expect(await lab.docker('m1', 'node', 'inspect', '-f', '{{json .Spec.Labels}}', 'w3')).toBe('{"disk":"ssd"}');
	});

	it('promotes a worker and demotes it again', async () => {
		const managers = async () =>
			(await lab.docker('m1', 'node', 'ls', '--format', '{{.Hostname}} {{.ManagerStatus}}'))
				.split('\n')
				.filter((row) => /Leader|Reachable/.test(row)).length;
		const promotion = actions.plan({action: 'node.role', nodeId: nodeId('w2'), role: 'manager'});
		expect(textOf(promotion)).toMatch(/Managers: 1\b.*\b1 needed.*afterwards 2\b.*\b2 needed.*none can be lost/);
		expect(await acted(promotion)).toMatchObject({state: 'done'});
		// The other calls it reachable before it takes part in votes. To demote it in that moment costs the quorum for good:
		// the vote to let it go needs its own.
		await vi.waitFor(async () => expect(await lab.docker('w2', 'node', 'ls', '-q')).toContain(nodeId('w2')), patient);
		await vi.waitFor(async () => expect(await managers()).toBe(2), patient);
		const demotion = actions.plan({action: 'node.role', nodeId: nodeId('w2'), role: 'worker'});
		expect(textOf(demotion)).toMatch(/Managers: 2\b.*\b2 needed.*afterwards 1\b.*\b1 needed.*none can be lost/);
		expect(await acted(demotion)).toMatchObject({state: 'done'});
		await vi.waitFor(async () => expect(await managers()).toBe(1), patient);
	});

	it('restarts every task of a service', async () => {
		const before = await storeAgrees('web');
		const plan = await planned({action: 'service.restart', serviceId: serviceId('web')});
		const {moved, replaced, stopped, started} = said(plan);
		expect({all: moved + replaced, stopped, started}).toEqual({all: 6, stopped: 0, started: 0});
		expect(textOf(plan)).toContain('6 tasks will be replaced, 2 at a time');
		expect(await acted(plan)).toMatchObject({state: 'done', detail: expect.stringContaining('converged in')});
		// Which of two equal nodes takes a task is anybody's guess; that each is new is not.
		const after = difference(before, await runningTasks('web'));
		expect({...after, moved: 0, replaced: after.moved + after.replaced}).toEqual({
			moved: 0,
			replaced: 6,
			stopped: 0,
			started: 0,
		});
		expect(await inspected('web', '{{.UpdateStatus.State}}')).toBe('completed');
	});
});

describe('a spec edited as YAML', () => {
	it('is what docker service inspect shows afterwards, and goes back with undo', async () => {
		const before = await storeAgrees('pinned');
		const {raw} = store.getState().services.get(serviceId('pinned')) ?? expect.fail('unknown');
		const edited = {kind: 'service', id: raw.ID, name: 'pinned', version: raw.Version.Index, spec: raw.Spec} as const;
		const text = specText(edited);
		expect(readSpec(text, edited, 'pinned.yaml')).toEqual({ok: true, value: []});
		const mine = text
			.replace(/^( *)Image: .*$/m, '$&\n$1Env: [MODE=lab, EMPTY=]')
			.replace(/^TaskTemplate:/m, 'UpdateConfig: {Parallelism: 2, Order: start-first}\nTaskTemplate:');
		const read = readSpec(mine, edited, 'pinned.yaml');
		if (!read.ok) throw new Error(read.error.map(describeProblem).join());
		const plan = await planned({action: 'service.edit', serviceId: raw.ID, changes: read.value});
		const {moved, replaced, stopped, started} = said(plan);
		expect({all: moved + replaced, stopped, started}).toEqual({all: before.size, stopped: 0, started: 0});
		const progress = await acted(plan);
		expect(progress).toMatchObject({state: 'done'});
		expect(await inspected('pinned', '{{json .Spec.TaskTemplate.ContainerSpec.Env}}')).toBe('["MODE=lab","EMPTY="]');
		expect(await inspected('pinned', '{{.Spec.UpdateConfig.Parallelism}} {{.Spec.UpdateConfig.Order}}')).toBe(
			'2 start-first',
		);
		const after = difference(before, await runningTasks('pinned'));
		expect(after.moved + after.replaced).toBe(before.size);
		if (!progress.undo) throw new Error('it can be taken back');
		await vi.waitFor(
			() => expect(store.getState().services.get(raw.ID)?.version).toBeGreaterThan(raw.Version.Index),
			patient,
		);
		expect(await acted(await planned(progress.undo as Intent))).toMatchObject({state: 'done'});
		expect(await inspected('pinned', '{{json .Spec.TaskTemplate.ContainerSpec.Env}}')).toBe('null');
	});
});

describe('two writers of one service at once, the other at the docker CLI', () => {
	it('keeps what the other changed elsewhere, and makes its own change once', async () => {
		await storeAgrees('web');
		const plan = actions.plan({action: 'service.scale', serviceId: serviceId('web'), replicas: 7});
		writes = 0;
		otherWriter = () => lab.docker('m1', 'service', 'update', '-d', '--label-add', 'owner=cli', 'web');
		expect(await acted(plan)).toMatchObject({state: 'done'});
		expect(writes).toBe(2);
		expect(await replicasOf('web')).toBe('7');
		expect(await inspected('web', '{{.Spec.Labels.owner}}')).toBe('cli');
	});

	it('refuses when the other changed the same, shows both sides, and does it when it is asked again', async () => {
		await storeAgrees('web');
		const intent: Intent = {action: 'service.scale', serviceId: serviceId('web'), replicas: 3};
		const plan = actions.plan(intent);
		otherWriter = () => lab.docker('m1', 'service', 'scale', '-d', 'web=5');
		const {state, detail, conflict} = await acted(plan);
		expect(state).toBe('failed');
		expect(detail).toMatch(/7 replicas.*5 replicas now; you wanted 3 replicas/);
		expect(conflict?.diff).toContainEqual({kind: 'added', text: '5 replicas'});
		expect(await replicasOf('web')).toBe('5');
		await vi.waitFor(() => expect(actions.plan(intent).title).toBe('Scale web from 5 to 3'), patient);
		expect(await acted(actions.plan(intent))).toMatchObject({state: 'done'});
		expect(await replicasOf('web')).toBe('3');
	});

	it('merges an edit of the spec with what the other edited, and asks where it is the same setting', async () => {
		const before = await storeAgrees('capped');
		const {raw} = store.getState().services.get(serviceId('capped')) ?? expect.fail('unknown');
		const edit = (from: string | undefined, to: string): Intent => ({
			action: 'service.edit',
			serviceId: raw.ID,
			changes: [{path: ['Labels', 'tier'], from, to}],
		});
		otherWriter = () => lab.docker('m1', 'service', 'update', '-d', '--label-add', 'owner=cli', 'capped');
		const plan = await planned(edit(undefined, 'front'));
		expect(said(plan)).toEqual({moved: 0, replaced: 0, stopped: 0, started: 0});
		expect(await acted(plan)).toMatchObject({state: 'done'});
		expect(JSON.parse(await inspected('capped', '{{json .Spec.Labels}}'))).toEqual({owner: 'cli', tier: 'front'});
		otherWriter = () => lab.docker('m1', 'service', 'update', '-d', '--label-add', 'tier=theirs', 'capped');
		await vi.waitFor(
			() => expect(store.getState().services.get(raw.ID)?.raw.Spec.Labels).toHaveProperty('tier'),
			patient,
		);
		expect(await acted(actions.plan(edit('front', 'mine')))).toMatchObject({
			state: 'failed',
			conflict: expect.anything(),
		});
		expect(JSON.parse(await inspected('capped', '{{json .Spec.Labels}}'))).toMatchObject({tier: 'theirs'});
		expect(difference(before, await runningTasks('capped')).replaced).toBe(0);
	});
});

describe('why, against what docker service ps shows', () => {
	const words = async (name: string): Promise<{readonly why: string; readonly docker: string}> => {
		const state = store.getState();
		const service = state.services.get(serviceId(name)) ?? expect.fail(`no ${name}`);
		const format = ['--no-trunc', '--format', '{{.CurrentState}}|{{.Error}}'];
		const why = whyService(service, state, clock.now()).map(([label, value]) => `${label}: ${value}`);
		return {why: why.join('\n'), docker: await lab.docker('m1', 'service', 'ps', name, ...format)};
	};

	it.each([
		['nowhere', ['--constraint', 'node.labels.floor==7'], /node.labels.floor==7 does not hold: it has no label floor/],
		['greedy', ['--reserve-memory', '999g'], /free of the 999GiB reserved/],
		['ported', ['--mode', 'global', '--publish', 'mode=host,published=9555,target=80'], undefined],
		[
			'crowded',
			['--replicas', '2', '--publish', 'mode=host,published=9555,target=80'],
			/ported\.\w+ has its port 9555/,
		],
	] as const)('%s', async (name, flags, obstacle) => {
		await create(name, ...flags);
		if (!obstacle) {
			await vi.waitFor(async () => expect((await runningTasks(name)).size).toBeGreaterThan(2), patient);
			return;
		}
		await vi.waitFor(async () => {
			const {why, docker} = await words(name);
			const [, refusal] = /^Pending[^|]*\|"?(no suitable node[^"]*?)"?$/m.exec(docker) ?? [];
			expect(refusal).toBeDefined();
			expect(why).toContain(refusal);
			const nodes = why
				.split('\n')
				.filter((row) => /^nodes?: /.test(row) && !row.includes('its availability is drain'));
			expect(nodes.length).toBeGreaterThan(0);
			for (const row of nodes) expect(row).toMatch(obstacle);
		}, patient);
	});

	it('an image that is nowhere', async () => {
		await lab.docker('m1', 'service', 'create', '-d', '--name', 'imageless', 'nosuch:9', 'true');
		await vi.waitFor(async () => {
			const {why, docker} = await words('imageless');
			expect(docker).toContain('No such image');
			expect(why).toMatch(/^image: nosuch:9 can't be had on /m);
		}, patient);
		await lab.docker('m1', 'service', 'rm', 'nowhere', 'greedy', 'ported', 'crowded', 'imageless');
	});
});

describe('removing what no service uses', () => {
	it('a config comes back by undo; a secret in use is refused, by us and by the engine; a volume goes', async () => {
		const data = {Labels: {}, Data: Buffer.from('hello').toString('base64')};
		expect(await client.createConfig({Name: 'page', ...data})).toMatchObject({ok: true});
		expect(await client.createSecret({Name: 'pw', ...data})).toMatchObject({ok: true});
		await lab.docker('m1', 'volume', 'create', 'data');
		await create('keeper', '--secret', 'pw');
		sync.showInventory(['secrets', 'configs', 'volumes']);
		await vi.waitFor(() => {
			const {secrets, configs, volumes} = store.getState().inventory;
			expect([secrets?.length, configs?.length, volumes?.length ?? 0]).toEqual([1, 1, expect.any(Number)]);
			serviceId('keeper');
		}, patient);
		const {secrets = [], configs = []} = store.getState().inventory;
		const secret: Intent = {action: 'object.remove', objectId: secrets[0]?.ID ?? '', kind: 'secret', name: 'pw'};
		expect(actions.plan(secret).refusal).toBe('The secret pw is in use by keeper: remove it from that service first.');
		await expect(lab.docker('m1', 'secret', 'rm', 'pw')).rejects.toThrow(/in use/);
		const config: Intent = {action: 'object.remove', objectId: configs[0]?.ID ?? '', kind: 'config', name: 'page'};
		const removed = await acted(actions.plan(config));
		expect(removed).toMatchObject({state: 'done', command: 'docker config rm page'});
		expect(await lab.docker('m1', 'config', 'ls', '-q')).toBe('');
		expect(await acted(actions.plan(removed.undo as Intent))).toMatchObject({state: 'done'});
		expect(await lab.docker('m1', 'config', 'inspect', '-f', '{{.Spec.Name}}', 'page')).toContain('page');
		const volume: Intent = {action: 'volume.remove', objectId: 'data', kind: 'volume', name: 'data'};
		expect(await acted(actions.plan(volume))).toMatchObject({state: 'done', command: 'docker volume rm data'});
		expect(await lab.docker('m1', 'volume', 'ls', '-q')).not.toContain('data');
		sync.showInventory([]);
		await lab.docker('m1', 'service', 'rm', 'keeper');
	});
});

describe('what may happen under an open dialog', () => {
	it('the service is removed, and another of its name takes its place: it is gone', async () => {
		await create('fleeting');
		await vi.waitFor(() => serviceId('fleeting'), patient);
		const intent: Intent = {action: 'service.scale', serviceId: serviceId('fleeting'), replicas: 2};
		const plan = actions.plan(intent);
		await lab.docker('m1', 'service', 'rm', 'fleeting');
		await create('fleeting');
		expect(await acted(plan)).toMatchObject({state: 'failed', detail: expect.stringMatching(/not found|gone/i)});
		await vi.waitFor(() => expect(actions.plan(intent).refusal).toMatch(/gone/), patient);
		expect(await replicasOf('fleeting')).toBe('1');
		await lab.docker('m1', 'service', 'rm', 'fleeting');
	});

	it('the engine dies between consent and act: nothing is called done, and nothing is done later', async () => {
		await storeAgrees('web');
		const plan = actions.plan({action: 'service.scale', serviceId: serviceId('web'), replicas: 4});
		await lab.act('stop', 'm1');
		const {state, detail} = await acted(plan);
		expect(state).toBe('failed');
		expect(detail).toMatch(/\S/);
		await lab.act('start', 'm1');
		await vi.waitFor(async () => expect(await replicasOf('web')).toBe('3'), patient);
		await vi.waitFor(() => expect(store.getState().connection.state).toBe('connected'), patient);
		expect(await replicasOf('web')).toBe('3');
	});
});
