import https from 'node:https';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import type {Endpoint, EndpointOrigin, TlsMaterial} from '../../source/connection/endpoint.ts';
import {tlsProblem} from '../../source/engine/tls-errors.ts';
import {toSafeText} from '../../source/text/safe-text.ts';
import {type Authority, hasOpenssl, makeCertificates} from '../support/certificates.ts';
import {clientOf, json, manager, ping, type Route} from './support/fake-engine.ts';

/** An engine behind TLS as docker's manual sets it up: an authority of its own, certificates for both sides. */

let certificates: Authority;
let server: https.Server;
let port = 0;

const routes: Record<string, Route> = {'/_ping': ping('1.45'), '/v1.45/info': json(manager)};

describe.skipIf(!hasOpenssl)('an engine behind TLS', () => {
	beforeAll(async () => {
		certificates = makeCertificates();
		const {authority, certificate, pem} = certificates;
		authority('ca');
		authority('other');
		certificate('server', 'ca', 'subjectAltName=DNS:localhost,IP:127.0.0.1');
		certificate('client', 'ca', 'extendedKeyUsage=clientAuth');
		certificate('stranger', 'other', 'extendedKeyUsage=clientAuth');
		const options = {key: pem('server.key'), cert: pem('server.pem'), ca: pem('ca.pem'), requestCert: true};
		server = https.createServer(options, (request, response) => routes[request.url ?? '']?.(request, response));
		await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve));
		const address = server.address();
		port = typeof address === 'object' && address ? address.port : 0;
	});
	afterAll(async () => {
		server.closeAllConnections();
		await new Promise((resolve) => server.close(resolve));
		certificates.remove();
	});

	function connect(material: Partial<TlsMaterial>, host = '127.0.0.1') {
		const {pem} = certificates;
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
		expect(await connect({ca: certificates.pem('other.pem')})).toMatchObject({
			error: {kind: 'tls-failed', message: expect.stringContaining('is not trusted')},
		});
		expect(await connect({ca: certificates.pem('other.pem'), verify: false})).toMatchObject({ok: true});
	});

	it('of another name says which names its certificate has', async () => {
		expect(await connect({}, '127.0.0.2')).toMatchObject({
			error: {
				kind: 'tls-failed',
				message: expect.stringContaining('it is for another name (localhost, 127.0.0.1).'),
				nextStep: expect.stringContaining('Connect by a name that is in the certificate'),
			},
		});
	});

	it('certificates that are none are a sentence, not a crash', async () => {
		expect(await connect({cert: 'rubbish', key: 'rubbish'})).toMatchObject({error: {kind: 'tls-failed'}});
	});
});

const flags: EndpointOrigin = {kind: 'flag'};
const context: EndpointOrigin = {kind: 'context', name: toSafeText('prod'), from: 'flag'};
const ours: TlsMaterial = {verify: true, ca: 'PEM', cert: 'PEM', key: 'PEM'};

function problem(code: string, message: string, origin: EndpointOrigin, tls: TlsMaterial = ours) {
	const endpoint: Endpoint = {
		url: toSafeText('tcp://manager:2376'),
		origin,
		transport: {kind: 'tcp', host: 'manager', port: 2376, basePath: '', tls},
	};
	const error = tlsProblem(Object.assign(new Error(message), {code}), endpoint);
	expect(error).toMatchObject({kind: 'tls-failed'});
	return {message: error?.message ?? '', nextStep: error?.nextStep ?? ''};
}

/** What OpenSSL finds wrong with the engine's certificate. */
it.each([
	['CERT_HAS_EXPIRED', 'it has expired', /Renew it/, /Renew it/],
	['CERT_NOT_YET_VALID', 'it is not valid yet', /Compare the clocks/, /Compare the clocks/],
	[
		'ERR_TLS_CERT_ALTNAME_INVALID',
		'it is for another name',
		/Connect by a name that is in the certificate/,
		/context update prod .*host=tcp:..NAME:2376/,
	],
	['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'its authority is not', /--tlscacert/, /context update prod .*,ca=ca.pem/],
	['DEPTH_ZERO_SELF_SIGNED_CERT', 'signed by itself', /--tlscacert/, /context update prod .*,ca=ca.pem/],
])('%s has a next step of its own, and one for contexts', (code, words, forFlags, forContexts) => {
	expect(problem(code, 'whatever', flags).message).toContain(words);
	expect(problem(code, 'whatever', flags).nextStep).toMatch(forFlags);
	const {nextStep} = problem(code, 'whatever', context);
	expect(nextStep).toMatch(forContexts);
	expect(nextStep).not.toMatch(/--tls|DOCKER_/);
});

/** As dockerd's side of TLS (Go) makes Node report it; Node's own server hangs up without a word instead. */
it.each([
	['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 'ssl3_read_bytes:tlsv13 alert certificate required'],
	['ERR_SSL_TLSV1_ALERT_UNKNOWN_CA', 'ssl3_read_bytes:tlsv1 alert unknown ca'],
	['ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE', 'ssl3_read_bytes:ssl/tls alert bad certificate'],
	['ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED', 'ssl3_read_bytes:ssl/tls alert certificate expired'],
])('%s is about our certificate', (code, message) => {
	const withOne = problem(code, message, flags);
	expect(withOne.message).toContain('does not accept our client certificate');
	expect(withOne.nextStep).toContain('--tlscert and --tlskey');
	const without = problem(code, message, context, {...ours, cert: undefined, key: undefined});
	expect(without.message).toContain('wants a client certificate, and none was given');
	expect(without.nextStep).toContain(
		'docker context update prod --docker host=tcp://manager:2376,ca=ca.pem,cert=cert.pem',
	);
});
