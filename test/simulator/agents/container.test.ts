import {describe, expect, it} from 'vitest';
import type {Dependencies} from '../../../source/simulator/agents/dependencies.ts';
import {noDependencies} from '../../../source/simulator/agents/dependencies.ts';
import {image} from '../../../source/simulator/programs/image-entry.ts';
import type {NodeObject} from '../../../source/swarmkit/state/objects.ts';
import {Bench, textOf} from './harness.ts';

const node = {
	description: {Hostname: 'w1', Platform: {OS: 'linux', Architecture: 'x86_64'}},
	spec: {Labels: {zone: 'north'}},
} as unknown as NodeObject;
const dependencies: Dependencies = {
	...noDependencies,
	node: () => node,
	secret: () => ({spec: {Data: Buffer.from('hunter2').toString('base64')}}) as never,
	config: () => ({spec: {Data: Buffer.from('key = value\n').toString('base64')}}) as never,
};

function running(bench: Bench, task: string) {
	bench.until(task, 'running');
	return bench.container(task);
}

describe('exec', () => {
	it.each([
		[['hostname'], 'web-1\n', 0],
		[['cat', '/etc/hostname'], 'web-1\n', 0],
		[['echo', 'a', 'b'], 'a b\n', 0],
		[['printenv', 'WHERE'], 'web.1 on w1\n', 0],
		[['sh', '-c', 'echo $COLOR; exit 4'], 'blue\n', 4],
		[['cat', '/run/secrets/password'], 'hunter2', 0],
		[['cat', '/etc/app.conf'], 'key = value\n', 0],
		[['test', '-f', '/nosuch'], '', 1],
	])('%j', (command, stdout, exitCode) => {
		const bench = new Bench({dependencies});
		const task = bench.run({
			Command: ['sleep', '3600'],
			Hostname: '{{.Service.Name}}-{{.Task.Slot}}',
			Env: ['COLOR=blue', 'WHERE={{.Service.Name}}.{{.Task.Slot}} on {{.Node.Hostname}}'],
			Secrets: [{SecretID: 's', SecretName: 'password', File: {Name: 'password', UID: '0', GID: '0', Mode: 292}}],
			Configs: [{ConfigID: 'c', ConfigName: 'app', File: {Name: '/etc/app.conf', UID: '0', GID: '0', Mode: 292}}],
		});
		expect(running(bench, task).exec(command)).toMatchObject({stdout, exitCode});
	});

	it('of a program that the image lacks fails as the runtime does', () => {
		const bench = new Bench();
		const container = running(bench, bench.run({Command: ['sleep', '9']}));
		expect(container.exec(['nosuch'])).toMatchObject({
			stdout:
				'OCI runtime exec failed: exec failed: unable to start container process: exec: "nosuch": executable file not found in $PATH: unknown\r\n',
			exitCode: 126,
		});
	});

	it('asks the image’s server over HTTP, and nothing else', () => {
		const bench = new Bench();
		const nginx = running(bench, bench.run({Image: 'nginx:latest'}));
		const wget = (port: number) => nginx.exec(['wget', '-q', '-O', '-', `http://127.0.0.1:${port}/`]);
		expect(wget(80)).toMatchObject({exitCode: 0, stdout: expect.stringContaining('Welcome to nginx!')});
		expect(wget(81)).toMatchObject({exitCode: 1, stderr: expect.stringContaining('Connection refused')});
	});

	it('sees what the program has written by now, and what httpd serves of it', () => {
		const bench = new Bench();
		const task = bench.shell(
			'echo hello > /www/index.html; sleep 5; echo later > /www/index.html; httpd -f -p 80 -h /www',
		);
		const container = running(bench, task);
		expect(container.exec(['cat', '/www/index.html']).stdout).toBe('hello\n');
		bench.clock.advance(6000);
		expect(container.exec(['wget', '-q', '-O', '-', 'http://127.0.0.1/']).stdout).toBe('later\n');
	});

	it('answers with a newer build under the same tag after each forced update', () => {
		const app = image('team/app', {
			command: ['app'],
			programs: {app: {kind: 'server'}},
			serves: {port: 80, bodies: ['version 1', 'version 2']},
		});
		const bench = new Bench({images: [app]});
		const ask = (ForceUpdate: number) =>
			running(bench, bench.run({Image: 'team/app'}, {taskSpec: {ForceUpdate}})).exec([
				'wget',
				'-qO-',
				'http://127.0.0.1:80',
			]).stdout;
		expect([ask(0), ask(1), ask(2)]).toEqual(['version 1\n', 'version 2\n', 'version 2\n']);
	});
});

describe('a container made by hand', () => {
	const request = {
		name: 'x',
		image: 'busybox:latest',
		entrypoint: undefined,
		command: ['sh', '-c', 'echo hi; exit 3'],
		env: [],
		labels: {},
		hostname: undefined,
		directory: undefined,
		tty: false,
		hasInit: false,
		stopSignal: undefined,
		isTransient: false,
		networks: [],
	};

	it('runs when it is started, and stays until it is removed', () => {
		const bench = new Bench();
		const made = bench.machine.containers.create(request);
		if (!made.ok) throw new Error(made.error.message);
		const log = made.value.openLog({stdout: true, stderr: true});
		expect(made.value.startByHand().ok).toBe(true);
		bench.clock.advance(1000);
		expect([made.value.state, made.value.exitCode]).toEqual(['exited', 3]);
		expect(log.read(9).map(textOf)).toEqual(['hi']);
		expect(bench.machine.containers.find('x')).toBe(made.value);
	});

	it('is gone by itself when it is transient, also when it could not be started', () => {
		const bench = new Bench();
		for (const command of [['true'], ['nosuch']]) {
			const made = bench.machine.containers.create({...request, command, isTransient: true});
			if (!made.ok) throw new Error(made.error.message);
			expect(made.value.startByHand().ok).toBe(command[0] === 'true');
			bench.clock.advance(1000);
			expect(bench.machine.containers.list()).toEqual([]);
		}
	});

	it('is refused without its image, and under a name that is taken', () => {
		const {containers} = new Bench().machine;
		expect(containers.create({...request, image: 'nosuch'})).toMatchObject({
			ok: false,
			error: {status: 404, message: 'No such image: nosuch:latest'},
		});
		containers.create(request);
		expect(containers.create(request)).toMatchObject({ok: false, error: {status: 409}});
	});
});

describe('what the engine says of its containers', () => {
	it('names and labels them after their task', () => {
		const bench = new Bench();
		const task = bench.run({Command: ['sleep', '9'], Labels: {tier: 'front'}});
		const {name, labels} = running(bench, task);
		expect(name).toBe(`web.1.${task}`);
		expect(labels).toEqual({
			tier: 'front',
			'com.docker.swarm.node.id': 'node0000000000000000001aa',
			'com.docker.swarm.service.id': 'service00000000000000001a',
			'com.docker.swarm.service.name': 'web',
			'com.docker.swarm.task': '',
			'com.docker.swarm.task.id': task,
			'com.docker.swarm.task.name': `web.1.${task}`,
		});
	});

	it('tells of a task’s life in the order that was recorded', () => {
		const bench = new Bench();
		const task = bench.run({Command: ['sleep', '3600'], StopGracePeriod: 1e9});
		bench.until(task, 'running');
		bench.desire(task, 'shutdown');
		bench.until(task, 'shutdown');
		bench.forget(task);
		const events = bench.events.map(({Type, Action, Actor}) => {
			const {signal, exitCode} = Actor.Attributes;
			return [Type, Action, signal ?? exitCode].filter((part) => part !== undefined).join(' ');
		});
		expect(events).toEqual([
			'container create',
			'network connect',
			'container start',
			'container kill 15',
			'container kill 9',
			'network disconnect',
			'container stop',
			'container die 137',
			'container destroy',
		]);
	});

	it('tells of health checks', () => {
		const bench = new Bench();
		bench.until(
			bench.run({Command: ['sleep', '99'], Healthcheck: {Test: ['CMD-SHELL', 'true'], Interval: 1e9}}),
			'running',
		);
		expect(bench.events.slice(-4).map(({Action}) => Action)).toEqual([
			'exec_create: /bin/sh -c true',
			'exec_start: /bin/sh -c true',
			'exec_die',
			'health_status: healthy',
		]);
	});

	it('makes an overlay with the first container on it and unmakes it with the last', () => {
		const bench = new Bench({
			dependencies: {
				...noDependencies,
				network: (id) => ({id, name: 'appnet', allocated: {driver: 'overlay'}}) as never,
			},
		});
		const attachments = [{networkId: 'net1', addresses: ['10.0.1.3/24']}];
		const first = bench.run({Command: ['sleep', '99'], StopGracePeriod: 1e6}, {attachments});
		const second = bench.run({Command: ['sleep', '99'], StopGracePeriod: 1e6}, {attachments});
		bench.until(first, 'running');
		bench.until(second, 'running');
		for (const task of [first, second]) {
			bench.forget(task);
			bench.clock.advance(100);
		}
		const networks = bench.events.filter(({Type}) => Type === 'network').map(({Action}) => Action);
		expect(networks).toEqual(['create', 'connect', 'connect', 'disconnect', 'disconnect', 'destroy']);
	});

	it('will not remove a running container unless forced', async () => {
		const bench = new Bench();
		const {name} = running(bench, bench.run({Command: ['sleep', '99']}));
		expect(await bench.machine.containers.remove(name, {force: false})).toEqual({
			ok: false,
			error: {
				status: 409,
				message: `cannot remove container "/${name}": container is running: stop the container before removing or force remove`,
			},
		});
	});
});

describe('names on a network', () => {
	it('lead to the virtual address, and tasks.NAME to every task', () => {
		const service = {endpoint: {virtualIps: [{networkId: 'net1', address: '10.0.1.2/24'}]}};
		const bench = new Bench({dependencies: {...noDependencies, service: () => service as never}});
		const on = (address: string) => ({attachments: [{networkId: 'net1', addresses: [address]}]});
		const asker = running(bench, bench.run({Image: 'nginx'}, on('10.0.1.3/24')));
		running(bench, bench.run({Image: 'nginx'}, on('10.0.1.4/24')));
		const addresses = (name: string) =>
			[...asker.exec(['nslookup', name]).stdout.matchAll(/^Address: (.*)$/gm)].map(([, address]) => address);
		expect(addresses('web')).toEqual(['10.0.1.2']);
		expect(addresses('tasks.web')).toEqual(['10.0.1.3', '10.0.1.4']);
		expect(asker.exec(['nslookup', 'nobody']).exitCode).toBe(1);
		expect(asker.exec(['wget', '-qO-', 'http://web/']).stdout).toContain('nginx');
	});
});
