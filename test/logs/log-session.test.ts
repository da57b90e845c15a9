import fc from 'fast-check';
import {describe, expect, it, vi} from 'vitest';
import type {LogBuffer} from '../../source/logs/log-buffer.ts';
import type {LogTarget} from '../../source/logs/log-opener.ts';
import {createLogSession} from '../../source/logs/log-session.ts';
import {type LogStart, wholeLog} from '../../source/logs/log-since.ts';
import {ManualClock} from '../../source/runtime/manual-clock.ts';
import {line, MemoryLogs, stampAt} from './support.ts';

const target = {kind: 'service', id: 'service1'} as const;

const tasks: readonly LogTarget[] = ['a', 'b', 'c'].map((id) => ({kind: 'task', id}));

function setUp({start = wholeLog as LogStart, isFollowing = true, targets = [target] as readonly LogTarget[]} = {}) {
	const logs = new MemoryLogs();
	const clock = new ManualClock(Date.parse('2026-11-21T00:01:00Z'));
	const open = () => createLogSession({targets, start, isFollowing, opener: logs, clock});
	return {logs, clock, open};
}

/** What can go wrong at the engine, and right again. */
function act(logs: MemoryLogs, kind: string): void {
	if (kind === 'break' || kind === 'lose' || kind === 'refuse') logs.breakStreams();
	if (kind === 'silence') logs.silence();
	if (kind === 'lose') logs.lostNode = '9hbxc7q17neqhao16hs233rxo';
	if (kind === 'find') logs.lostNode = undefined;
	if (kind === 'refuse' || kind === 'accept') logs.isRefusing = kind === 'refuse';
	if (kind === 'hang' || kind === 'unhang') logs.isHanging = kind === 'hang';
}

/** Lets promises run, then the clock. */
async function pass(clock: ManualClock, ms: number): Promise<void> {
	for (let gone = 0; gone < ms; gone += 100) {
		await new Promise((resolve) => setImmediate(resolve));
		clock.advance(Math.min(100, ms - gone));
	}
	await new Promise((resolve) => setImmediate(resolve));
}

const shown = (buffer: LogBuffer): string[] =>
	buffer.slice(0, buffer.length).map((entry) => (entry.kind === 'line' ? entry.line.text : `-- ${entry.notice.text}`));

describe('a log session', () => {
	it('shows the lines of several tasks in the order of their times, and keeps only the tail of the whole', async () => {
		const {logs, clock, open} = setUp({start: {tail: 3, since: undefined}, isFollowing: false});
		for (let i = 0; i < 6; i++) logs.write(line(stampAt(i * 1000), `line ${i}`, {task: i % 2 ? 'a' : 'b'}));
		const session = open();
		await pass(clock, 500);
		expect(shown(session.buffer)).toEqual(['line 3', 'line 4', 'line 5']);
		expect(session.status().state).toBe('ended');
		session.close();
	});

	it('goes on where it was when the stream breaks, every line once, and says so', async () => {
		const {logs, clock, open} = setUp();
		logs.write(line(stampAt(1e9), 'one'));
		const session = open();
		await pass(clock, 1000);
		logs.write(line(stampAt(2e9), 'two'));
		await pass(clock, 1000);
		logs.isRefusing = true;
		logs.breakStreams();
		await pass(clock, 1000);
		expect(session.status()).toMatchObject({state: 'reconnecting', problem: 'nothing listens there'});
		logs.write(line(stampAt(3e9), 'three'));
		logs.isRefusing = false;
		await pass(clock, 12_000);
		logs.write(line(stampAt(4e9), 'four'));
		await pass(clock, 1000);
		expect(shown(session.buffer).filter((text) => !text.startsWith('--'))).toEqual(['one', 'two', 'three', 'four']);
		expect(shown(session.buffer).find((text) => text.startsWith('--'))).toMatch(
			/^-- reconnected after \d+ s, nothing lost$/,
		);
		expect(session.status()).toMatchObject({state: 'following', problem: undefined});
		session.close();
	});

	it('folds what it says of one kind, as long as no line comes in between', async () => {
		const {logs, clock, open} = setUp();
		logs.write(line(stampAt(1e9), 'one'));
		const session = open();
		await pass(clock, 1000);
		for (let cuts = 0; cuts < 3; cuts++) {
			logs.breakStreams();
			await pass(clock, 30_000);
		}
		expect(shown(session.buffer)).toEqual(['one', '-- stream reopened 3 times, nothing lost']);
		logs.write(line(stampAt(2e9), 'two'));
		await pass(clock, 1000);
		logs.breakStreams();
		await pass(clock, 30_000);
		expect(shown(session.buffer)[3]).toMatch(/^-- reconnected after \d+ s, nothing lost$/);
		session.close();
	});

	it('says of a line whose beginning the engine left out that it is missing', async () => {
		const {logs, clock, open} = setUp({start: {tail: 2, since: undefined}, isFollowing: false});
		logs.parts = ['x'.repeat(16_384), 'end'];
		logs.write(line(stampAt(1e9), 'whatever'));
		const session = open();
		await pass(clock, 500);
		const entry = session.buffer.at(0);
		expect(entry?.kind === 'line' && entry.line).toMatchObject({isCut: true});
		session.close();
	});

	it('says that lines may be missing when the engine no longer has the last line that was shown', async () => {
		const {logs, clock, open} = setUp();
		logs.write(line(stampAt(1e9), 'one'));
		const session = open();
		await pass(clock, 1000);
		logs.lines.length = 0;
		logs.lines.push(line(stampAt(8e9), 'eight'));
		logs.breakStreams();
		await pass(clock, 5000);
		expect(shown(session.buffer)).toContain('-- gap of 7 s: lines may be missing');
		session.close();
	});

	it('opens a stream again that went quiet while the engine has more (moby#33183)', async () => {
		const {logs, clock, open} = setUp();
		logs.write(line(stampAt(1e9), 'one'));
		const session = open();
		await pass(clock, 1000);
		logs.silence();
		logs.write(line(stampAt(2e9), 'two'));
		await pass(clock, 70_000);
		expect(shown(session.buffer)).toEqual([
			'one',
			'-- the stream had stalled and was opened again, nothing lost',
			'two',
		]);
		session.close();
	});

	it('puts a line in its place that the engine left out of a followed stream', async () => {
		const {logs, clock, open} = setUp();
		logs.write(line(stampAt(1e9), 'one'));
		const session = open();
		await pass(clock, 1000);
		logs.write(line(stampAt(2e9), 'two'));
		await pass(clock, 1000);
		logs.loses = 'three';
		logs.write(line(stampAt(3e9), 'three'), line(stampAt(4e9), 'four'));
		await pass(clock, 500);
		expect(shown(session.buffer)).toEqual(['one', 'two', 'four']);
		await pass(clock, 15_000);
		expect(shown(session.buffer)).toEqual(['one', 'two', 'three', 'four']);
		const entry = session.buffer.at(2);
		expect(entry?.kind === 'line' && entry.line.isLate).toBe(true);
		session.close();
	});

	it('leaves a quiet stream alone when there is nothing to say', async () => {
		const {logs, clock, open} = setUp();
		logs.write(line(stampAt(1e9), 'one'));
		const session = open();
		await pass(clock, 200_000);
		expect(logs.requests.filter((request) => request.isFollowing)).toHaveLength(1);
		session.close();
	});

	it('names the node whose lines are missing, and fetches them when it is back', async () => {
		const {logs, clock, open} = setUp();
		logs.write(line(stampAt(1e9), 'here'));
		logs.missing =
			'Error grabbing logs: rpc error: code = Unknown desc = warning: incomplete log stream. some logs could not be retrieved for the following reasons: node 9hbxc7q17neqhao16hs233rxo is not available';
		const session = open();
		await pass(clock, 1000);
		expect(session.status().missingNodeIds).toEqual(['9hbxc7q17neqhao16hs233rxo']);
		logs.missing = undefined;
		logs.lines.push(line(stampAt(0.5e9), 'there', {task: 'away'}));
		session.look();
		await pass(clock, 1000);
		expect(session.status().missingNodeIds).toEqual([]);
		expect(shown(session.buffer).filter((text) => !text.startsWith('--'))).toEqual(['there', 'here']);
		await pass(clock, 2000);
		expect(shown(session.buffer)).toContain('-- a node is back: what it logged meanwhile is inserted by its time');
		session.close();
	});

	it('goes on task by task while the engine refuses the service for a lost node, and as one when it is back', async () => {
		const {logs, clock, open} = setUp();
		const lost = '9hbxc7q17neqhao16hs233rxo';
		logs.write(
			line(stampAt(1e9), 'one', {task: 'a', node: 'here'}),
			line(stampAt(2e9), 'two', {task: 'b', node: lost}),
		);
		logs.lostNode = lost;
		const session = open();
		await pass(clock, 1000);
		expect(session.status()).toMatchObject({state: 'following', problem: undefined, missingNodeIds: [lost]});
		logs.write(line(stampAt(3e9), 'three', {task: 'a', node: 'here'}));
		await pass(clock, 1000);
		expect(shown(session.buffer)).toEqual(['one', 'three']);
		logs.lostNode = undefined;
		session.look();
		logs.write(
			line(stampAt(4e9), 'four', {task: 'b', node: lost}),
			line(stampAt(5e9), 'five', {task: 'a', node: 'here'}),
		);
		await pass(clock, 2000);
		expect(session.status().missingNodeIds).toEqual([]);
		expect(shown(session.buffer)).toEqual(['one', 'two', 'three', 'four', 'five']);
		session.close();
	});

	it('reads the reachable tasks and names the lost node also when it does not follow', async () => {
		const {logs, clock, open} = setUp({isFollowing: false});
		const lost = '9hbxc7q17neqhao16hs233rxo';
		logs.write(
			line(stampAt(1e9), 'one', {task: 'a', node: 'here'}),
			line(stampAt(2e9), 'two', {task: 'b', node: lost}),
		);
		logs.lostNode = lost;
		const session = open();
		await pass(clock, 1000);
		expect(shown(session.buffer)).toEqual(['one']);
		expect(session.status()).toMatchObject({state: 'ended', missingNodeIds: [lost]});
		session.close();
	});

	it('shows what there is and follows while the engine still waits for a node that has just died', async () => {
		const {logs, clock, open} = setUp();
		logs.write(line(stampAt(1e9), 'one'));
		logs.isHanging = true;
		const session = open();
		await pass(clock, 2000);
		expect(session.status().state).toBe('following');
		logs.write(line(stampAt(2e9), 'two'));
		await pass(clock, 1000);
		expect(shown(session.buffer)).toEqual(['one', 'two']);
		session.close();
	});

	it('loses nothing of a node whose clock is minutes behind when the stream breaks', async () => {
		const {logs, clock, open} = setUp();
		const session = open();
		await pass(clock, 1000);
		logs.write(line('2026-11-21T00:10:00.000000000Z', 'on time', {task: 'a'}));
		logs.write(line('2026-11-21T00:05:00.000000000Z', 'slow clock', {task: 'b'}));
		await pass(clock, 1000);
		logs.isRefusing = true;
		logs.breakStreams();
		await pass(clock, 1000);
		logs.lines.push(line('2026-11-21T00:05:01.000000000Z', 'meanwhile', {task: 'b'}));
		logs.isRefusing = false;
		await pass(clock, 12_000);
		expect(shown(session.buffer)).toContain('meanwhile');
		session.close();
	});

	it('places a line that comes too late where it belongs, and marks it', async () => {
		const {logs, clock, open} = setUp();
		const session = open();
		await pass(clock, 500);
		logs.write(line(stampAt(3e9), 'three', {task: 'slow'}));
		await pass(clock, 500);
		logs.write(line(stampAt(5e9), 'five'));
		await pass(clock, 1000);
		logs.write(line(stampAt(4e9), 'four', {task: 'slow'}));
		await pass(clock, 1000);
		const late = session.buffer
			.slice(0, 3)
			.map((entry) => entry.kind === 'line' && [entry.line.text, entry.line.isLate]);
		expect(late).toEqual([
			['three', false],
			['four', true],
			['five', false],
		]);
		session.close();
	});

	it('shows every line exactly once and in order, whatever breaks in between', async () => {
		const step = fc.oneof(
			{weight: 6, arbitrary: fc.record({kind: fc.constant('write'), task: fc.constantFrom('a', 'b', 'c')})},
			{
				weight: 1,
				arbitrary: fc.record({
					kind: fc.constantFrom('break', 'silence', 'wait', 'lose', 'find', 'hang', 'refuse', 'accept'),
				}),
			},
		);
		const engine = fc.record({stallsAfter: fc.nat({max: 10}), mostFollowed: fc.nat({max: 4})});
		await fc.assert(
			fc.asyncProperty(
				fc.array(step, {minLength: 5, maxLength: 60}),
				engine,
				async (steps, {stallsAfter, mostFollowed}) => {
					const {logs, clock, open} = setUp(mostFollowed < tasks.length ? {targets: tasks} : {});
					Object.assign(logs, {stallsAfter, mostFollowed});
					const session = open();
					const written: string[] = [];
					await pass(clock, 300);
					for (const [i, each] of steps.entries()) {
						if ('task' in each) {
							const text = `${i}`;
							written.push(text);
							logs.write(line(stampAt(i * 1e6), text, {task: each.task}));
						} else act(logs, each.kind);
						await pass(clock, each.kind === 'wait' ? 2000 : 100);
					}
					for (const kind of ['find', 'accept', 'unhang']) act(logs, kind);
					await pass(clock, 80_000);
					expect(logs.openStreams).toBeLessThanOrEqual(mostFollowed);
					const lines = shown(session.buffer).filter((text) => !text.startsWith('--'));
					session.close();
					expect(lines).toEqual(written);
				},
			),
			{numRuns: Math.ceil(Number(process.env['SWARMTOP_FUZZ_RUNS'] ?? 5000) / 80)},
		);
	});

	it('follows no more responses than the engine is asked for, and looks at the others now and then', async () => {
		const {logs, clock, open} = setUp({targets: tasks});
		logs.mostFollowed = 1;
		for (const {id} of tasks) logs.write(line(stampAt(1e9), `${id} one`, {task: id}));
		const session = open();
		await pass(clock, 5000);
		for (const {id} of tasks) logs.write(line(stampAt(2e9), `${id} two`, {task: id}));
		await pass(clock, 5000);
		expect(shown(session.buffer)).toEqual(['a one', 'b one', 'c one', 'a two', 'b two', 'c two']);
		expect(logs.requests.filter(({isFollowing}) => isFollowing).map((request) => request.target.id)).toEqual(['a']);
		expect(session.status()).toMatchObject({state: 'following', problem: undefined});
		session.close();
	});

	it('gives the place of a task that is silent to one that speaks', async () => {
		const {logs, clock, open} = setUp({targets: tasks});
		logs.mostFollowed = 1;
		const session = open();
		await pass(clock, 40_000);
		for (let i = 1; i <= 10; i++) {
			logs.write(line(stampAt(i * 1e9), `c ${i}`, {task: 'c'}));
			await pass(clock, 1000);
		}
		expect(logs.requests.filter(({isFollowing}) => isFollowing).at(-1)?.target.id).toBe('c');
		expect(logs.openStreams).toBe(1);
		expect(shown(session.buffer)).toEqual(Array.from({length: 10}, (_, i) => `c ${i + 1}`));
		session.close();
	});

	it('tells its listeners in batches, not line by line', async () => {
		const {logs, clock, open} = setUp();
		const session = open();
		await pass(clock, 500);
		const listener = vi.fn();
		session.subscribe(listener);
		for (let i = 0; i < 1000; i++) logs.write(line(stampAt(i * 1000), `${i}`));
		await pass(clock, 1000);
		expect(session.buffer.length).toBe(1000);
		expect(listener.mock.calls.length).toBeLessThan(12);
		session.close();
	});
});
