import {chmodSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {describe, expect, it, onTestFinished} from 'vitest';
import {createRegistryLogins, emptyLogin} from '../../source/engine/registry-logins.ts';

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const decoded = (header: string | undefined): unknown =>
	header === undefined ? undefined : JSON.parse(Buffer.from(header, 'base64url').toString('utf8'));

function loginsWith(config: unknown, environment: Record<string, string> = {}, helpers: Record<string, string> = {}) {
	const directory = mkdtempSync(path.join(tmpdir(), 'logins-'));
	onTestFinished(() => rmSync(directory, {recursive: true, force: true}));
	writeFileSync(path.join(directory, 'config.json'), typeof config === 'string' ? config : JSON.stringify(config));
	for (const [name, script] of Object.entries(helpers)) {
		const file = path.join(directory, `docker-credential-${name}`);
		writeFileSync(file, `#!/bin/sh\n${script}\n`);
		chmodSync(file, 0o755);
	}
	return createRegistryLogins({
		directory,
		environment: {PATH: `${directory}:${process.env['PATH']}`, ...environment},
	});
}

describe('logins of registries', () => {
	it('are sent byte for byte as docker sends them', async () => {
		const logins = loginsWith({auths: {'127.0.0.1:5000': {auth: base64('alice:s<3&ret>?')}}});
		const {header} = await logins.of('127.0.0.1:5000/app:1');
		expect(Buffer.from(header ?? '', 'base64url').toString()).toBe(
			'{"username":"alice","password":"s\\u003c3\\u0026ret\\u003e?","serveraddress":"127.0.0.1:5000"}',
		);
		expect(header).toMatch(/^[\w-]+=*$/);
		expect(emptyLogin).toBe('e30=');
	});

	it('are found by the name of the registry alone, docker hub by its own key', async () => {
		const logins = loginsWith({
			auths: {
				'https://index.docker.io/v1/': {auth: base64('hub:pw')},
				'https://old.example/v1/': {auth: base64('old:a:b')},
				'token.example': {auth: base64('x:y'), identitytoken: 'idt'},
			},
		});
		expect(decoded((await logins.of('nginx')).header)).toMatchObject({username: 'hub'});
		expect(decoded((await logins.of('old.example/app')).header)).toMatchObject({username: 'old', password: 'a:b'});
		expect(decoded((await logins.of('token.example/app')).header)).toMatchObject({identitytoken: 'idt'});
		expect(await logins.of('other.example/app')).toEqual({header: undefined});
	});

	it('come from the helper of the registry, else from the store of all', async () => {
		const config = {auths: {'a.example': {}}, credsStore: 'all', credHelpers: {'b.example': 'one'}};
		const helpers = {
			all: `read server; echo "{\\"Username\\":\\"all\\",\\"Secret\\":\\"$server\\"}"`,
			one: `echo '{"Username":"<token>","Secret":"idt"}'`,
		};
		const logins = loginsWith(config, {}, helpers);
		expect(decoded((await logins.of('a.example/app')).header)).toEqual({
			username: 'all',
			password: 'a.example',
			serveraddress: 'a.example',
		});
		expect(decoded((await logins.of('b.example/app')).header)).toEqual({
			serveraddress: 'b.example',
			identitytoken: 'idt',
		});
	});

	it('say when a helper fails, and not what it printed; one that knows of none is fine', async () => {
		const config = {
			credHelpers: {'a.example': 'bad', 'b.example': 'none', 'c.example': 'missing', 'd.example': '../x'},
		};
		const helpers = {
			bad: 'echo hunter2; echo hunter2 >&2; exit 1',
			none: 'echo "credentials not found in native keychain"; exit 1',
		};
		const logins = loginsWith(config, {}, helpers);
		const bad = await logins.of('a.example/app');
		expect(bad.header).toBeUndefined();
		expect(bad.problem).toMatch(/^docker-credential-bad gave no login for a\.example/);
		expect(JSON.stringify(bad)).not.toContain('hunter2');
		expect(await logins.of('b.example/app')).toEqual({header: undefined});
		expect((await logins.of('c.example/app')).problem).toMatch(/docker-credential-missing/);
		expect((await logins.of('d.example/app')).problem).toMatch(/no usable name/);
	});

	it('come from DOCKER_AUTH_CONFIG before all else', async () => {
		const auths = {auths: {'a.example': {auth: base64('env:pw')}}};
		const logins = loginsWith(
			{auths: {'a.example': {auth: base64('file:pw')}, 'b.example': {auth: base64('file:pw')}}},
			{DOCKER_AUTH_CONFIG: JSON.stringify(auths)},
		);
		expect(decoded((await logins.of('a.example/app')).header)).toMatchObject({username: 'env'});
		expect(decoded((await logins.of('b.example/app')).header)).toMatchObject({username: 'file'});
	});

	it('say which file can not be read', async () => {
		expect((await loginsWith('{').of('a.example/app')).problem).toMatch(/config\.json: it is not JSON\.$/);
		expect(await loginsWith('').of('a.example/app')).toEqual({header: undefined});
	});
});
