import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {hostUrl, parseHost, withTls} from '../../source/connection/parse-host.ts';

const tls = {verify: true, ca: undefined, cert: undefined, key: undefined};

describe('engine addresses', () => {
	it.each([
		['unix:///run/user/1000/docker.sock', {kind: 'unix', path: '/run/user/1000/docker.sock'}],
		['unix://', {kind: 'unix', path: '/var/run/docker.sock'}],
		[' unix:///a b ', {kind: 'unix', path: '/a b'}],
		['tcp://manager:2376', {kind: 'tcp', host: 'manager', port: 2376, basePath: ''}],
		['tcp://manager', {kind: 'tcp', host: 'manager', port: undefined}],
		['tcp://', {kind: 'tcp', host: 'localhost', port: undefined}],
		['tcp://:2375', {kind: 'tcp', host: 'localhost', port: 2375}],
		['tcp://[::1]:2375', {kind: 'tcp', host: '::1', port: 2375}],
		['tcp://manager:2376/swarm/', {kind: 'tcp', basePath: '/swarm'}],
		['10.0.0.1:2375', {kind: 'tcp', host: '10.0.0.1', port: 2375}],
		['manager', {kind: 'tcp', host: 'manager', port: undefined}],
		['http://manager', {kind: 'tcp', host: 'manager', port: 80, isHttps: false}],
		['https://manager', {kind: 'tcp', host: 'manager', isHttps: true}],
		['SSH://Me@manager', {kind: 'ssh', user: 'Me', host: 'manager', port: undefined, socketPath: undefined}],
		[
			'ssh://manager_1:2222/run/docker.sock',
			{kind: 'ssh', host: 'manager_1', port: 2222, socketPath: '/run/docker.sock'},
		],
		['ssh://me%40corp@manager/', {kind: 'ssh', user: 'me@corp', socketPath: undefined}],
	])('%s', (text, expected) => {
		expect(parseHost(text)).toMatchObject({ok: true, value: expected});
	});

	it.each([
		['', 'The engine address is empty.', 'Write unix:///path/docker.sock, tcp://host:2376 or ssh://user@host.'],
		[
			'/var/run/docker.sock',
			'"/var/run/docker.sock" is a path, not an engine address.',
			'Write unix:///var/run/docker.sock.',
		],
		[
			'unix://run/docker.sock',
			'"unix://run/docker.sock" is not a full path.',
			'Write three slashes: unix:///run/docker.sock.',
		],
		['npipe:////./pipe/docker_engine', 'Named pipes (npipe://) exist on Windows only.', expect.any(String)],
		['ftp://manager', '"ftp://" is not a way to a Docker engine.', expect.any(String)],
		['tcp://manager:99999', '"tcp://manager:99999" is not an engine address.', expect.any(String)],
		['tcp://a b', '"tcp://a b" is not an engine address.', expect.any(String)],
		['ssh://me:secret@manager', expect.stringContaining('password'), 'Leave it out and use a key.'],
		['ssh://', '"ssh://" names no host.', 'Write ssh://user@host.'],
	])('%s is refused with a way out', (text, message, nextStep) => {
		expect(parseHost(text)).toEqual({ok: false, error: {message, nextStep}});
	});

	it("a password doesn't show in its own refusal", () => {
		expect(JSON.stringify(parseHost('ssh://me:hunter2@manager'))).not.toContain('hunter2');
	});

	it("ports are docker's where none is written", () => {
		const port = (text: string, material?: typeof tls) => {
			const parsed = parseHost(text);
			return parsed.ok && parsed.value.kind === 'tcp' ? withTls(parsed.value, material).port : undefined;
		};
		expect(port('tcp://m')).toBe(2375);
		expect(port('tcp://m', tls)).toBe(2376);
		expect(port('https://m', tls)).toBe(443);
		expect(port('tcp://m:1234', tls)).toBe(1234);
	});

	it('whatever is typed, there is an answer, and what is understood can be typed again', () => {
		const scheme = fc.constantFrom('unix://', 'tcp://', 'ssh://', 'https://', 'http://', '');
		fc.assert(
			fc.property(scheme, fc.oneof(fc.string(), fc.webAuthority({withIPv6: true, withPort: true})), (start, rest) => {
				const parsed = parseHost(start + rest);
				if (!parsed.ok) return;
				const again = parseHost(hostUrl(parsed.value));
				expect(again.ok && again.value.kind).toBe(parsed.value.kind);
			}),
		);
	});
});
