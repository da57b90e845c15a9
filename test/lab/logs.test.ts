import {execFile} from 'node:child_process';
import {promisify} from 'node:util';
import {afterAll, beforeAll, describe, expect, it, onTestFinished, vi} from 'vitest';
import type {SwarmClient} from '../../source/engine/client.ts';
import {createSwarmClient} from '../../source/engine/docker-client.ts';
import {engineLogOpener} from '../../source/logs/engine-opener.ts';
import type {LogLine} from '../../source/logs/log-line.ts';
import {createLogSession, type LogSession} from '../../source/logs/log-session.ts';
import {wholeLog} from '../../source/logs/log-since.ts';
import {systemClock} from '../../source/runtime/clock.ts';
import {type Lab, startLab} from './support/lab.ts';

/** Logs against real engines: a manager that also works, and two workers. */

const run = promisify(execFile);
/** Twenty numbered lines a second. */
const counting = 'i=0; while true; do i=$((i+1)); echo $i; usleep 50000; done';
let lab: Lab;

beforeAll(async () => {
	lab = await startLab('lab-lg', 1, 2);
});
afterAll(() => lab?.down());

function connect(): SwarmClient {
	const client = createSwarmClient(lab.endpoint('m1'));
	onTestFinished(() => client.close());
	return client;
}

async function serve(name: string, script: string, ...options: readonly string[]): Promise<string> {
	const shared = ['--detach', '--name', name, '--replicas', '3', '--stop-grace-period', '1s', ...options];
	const id = await lab.docker('m1', 'service', 'create', ...shared, 'busybox:lab', 'sh', '-c', script);
	onTestFinished(async () => {
		await lab.docker('m1', 'service', 'rm', name);
	});
	return id;
}

/** A followed log, with all its lines in the order in which they were let through. */
type Followed = {readonly session: LogSession; readonly lines: LogLine[]; readonly notices: string[]};

function follow(client: SwarmClient, serviceId: string): Followed {
	const lines: LogLine[] = [];
	const notices: string[] = [];
	const session = createLogSession({
		targets: [{kind: 'service', id: serviceId}],
		start: wholeLog,
		isFollowing: true,
		opener: engineLogOpener(client),
		clock: systemClock(),
		onLines: (more) => lines.push(...more),
		onNotice: ({text}) => notices.push(text),
	});
	onTestFinished(() => session.close());
	return {session, lines, notices};
}

/** The numbers that each task has printed, in the order in which they came. */
function numbersByTask(lines: readonly LogLine[]): Map<string, number[]> {
	const byTask = new Map<string, number[]>();
	for (const {origin, text} of lines) {
		const numbers = byTask.get(origin.taskId) ?? [];
		numbers.push(Number(text));
		byTask.set(origin.taskId, numbers);
	}
	return byTask;
}

/** The lines that the log holds, in its order. */
const kept = ({session: {buffer}}: Followed): LogLine[] =>
	buffer.slice(0, buffer.length).flatMap((entry) => (entry.kind === 'line' ? [entry.line] : []));

const runningTasks = async (client: SwarmClient, service: string) => {
	const tasks = await client.tasks({filters: {service: [service]}});
	return tasks.ok ? tasks.value.filter(({Status}) => Status.State === 'running').map(({ID}) => ID) : [];
};

const until = (check: () => unknown, timeout = 60_000) => vi.waitFor(check, {timeout, interval: 200});

/** Until as many tasks run as that, and each of them has been heard. */
async function allHeard(client: SwarmClient, service: string, {lines}: Followed, tasks: number): Promise<void> {
	await until(async () => {
		const running = await runningTasks(client, service);
		const heard = numbersByTask(lines);
		expect(running.filter((id) => heard.has(id))).toHaveLength(tasks);
	});
}

/** What the engine has of each task, read by itself. */
async function lastNumbers(client: SwarmClient, service: string): Promise<Map<string, number>> {
	const tasks = await client.tasks({filters: {service: [service]}});
	const last = new Map<string, number>();
	for (const {ID} of tasks.ok ? tasks.value : []) {
		const chunks: Buffer[] = [];
		const stream = await client.taskLogs(ID, {tail: 1, onData: (chunk) => chunks.push(chunk)});
		if (stream.ok) await stream.value.ended;
		const text = Buffer.concat(chunks).subarray(8).toString();
		if (/^\d+\n/.test(text)) last.set(ID, Number.parseInt(text, 10));
	}
	return last;
}

describe('a followed service of three tasks on three nodes', () => {
	it('shows every line once and in order through a restart, a killed worker, a scale-up and a rolling update', async () => {
		const client = connect();
		const id = await serve('numbers', counting, '--update-delay', '1s');
		await until(async () => expect(await runningTasks(client, id)).toHaveLength(3));
		const followed = follow(client, id);
		await allHeard(client, id, followed, 3);
		expect(new Set(followed.lines.map(({origin}) => origin.nodeId)).size).toBe(3);

		await lab.act('stop', 'm1');
		await until(() => expect(followed.session.status().state).toBe('reconnecting'));
		await lab.act('start', 'm1');
		await allHeard(client, id, followed, 3);
		await until(() => expect(followed.notices.join('\n')).toMatch(/reconnected after \d+ s/));

		await lab.act('stop', 'w2');
		await until(async () => {
			followed.session.look();
			expect(followed.session.status().missingNodeIds).toHaveLength(1);
		});
		await allHeard(client, id, followed, 3);
		await lab.act('start', 'w2');
		await until(async () => {
			followed.session.look();
			expect(followed.session.status().missingNodeIds).toHaveLength(0);
		});

		await lab.docker('m1', 'service', 'scale', '--detach', 'numbers=5');
		await allHeard(client, id, followed, 5);
		const before = await runningTasks(client, id);
		await lab.docker('m1', 'service', 'update', '--detach', '--force', 'numbers');
		await until(async () => {
			const now = await runningTasks(client, id);
			expect(now.filter((task) => !before.includes(task))).toHaveLength(5);
		}, 120_000);
		await allHeard(client, id, followed, 5);

		const last = await lastNumbers(client, id);
		expect(last.size).toBeGreaterThanOrEqual(8);
		followed.session.look();
		await until(() => {
			const heard = numbersByTask(followed.lines);
			for (const [task, number] of last) expect(Math.max(...(heard.get(task) ?? [0]))).toBeGreaterThanOrEqual(number);
		});
		// A line that the engine left out of the followed response is put in its place once the task has been read.
		await until(() => {
			for (const numbers of numbersByTask(kept(followed)).values()) {
				expect(numbers).toEqual(numbers.map((_, index) => index + 1));
			}
		});
		const {buffer} = followed.session;
		const stamps = buffer.slice(0, buffer.length).map(({stamp}) => stamp);
		expect(stamps).toEqual(stamps.toSorted());
		expect(followed.notices.join('\n')).not.toContain('gap');
	}, 400_000);

	it('brings what a node said while it was cut off, once it is back', async () => {
		const client = connect();
		const id = await serve('cut', counting, '--replicas-max-per-node', '1');
		await until(async () => expect(await runningTasks(client, id)).toHaveLength(3));
		const followed = follow(client, id);
		await allHeard(client, id, followed, 3);
		await lab.act('cut', 'w1');
		onTestFinished(() => lab.act('heal', 'w1'));
		await until(() => {
			followed.session.look();
			expect(followed.session.status().missingNodeIds).toHaveLength(1);
		});
		const [missing = ''] = followed.session.status().missingNodeIds;
		const [task = ''] = followed.lines.flatMap(({origin}) => (origin.nodeId === missing ? [origin.taskId] : []));
		const before = numbersByTask(followed.lines).get(task)?.length ?? 0;
		await lab.act('heal', 'w1');
		await until(() => {
			followed.session.look();
			expect(followed.session.status().missingNodeIds).toHaveLength(0);
		});
		const last = await lastNumbers(client, id);
		await until(() => {
			const numbers = numbersByTask(followed.lines).get(task) ?? [];
			expect(numbers.length).toBeGreaterThan(Math.max(before + 100, last.get(task) ?? 0));
		});
		for (const numbers of numbersByTask(followed.lines).values()) {
			expect(numbers).toEqual(numbers.map((_, index) => index + 1));
		}
	}, 200_000);
});

describe('swarmtop logs', () => {
	const finite = 'for i in $(seq 1 60); do echo "$HOSTNAME says $i"; usleep 20000; done; sleep 1000';

	async function swarmtop(...args: readonly string[]): Promise<string> {
		const {stdout} = await run(process.execPath, ['dist/cli.js', 'logs', ...args, '-H', `unix://${lab.socket('m1')}`], {
			maxBuffer: 32 << 20,
		});
		return stdout;
	}

	it('prints what docker service logs prints, merged by time', async () => {
		await serve('web', finite);
		await until(async () => expect((await swarmtop('web')).match(/says 60$/gm)).toHaveLength(3));
		const docker = (await lab.docker('m1', 'service', 'logs', '--timestamps', 'web')).split('\n').sort();
		expect(docker).toHaveLength(180);
		expect((await swarmtop('web', '-t', '-n', '100')).trimEnd().split('\n')).toEqual(docker.slice(-100));
		expect((await swarmtop('web', '-t')).trimEnd().split('\n')).toEqual(docker);
	});

	it('prints several services, and a stack of them, as one', async () => {
		const stack = ['--label', 'com.docker.stack.namespace=shop', '--replicas', '2'];
		await serve('shop_api', finite, ...stack);
		await serve('shop_db', finite, ...stack);
		await until(async () => expect((await swarmtop('shop_api', 'shop_db')).match(/says 60$/gm)).toHaveLength(4));
		const docker = await Promise.all(
			['shop_api', 'shop_db'].map((name) => lab.docker('m1', 'service', 'logs', '--timestamps', name)),
		);
		const merged = docker.flatMap((text) => text.split('\n')).sort();
		expect(merged).toHaveLength(240);
		expect((await swarmtop('stack/shop', '-t')).trimEnd().split('\n')).toEqual(merged);
		expect((await swarmtop('shop_db', 'shop_api', 'shop', '-t', '-n', '50')).trimEnd().split('\n')).toEqual(
			merged.slice(-50),
		);
	});

	it('ends cleanly when its reader has had enough, and prints where docker hangs', async () => {
		await serve('many', 'seq 1 20000; sleep 1000', '--constraint', 'node.role==manager');
		await until(async () => expect((await swarmtop('many', '-n', '1')).trim()).toMatch(/\| 20000$/));
		const all = (await swarmtop('many')).trimEnd().split('\n');
		expect(all).toHaveLength(60_000);
		const piped = `${process.execPath} dist/cli.js logs many -f -H unix://${lab.socket('m1')} | head -3; echo \${PIPESTATUS[0]}`;
		const {stdout, stderr} = await run('bash', ['-c', piped]);
		expect(stdout.trim().split('\n')).toHaveLength(4);
		expect(stdout.trim().endsWith('\n0')).toBe(true);
		expect(stderr).toBe('');
	});
});
