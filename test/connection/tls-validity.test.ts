import https from 'node:https';
import {afterAll, beforeAll, describe, expect, it, onTestFinished} from 'vitest';
import type {Endpoint, EndpointOrigin, TlsMaterial} from '../../source/connection/endpoint.ts';
import {toSafeText} from '../../source/text/safe-text.ts';
import {clientOf, json, manager, ping, type Route} from '../engine/support/fake-engine.ts';
import {type Authority, hasOpenssl, makeCertificates, type Validity} from '../support/certificates.ts';

/** Certificates whose time is over or has not come, on either side of a real TLS connection. */

const past: Validity = ['20200101000000Z', '20200201000000Z'];
const future: Validity = ['20900101000000Z', '20900201000000Z'];

const routes: Record<string, Route> = {'/_ping': ping('1.45'), '/v1.45/info': json(manager)};
const flags: EndpointOrigin = {kind: 'flag'};
const context: EndpointOrigin = {kind: 'context', name: toSafeText('prod'), from: 'flag'};

describe.skipIf(!hasOpenssl)('a certificate out of its time', () => {
	let made: Authority;

	beforeAll(() => {
		made = makeCertificates();
		made.authority('ca');
		const server = 'subjectAltName=DNS:localhost,IP:127.0.0.1';
		const client = 'extendedKeyUsage=clientAuth';
		made.certificate('server', 'ca', server);
		made.certificate('old-server', 'ca', server, past);
		made.certificate('coming-server', 'ca', server, future);
		made.certificate('client', 'ca', client);
		made.certificate('old-client', 'ca', client, past);
		made.certificate('coming-client', 'ca', client, future);
	});
	afterAll(() => made.remove());

	async function connect(serverName: string, clientName: string, origin = flags, more: Partial<TlsMaterial> = {}) {
		const server = https.createServer(
			{
				key: made.pem(`${serverName}.key`),
				cert: made.pem(`${serverName}.pem`),
				ca: made.pem('ca.pem'),
				requestCert: true,
				rejectUnauthorized: true,
			},
			(request, response) => routes[request.url ?? '']?.(request, response),
		);
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		onTestFinished(() => {
			server.closeAllConnections();
			return new Promise<void>((resolve) => server.close(() => resolve()));
		});
		const address = server.address();
		const port = typeof address === 'object' && address ? address.port : 0;
		const [cert, key] = [made.pem(`${clientName}.pem`), made.pem(`${clientName}.key`)];
		const tls = {verify: true, ca: made.pem('ca.pem'), cert, key, ...more};
		const endpoint: Endpoint = {
			url: toSafeText(`tcp://127.0.0.1:${port}`),
			origin,
			transport: {kind: 'tcp', host: '127.0.0.1', port, basePath: '', tls},
		};
		return clientOf({endpoint}).connect();
	}

	it('is none here', async () => {
		expect(await connect('server', 'client')).toMatchObject({ok: true});
	});

	it.each([flags, context])("of the engine's that has expired is to be renewed over there (%o)", async (origin) => {
		expect(await connect('old-server', 'client', origin)).toMatchObject({
			error: {
				kind: 'tls-failed',
				message: expect.stringMatching(/^The certificate of tcp:.* is not trusted: it has expired/),
				nextStep: 'Renew it on the host of the engine, and restart the engine; or compare the clocks.',
			},
		});
	});

	it("of the engine's that is not valid yet is a matter of clocks", async () => {
		expect(await connect('coming-server', 'client')).toMatchObject({
			error: {
				kind: 'tls-failed',
				message: expect.stringContaining('it is not valid yet'),
				nextStep: 'Compare the clocks here and on the host of the engine.',
			},
		});
	});

	it("of the engine's is not looked at where nobody asked", async () => {
		expect(await connect('old-server', 'client', flags, {verify: false})).toMatchObject({ok: true});
	});

	it('of ours that has expired is to be renewed here', async () => {
		expect(await connect('server', 'old-client')).toMatchObject({
			error: {
				kind: 'tls-failed',
				message: expect.stringContaining('does not accept our client certificate: it has expired on 2020-02-01.'),
				nextStep: expect.stringMatching(/^Have it renewed\. .*--tlscert and --tlskey/),
			},
		});
		expect(await connect('server', 'old-client', context)).toMatchObject({
			error: {nextStep: expect.stringContaining('docker context update prod --docker host=tcp://127.0.0.1')},
		});
	});

	it('of ours that is not valid yet tells from when on it is', async () => {
		expect(await connect('server', 'coming-client')).toMatchObject({
			error: {
				kind: 'tls-failed',
				message: expect.stringContaining('does not accept our client certificate: it is not valid before 2090-01-01.'),
				nextStep: expect.stringMatching(/^Compare the clocks/),
			},
		});
	});
});
