import {describe, expect, it} from 'vitest';
import {Bench} from './harness.ts';

const second = 1e9;

describe('a task on its way', () => {
	it('passes through every state and reports what the engine reports', () => {
		const bench = new Bench();
		const task = bench.run({Command: ['sleep', '3600']});
		bench.until(task, 'running');
		expect(bench.reports.map(({status}) => [status.state, status.message, status.container === undefined])).toEqual([
			['accepted', 'accepted', true],
			['preparing', 'preparing', true],
			['ready', 'prepared', true],
			['starting', 'starting', false],
			['running', 'started', false],
		]);
		const [starting, running] = bench.reports.slice(-2);
		expect(starting?.status.container).toMatchObject({PID: 0, ExitCode: 0});
		expect(running?.status.container?.ContainerID).toMatch(/^[0-9a-f]{64}$/);
		expect(running?.status.container?.PID).toBeGreaterThan(0);
	});

	it('stops at ready while it is to be ready, and goes on when it is to run', () => {
		const bench = new Bench();
		const task = bench.run({Command: ['sleep', '3600']}, {desiredState: 'ready'});
		bench.clock.advance(60_000);
		expect(bench.status(task)?.state).toBe('ready');
		bench.desire(task, 'running');
		bench.until(task, 'running');
	});

	it('takes Command followed by Args', () => {
		const bench = new Bench();
		const task = bench.run({Command: ['sleep'], Args: ['2']});
		const {timestamp} = bench.until(task, 'running');
		const took = bench.until(task, 'complete').timestamp - timestamp;
		expect(took).toBeGreaterThan(2000);
		expect(took, 'the time until the engine has cleared the container away').toBeLessThan(2300);
	});
});

describe('how a task ends', () => {
	const cases: [string, string, object][] = [
		['exit 0', 'complete', {message: 'finished'}],
		['exit 3', 'failed', {message: 'started', err: 'task: non-zero exit (3)'}],
		['sleep 2; exit 1', 'failed', {message: 'started', err: 'task: non-zero exit (1)'}],
		['echo bye; exit 3', 'failed', {message: 'started', err: 'task: non-zero exit (3)'}],
		['nosuchprogram', 'failed', {message: 'started', err: 'task: non-zero exit (127)'}],
		['if', 'failed', {message: 'started', err: 'task: non-zero exit (2)'}],
	];
	it.each(cases)('sh -c %j ends %s', (script, state, expected) => {
		const bench = new Bench();
		const task = bench.shell(script);
		expect(bench.until(task, state as 'failed')).toMatchObject(expected);
		expect(bench.states(task)).toContain('running');
	});

	it('a shell that doubles a variable for ever runs out of memory', () => {
		const bench = new Bench();
		const task = bench.run(
			{Command: ['sh', '-c', 'x=a; while :; do x=$x$x; done']},
			{taskSpec: {Resources: {Limits: {MemoryBytes: 8_388_608}}}},
		);
		expect(bench.until(task, 'failed').err).toBe('task: non-zero exit (137)');
	});

	it('a program that the image lacks fails at the start', () => {
		const bench = new Bench();
		const task = bench.run({Command: ['/no/such/program']});
		expect(bench.until(task, 'failed')).toMatchObject({
			message: 'starting',
			err: 'starting container failed: failed to create task for container: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: exec: "/no/such/program": stat /no/such/program: no such file or directory: unknown',
			container: {PID: 0, ExitCode: 127},
		});
	});

	it.each([
		['nosuch', 'No such image: nosuch:latest'],
		['nosuch:latest', 'No such image: nosuch:latest'],
		['nosuch/image:v9', 'No such image: nosuch/image:v9'],
		['registry.invalid:5000/team/app:1.2', 'No such image: registry.invalid:5000/team/app:1.2'],
	])('an image that cannot be had is rejected: %s', (Image, err) => {
		const bench = new Bench();
		const task = bench.run({Image, Command: ['sleep', '1']});
		expect(bench.until(task, 'rejected')).toMatchObject({message: 'preparing', err, container: {PID: 0, ExitCode: 0}});
	});

	it('an image that is not on the node is rejected while the registry is down, and waits while it hangs', () => {
		const bench = new Bench();
		bench.registry.condition = 'down';
		expect(bench.until(bench.run({Image: 'nginx'}), 'rejected').err).toBe('No such image: nginx:latest');
		bench.registry.condition = 'hanging';
		const waiting = bench.run({Image: 'nginx'});
		bench.clock.advance(3_600_000);
		expect(bench.status(waiting)?.state).toBe('preparing');
		bench.registry.condition = 'up';
		bench.until(waiting, 'running');
	});

	it('a bind mount whose source is missing is rejected when the container is made', () => {
		const bench = new Bench();
		const task = bench.run({
			Command: ['sleep', '9'],
			Mounts: [{Type: 'bind', Source: '/no/such/dir', Target: '/data'}],
		});
		expect(bench.until(task, 'rejected')).toMatchObject({
			message: 'preparing',
			err: 'invalid mount config for type "bind": bind source path does not exist: /no/such/dir',
		});
	});

	it('a mount with a relative target is rejected before anything is prepared', () => {
		const bench = new Bench();
		const task = bench.run({Command: ['sleep', '9'], Mounts: [{Type: 'volume', Source: 'v', Target: 'data'}]});
		expect(bench.until(task, 'rejected')).toMatchObject({
			message: 'resolving controller failed',
			err: 'invalid mount target, must be an absolute path: data',
		});
	});

	it('a container that is removed by hand fails its task with 137', async () => {
		const bench = new Bench();
		const task = bench.run({Command: ['sleep', '3600']});
		bench.until(task, 'running');
		await bench.machine.containers.remove(bench.container(task).name, {force: true});
		expect(bench.until(task, 'failed')).toMatchObject({
			message: 'started',
			err: 'task: non-zero exit (137)',
			container: {PID: 0, ExitCode: 137},
		});
	});
});

describe('stopping', () => {
	it('takes the grace period and ends with 137 when process 1 minds no signal', () => {
		const bench = new Bench();
		const task = bench.run({Command: ['sleep', '3600']});
		bench.until(task, 'running');
		const asked = bench.clock.now();
		bench.desire(task, 'shutdown');
		bench.clock.advance(9_900);
		expect(bench.status(task)?.state).toBe('running');
		bench.clock.advance(200);
		expect(bench.status(task)).toMatchObject({
			state: 'shutdown',
			message: 'shutdown',
			container: {ExitCode: 137, PID: 0},
		});
		expect(bench.status(task)?.err).toBeUndefined();
		expect((bench.status(task)?.timestamp ?? 0) - asked).toBeGreaterThan(9_999);
	});

	it('keeps to the spec’s grace period', () => {
		const bench = new Bench();
		const task = bench.run({Command: ['sleep', '3600'], StopGracePeriod: 1e6});
		bench.until(task, 'running');
		bench.desire(task, 'remove');
		bench.clock.advance(5);
		expect(bench.status(task)?.state).toBe('shutdown');
	});

	it('a server ends on its own, and so does a script with a trap', () => {
		const bench = new Bench();
		const nginx = bench.run({Image: 'nginx:latest'});
		const script = bench.shell('trap "echo bye; exit 0" TERM; while :; do sleep 0.5; done');
		bench.until(nginx, 'running');
		bench.until(script, 'running');
		bench.desire(nginx, 'shutdown');
		bench.desire(script, 'shutdown');
		bench.clock.advance(1000);
		expect(bench.status(nginx)).toMatchObject({state: 'shutdown', container: {ExitCode: 0}});
		expect(bench.status(script)).toMatchObject({state: 'shutdown', container: {ExitCode: 0}});
		expect(bench.log(script)).toEqual(['bye']);
	});

	it('a task that never got a container is shut down all the same', () => {
		const bench = new Bench();
		bench.registry.condition = 'hanging';
		const task = bench.run({Image: 'nginx'});
		bench.clock.advance(1000);
		bench.desire(task, 'shutdown');
		bench.clock.advance(1000);
		expect(bench.status(task)).toMatchObject({state: 'shutdown', container: {PID: 0, ExitCode: 0}});
	});

	it('forgets a task and removes its container when the managers no longer name it', () => {
		const bench = new Bench();
		const task = bench.shell('exit 3');
		bench.until(task, 'failed');
		expect(bench.machine.containers.list()).toHaveLength(1);
		bench.forget(task);
		expect(bench.machine.containers.list()).toHaveLength(0);
	});
});

it('leaving the swarm removes the containers of tasks at once, and no others', () => {
	const bench = new Bench();
	const task = bench.run({Command: ['sleep', '3600']});
	bench.until(task, 'running');
	const own = bench.machine.containers.create({
		name: 'mine',
		image: 'busybox',
		entrypoint: undefined,
		command: ['sleep', '99'],
		env: [],
		labels: {},
		hostname: undefined,
		directory: undefined,
		tty: false,
		hasInit: false,
		stopSignal: undefined,
		isTransient: false,
		networks: [],
	});
	const reported = bench.reports.length;
	bench.agent.leave();
	expect(bench.machine.containers.list().map(({name}) => name)).toEqual(['mine']);
	expect(own.ok && bench.reports.length === reported).toBe(true);
});

describe('a shell that nobody gives a script', () => {
	it('ends at once, but waits on a terminal', () => {
		const bench = new Bench();
		bench.until(bench.run({Command: ['sh']}), 'complete');
		const waiting = bench.run({Command: ['sh'], TTY: true});
		bench.until(waiting, 'running');
		bench.clock.advance(3_600_000);
		expect(bench.status(waiting)?.state).toBe('running');
	});
});

describe('health', () => {
	it('keeps a task starting until the first probe passes', () => {
		const bench = new Bench();
		const task = bench.run({
			Command: ['sleep', '3600'],
			Healthcheck: {Test: ['CMD', 'true'], Interval: 2 * second, Retries: 3},
		});
		const {timestamp} = bench.until(task, 'starting');
		const running = bench.until(task, 'running');
		expect(running.timestamp - timestamp).toBeGreaterThanOrEqual(2000);
		expect(bench.container(task).health).toBe('healthy');
	});

	it('fails an unhealthy task with 137 and says why', () => {
		const bench = new Bench();
		const task = bench.run({
			Command: ['sleep', '3600'],
			StopGracePeriod: 1e6,
			Healthcheck: {Test: ['CMD', 'false'], Interval: second, Retries: 2},
		});
		expect(bench.until(task, 'failed')).toMatchObject({
			message: 'starting',
			err: 'task: non-zero exit (137): dockerexec: unhealthy container',
			container: {ExitCode: 137},
		});
	});

	it('follows the files that the program writes', () => {
		const bench = new Bench();
		const task = bench.run({
			Command: ['sh', '-c', 'sleep 5; touch /tmp/bad; sleep 1000'],
			StopGracePeriod: 1e6,
			Healthcheck: {Test: ['CMD-SHELL', 'test ! -f /tmp/bad'], Interval: second, Retries: 2},
		});
		bench.until(task, 'running');
		expect(bench.until(task, 'failed')).toMatchObject({
			message: 'started',
			err: 'task: non-zero exit (137): dockerexec: unhealthy container',
		});
	});

	it('does not count failures in the start period', () => {
		const bench = new Bench();
		const task = bench.run({
			Command: ['sleep', '3600'],
			Healthcheck: {Test: ['CMD', 'false'], Interval: 10 * second, StartPeriod: 300 * second},
		});
		bench.clock.advance(290_000);
		expect(bench.status(task)?.state).toBe('starting');
	});
});

describe('the engine’s own restart', () => {
	it('finds containers dead, fails their tasks and goes on with the rest', () => {
		const bench = new Bench();
		const task = bench.run({Command: ['sleep', '3600']});
		bench.until(task, 'running');
		bench.restartEngine();
		expect(bench.until(task, 'failed').err).toBe('task: non-zero exit (137)');
	});

	it('takes over running tasks as they are', () => {
		const bench = new Bench();
		const yesterday = bench.clock.now() - 86_400_000;
		const task = bench.run({Command: ['sh', '-c', 'i=0; while :; do echo line $i; i=$((i+1)); sleep 1; done']});
		const other = new Bench();
		const running = {
			kind: 'task' as const,
			id: task,
			version: 1,
			createdAt: yesterday,
			updatedAt: yesterday,
			serviceId: 's',
			slot: 1,
			nodeId: 'n',
			spec: {
				ContainerSpec: {
					Image: 'busybox',
					Command: ['sh', '-c', 'i=0; while :; do echo line $i; i=$((i+1)); sleep 1; done'],
				},
			},
			specVersion: 0,
			serviceName: 'web',
			serviceLabels: {},
			status: {state: 'running' as const, timestamp: yesterday, message: 'started'},
			desiredState: 'running' as const,
			attachments: [],
		};
		other.agent.adopt([running]);
		expect(other.events).toEqual([]);
		const [last] = other.log(task, {tail: 1});
		// 20 µs a round and 30 µs for each of its three commands
		expect(Number(last?.split(' ')[1])).toBeCloseTo(86_400 / 1.00011, -1);
	});
});
