import {describe, expect, it} from 'vitest';
import {accessTo} from '../../source/commands/swarm-access.ts';
import type {Endpoint} from '../../source/connection/endpoint.ts';
import {toSafeText} from '../../source/text/safe-text.ts';

const surroundings = {
	environment: {DOCKER_HOST: 'tcp://elsewhere:2376', DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: '/elsewhere'},
	homeDirectory: '/home/me',
};
const tcp = (isSecure: boolean): Endpoint => ({
	url: toSafeText('tcp://10.0.0.1:2376'),
	origin: {kind: 'flag'},
	transport: {
		...{kind: 'tcp', host: '10.0.0.1', port: 2376, basePath: ''},
		tls: isSecure ? {verify: true, ca: 'CA', cert: undefined, key: undefined} : undefined,
	},
});

describe('the environment of a custom command', () => {
	it('names the engine of the command line, and nothing of the shell’s own', () => {
		const {environment, context, host} = accessTo(tcp(false), {isReadOnly: false, surroundings});
		expect([context, host]).toEqual(['default', 'tcp://10.0.0.1:2376']);
		expect(environment).toEqual({
			DOCKER_HOST: 'tcp://10.0.0.1:2376',
			DOCKER_CONTEXT: undefined,
			DOCKER_TLS: undefined,
			DOCKER_TLS_VERIFY: undefined,
			DOCKER_CERT_PATH: undefined,
			SWARMTOP_CONTEXT: 'default',
			SWARMTOP_HOST: 'tcp://10.0.0.1:2376',
			SWARMTOP_READ_ONLY: undefined,
		});
	});

	it('names the context, which docker takes only without DOCKER_HOST', () => {
		const endpoint: Endpoint = {...tcp(true), origin: {kind: 'context', name: toSafeText('prod'), from: 'flag'}};
		const {environment, context} = accessTo(endpoint, {isReadOnly: true, surroundings});
		expect(context).toBe('prod');
		expect(environment).toMatchObject({
			DOCKER_HOST: undefined,
			DOCKER_CONTEXT: 'prod',
			DOCKER_TLS_VERIFY: undefined,
			SWARMTOP_READ_ONLY: '1',
		});
	});

	it('names the certificates: their directory where they are called as docker calls them', () => {
		const usual = {tlsCaCert: '/certs/ca.pem', tlsCert: '/certs/cert.pem', tlsKey: '/certs/key.pem'};
		const of = (flags: object) => accessTo(tcp(true), {isReadOnly: false, flags, surroundings}).environment;
		expect(of(usual)).toMatchObject({DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: '/certs'});
		expect(of({})).toMatchObject({DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: '/elsewhere'});
		const other = of({...usual, tlsKey: '/keys/me.key'});
		expect(other).toMatchObject({DOCKER_TLS_VERIFY: '1', SWARMTOP_TLS_KEY: '/keys/me.key'});
		expect(other['DOCKER_CERT_PATH']).toBeUndefined();
	});
});
