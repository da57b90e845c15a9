import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {createPreparations} from '../../source/cluster/stack/preparations.ts';
import {createSwarmClient} from '../../source/engine/docker-client.ts';
import {createRegistryLogins} from '../../source/engine/registry-logins.ts';
import {clusterFrom} from '../support/cluster-state.ts';
import {type DeployRun, deploy} from './support/deploy-run.ts';
import {cliSays, type Lab, startLab} from './support/lab.ts';
import {type LabRegistry, startRegistry} from './support/registry.ts';

/** Images of a registry that wants a login: digests, newer images under the same tag, logins handed to nodes. */

let lab: Lab;
let registry: LabRegistry;
let login: string;
const folder = mkdtempSync(path.join(tmpdir(), 'registry-test-'));
const file = path.join(folder, 'stack.yml');
const image = '127.0.0.1:5000/team/app:1';
const printed: DeployRun[] = [];

const stack = (name: string): string => `services:
  app:
    image: ${name}
    command: [sleep, "3600"]
    stop_grace_period: 1s
    deploy: {mode: global}
`;

const docker = (...args: readonly string[]): Promise<string> => lab.docker('m1', '--config', login, ...args);

/** Another image under that name. */
async function push(name: string, version: string, runs = 'sleep 3600'): Promise<void> {
	await docker('create', '--name', 'layer', 'busybox:lab');
	await docker('commit', '-c', `ENV VERSION=${version} RUNS="${runs}"`, 'layer', name);
	await docker('rm', 'layer');
	await docker('push', '-q', name);
	// Nodes have to pull it.
	await docker('rmi', name);
}

async function swarmtop(line: string, config = login): Promise<DeployRun> {
	const [command = '', ...rest] = line.split(' ');
	const run = await deploy([command, ...rest, '-H', `unix://${lab.socket('m1')}`], {
		environment: {DOCKER_CONFIG: config},
	});
	printed.push(run);
	return run;
}

const imageOf = (service: string) =>
	docker('service', 'inspect', '-f', '{{.Spec.TaskTemplate.ContainerSpec.Image}}', service);
const tasksOf = (stackName: string) =>
	docker('stack', 'ps', '-q', '--no-trunc', '--filter', 'desired-state=running', stackName);
const settled = (stackName: string) =>
	cliSays(lab, /^2\/2$/, 'stack', 'services', '--format', '{{.Replicas}}', stackName);

beforeAll(async () => {
	lab = await startLab('lab-reg', 1, 1);
	registry = await startRegistry(lab, ['m1', 'w1']);
	login = registry.loginWith(registry.password);
	await push(image, '1');
	writeFileSync(file, stack(image));
});
afterAll(async () => {
	registry?.remove();
	rmSync(folder, {recursive: true, force: true});
	await lab?.down();
});

describe('a stack of images from a registry with a login', () => {
	it('is pulled by every node, pinned to its digest, when its login is handed on', async () => {
		const run = await swarmtop(`deploy -c ${file} --with-registry-auth --yes --timeout 90s shop`);
		expect(run, run.err).toMatchObject({status: 0});
		expect(run.out).toContain('--with-registry-auth');
		expect(await imageOf('shop_app')).toMatch(/^127\.0\.0\.1:5000\/team\/app:1@sha256:[0-9a-f]{64}$/);
		await settled('shop');
	});

	it('has nothing to be deployed after that, whichever of the two deploys it', async () => {
		const before = await tasksOf('shop');
		await docker('stack', 'deploy', '--with-registry-auth', '-c', file, 'shop');
		await settled('shop');
		expect(await tasksOf('shop')).toBe(before);
		expect(await swarmtop(`plan deploy -c ${file} shop --with-registry-auth`)).toMatchObject({
			status: 0,
			out: expect.stringContaining('nothing to deploy'),
		});
	});

	it('moves to the newer image of the same tag', async () => {
		const old = await imageOf('shop_app');
		await push(image, '2');
		const planned = await swarmtop(`plan deploy -c ${file} --with-registry-auth shop`);
		expect(planned).toMatchObject({status: 10, out: expect.stringContaining('same tag, newer image')});
		const unchanged = await swarmtop(`plan deploy -c ${file} --resolve-image changed shop`);
		expect(unchanged).toMatchObject({status: 0});
		const run = await swarmtop(`deploy -c ${file} --with-registry-auth --yes --timeout 90s shop`);
		expect(run, run.err).toMatchObject({status: 0});
		expect(await imageOf('shop_app')).not.toBe(old);
		await settled('shop');
		const before = await tasksOf('shop');
		await docker('stack', 'deploy', '--with-registry-auth', '-c', file, 'shop');
		await settled('shop');
		expect(await tasksOf('shop')).toBe(before);
	});

	it('says who refuses the login when the password is wrong, and keeps the digest', async () => {
		const wrong = registry.loginWith('wrong-horse');
		const run = await swarmtop(`plan deploy -c ${file} --with-registry-auth shop`, wrong);
		expect(run).toMatchObject({status: 0, out: expect.stringContaining('127.0.0.1:5000 refuses the login')});
		expect(run.out).toContain('docker login 127.0.0.1:5000');
	});

	it('says that a login would help where none was sent, as docker does not', async () => {
		const run = await swarmtop(`plan deploy -c ${file} other`);
		expect(run).toMatchObject({status: 10, out: expect.stringContaining('--with-registry-auth hands that login')});
		expect(run.out).toContain('could not be accessed on a registry to record its digest');
	});
});

describe('setting the image of a service', () => {
	async function ask(name: string, config = login) {
		const client = createSwarmClient(lab.endpoint('m1'));
		const logins = createRegistryLogins({directory: config, environment: {}});
		const services = await client.services();
		if (!services.ok) throw new Error(services.error.message);
		const state = clusterFrom({services: services.value, now: Date.now()});
		const service = [...state.services.values()].find((each) => each.name === 'shop_app');
		if (!service) throw new Error('no service');
		const answer = await createPreparations({client, logins, state: () => state}).image(service, name);
		await client.close();
		return answer;
	}

	it('to the one it has says that this is the newest, or moves to the newer one of that tag', async () => {
		expect(await ask(image)).toMatchObject({ok: false, error: expect.stringContaining('it is the newest')});
		await push(image, '3');
		expect(await ask(image)).toMatchObject({
			ok: true,
			value: {
				action: 'service.image',
				image: expect.stringMatching(/^127\.0\.0\.1:5000\/team\/app:1@sha256:/),
				platforms: [{Architecture: 'amd64', OS: 'linux'}],
				sendsLogin: true,
			},
		});
		expect(await ask(image, registry.loginWith('wrong-horse'))).toMatchObject({
			ok: false,
			error: expect.stringContaining('refuses the login'),
		});
		expect(await ask('127.0.0.1:5000/team/none:1')).toMatchObject({
			value: {problem: expect.stringMatching(/has no 127\.0\.0\.1:5000\/team\/none:1|refuses the login/)},
		});
	});
});

it('follows a labelled service to a good image, and back from a bad one by its update settings, once', async () => {
	await push(image, '4');
	await docker(
		'service',
		'create',
		'-d',
		'--with-registry-auth',
		'--name',
		'auto',
		'--label',
		'swarmtop.autoredeploy=true',
		'--update-failure-action',
		'rollback',
		'--update-monitor',
		'2s',
		'--stop-grace-period',
		'1s',
		image,
		'sh',
		'-c',
		'exec $RUNS',
	);
	const state = path.join(folder, 'tried.json');
	const redeploy = () => swarmtop(`redeploy --once --state ${state} --timeout 90s`);
	const first = await imageOf('auto');
	await push(image, '5');
	expect(await redeploy()).toMatchObject({status: 0, out: expect.stringContaining('"outcome":"updated"')});
	const good = await imageOf('auto');
	expect(good).not.toBe(first);
	await push(image, '6', 'false');
	expect(await redeploy()).toMatchObject({
		status: 1,
		out: expect.stringMatching(/"outcome":"failed".*"rolledBack":true/),
	});
	expect(await imageOf('auto')).toBe(good);
	expect(await redeploy()).toMatchObject({status: 0, out: expect.stringContaining('has failed before')});
	await docker('service', 'rm', 'auto');
});

it('never shows what a login is', async () => {
	const audit = path.join(folder, 'audit');
	await swarmtop(`deploy -c ${file} --with-registry-auth --yes --timeout 90s --audit ${audit} shop`);
	const encoded = Buffer.from(`${registry.user}:${registry.password}`).toString('base64');
	const header = Buffer.from(`{"username":"${registry.user}","password"`).toString('base64').slice(0, 30);
	const all = [...printed.map(({out, err}) => `${out}${err}`), readFileSync(audit, 'utf8')].join('\n');
	expect(all).toContain('team/app');
	for (const secret of [registry.password, encoded, header]) expect(all).not.toContain(secret);
});
