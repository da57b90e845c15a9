import {request} from 'node:http';
import {afterAll, beforeAll, describe, expect, it, onTestFinished, vi} from 'vitest';
import type {SwarmClient} from '../../source/engine/client.ts';
import {type ClientOptions, createSwarmClient} from '../../source/engine/docker-client.ts';
import type {TaskRow} from '../../source/engine/task-row.ts';
import type {EngineEvent} from '../../source/wire/event.ts';
import type {ServiceSpec} from '../../source/wire/service.ts';
import type {EngineVersion, Swarm} from '../../source/wire/swarm.ts';
import {type Lab, startLab} from './support/lab.ts';

/** The engine client against real engines: three managers and two workers, of which one leaves at last. */

const image = 'busybox:lab';
let lab: Lab;

beforeAll(async () => {
	lab = await startLab('lab-engine', 3, 2);
});
afterAll(() => lab?.down());

function client(node: string, options?: ClientOptions): SwarmClient {
	const made = createSwarmClient(lab.endpoint(node), options);
	onTestFinished(() => made.close());
	return made;
}

function spec(name: string, replicas: number, more: object = {}): ServiceSpec {
	return {
		Name: name,
		Labels: {origin: 'test'},
		TaskTemplate: {
			ContainerSpec: {
				Image: image,
				Command: ['sh', '-c', 'echo to stdout; echo to stderr >&2; exec sleep 1000'],
				StopGracePeriod: 1,
				...more,
			},
		},
		Mode: {Replicated: {Replicas: replicas}},
	};
}

/** What the product never asks, past its client. */
async function plainly<T>(node: string, method: 'GET' | 'POST', path: string, body?: object): Promise<T> {
	const {statusCode, text} = await new Promise<{statusCode: number | undefined; text: string}>((resolve, reject) => {
		const headers = {'Content-Type': 'application/json'};
		const sent = request({socketPath: lab.socket(node), method, path, headers}, async (response) => {
			const chunks: Buffer[] = [];
			for await (const chunk of response) chunks.push(chunk);
			resolve({statusCode: response.statusCode, text: Buffer.concat(chunks).toString()});
		});
		sent.on('error', reject).end(body && JSON.stringify(body));
	});
	if (statusCode !== 200) throw new Error(`${method} ${path}: ${statusCode} ${text}`);
	return (text === '' ? undefined : JSON.parse(text)) as T;
}

/** A service that runs, removed with the test. */
async function running(on: SwarmClient, wanted: ServiceSpec): Promise<string> {
	const created = granted(await on.createService(wanted));
	onTestFinished(async () => {
		granted(await on.removeService(created.ID));
	});
	const replicas = wanted.Mode.Replicated?.Replicas ?? 0;
	await until(async () => {
		const rows: TaskRow[] = [];
		await on.taskRows((batch) => rows.push(...batch), {filters: {service: [created.ID]}});
		expect(rows.filter((row) => row.state === 'running')).toHaveLength(replicas);
	});
	return created.ID;
}

describe('a manager', () => {
	it('says who it is', async () => {
		const identity = granted(await client('m1').connect());
		const version = await plainly<EngineVersion>('m1', 'GET', '/version');
		expect(identity).toMatchObject({name: 'm1', engineVersion: version.Version, engineApiVersion: version.ApiVersion});
		expect(identity.capabilities).toEqual({hasServiceStatus: true, hasJobs: true});
		expect(identity.info?.Swarm).toMatchObject({ControlAvailable: true, Managers: 3, Nodes: 5});
	});

	it('lists nodes, networks and the empty rest, also when it does not lead', async () => {
		for (const node of ['m1', 'm2']) {
			const manager = client(node);
			const nodes = granted(await manager.nodes());
			expect(nodes.map((each) => each.Description.Hostname).sort()).toEqual(['m1', 'm2', 'm3', 'w1', 'w2']);
			expect(nodes.filter((each) => each.ManagerStatus?.Leader)).toHaveLength(1);
			const networks = granted(await manager.networks({filters: {scope: ['swarm']}}));
			expect(networks.map((each) => each.Name)).toContain('ingress');
			expect(granted(await manager.services({status: true}))).toEqual([]);
			expect(granted(await manager.taskRows(() => undefined))).toBe(0);
			expect(granted(await manager.volumes())).toEqual([]);
			expect((await plainly<Swarm>(node, 'GET', '/swarm')).JoinTokens.Worker).toMatch(/^SWMTKN-1-/);
		}
	});

	it('creates a service, counts it, scales it, rolls it back', async () => {
		const manager = client('m1');
		const id = await running(manager, spec('web', 2));
		const [listed] = granted(await manager.services({status: true, filters: {name: ['web']}}));
		expect(listed?.ServiceStatus).toMatchObject({RunningTasks: 2, DesiredTasks: 2});
		const before = granted(await manager.service(id));
		granted(await manager.updateService(id, before.Version.Index, {...before.Spec, Mode: {Replicated: {Replicas: 3}}}));
		const after = granted(await manager.service(id));
		expect(after.Spec).toEqual({...before.Spec, Mode: {Replicated: {Replicas: 3}}});
		expect(await manager.updateService(id, before.Version.Index, before.Spec)).toMatchObject({
			error: {kind: 'version-conflict', engineMessage: 'update out of sequence'},
		});
		granted(await manager.updateService(id, after.Version.Index, after.Spec, {rollback: true}));
		expect(granted(await manager.service(id)).Spec.Mode).toEqual(before.Spec.Mode);
	});

	it('drains a node and activates it again', async () => {
		const manager = client('m1');
		const [worker] = granted(await manager.nodes({filters: {name: ['w1']}}));
		if (!worker) throw new Error('no w1');
		granted(await manager.updateNode(worker.ID, worker.Version.Index, {...worker.Spec, Availability: 'drain'}));
		const drained = granted(await manager.node(worker.ID));
		expect(drained.Spec.Availability).toBe('drain');
		expect(await manager.updateNode(worker.ID, worker.Version.Index, worker.Spec)).toMatchObject({
			error: {kind: 'version-conflict'},
		});
		granted(await manager.updateNode(worker.ID, drained.Version.Index, worker.Spec));
	});

	it('keeps networks, secrets and configs', async () => {
		const manager = client('m1');
		const network = granted(await manager.createNetwork({Name: 'back', Driver: 'overlay', Labels: {tier: 'db'}}));
		const secret = granted(await manager.createSecret({Name: 'pass', Labels: {}, Data: 'c2VjcmV0'}));
		const config = granted(await manager.createConfig({Name: 'conf', Labels: {}, Data: 'aGVsbG8='}));
		expect(granted(await manager.network(network.Id)).Labels).toEqual({tier: 'db'});
		expect(granted(await manager.config(config.ID)).Spec.Data).toBe('aGVsbG8=');
		const read = granted(await manager.secret(secret.ID));
		granted(await manager.updateSecret(secret.ID, read.Version.Index, {...read.Spec, Labels: {kept: 'yes'}}));
		expect(granted(await manager.secrets({filters: {label: ['kept']}}))).toHaveLength(1);
		expect(await manager.createSecret({Name: 'pass', Labels: {}, Data: 'c2VjcmV0'})).toMatchObject({
			error: {kind: 'conflict', engineMessage: 'secret pass already exists'},
		});
		granted(await manager.removeSecret(secret.ID));
		granted(await manager.removeConfig(config.ID));
		granted(await manager.removeNetwork(network.Id));
		expect(await manager.removeNetwork(network.Id)).toMatchObject({error: {kind: 'not-found'}});
	});

	it('rotates a join token', async () => {
		const before = await plainly<Swarm>('m1', 'GET', '/swarm');
		const query = `version=${before.Version.Index}&rotateWorkerToken=true`;
		await plainly('m1', 'POST', `/swarm/update?${query}`, before.Spec);
		const after = await plainly<Swarm>('m1', 'GET', '/swarm');
		expect(after.JoinTokens.Worker).not.toBe(before.JoinTokens.Worker);
		expect(after.JoinTokens.Manager).toBe(before.JoinTokens.Manager);
	});

	it('refuses in its own words', async () => {
		const manager = client('m1');
		const placed = spec('odd', 1);
		placed.TaskTemplate.Placement = {Constraints: ['node.role=manager']};
		expect(await manager.createService(placed)).toMatchObject({
			error: {kind: 'rejected', engineMessage: 'constraint expected one operator from ==, !='},
		});
		expect(await manager.service('nosuch')).toMatchObject({
			error: {kind: 'not-found', message: 'Service nosuch not found.'},
		});
		expect(await manager.distribution('nosuch.invalid/image:1')).toMatchObject({ok: false});
	});

	it('is not touched by a read-only client', async () => {
		const reader = client('m1', {isReadOnly: true});
		expect(await reader.createService(spec('never', 1))).toMatchObject({error: {kind: 'read-only'}});
		expect(granted(await reader.services())).toEqual([]);
	});
});

describe('streams', () => {
	it('events tell of a service from its creation to its end', async () => {
		const manager = client('m2');
		const events: EngineEvent[] = [];
		const stream = granted(
			await manager.events({filters: {type: ['service']}, onEvent: (event) => events.push(event)}),
		);
		const {ID: id} = granted(await manager.createService(spec('brief', 0)));
		granted(await manager.removeService(id));
		await until(() => {
			expect(events.filter((event) => event.Actor.ID === id).map((event) => event.Action)).toContain('remove');
		});
		expect(events[0]).toMatchObject({
			Type: 'service',
			Action: 'create',
			scope: 'swarm',
			Actor: {Attributes: {name: 'brief'}},
		});
		stream.close();
		expect(await stream.ended).toMatchObject({kind: 'aborted'});
	});

	it('logs are framed without a TTY and raw with one', async () => {
		const manager = client('m1');
		const framed = await logs(manager, await running(manager, spec('plain', 2)));
		expect(framed.isFramed).toBe(true);
		// Head of a frame: 1 stdout or 2 stderr, three zeros, the length.
		expect([1, 2]).toContain(framed.bytes[0]);
		expect(framed.bytes.subarray(1, 4)).toEqual(Buffer.from([0, 0, 0]));
		const raw = await logs(manager, await running(manager, spec('terminal', 1, {TTY: true})));
		expect(raw.isFramed).toBe(false);
		expect(raw.bytes.toString()).toBe('to stdout\r\nto stderr\r\n');
	});

	it("one task's logs alone, followed", async () => {
		const manager = client('m1');
		const id = await running(manager, spec('followed', 2));
		const [task] = granted(await manager.tasks({filters: {service: [id]}}));
		let text = '';
		const stream = granted(
			await manager.taskLogs(task?.ID ?? '', {
				follow: true,
				timestamps: true,
				onData: (chunk) => {
					text += chunk.toString('latin1');
				},
			}),
		);
		await until(() => {
			expect(text).toMatch(/T[\d:.]+Z to stdout\n/);
			expect(text).toMatch(/T[\d:.]+Z to stderr\n/);
		});
		stream.close();
		expect(await stream.ended).toMatchObject({kind: 'aborted'});
	});
});

describe('what is no manager', () => {
	it('a worker names the managers', async () => {
		const worker = client('w1');
		for (const answer of [await worker.connect(), await worker.nodes()]) {
			expect(answer).toMatchObject({error: {kind: 'worker'}});
			expect(!answer.ok && answer.error.managers).toHaveLength(3);
		}
		expect(await worker.createNetwork({Name: 'a', Driver: 'overlay'})).toMatchObject({error: {kind: 'worker'}});
		expect(granted(await worker.info()).Swarm.ControlAvailable).toBe(false);
	});

	it('an engine without a swarm says how to start one', async () => {
		await lab.docker('w2', 'swarm', 'leave');
		const alone = client('w2');
		for (const answer of [await alone.connect(), await alone.services(), await alone.secrets()]) {
			expect(answer).toMatchObject({
				error: {kind: 'not-in-swarm', nextStep: expect.stringContaining('docker swarm init')},
			});
		}
	});
});

describe('trouble', () => {
	it('a stopped engine is refused, its streams end, and the same client works again after its start', async () => {
		const manager = client('m3');
		granted(await manager.nodes());
		const stream = granted(await manager.events({onEvent: () => undefined}));
		await lab.act('stop', 'm3');
		// dockerd ends the stream properly or not, as its shutdown goes; what matters is that it ends.
		await stream.ended;
		expect(await manager.nodes()).toMatchObject({error: {kind: expect.stringMatching(/^(refused|no-socket)$/)}});
		await lab.act('start', 'm3');
		await until(async () => expect(await manager.connect()).toMatchObject({ok: true}));
		expect(granted(await manager.nodes())).toHaveLength(5);
	});

	it('a frozen engine times out, and answers again once thawed', async () => {
		const worker = client('w1');
		granted(await worker.info());
		await lab.act('freeze', 'w1');
		const before = performance.now();
		expect(await worker.info({timeoutMs: 1000})).toMatchObject({error: {kind: 'timeout'}});
		expect(await worker.connect({timeoutMs: 1000})).toMatchObject({error: {kind: 'timeout'}});
		expect(performance.now() - before).toBeLessThan(5000);
		await lab.act('thaw', 'w1');
		await until(async () => expect(await worker.info({timeoutMs: 1000})).toMatchObject({ok: true}));
	});

	it('without quorum: no leader, how many are missing, and well again when they return', async () => {
		const manager = client('m1');
		granted(await manager.connect());
		await Promise.all([lab.act('stop', 'm2'), lab.act('stop', 'm3')]);
		const kinds: string[] = [];
		await until(async () => {
			const answer = await manager.nodes({timeoutMs: 4000});
			kinds.push(answer.ok ? 'ok' : answer.error.kind);
			expect(answer).toMatchObject({
				error: {kind: 'no-leader', message: expect.stringContaining('of 3 managers 2 must be up')},
			});
		});
		// On the way there the last data may still come, and a call may hang, but nothing else may be said.
		expect(new Set([...kinds, 'ok', 'timeout', 'no-leader'])).toEqual(new Set(['ok', 'timeout', 'no-leader']));
		await until(async () =>
			expect(await manager.connect({timeoutMs: 4000})).toMatchObject({error: {kind: 'no-leader'}}),
		);
		await Promise.all([lab.act('start', 'm2'), lab.act('start', 'm3')]);
		await until(async () => expect(await manager.connect({timeoutMs: 4000})).toMatchObject({ok: true}));
	});
});

async function logs(on: SwarmClient, id: string): Promise<{bytes: Buffer; isFramed: boolean}> {
	let bytes = Buffer.alloc(0);
	let isFramed = false;
	await until(async () => {
		const chunks: Buffer[] = [];
		const stream = granted(await on.serviceLogs(id, {onData: (chunk) => chunks.push(chunk)}));
		expect(await stream.ended).toBeUndefined();
		({isFramed} = stream);
		bytes = Buffer.concat(chunks);
		expect(bytes.toString()).toContain('to stdout');
		expect(bytes.toString()).toContain('to stderr');
	});
	return {bytes, isFramed};
}

function until(condition: () => void | Promise<void>): Promise<void> {
	return vi.waitFor(condition, {timeout: 90_000, interval: 200});
}

function granted<T>(result: {readonly ok: true; readonly value: T} | {readonly ok: false; readonly error: unknown}): T {
	if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.error)}`);
	return result.value;
}
