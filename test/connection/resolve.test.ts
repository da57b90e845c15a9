import {createHash} from 'node:crypto';
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {describe, expect, it, onTestFinished} from 'vitest';
import {listContexts} from '../../source/connection/contexts.ts';
import {type ConnectionFlags, resolveEndpoint, type Surroundings} from '../../source/connection/resolve.ts';

/** A home directory of its own, with the docker configuration that a test writes into it. */
function home() {
	const directory = mkdtempSync(path.join(os.tmpdir(), 'swarmtop-'));
	onTestFinished(() => rmSync(directory, {recursive: true, force: true}));
	const write = (name: string, content: string) => {
		const file = path.join(directory, name);
		mkdirSync(path.dirname(file), {recursive: true});
		writeFileSync(file, content);
		return file;
	};
	const context = (name: string, host: string | undefined, more: {skip?: boolean; tls?: string[]} = {}) => {
		const id = createHash('sha256').update(name).digest('hex');
		const docker = host === undefined ? undefined : {Host: host, SkipTLSVerify: more.skip ?? false};
		write(
			`.docker/contexts/meta/${id}/meta.json`,
			JSON.stringify({Name: name, Metadata: {Description: `the ${name} one`}, Endpoints: {docker}}),
		);
		for (const file of more.tls ?? []) write(`.docker/contexts/tls/${id}/docker/${file}`, `PEM of ${name}`);
	};
	const use = (name: string) => write('.docker/config.json', JSON.stringify({auths: {}, currentContext: name}));
	const surroundings = (environment: Surroundings['environment'] = {}): Surroundings => ({
		environment,
		homeDirectory: directory,
		defaultSocket: path.join(directory, 'rootful.sock'),
	});
	const resolve = (flags: ConnectionFlags, environment: Surroundings['environment'] = {}) =>
		resolveEndpoint(flags, surroundings(environment));
	return {directory, write, context, use, resolve};
}

describe('which engine is meant', () => {
	it("follows docker's precedence", async () => {
		const {context, use, resolve} = home();
		context('flagged', 'tcp://flagged:1');
		context('environment', 'tcp://environment:1');
		context('current', 'tcp://current:1');
		use('current');
		const environment = {DOCKER_HOST: 'tcp://docker-host:1', DOCKER_CONTEXT: 'environment'};
		const url = async (flags: ConnectionFlags, variables: Surroundings['environment']) => {
			const endpoint = await resolve(flags, variables);
			return endpoint.ok ? endpoint.value.url : endpoint.error.message;
		};
		expect(await url({host: 'tcp://host:1'}, environment)).toBe('tcp://host:1');
		expect(await url({context: 'flagged'}, environment)).toBe('tcp://flagged:1');
		expect(await url({context: 'default'}, environment)).toBe('tcp://docker-host:1');
		expect(await url({}, environment)).toBe('tcp://docker-host:1');
		expect(await url({}, {DOCKER_CONTEXT: 'environment'})).toBe('tcp://environment:1');
		expect(await url({}, {DOCKER_CONTEXT: 'default'})).toMatch(/^unix:.*rootful\.sock$/);
		expect(await url({}, {})).toBe('tcp://current:1');
		use('');
		expect(await url({}, {})).toMatch(/^unix:.*rootful\.sock$/);
	});

	it('two flags that contradict each other are refused', async () => {
		expect(await home().resolve({host: 'tcp://a', context: 'b'})).toMatchObject({
			error: {message: '--host and --context both name an engine.', nextStep: 'Give one of them.'},
		});
	});

	it('the default is the rootful socket, or the rootless one where that is all there is', async () => {
		const {directory, write, resolve} = home();
		const variables = {XDG_RUNTIME_DIR: path.join(directory, 'run')};
		const transport = async () => {
			const endpoint = await resolve({}, variables);
			return endpoint.ok ? endpoint.value.transport : undefined;
		};
		expect(await transport()).toEqual({kind: 'unix', path: path.join(directory, 'rootful.sock')});
		const rootless = write('run/docker.sock', '');
		expect(await transport()).toEqual({kind: 'unix', path: rootless});
		const rootful = write('rootful.sock', '');
		expect(await transport()).toEqual({kind: 'unix', path: rootful});
	});

	it('says who told it what it could not read', async () => {
		const {context, use, resolve} = home();
		expect(await resolve({}, {DOCKER_HOST: 'ftp://x'})).toMatchObject({
			error: {message: '"ftp://" is not a way to a Docker engine. (DOCKER_HOST)'},
		});
		context('odd', 'ftp://x');
		use('odd');
		expect(await resolve({})).toMatchObject({
			error: {message: '"ftp://" is not a way to a Docker engine. (docker context "odd")'},
		});
	});
});

describe('docker contexts', () => {
	it('an unknown one names those that there are', async () => {
		const {context, resolve} = home();
		expect(await resolve({context: 'prod'})).toMatchObject({
			error: {
				message: 'There is no docker context "prod".',
				nextStep: 'No context is defined here: docker context create.',
			},
		});
		context('staging', 'ssh://me@staging');
		context('lab', 'tcp://lab');
		expect(await resolve({context: 'prod'})).toMatchObject({error: {nextStep: 'Defined here: lab, staging.'}});
	});

	it('bring their own certificates, whatever the environment says', async () => {
		const {context, resolve} = home();
		context('prod', 'tcp://prod', {tls: ['ca.pem', 'cert.pem', 'key.pem']});
		context('open', 'tcp://open');
		context('skip', 'tcp://skip', {skip: true});
		const environment = {DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: '/nowhere'};
		expect(await resolve({context: 'prod'}, environment)).toMatchObject({
			value: {
				url: 'tcp://prod:2376',
				origin: {kind: 'context', name: 'prod', from: 'flag'},
				transport: {tls: {verify: true, ca: 'PEM of prod', cert: 'PEM of prod', key: 'PEM of prod'}},
			},
		});
		expect(await resolve({context: 'open'}, environment)).toMatchObject({
			value: {url: 'tcp://open:2375', transport: {tls: undefined}},
		});
		expect(await resolve({context: 'skip'}, environment)).toMatchObject({value: {transport: {tls: {verify: false}}}});
	});

	it('without a docker endpoint says how to give it one', async () => {
		const {context, resolve} = home();
		context('bare', undefined);
		context('empty', '');
		for (const name of ['bare', 'empty']) {
			expect(await resolve({context: name})).toMatchObject({
				error: {message: `The docker context "${name}" has no docker endpoint.`},
			});
		}
	});

	it('a config.json that is no JSON is named', async () => {
		const {write, resolve} = home();
		const file = write('.docker/config.json', '{');
		expect(await resolve({})).toMatchObject({error: {message: expect.stringContaining(file)}});
		expect(await resolve({host: 'tcp://a'})).toMatchObject({ok: true});
	});

	it('are listed by name; broken ones are left out', async () => {
		const {directory, write, context} = home();
		expect(await listContexts(path.join(directory, '.docker'))).toEqual([]);
		context('b', 'ssh://b');
		context('a', undefined);
		write('.docker/contexts/meta/xyz/meta.json', 'not json');
		expect(await listContexts(path.join(directory, '.docker'))).toEqual([
			{name: 'a', description: 'the a one', host: undefined, skipTlsVerify: false},
			{name: 'b', description: 'the b one', host: 'ssh://b', skipTlsVerify: false},
		]);
	});

	it('are found in DOCKER_CONFIG', async () => {
		const {directory, context, resolve} = home();
		context('prod', 'tcp://prod');
		const elsewhere = mkdtempSync(path.join(os.tmpdir(), 'swarmtop-'));
		onTestFinished(() => rmSync(elsewhere, {recursive: true, force: true}));
		expect(await resolve({context: 'prod'}, {DOCKER_CONFIG: elsewhere})).toMatchObject({ok: false});
		expect(await resolve({context: 'prod'}, {DOCKER_CONFIG: path.join(directory, '.docker')})).toMatchObject({
			ok: true,
		});
	});
});

describe('TLS', () => {
	it('DOCKER_TLS_VERIFY takes its certificates from DOCKER_CERT_PATH, else from ~/.docker', async () => {
		const {directory, write, resolve} = home();
		for (const name of ['ca.pem', 'cert.pem', 'key.pem']) {
			write(`.docker/${name}`, `home ${name}`);
			write(`certs/${name}`, `certs ${name}`);
		}
		const variables = {DOCKER_HOST: 'tcp://m', DOCKER_TLS_VERIFY: '1'};
		expect(await resolve({}, variables)).toMatchObject({
			value: {url: 'tcp://m:2376', transport: {tls: {verify: true, ca: 'home ca.pem', key: 'home key.pem'}}},
		});
		expect(await resolve({}, {...variables, DOCKER_CERT_PATH: path.join(directory, 'certs')})).toMatchObject({
			value: {transport: {tls: {ca: 'certs ca.pem'}}},
		});
	});

	it('--tls alone encrypts without asking who is there', async () => {
		expect(await home().resolve({host: 'tcp://m', tls: true})).toMatchObject({
			value: {transport: {tls: {verify: false, ca: undefined, cert: undefined}}},
		});
	});

	it('verifying without an authority names the file that is missing', async () => {
		const {directory, resolve} = home();
		expect(await resolve({host: 'tcp://m', tlsVerify: true})).toMatchObject({
			error: {message: `The TLS file ${path.join(directory, '.docker/ca.pem')} doesn't exist.`},
		});
	});

	it('a certificate without its key is refused', async () => {
		const {write, resolve} = home();
		const flags = {host: 'tcp://m', tls: true, tlsCert: write('cert.pem', 'PEM')};
		expect(await resolve(flags)).toMatchObject({
			error: {message: 'There is a TLS client certificate, but no key that belongs to it.'},
		});
	});

	it('a named file that is missing is refused even where it is not needed', async () => {
		expect(await home().resolve({host: 'tcp://m', tls: true, tlsKey: '/nowhere/key.pem'})).toMatchObject({
			error: {message: "The TLS file /nowhere/key.pem doesn't exist."},
		});
	});

	it('is no matter of sockets and ssh', async () => {
		const {resolve} = home();
		expect(await resolve({host: 'unix:///a', tlsVerify: true})).toMatchObject({ok: true});
		expect(await resolve({host: 'ssh://a', tlsVerify: true})).toMatchObject({ok: true});
	});

	it('https:// trusts whom the system trusts', async () => {
		expect(await home().resolve({host: 'https://m'})).toMatchObject({
			value: {url: 'https://m:443', transport: {tls: {verify: true, ca: undefined}}},
		});
	});

	it('https:// means verified TLS with the certificates that are named, without --tlsverify', async () => {
		const {write, resolve} = home();
		write('.docker/ca.pem', 'not asked for');
		expect(await resolve({host: 'https://m', tlsCaCert: write('my-ca.pem', 'CA')})).toMatchObject({
			value: {transport: {tls: {verify: true, ca: 'CA', cert: undefined}}},
		});
		const named = {tlsCert: write('my.pem', 'CERT'), tlsKey: write('my.key', 'KEY')};
		expect(await resolve({host: 'https://m', ...named})).toMatchObject({
			value: {transport: {tls: {verify: true, ca: undefined, cert: 'CERT', key: 'KEY'}}},
		});
		expect(await resolve({host: 'https://m', tlsCaCert: '/nowhere/ca.pem'})).toMatchObject({ok: false});
	});

	it('tcp:// without --tls or --tlsverify is plain, whatever certificates are named: as docker', async () => {
		expect(await home().resolve({host: 'tcp://m', tlsCaCert: '/nowhere/ca.pem'})).toMatchObject({
			value: {url: 'tcp://m:2375', transport: {tls: undefined}},
		});
	});
});
