import {execFileSync, spawnSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import https from 'node:https';
import os from 'node:os';
import path from 'node:path';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import type {Endpoint, TlsMaterial} from '../../source/connection/endpoint.ts';
import {tlsProblem} from '../../source/engine/tls-errors.ts';
import {toSafeText} from '../../source/text/safe-text.ts';
import {clientOf, json, manager, ping, type Route} from './support/fake-engine.ts';

/** An engine behind TLS as docker's manual sets it up: an authority of its own, certificates for both sides. */

const hasOpenssl = spawnSync('openssl', ['version']).status === 0;
let directory = '';
let server: https.Server;
let port = 0;

function pem(name: string): string {
	return readFileSync(path.join(directory, name), 'utf8');
}

function openssl(...args: readonly string[]): void {
	execFileSync('openssl', args, {cwd: directory, stdio: 'ignore'});
}

function authority(name: string): void {
	const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', `${name}.key`];
	openssl('req', '-x509', ...key, '-out', `${name}.pem`, '-subj', `/CN=${name}`, '-days', '2');
}

function certificate(name: string, by: string, extension: string): void {
	const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', `${name}.key`];
	openssl('req', ...key, '-out', `${name}.csr`, '-subj', `/CN=${name}`);
	writeFileSync(path.join(directory, `${name}.ext`), extension);
	const signing = ['-CA', `${by}.pem`, '-CAkey', `${by}.key`, '-CAcreateserial', '-extfile', `${name}.ext`];
	openssl('x509', '-req', '-in', `${name}.csr`, ...signing, '-out', `${name}.pem`, '-days', '2');
}

const routes: Record<string, Route> = {'/_ping': ping('1.45'), '/v1.45/info': json(manager)};

describe.skipIf(!hasOpenssl)('an engine behind TLS', () => {
	beforeAll(async () => {
		directory = mkdtempSync(path.join(os.tmpdir(), 'swarmtop-tls-'));
		authority('ca');
		authority('other');
		certificate('server', 'ca', 'subjectAltName=DNS:localhost,IP:127.0.0.1');
		certificate('client', 'ca', 'extendedKeyUsage=clientAuth');
		certificate('stranger', 'other', 'extendedKeyUsage=clientAuth');
		const options = {key: pem('server.key'), cert: pem('server.pem'), ca: pem('ca.pem'), requestCert: true};
		server = https.createServer(options, (request, response) => routes[request.url ?? '']?.(request, response));
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		const address = server.address();
		port = typeof address === 'object' && address ? address.port : 0;
	});
	afterAll(async () => {
		server.closeAllConnections();
		await new Promise((resolve) => server.close(resolve));
		rmSync(directory, {recursive: true, force: true});
	});

	function connect(material: Partial<TlsMaterial>, host = '127.0.0.1') {
		const tls = {verify: true, ca: pem('ca.pem'), cert: pem('client.pem'), key: pem('client.key'), ...material};
		const endpoint: Endpoint = {
			url: toSafeText(`tcp://${host}:${port}`),
			origin: {kind: 'flag'},
			transport: {kind: 'tcp', host, port, basePath: '', tls},
		};
		return clientOf({endpoint}).connect();
	}

	it('is spoken to with the right certificates, by name or by address', async () => {
		expect(await connect({})).toMatchObject({value: {name: 'm1'}});
		expect(await connect({}, 'localhost')).toMatchObject({value: {name: 'm1'}});
	});

	it('is not believed when another authority signed it, unless nobody asked', async () => {
		expect(await connect({ca: pem('other.pem')})).toMatchObject({
			error: {kind: 'tls-failed', message: expect.stringContaining('is not trusted')},
		});
		expect(await connect({ca: pem('other.pem'), verify: false})).toMatchObject({ok: true});
	});

	it('certificates that are none are a sentence, not a crash', async () => {
		expect(await connect({cert: 'rubbish', key: 'rubbish'})).toMatchObject({error: {kind: 'tls-failed'}});
	});
});

/** As dockerd's side of TLS (Go) makes Node report it; Node's own server hangs up without a word instead. */
it.each([
	['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 'ssl3_read_bytes:tlsv13 alert certificate required'],
	['ERR_SSL_TLSV1_ALERT_UNKNOWN_CA', 'ssl3_read_bytes:tlsv1 alert unknown ca'],
	['ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE', 'ssl3_read_bytes:ssl/tls alert bad certificate'],
])('%s is about our certificate', (code, message) => {
	const endpoint: Endpoint = {
		url: toSafeText('tcp://manager:2376'),
		origin: {kind: 'flag'},
		transport: {kind: 'tcp', host: 'manager', port: 2376, basePath: '', tls: undefined},
	};
	expect(tlsProblem(Object.assign(new Error(message), {code}), endpoint)).toMatchObject({
		kind: 'tls-failed',
		message: 'tcp://manager:2376 does not accept our client certificate.',
	});
});
