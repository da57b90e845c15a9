import {describe, expect, it} from 'vitest';
import {clientOf, fakeEngine, json, refuse} from './support/fake-engine.ts';

/** What engines 20.10 to 28 answered, and what is made of it. */

const rpc = (code: string, words: string): string => `rpc error: code = ${code} desc = ${words}`;

const sentenceOf = (answer: {ok: true} | {ok: false; error: {message: string; nextStep: string}}): string =>
	answer.ok ? 'no refusal' : `${answer.error.message} ${answer.error.nextStep}`;

const join: readonly (readonly [status: number, words: string, told: RegExp])[] = [
	[
		400,
		rpc('InvalidArgument', 'A valid join token is necessary to join this cluster'),
		/refused the token.*join-token/,
	],
	[500, 'invalid join token', /no join token.*SWMTKN-1-/],
	[500, 'remote CA does not match fingerprint. Expected: 5a4f…', /another swarm.*present token/],
	[
		500,
		rpc(
			'Unavailable',
			'connection error: desc = "transport: Error while dialing: dial tcp 10.0.0.9:2377: connect: connection refused"',
		),
		/Nothing listens at 10\.0\.0\.9:2377.*2377\/tcp/,
	],
	[
		500,
		rpc(
			'Unavailable',
			'connection error: desc = "transport: Error while dialing dial tcp 10.0.0.9:2377: connect: no route to host"',
		),
		/can't be reached.*2377\/tcp.*7946\/udp.*4789\/udp/,
	],
	[
		503,
		'Timeout was reached before node joined. The attempt to join the swarm will continue in the background. Use the "docker info" command to see the current swarm status of your node.',
		/within 20 s; the engine goes on trying.*2377\/tcp.*7946\/tcp.*4789\/udp/,
	],
	[
		500,
		'error while validating Root CA Certificate: x509: certificate has expired or is not yet valid: current time 2036-12-01T00:00:00Z is after 2036-11-30T00:00:00Z',
		/expired.*clocks.*docker swarm ca --rotate/,
	],
	[
		500,
		rpc(
			'Unavailable',
			'x509: certificate has expired or is not yet valid: current time 2026-11-29T00:00:00Z is before 2026-11-30T00:00:00Z',
		),
		/clock is slow.*timedatectl/,
	],
	[500, 'x509: certificate signed by unknown authority', /could not be verified.*manager of the swarm whose token/],
	[
		500,
		'could not find local IP address: dial udp: lookup manager1: no such host',
		/resolve the name manager1.*IP address/,
	],
	[
		500,
		'could not find local IP address: dial udp: lookup manager1 on 10.0.0.53:53: no such host',
		/resolve the name manager1/,
	],
	[503, rpc('DeadlineExceeded', 'context deadline exceeded'), /swarm has no leader now.*more than half/],
	[
		503,
		'This node is already part of a swarm. Use "docker swarm leave" to leave this swarm and join another one.',
		/in a swarm already.*leave/,
	],
	[400, 'at least 1 RemoteAddr is required to join', /10\.0\.0\.1:2377/],
	[400, 'advertise address must be a non-zero IP address or network interface (with optional port number)', /eth0/],
];

const init: readonly (readonly [status: number, words: string, told: RegExp])[] = [
	[
		400,
		'could not choose an IP address to advertise since this system has multiple addresses on different interfaces (10.0.0.2 on eth0 and 192.168.7.3 on eth1) - specify one with --advertise-addr',
		/10\.0\.0\.2 on eth0 and 192\.168\.7\.3 on eth1.*address to advertise/,
	],
	[400, "could not find the system's IP address - specify one with --advertise-addr", /finds no address/],
	[
		400,
		'data path address must be a non-zero IP address or network interface (without a port number)',
		/data path address.*without a port/,
	],
	[
		500,
		'failed to listen on remote API address: listen tcp 0.0.0.0:2377: bind: address already in use',
		/Another program.*ss -ltnp.*2378/,
	],
	[500, 'listen tcp 10.9.9.9:2377: bind: cannot assign requested address', /none of this machine/],
	[400, 'invalid base pool 10.1.2.3.4/8: invalid CIDR address: 10.1.2.3.4/8', /address pools.*10\.20\.0\.0\/16/],
];

const leave: readonly (readonly [status: number, words: string, told: RegExp])[] = [
	[
		503,
		'You are attempting to leave the swarm on a node that is participating as a manager. Removing the last manager erases all current state of the swarm. Use `--force` to ignore this message. ',
		/last manager.*erases.*--force/,
	],
	[
		503,
		'You are attempting to leave the swarm on a node that is participating as a manager. The only way to restore a swarm that has lost consensus is to reinitialize it with `--force-new-cluster`. Use `--force` to suppress this message.',
		/is a manager.*Demote it first/,
	],
	[
		503,
		'Swarm is encrypted and locked. Please unlock it first or use `--force` to ignore this message.',
		/locked.*--force/,
	],
	[503, 'This node is not part of a swarm', /in no swarm/],
];

const unlock: readonly (readonly [status: number, words: string, told: RegExp])[] = [
	[401, 'swarm could not be unlocked: invalid key provided', /does not unlock it.*docker swarm unlock-key/],
	[400, 'invalid key string', /no unlock key.*SWMKEY-1-/],
	[409, 'swarm is not locked', /not locked/],
];

describe('what an engine says of its part in a swarm is told with the next step', () => {
	it.each(join)('join: %i %s', async (status, words, told) => {
		const engine = await fakeEngine({'POST /swarm/join': refuse(status, words)});
		const request = {ListenAddr: '0.0.0.0:2377', RemoteAddrs: ['10.0.0.9:2377'], JoinToken: 'SWMTKN-1-a-b'};
		const answer = await clientOf(engine).membership.join(request);
		expect(sentenceOf(answer)).toMatch(told);
		expect(sentenceOf(answer)).not.toContain('rpc error');
	});

	it.each(init)('init: %i %s', async (status, words, told) => {
		const engine = await fakeEngine({'POST /swarm/init': refuse(status, words)});
		expect(sentenceOf(await clientOf(engine).membership.init({ListenAddr: '0.0.0.0:2377'}))).toMatch(told);
	});

	it.each(leave)('leave: %i %s', async (status, words, told) => {
		const engine = await fakeEngine({'POST /swarm/leave': refuse(status, words)});
		expect(sentenceOf(await clientOf(engine).membership.leave())).toMatch(told);
	});

	it.each(unlock)('unlock: %i %s', async (status, words, told) => {
		const engine = await fakeEngine({'POST /swarm/unlock': refuse(status, words)});
		expect(sentenceOf(await clientOf(engine).membership.unlock('x'))).toMatch(told);
	});

	it('a node ID comes as a bare text', async () => {
		const engine = await fakeEngine({'POST /swarm/init': json('5nsmhu3e24niv4xix2fer1nwi')});
		const answer = await clientOf(engine).membership.init({ListenAddr: '0.0.0.0:2377'});
		expect(answer).toEqual({ok: true, value: '5nsmhu3e24niv4xix2fer1nwi'});
	});
});
