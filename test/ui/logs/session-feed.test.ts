import {describe, expect, it, onTestFinished} from 'vitest';
import type {LogStart} from '../../../source/logs/log-since.ts';
import {ManualClock} from '../../../source/runtime/manual-clock.ts';
import {toSafeText} from '../../../source/text/safe-text.ts';
import {type LogTarget, severalTargets} from '../../../source/ui/logs/log-feed.ts';
import {SessionFeed} from '../../../source/ui/logs/session-feed.ts';
import {line, MemoryLogs, stampAt} from '../../logs/support.ts';
import {cluster, node, noon, type Swarm, service, task} from '../support/entities.ts';
import {FakeStore} from '../support/fakes.ts';

const stack = toSafeText('shop');
const tail: LogStart = {tail: 100, since: undefined};
const web1 = task('web', 1, 'w1');
const web2 = task('web', 2, 'w2');
const db1 = task('db', 1, 'w1');

function setUp(target: LogTarget, swarm: Swarm) {
	const store = new FakeStore(cluster(swarm));
	const clock = new ManualClock(noon);
	const logs = new MemoryLogs();
	const source = new SessionFeed({opener: logs, store, clock}).open(target, tail);
	onTestFinished(() => source.close());
	let at = 0;
	return {
		store,
		source,
		logs,
		say: (who: {id: string; serviceId: string}, text: string) => {
			const said = line(stampAt(++at * 1e6), text, {task: who.id, node: 'node-w1'});
			logs.write({...said, origin: {...said.origin, serviceId: who.serviceId}});
		},
		async pass(ms: number) {
			for (let gone = 0; gone < ms; gone += 100) {
				await new Promise((resolve) => setImmediate(resolve));
				clock.advance(100);
			}
			await new Promise((resolve) => setImmediate(resolve));
		},
		shown: () =>
			source.buffer.slice(0, source.buffer.length).flatMap((entry) => (entry.kind === 'line' ? [entry.line.text] : [])),
		followed: () => logs.requests.filter(({isFollowing}) => isFollowing).map((request) => request.target.id),
	};
}

const nodes = [node('w1'), node('w2')];
const services = [service('web', {stack}), service('db', {stack})];

describe('the logs of a node', () => {
	it('are those of its tasks: new ones join by themselves, those of other nodes stay out', async () => {
		const target: LogTarget = {kind: 'node', id: 'node-w1', name: toSafeText('w1')};
		const log = setUp(target, {nodes, services, tasks: [web1, web2]});
		await log.pass(500);
		log.say(web1, 'here');
		log.say(web2, 'elsewhere');
		log.store.set(cluster({nodes, services, tasks: [web1, web2, db1]}));
		await log.pass(500);
		log.say(db1, 'joined');
		await log.pass(2000);
		expect(log.shown()).toEqual(['here', 'joined']);
		expect(log.followed()).toEqual([web1.id, db1.id]);
	});

	it('keep the last words of a task that has ended, and tell that it has', async () => {
		const target: LogTarget = {kind: 'node', id: 'node-w1', name: toSafeText('w1')};
		const log = setUp(target, {nodes, services, tasks: [web1, db1]});
		await log.pass(500);
		log.say(web1, 'last words');
		await log.pass(1000);
		expect([...log.source.stoppedTasks]).toEqual([]);
		log.store.set(cluster({nodes, services, tasks: [{...web1, state: 'failed', since: Date.now()}, db1]}));
		expect([...log.source.stoppedTasks]).toEqual([web1.id]);
		expect(log.shown()).toEqual(['last words']);
	});
});

describe('the logs of a stack', () => {
	it('are those of its services, also of one that is deployed later', async () => {
		const target: LogTarget = {kind: 'stack', id: 'shop', name: stack};
		const [web, db] = services;
		if (!web || !db) throw new Error('no services');
		const log = setUp(target, {nodes, services: [web, service('other')], tasks: [web1]});
		await log.pass(500);
		expect(log.followed()).toEqual([web.id]);
		log.store.set(cluster({nodes, services: [web, db], tasks: [web1]}));
		await log.pass(500);
		expect(log.followed()).toEqual([web.id, db.id]);
	});
});

describe('the logs of what is marked', () => {
	it('are those of each thing once, with the names of the nodes that do not answer', async () => {
		const target = severalTargets(
			[
				{kind: 'task', id: web1.id, name: toSafeText('web.1')},
				{kind: 'node', id: 'node-w1', name: toSafeText('w1')},
			],
			toSafeText('both'),
		);
		const log = setUp(target, {nodes, services, tasks: [web1]});
		log.logs.missing = `Error grabbing logs: rpc error: code = Unknown desc = warning: incomplete log stream. some logs could not be retrieved for the following reasons: node ${'9hbxc7q17neqhao16hs233rxo'} is not available`;
		log.store.set(
			cluster({nodes: [...nodes, {...node('w9'), id: '9hbxc7q17neqhao16hs233rxo'}], services, tasks: [web1]}),
		);
		await log.pass(3000);
		expect(log.followed()).toEqual([web1.id]);
		expect(log.source.status.missing).toEqual(['w9']);
	});
});
