import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterAll, beforeAll, describe, expect, it, vi} from 'vitest';
import {planSchema} from '../../../source/commands/change/print.ts';
import {createSwarmClient} from '../../../source/engine/docker-client.ts';
import {systemClock} from '../../../source/runtime/clock.ts';
import {parseFixture} from '../../../source/simulator/fixtures/fixture.ts';
import {LiveClock} from '../../../source/simulator/world/live-clock.ts';
import {type Simulation, startSimulation} from '../../../source/simulator/world/simulation.ts';
import {unixEndpoint} from '../../engine/support/fake-engine.ts';
import {type DeployRunOptions, deploy} from '../../lab/support/deploy-run.ts';

/** `swarmtop deploy` and `swarmtop plan` as a shell runs them, on a simulated swarm. */

const swarm = `
nodes:
  - { name: m1, role: manager }
  - { prefix: w, count: 2 }
`;

let folder: string;
let simulation: Simulation;
let client: ReturnType<typeof createSwarmClient>;
/** Slower than the simulation: what it does is over before anybody takes a look. */
const pace = new LiveClock({speed: 8});

beforeAll(async () => {
	folder = mkdtempSync(path.join(tmpdir(), 'deploy-'));
	const fixture = await parseFixture(swarm, 'swarm.yaml');
	if (!fixture.ok) throw new Error(fixture.error.map(({message}) => message).join());
	simulation = await startSimulation({fixture: fixture.value, speed: 20, where: {sockets: folder}});
	pace.goLive();
	client = createSwarmClient(unixEndpoint(socket('m1')));
});

afterAll(async () => {
	await client.close();
	await simulation.close();
	pace.stop();
	rmSync(folder, {recursive: true});
});

const socket = (node: string): string => path.join(folder, node, 'docker.sock');

function write(name: string, text: string): string {
	const file = path.join(folder, name);
	writeFileSync(file, text);
	return file;
}

/** Runs a command line, its words parted by spaces. */
const run = (line: string, options?: DeployRunOptions) =>
	deploy([...line.split(' '), '-H', `unix://${socket('m1')}`], {pace, ...options});

async function services(): Promise<Record<string, unknown>> {
	const answer = await client.services();
	if (!answer.ok) throw new Error(answer.error.message);
	return Object.fromEntries(answer.value.map(({Spec}) => [Spec.Name, Spec.Mode?.Replicated?.Replicas]));
}

const asJson = (text: string): Record<string, unknown>[] => text.split('\n').map((line) => JSON.parse(line));

const sleeping = (replicas: number): string => `services:
  web: { image: "busybox:latest", command: [sleep, "3600"], stop_grace_period: 1s, deploy: { replicas: ${replicas}, update_config: { monitor: 1s } } }
`;

describe('swarmtop deploy', () => {
	it('deploys, says each step, and then has nothing to deploy', async () => {
		const file = write('first.yml', sleeping(2));
		expect(await run(`plan deploy -c ${file} first`)).toMatchObject({status: 10, err: ''});
		expect(await services()).not.toHaveProperty('first_web');
		const made = await run(`deploy -c ${file} --yes first`);
		expect(made, made.err).toMatchObject({status: 0, err: ''});
		expect(made.out).toMatch(/^✓ .*first_web: converged/m);
		expect(await services()).toMatchObject({first_web: 2});
		for (const line of [`plan deploy -c ${file} first`, `deploy -c ${file} --yes first`])
			expect(await run(line)).toMatchObject({status: 0, out: expect.stringContaining('there is nothing to deploy')});
	});

	it('lays the later of several files over the earlier', async () => {
		const base = write('base.yml', sleeping(1));
		const more = write('more.yml', 'services:\n  web: { deploy: { replicas: 3 } }\n');
		expect(await run(`deploy -c ${base} -c ${more} --yes two`)).toMatchObject({status: 0});
		expect(await services()).toMatchObject({two_web: 3});
	});

	it('reads standard input, and then can ask nobody', async () => {
		const input = sleeping(1);
		expect(await run('deploy -c - piped', {input, answer: 'y'})).toMatchObject({
			status: 2,
			err: 'swarmtop: There is no terminal to ask on. Add --yes to go ahead.',
		});
		expect(await run('deploy -c - --yes piped', {input})).toMatchObject({status: 0});
		expect(await services()).toMatchObject({piped_web: 1});
	});

	it('asks on a terminal, and takes only a yes for one', async () => {
		const file = write('asked.yml', sleeping(1));
		for (const answer of ['', 'n', 'yep'])
			expect(await run(`deploy -c ${file} asked`, {answer})).toMatchObject({status: 1, err: 'Nothing was changed.'});
		expect(await services()).not.toHaveProperty('asked_web');
		expect(await run(`deploy -c ${file} asked`)).toMatchObject({status: 2});
		const asked: string[] = [];
		const answered = await run(`deploy -c ${file} asked`, {answer: 'Y', asked});
		expect(answered).toMatchObject({status: 0});
		expect(asked).toEqual(['Deploy? [y/N] ']);
	});

	it('removes what the files no longer have with --prune only', async () => {
		const both = write(
			'both.yml',
			`${sleeping(1)}  old: { image: "busybox:latest", command: [sleep, "3600"], stop_grace_period: 1s }\n`,
		);
		const one = write('one.yml', sleeping(1));
		expect(await run(`deploy -c ${both} --yes pruned`)).toMatchObject({status: 0});
		expect(await run(`plan deploy -c ${one} pruned`)).toMatchObject({status: 0});
		const planned = await run(`plan deploy -c ${one} --prune pruned`);
		expect(planned.out).toContain('pruned_old');
		expect([10, 11]).toContain(planned.status);
		expect(await services()).toHaveProperty('pruned_old');
		const done = await run(`deploy -c ${one} --prune --yes pruned`);
		expect(done, done.err).toMatchObject({status: 0});
		expect(Object.keys(await services()).filter((name) => name.startsWith('pruned_'))).toEqual(['pruned_web']);
	});

	it('ends when the engine has taken it with --detach', async () => {
		const file = write(
			'never.yml',
			sleeping(1).replace('deploy: {', 'deploy: { placement: { constraints: [node.role == none] },'),
		);
		expect(await run(`deploy -c ${file} --yes --detach never`)).toMatchObject({status: 0});
		expect(await services()).toMatchObject({never_web: 1});
	});
});

describe('what a deployment can not do', () => {
	it('is danger in the plan: a service that no node can take', async () => {
		const file = write(
			'nowhere.yml',
			sleeping(1).replace('deploy: {', 'deploy: { placement: { constraints: [node.role == none] },'),
		);
		const planned = await run(`plan deploy -c ${file} nowhere`);
		expect(planned.status, planned.out).toBe(11);
		expect(planned.out).toMatch(/^✗ .*no suitable node/m);
	});

	it('is told with its line where the file is wrong, and nothing is asked of the engine', async () => {
		const file = write('wrong.yml', `${sleeping(1)}  bad: { imag: x }\n`);
		for (const command of ['plan deploy', 'deploy --yes']) {
			const {status, out, err} = await run(`${command} -c ${file} wrong`);
			expect({status, out}).toEqual({status: 1, out: ''});
			expect(err).toMatch(/^swarmtop: wrong\.yml:3/);
		}
		expect(await run(`deploy -c ${folder}/none.yml --yes wrong`)).toMatchObject({
			status: 1,
			err: `swarmtop: ${folder}/none.yml: there is no such file`,
		});
	});

	it('is another secret under the same name: the way out is told', async () => {
		write('password.txt', 'one');
		const file = write('secret.yml', `${sleeping(1)}secrets:\n  password: { file: password.txt }\n`);
		expect(await run(`deploy -c ${file} --yes kept`)).toMatchObject({status: 0});
		write('password.txt', 'two');
		const {status, err} = await run(`plan deploy -c ${file} kept`);
		expect(status).toBe(1);
		expect(err).toContain("a secret can't be changed. Rotate it");
		expect(err).toContain('name: kept_password_v2');
	});

	it('is anything without an engine, and on a worker', async () => {
		const file = write('any.yml', sleeping(1));
		const line = ['-c', file, '--yes', 'any'];
		expect(await deploy(['deploy', ...line, '-H', `unix://${folder}/none.sock`])).toMatchObject({status: 3, out: ''});
		const onWorker = await deploy(['deploy', ...line, '-H', `unix://${socket('w1')}`]);
		expect(onWorker).toMatchObject({status: 3, out: '', err: expect.stringContaining('manager')});
	});

	it('is what the command line has wrong', async () => {
		expect(await run('plan deploy any')).toMatchObject({status: 2, err: expect.stringContaining('-c FILE')});
		expect(await run('deploy -c x --audit /nonexistent/x --yes any')).toMatchObject({status: expect.any(Number)});
	});
});

describe('a deployment that fails', () => {
	const failing = `services:
  app:
    image: busybox:latest
    command: [sh, -c, "for n in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25; do echo line $$n; done; exit 3"]
`;

	it('tells the error of the task and the last 20 lines of its log', async () => {
		const file = write('failing.yml', failing);
		const {status, err} = await run(`deploy -c ${file} --yes --timeout 3s loop`);
		expect(status).toBe(1);
		expect(err).toContain('Not converged after 3s. What was already sent to the swarm continues.');
		expect(err).toMatch(/swarmtop: loop_app\.1 \(\w{12}\) failed: .*exit.* \(3\)/);
		const told = err.split('\n').filter((line) => line.startsWith('  | '));
		expect(told).toEqual(Array.from({length: 20}, (_, index) => `  | line ${index + 6}`));
	});

	it('tells why an update paused: an image that is not there has no log', async () => {
		const file = write('image.yml', sleeping(1));
		expect(await run(`deploy -c ${file} --yes image`)).toMatchObject({status: 0});
		write('image.yml', sleeping(1).replace('busybox:latest', 'busybox:no-such-tag'));
		// Its tasks have a moment to say why: no less than on a real swarm, however slow the machine is.
		const {status, err} = await run(`deploy -c ${file} --yes image`, {pace: systemClock()});
		expect(status).toBe(1);
		expect(err).toContain('the update is paused');
		expect(err).toMatch(/image_web\.1 \(\w{12}\) failed: .*[Nn]o such image/);
		expect(err).not.toContain('its log');
	});

	it('tells why an update paused: what never becomes healthy ends well when it is stopped', async () => {
		const file = write('unhealthy.yml', sleeping(1));
		expect(await run(`deploy -c ${file} --yes unhealthy`)).toMatchObject({status: 0});
		const check = 'healthcheck: { test: [CMD, "false"], interval: 1s, retries: 1 }';
		const graceful = `command: [sh, -c, "trap 'echo told to stop; exit 0' TERM; sleep 3600 & wait"], ${check}`;
		write('unhealthy.yml', sleeping(1).replace('command: [sleep, "3600"]', graceful));
		const {status, err} = await run(`deploy -c ${file} --yes unhealthy`, {pace: systemClock()});
		expect(status).toBe(1);
		expect(err).toContain('the update is paused');
		expect(err).toMatch(/; unhealthy_web\.1: ended with exit code 0; a failing health check/);
		expect(err).toMatch(/unhealthy_web\.1 \(\w{12}\) failed: ended with exit code 0/);
	});
});

it('tells which task waits for its health check when the time is over', async () => {
	const check = 'healthcheck: { test: [CMD, "false"], interval: 1s, retries: 1000 }';
	const file = write('waiting.yml', sleeping(2).replace('command:', `${check}, command:`));
	const {status, err} = await run(`deploy -c ${file} --yes --timeout 3s waiting`, {pace: systemClock()});
	expect(status).toBe(1);
	expect(err).toContain('; waiting_web.1, waiting_web.2 are starting: the health check has not passed yet');
});

describe('JSON', () => {
	it('of a plan is one object of a fixed shape', async () => {
		const file = write('json.yml', sleeping(1));
		const {status, out} = await run(`plan deploy -c ${file} -o json json`);
		expect(status).toBe(10);
		expect(JSON.parse(out)).toMatchObject({
			schema: planSchema,
			stack: 'json',
			isDangerous: false,
			changes: expect.arrayContaining([expect.objectContaining({action: 'service.deploy', diff: expect.any(Array)})]),
			command: expect.stringContaining('docker stack deploy'),
		});
	});

	it('of a deployment is a line for the plan, for each step and for the end', async () => {
		const file = write('lines.yml', sleeping(1));
		const {status, out} = await run(`deploy -c ${file} -o json --yes lines`);
		expect(status).toBe(0);
		const lines = asJson(out);
		expect(lines[0]).toMatchObject({type: 'plan', schema: planSchema});
		expect(lines.at(-1)).toEqual({type: 'result', ok: true, waited: true, causes: [], failures: []});
		const done = lines.filter(({type, state}) => type === 'progress' && state === 'done');
		expect(done.map(({action}) => action)).toContain('service.deploy');
		const again = await run(`deploy -c ${file} -o json --yes lines`);
		expect(asJson(again.out)).toMatchObject([{schema: planSchema, changes: []}]);
	});

	it('of a failure has its causes and the last words of the task', async () => {
		const file = write(
			'jsonfail.yml',
			'services:\n  app: { image: "busybox:latest", command: [sh, -c, "echo over; exit 7"] }\n',
		);
		const {status, out} = await run(`deploy -c ${file} -o json --yes --timeout 3s jsonfail`);
		expect(status).toBe(1);
		expect(asJson(out).at(-1)).toMatchObject({
			type: 'result',
			ok: false,
			causes: [expect.stringContaining('jsonfail_app')],
			failures: [{task: 'jsonfail_app.1', error: expect.stringContaining('(7)'), log: ['over']}],
		});
	});
});

it('appends each finished action to the file of --audit', async () => {
	const file = write('audited.yml', sleeping(1));
	const audit = path.join(folder, 'audit.jsonl');
	expect(await run(`deploy -c ${file} --audit ${audit} --yes audited`)).toMatchObject({status: 0});
	expect(asJson(readFileSync(audit, 'utf8').trim())).toContainEqual(
		expect.objectContaining({action: 'service.deploy', state: 'done'}),
	);
});

it('appends to the file of --audit what is still on its way when the command ends', async () => {
	const file = write('detached.yml', sleeping(1));
	const audit = path.join(folder, 'detached.jsonl');
	expect(await run(`deploy -c ${file} --audit ${audit} --yes --detach detached`)).toMatchObject({status: 0});
	expect(asJson(readFileSync(audit, 'utf8').trim())).toContainEqual(
		expect.objectContaining({action: 'service.deploy', title: 'Create service detached_web'}),
	);
});

it('says that it was interrupted, and what goes on', async () => {
	const file = write(
		'slow.yml',
		sleeping(1).replace('deploy: {', 'deploy: { placement: { constraints: [node.role == none] },'),
	);
	let interrupt = (): void => undefined;
	const interrupted = new Promise<'SIGINT'>((resolve) => {
		interrupt = () => resolve('SIGINT');
	});
	const running = run(`deploy -c ${file} --yes slow`, {interrupted});
	await vi.waitFor(async () => expect(await services()).toHaveProperty('slow_web'), {timeout: 20_000});
	interrupt();
	expect(await running).toMatchObject({
		status: 1,
		err: expect.stringContaining('Interrupted. What was already sent to the swarm continues.'),
	});
});

it('ends within its time when the manager stops meanwhile, and says so', async () => {
	const file = write(
		'lost.yml',
		sleeping(1).replace('deploy: {', 'deploy: { placement: { constraints: [node.role == none] },'),
	);
	const running = run(`deploy -c ${file} --yes --timeout 6s --rollback-on-failure lost`, {pace: systemClock()});
	await vi.waitFor(async () => expect(await services()).toHaveProperty('lost_web'), {timeout: 20_000});
	await simulation.fault(['stop', 'm1']);
	try {
		const {status, err} = await running;
		expect(status).toBe(1);
		expect(err).toContain('Not converged after 6s.');
		expect(err).toMatch(/^swarmtop: .*m1\/docker\.sock/m);
	} finally {
		await simulation.fault(['start', 'm1']);
	}
});
