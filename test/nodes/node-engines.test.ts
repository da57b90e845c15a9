import {describe, expect, it, onTestFinished, vi} from 'vitest';
import type {Endpoint} from '../../source/connection/endpoint.ts';
import {NodeEngines} from '../../source/nodes/node-engines.ts';
import {SharedLogins} from '../../source/nodes/shared-logins.ts';
import type {NodeRule, NodeSubject} from '../../source/nodes/subject.ts';
import {Ways} from '../../source/nodes/ways.ts';
import {systemClock} from '../../source/runtime/clock.ts';
import {ManualClock} from '../../source/runtime/manual-clock.ts';
import {ok} from '../../source/runtime/result.ts';
import {fakeEngine, hang, json, manager} from '../engine/support/fake-engine.ts';

const node = (id: string, hostname: string): NodeSubject => ({id, hostname, address: '10.0.0.9', labels: []});
const [m1, w1, w2] = [node('n1', 'm1'), node('n4', 'w1'), node('n5', 'w2')];
const infoOf = (id: string, name: string) => json({...manager, Name: name, Swarm: {...manager.Swarm, NodeID: id}});
const paths = (seen: readonly {method: string; url: string}[]) =>
	seen.map(({method, url}) => `${method} ${url.replace(/^\/v\d+\.\d+/, '')}`);

function engines(
	own: Endpoint,
	rules: readonly NodeRule[],
	{
		isReadOnly = false,
		clock = systemClock(),
	}: {isReadOnly?: boolean; clock?: ManualClock | ReturnType<typeof systemClock>} = {},
): NodeEngines {
	const surroundings = {environment: {}, homeDirectory: '/nonexistent'};
	const ways = new Ways({own, rules, surroundings, logins: new SharedLogins(), clock});
	ways.setOwnNode(m1);
	const names = new Map([m1, w1, w2].map(({id, hostname}) => [id, hostname]));
	const made = new NodeEngines({ways, isReadOnly, clock, nameOf: (id) => names.get(id)});
	onTestFinished(() => made.close());
	return made;
}

const c1 = {Id: 'c1', Name: '/web', State: {Status: 'running'}};
const containers = {'GET /containers/c1/json': json(c1)};

describe('the engine of a node', () => {
	it('is asked whose it is before anything else', async () => {
		const own = await fakeEngine({});
		const far = await fakeEngine({'GET /info': infoOf('n4', 'w1'), ...containers});
		const nodes = engines(own.endpoint, [{match: 'w1', engine: far.endpoint.url}]);
		expect(await nodes.ask(w1, (engine) => engine.container('c1'))).toEqual(ok(c1));
		expect(paths(far.seen)).toEqual(['GET /_ping', 'GET /info', 'GET /containers/c1/json']);
		expect(own.seen).toEqual([]);
		expect(nodes.reachOf(w1)).toMatchObject({state: 'reached', way: 'unix'});
	});

	it('is told nothing when it is another node', async () => {
		const own = await fakeEngine({});
		const far = await fakeEngine({'GET /info': infoOf('n5', 'w2'), ...containers});
		const nodes = engines(own.endpoint, [{match: 'w1', engine: far.endpoint.url}]);
		const answer = await nodes.ask(w1, (engine) => engine.container('c1'));
		expect(answer).toMatchObject({
			ok: false,
			error: {message: expect.stringMatching(/is not w1: it is w2\. Nothing was done there/)},
		});
		expect(paths(far.seen)).toEqual(['GET /_ping', 'GET /info']);
		expect(nodes.reachOf(w1)).toMatchObject({state: 'failed', problem: expect.stringMatching(/it is w2/)});
	});

	it('is asked again before a change, when the last time is a while ago', async () => {
		const own = await fakeEngine({});
		let id = 'n4';
		const far = await fakeEngine({
			'GET /info': (request, response) => infoOf(id, 'w1')(request, response),
			...containers,
		});
		const clock = new ManualClock(0);
		const nodes = engines(own.endpoint, [{match: 'w1', engine: far.endpoint.url}], {clock});
		expect((await nodes.ask(w1, (engine) => engine.container('c1'), {isFresh: true})).ok).toBe(true);
		id = 'n5';
		clock.advance(10_000);
		expect((await nodes.ask(w1, (engine) => engine.container('c1'))).ok).toBe(true);
		expect(await nodes.ask(w1, (engine) => engine.container('c1'), {isFresh: true})).toMatchObject({ok: false});
	});

	it('is the own one without a word in the configuration, and closed when nobody has used it for a while', async () => {
		const own = await fakeEngine({'GET /info': json(manager), ...containers});
		const clock = new ManualClock(0);
		const nodes = engines(own.endpoint, [], {clock});
		expect((await nodes.ask(m1, (engine) => engine.container('c1'))).ok).toBe(true);
		clock.advance(61_000);
		expect((await nodes.ask(m1, (engine) => engine.container('c1'))).ok).toBe(true);
		expect(paths(own.seen).filter((path) => path === 'GET /info')).toHaveLength(2);
	});

	it('that hangs holds up no other, and its failure is remembered for a moment', async () => {
		const own = await fakeEngine({'GET /info': json(manager), ...containers});
		const frozen = await fakeEngine({'GET /_ping': hang});
		const nodes = engines(own.endpoint, [{match: 'w1', engine: frozen.endpoint.url}]);
		void nodes.ask(w1, (engine) => engine.container('c1'));
		expect((await nodes.ask(m1, (engine) => engine.container('c1'))).ok).toBe(true);
	});

	it('that hangs is let go of at the end of the program, before its time is up', async () => {
		const own = await fakeEngine({});
		const frozen = await fakeEngine({'GET /info': hang});
		const nodes = engines(own.endpoint, [{match: 'w1', engine: frozen.endpoint.url}]);
		const answer = nodes.ask(w1, (engine) => engine.container('c1'));
		await vi.waitFor(() => expect(paths(frozen.seen)).toContain('GET /info'), {timeout: 10_000});
		await nodes.close();
		expect(await answer).toMatchObject({ok: false, error: {kind: 'aborted'}});
		expect(await nodes.ask(m1, (engine) => engine.container('c1'))).toMatchObject({error: {kind: 'aborted'}});
		expect(own.seen).toEqual([]);
	});

	it('is a worker that is slow, and no fault of the swarm', async () => {
		const own = await fakeEngine({});
		const info = {...manager, Name: 'w1', Swarm: {...manager.Swarm, NodeID: 'n4', ControlAvailable: false}};
		const far = await fakeEngine({'GET /info': json(info), 'GET /containers/c1/json': hang});
		const nodes = engines(own.endpoint, [{match: 'w1', engine: far.endpoint.url}]);
		const answer = await nodes.ask(w1, (engine) => engine.container('c1', {timeoutMs: 100}));
		expect(answer).toMatchObject({ok: false, error: {kind: 'timeout'}});
	});

	it('without a way ends as a sentence that says what to do', async () => {
		const own = await fakeEngine({});
		const nodes = engines(own.endpoint, []);
		expect(nodes.reachOf(w2)).toBeUndefined();
		const answer = await nodes.ask(w2, (engine) => engine.container('c1'));
		expect(answer).toMatchObject({ok: false, error: {message: 'There is no way to the engine of w2.'}});
		expect(answer).toMatchObject({ok: false, error: {nextStep: expect.stringMatching(/nodes: in config\.yaml/)}});
	});

	it('gets no change when it is read-only', async () => {
		const own = await fakeEngine({'GET /info': json(manager)});
		const nodes = engines(own.endpoint, [], {isReadOnly: true});
		const answer = await nodes.ask(m1, (engine) =>
			engine.createExec('c1', {AttachStdin: false, AttachStdout: true, AttachStderr: true, Tty: false, Cmd: ['env']}),
		);
		expect(answer).toMatchObject({ok: false, error: {kind: 'read-only'}});
		expect(paths(own.seen)).toEqual(['GET /_ping', 'GET /info']);
	});
});

it('leaves no timer behind that would keep a program from ending', async () => {
	const own = await fakeEngine({'GET /info': json(manager), ...containers});
	const pending = new Set<object>();
	const clock = {
		now: () => Date.now(),
		after: (delayMs: number, run: () => void) => {
			const timer = {cancel: () => void pending.delete(timer)};
			pending.add(timer);
			const real = setTimeout(() => {
				pending.delete(timer);
				run();
			}, delayMs);
			real.unref();
			return timer;
		},
	};
	const nodes = engines(own.endpoint, [], {clock});
	expect((await nodes.ask(m1, (engine) => engine.container('c1'))).ok).toBe(true);
	await nodes.close();
	expect(pending.size).toBe(0);
});
