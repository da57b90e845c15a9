import {expect, it} from 'vitest';
import type {Endpoint} from '../../source/connection/endpoint.ts';
import {resolveEndpoint} from '../../source/connection/resolve.ts';
import {fakeSsh} from '../support/fake-ssh.ts';
import {clientOf, fakeEngine, json, manager} from './support/fake-engine.ts';

/** The whole way over an ssh program, from the address to the engine's answer or the sentence in its place. */

async function endpointOf(host: string): Promise<Endpoint> {
	const endpoint = await resolveEndpoint({host}, {environment: {}, homeDirectory: '/nowhere'});
	if (!endpoint.ok) throw new Error(endpoint.error.message);
	return endpoint.value;
}

async function engineBehindSsh(users: Readonly<Record<string, string>>) {
	const engine = await fakeEngine({'GET /info': json(manager), 'GET /nodes': json([])});
	fakeSsh(engine.endpoint.transport.kind === 'unix' ? engine.endpoint.transport.path : '', users);
	return async (host: string) => clientOf({endpoint: await endpointOf(host)});
}

it('a login that takes longer than an answer may is waited for', async () => {
	const client = await (await engineBehindSsh({slow: 'sleep 1; relay'}))('ssh://slow@jump');
	expect(await client.connect({timeoutMs: 100})).toMatchObject({value: {name: 'm1'}});
});

it('a greeting on stderr is nobody’s business, one on stdout is named', async () => {
	const clientFor = await engineBehindSsh({
		quiet: 'echo "*** Authorized use only ***" >&2; relay',
		loud: 'echo "Welcome to manager"; relay',
	});
	expect(await (await clientFor('ssh://quiet@manager')).connect()).toMatchObject({ok: true});
	expect(await (await clientFor('ssh://loud@manager:2222')).connect()).toMatchObject({
		error: {
			kind: 'ssh-failed',
			message: 'loud@manager:2222 greets before the engine answers: “Welcome to manager”.',
			nextStep: expect.stringContaining('stdout'),
		},
	});
});

it('a refusal names user and port in what to type', async () => {
	const clientFor = await engineBehindSsh({
		denied: 'echo "denied@manager: Permission denied (publickey)." >&2; exit 255',
		group:
			'echo "failed to open the raw stream connection: dial unix /var/run/docker.sock: connect: permission denied" >&2; exit 1',
	});
	expect(await (await clientFor('ssh://denied@manager:2222')).connect()).toMatchObject({
		error: {nextStep: expect.stringContaining('then ssh -p 2222 denied@manager.')},
	});
	expect(await (await clientFor('ssh://group@manager')).connect()).toMatchObject({
		error: {kind: 'permission-denied', nextStep: expect.stringContaining('usermod -aG docker group')},
	});
});
