import {describe, expect, it} from 'vitest';
import type {InitRequest, JoinRequest} from '../../../source/simulator/contract.ts';
import {createRootCertificate, tlsInfoOf} from '../../../source/simulator/raft/root-certificate.ts';
import {Seeded} from '../../../source/swarmkit/random.ts';
import {type SmallWorld, smallWorld} from '../world/small-world.ts';

const initRequest: InitRequest = {
	listenAddress: '0.0.0.0:2377',
	advertiseAddress: '',
	forceNewCluster: false,
	autoLock: false,
	spec: {},
	availability: 'active',
	addressPools: null,
	subnetSize: 24,
	dataPathPort: 4789,
};

const joinRequest = (token: string, remote: string): JoinRequest => ({
	listenAddress: '0.0.0.0:2377',
	advertiseAddress: '',
	remoteAddresses: [remote],
	token,
	availability: 'active',
});

const tokensOf = ({store}: SmallWorld) => store().all('cluster')[0]?.tokens ?? {worker: '', manager: ''};
const message = (result: {ok: true} | {ok: false; error: {message: string}}) =>
	result.ok ? 'no refusal' : result.error.message;

describe('an engine in no swarm', () => {
	it('says so, and founds a swarm whose first objects have the versions of a real one', async () => {
		const world = smallWorld('x1 x2');
		const {membership} = world.host('x1');
		expect(membership.info()).toEqual({
			NodeID: '',
			NodeAddr: '',
			LocalNodeState: 'inactive',
			ControlAvailable: false,
			Error: '',
			RemoteManagers: null,
		});
		expect(message(await world.ask('x1'))).toMatch(/^This node is not a swarm manager. Use "docker swarm init"/);
		expect(message(await world.settle(membership.leave(false)))).toBe('This node is not part of a swarm');
		const founded = await world.settle(membership.init(initRequest));
		expect(founded).toEqual({ok: true, value: world.idOf('x1')});
		expect(membership.summary()).toBe('active/manager');
		expect(membership.info()).toMatchObject({Nodes: 1, Managers: 1, Cluster: {Version: {Index: 10}}});
		expect(world.node('x1').version).toBe(9);
		expect(world.store().index).toBe(10);
		expect(message(await world.settle(membership.init(initRequest)))).toMatch(/^This node is already part of a swarm/);
	});
});

describe('requests that can’t be meant', () => {
	const world = smallWorld('x1');
	const {membership} = world.host('x1');
	const init = async (changes: Partial<InitRequest>) =>
		message(await world.settle(membership.init({...initRequest, ...changes})));
	const join = async (changes: Partial<JoinRequest>) =>
		message(await world.settle(membership.join({...joinRequest('', 'x1:2377'), ...changes})));

	it('are refused on init', async () => {
		const badAdvertised =
			'advertise address must be a non-zero IP address or network interface (with optional port number)';
		expect(await init({listenAddress: ''})).toBe('invalid ListenAddr "": invalid empty address');
		expect(await init({listenAddress: 'x:y:z'})).toBe('could not parse listen address x:y:z');
		expect(await init({spec: {Name: 'other'}})).toBe('swarm spec must be named "default"');
		for (const advertiseAddress of ['nosuchif', '0.0.0.0', '0.0.0.0:2377', '[::]:1']) {
			expect(await init({advertiseAddress})).toBe(badAdvertised);
		}
		expect(await init({availability: 'asleep'})).toBe('invalid Availability: "asleep"');
		expect(await init({addressPools: ['10.1.2.3.4/8']})).toMatch(/^invalid base pool 10\.1\.2\.3\.4\/8/);
		expect(await init({addressPools: ['10.0.0.0/25']})).toMatch(/Subnet size is too small for pool: 24$/);
		expect(await init({dataPathPort: 80})).toMatch(/not in valid range/);
	});

	it('are refused on join', async () => {
		expect(await join({listenAddress: ''})).toBe('invalid ListenAddr "": invalid empty address');
		expect(await join({remoteAddresses: []})).toBe('at least 1 RemoteAddr is required to join');
		expect(await join({remoteAddresses: ['']})).toBe('invalid remoteAddr "": invalid empty address');
		expect(await join({availability: 'x'})).toBe('invalid Availability: "x"');
		expect(membership.summary()).toBe('inactive');
	});

	it('do not include an interface or an address with its port', async () => {
		for (const advertiseAddress of ['eth0', 'eth0:4000', '10.9.8.7', '10.9.8.7:4000']) {
			const {host, settle} = smallWorld('x1');
			expect((await settle(host('x1').membership.init({...initRequest, advertiseAddress}))).ok).toBe(true);
			const [manager] = host('x1').membership.info().RemoteManagers ?? [];
			const expected = advertiseAddress.replace('eth0', host('x1').address);
			expect(manager?.Addr).toBe(expected.includes(':') ? expected : `${expected}:2377`);
		}
	});
});

describe('joining', () => {
	it('lets the token alone decide the role, by name or by IP', async () => {
		const world = smallWorld('m1 x1 x2');
		const {worker, manager} = tokensOf(world);
		const {host, settle, node, clock} = world;
		expect(await settle(host('x1').membership.join(joinRequest(worker, 'm1:2377')))).toEqual({
			ok: true,
			value: undefined,
		});
		expect(host('x1').membership.summary()).toBe('active/worker');
		const joined = await settle(host('x2').membership.join(joinRequest(manager, `${host('m1').address}:2377`)));
		expect(joined.ok).toBe(true);
		expect(host('x2').membership.summary()).toBe('active/manager');
		expect(node('x2').role).toBe('manager');
		expect(host('m1').membership.info()).toMatchObject({Nodes: 3, Managers: 2});
		expect(host('m1').membership.info().Warnings?.[0]).toMatch(/two-manager configuration/);
		clock.advance(20_000);
		expect(node('x1').status.State).toBe('ready');
	});

	it('refuses a text that is no token at once, and a wrong secret or none after ten seconds', async () => {
		const world = smallWorld('m1 x1');
		const {worker} = tokensOf(world);
		const {membership} = world.host('x1');
		const began = world.clock.now();
		const join = (token: string) => world.settle(membership.join(joinRequest(token, 'm1:2377')));
		expect(await join('SWMTKN-1-nonsense')).toEqual({ok: false, error: {status: 500, message: 'invalid join token'}});
		expect(world.clock.now()).toBe(began);
		const needed = 'rpc error: code = InvalidArgument desc = A valid join token is necessary to join this cluster';
		const wrong = worker.replace(/.$/, (last) => (last === '0' ? '1' : '0'));
		for (const token of [wrong, ''])
			expect(await join(token)).toEqual({ok: false, error: {status: 400, message: needed}});
		expect(world.clock.now() - began).toBeGreaterThanOrEqual(20_000);
		expect(membership.info().LocalNodeState).toBe('inactive');
		const foreign = worker.replace(/1-./, '1-0');
		expect(message(await join(foreign))).toMatch(/^remote CA does not match fingerprint. Expected: [0-9a-f]{64}$/);
	});

	it('says that nobody listens where nobody does', async () => {
		const world = smallWorld('m1 w1 x1');
		const {worker} = tokensOf(world);
		const join = (remote: string) => world.settle(world.host('x1').membership.join(joinRequest(worker, remote)));
		expect(await join(`${world.host('m1').address}:2378`)).toEqual({
			ok: false,
			error: {
				status: 503,
				message: `rpc error: code = Unavailable desc = connection error: desc = "transport: Error while dialing: dial tcp ${world.host('m1').address}:2378: connect: connection refused"`,
			},
		});
		expect(message(await join('w1:2377'))).toMatch(/connection refused/);
		expect(message(await join('nosuch:2377'))).toMatch(/no such host/);
	});

	it('goes on in the background after twenty seconds without an answer, until the engine leaves', async () => {
		const world = smallWorld('m1 x1 x2');
		const {worker} = tokensOf(world);
		const {host, settle, clock, ask} = world;
		host('m1').setCut(true);
		for (const name of ['x1', 'x2']) {
			expect(message(await settle(host(name).membership.join(joinRequest(worker, 'm1:2377'))))).toMatch(
				/^Timeout was reached before node joined/,
			);
			expect(host(name).membership.info()).toMatchObject({
				LocalNodeState: 'pending',
				NodeID: '',
				NodeAddr: host(name).address,
				RemoteManagers: [{NodeID: '', Addr: 'm1:2377'}],
			});
		}
		expect(message(await ask('x1'))).toMatch(/Worker nodes can't be used/);
		expect((await settle(host('x2').membership.leave(false))).ok).toBe(true);
		host('m1').setCut(false);
		clock.advance(10_000);
		expect(host('x1').membership.summary()).toBe('active/worker');
		expect(host('x2').membership.summary()).toBe('inactive');
	});
});

describe('leaving', () => {
	const leave = async (world: SmallWorld, name: string, force = false) =>
		message(await world.settle(world.host(name).membership.leave(force)));

	it('is free for workers, and nobody is told', async () => {
		const world = smallWorld();
		expect(await leave(world, 'w1')).toBe('no refusal');
		expect(world.host('w1').membership.summary()).toBe('inactive');
		expect(world.node('w1').status.State).toBe('ready');
		world.until('down', () => world.node('w1').status.State === 'down', 15_500);
		const former = world.node('w1').id;
		const {worker} = tokensOf(world);
		await world.settle(world.host('w1').membership.join(joinRequest(worker, 'm2:2377')));
		expect(world.idOf('w1')).not.toBe(former);
	});

	it('must be forced on managers, for which the reason is told', async () => {
		const closing =
			'The only way to restore a swarm that has lost consensus is to reinitialize it with `--force-new-cluster`. Use `--force` to suppress this message.';
		const attempt = 'You are attempting to leave the swarm on a node that is participating as a manager. ';
		const lastOne =
			'Removing the last manager erases all current state of the swarm. Use `--force` to ignore this message. ';
		expect(await leave(smallWorld('m1 w1'), 'm1')).toBe(attempt + lastOne);
		expect(await leave(smallWorld('m1 m2 m3'), 'm2')).toBe(attempt + closing);
		const atRisk =
			'Removing this node leaves 1 managers out of 2. Without a Raft quorum your swarm will be inaccessible. ';
		expect(await leave(smallWorld('m1 m2'), 'm2')).toBe(attempt + atRisk + closing);
		const lost = smallWorld('m1 m2 m3');
		lost.host('m2').stop();
		lost.host('m3').stop();
		lost.clock.advance(40_000);
		expect(await leave(lost, 'm1')).toBe(attempt + closing);
		lost.host('m2').start();
		const starting = `${attempt}Doing so may lose the consensus of your cluster. ${closing}`;
		expect(await leave(lost, 'm2')).toBe(starting);
	});

	it('by force keeps a manager in raft for the others, and ends a swarm with its last one', async () => {
		const world = smallWorld('m1 m2 m3');
		expect(await leave(world, 'm3', true)).toBe('no refusal');
		world.clock.advance(20_000);
		expect(world.host('m1').membership.info().Managers).toBe(3);
		expect(world.node('m3').status.State).toBe('down');
		const alone = smallWorld('m1 w1');
		const former = alone.store().all('cluster')[0]?.id;
		expect(await leave(alone, 'm1', true)).toBe('no refusal');
		await alone.settle(alone.host('m1').membership.init(initRequest));
		expect(alone.store().all('cluster')[0]?.id).not.toBe(former);
		expect(alone.store().count('node')).toBe(1);
	});
});

describe('roles', () => {
	it('follow a promotion within seconds: the role at once, control when raft is joined', async () => {
		const world = smallWorld();
		world.clock.advance(0);
		const events: string[] = [];
		world.store().watch(({changes}) => {
			for (const change of changes) {
				if (change.kind !== 'node' || change.action !== 'update') continue;
				events.push(change.previous.role === change.object.role ? 'node' : `node ${change.object.role}`);
			}
		});
		world.setRole('w1', 'manager');
		world.until('role', () => world.node('w1').role === 'manager', 100);
		expect(world.host('w1').membership.info().ControlAvailable).toBe(false);
		world.until('control', () => world.host('w1').membership.info().ControlAvailable, 5_000);
		expect((await world.control('w1')).members().map(({reachability}) => reachability)).toEqual(
			Array(4).fill('reachable'),
		);
		expect(events).toEqual(['node', 'node manager', 'node', 'node']);
	});

	it('follow a demotion when raft can bear it', async () => {
		const world = smallWorld();
		world.setRole('m2', 'worker');
		world.clock.advance(100);
		expect(world.node('m2').role).toBe('manager');
		world.until('worker', () => world.node('m2').role === 'worker', 2_000);
		expect(world.until('worker', () => world.host('m2').membership.summary() === 'active/worker')).toBeLessThan(2_000);
		world.clock.advance(100);
		expect(message(await world.ask('m2'))).toMatch(/Worker nodes can't be used/);
		expect(world.host('m1').membership.info()).toMatchObject({Managers: 2, Nodes: 5});
	});

	it('leave no member behind when a node is removed while its demotion is under way', () => {
		const world = smallWorld();
		world.setRole('m3', 'worker');
		world.store().update((tx) => tx.remove('node', world.idOf('m3')));
		world.clock.advance(1_000);
		expect(world.host('m1').membership.info()).toMatchObject({Managers: 2, Nodes: 4});
	});

	it('hand the leadership over before the leader is demoted', () => {
		const world = smallWorld();
		const former = world.leader();
		world.setRole('m1', 'worker');
		world.until('demoted', () => world.node('m1').role === 'worker', 2_000);
		expect(world.leader()).toBeDefined();
		expect(world.leader()).not.toBe(former);
		expect(world.leaders.at(-1)).toBe('started');
	});

	it('wait with a demotion that would cost the quorum until it would not', async () => {
		const world = smallWorld();
		world.host('m2').stop();
		world.clock.advance(5_000);
		expect((await world.control('m1')).canLose(world.idOf('m3'))).toBe(false);
		world.setRole('m3', 'worker');
		world.clock.advance(30_000);
		expect(world.node('m3').role).toBe('manager');
		world.host('m2').start();
		world.until('demoted', () => world.node('m3').role === 'worker', 15_000);
	});

	it('let a manager that is down be demoted, and it comes back as a worker', () => {
		const world = smallWorld();
		world.host('m3').stop();
		world.clock.advance(20_000);
		world.setRole('m3', 'worker');
		world.until('demoted', () => world.node('m3').role === 'worker', 5_000);
		world.host('m3').start();
		world.until('back', () => world.host('m3').membership.summary() === 'active/worker', 10_000);
	});
});

describe('an engine that comes back', () => {
	it('keeps its node ID', () => {
		const world = smallWorld();
		const id = world.idOf('w1');
		world.host('w1').stop();
		world.host('w1').start();
		expect(world.host('w1').membership.info().LocalNodeState).toBe('pending');
		world.until('active', () => world.host('w1').membership.summary() === 'active/worker', 5_000);
		expect(world.idOf('w1')).toBe(id);
	});

	it('stays pending when its node was removed meanwhile', async () => {
		const world = smallWorld();
		world.host('w1').stop();
		world.clock.advance(20_000);
		world.store().update((tx) => tx.remove('node', world.idOf('w1')));
		world.host('w1').start();
		world.clock.advance(60_000);
		expect(world.host('w1').membership.info()).toMatchObject({LocalNodeState: 'pending', NodeID: world.idOf('w1')});
		expect(message(await world.ask('w1'))).toMatch(/Worker nodes can't be used/);
	});

	it('is locked when the swarm has autolock, until it gets the key', async () => {
		const world = smallWorld('m1 m2 m3 w1');
		const unlockKey = `SWMKEY-1-${'A'.repeat(43)}`;
		world.store().update((tx) => {
			for (const cluster of tx.all('cluster')) tx.put({...cluster, unlockKey});
		});
		for (const name of ['m2', 'w1']) {
			world.host(name).stop();
			world.host(name).start();
		}
		const {membership} = world.host('m2');
		expect(membership.summary()).toBe('locked');
		expect(membership.info()).toMatchObject({NodeID: '', RemoteManagers: null, ControlAvailable: false});
		expect(message(await world.ask('m2'))).toMatch(/^Swarm is encrypted and needs to be unlocked/);
		const unlock = async (key: string) => await world.settle(membership.unlock(key));
		expect(message(await unlock('x'))).toBe('invalid key string');
		expect(await unlock(unlockKey.replaceAll('A', 'B'))).toEqual({
			ok: false,
			error: {status: 401, message: 'swarm could not be unlocked: invalid key provided'},
		});
		expect((await unlock(unlockKey)).ok).toBe(true);
		expect(membership.summary()).toBe('active/manager');
		expect(await unlock(unlockKey)).toEqual({ok: false, error: {status: 409, message: 'swarm is not locked'}});
		world.until('worker', () => world.host('w1').membership.summary() === 'active/worker', 10_000);
	});
});

describe('a forced new cluster', () => {
	it('goes on with one manager, its services and its tokens', async () => {
		const world = smallWorld();
		const tokens = tokensOf(world);
		world.host('m2').stop();
		world.host('m3').stop();
		world.clock.advance(60_000);
		expect(world.leader()).toBeUndefined();
		const {membership} = world.host('m1');
		expect((await world.settle(membership.init({...initRequest, forceNewCluster: true}))).ok).toBe(true);
		expect((await world.ask('m1', 'write')).ok).toBe(true);
		expect(membership.info()).toMatchObject({Managers: 1, Nodes: 5});
		expect(tokensOf(world)).toEqual(tokens);
		world.until('workers are back', () => world.node('w1').status.State === 'ready', 10_000);
		world.host('m2').start();
		world.clock.advance(10_000);
		expect(world.node('m2').status.State).toBe('ready');
		expect(membership.info()).toMatchObject({Managers: 1});
		expect(message(await world.ask('m2'))).toMatch(/Worker nodes can't be used/);
		for (const role of ['worker', 'manager'] as const) {
			world.setRole('m2', role);
			world.clock.advance(5_000);
		}
		expect(membership.info()).toMatchObject({Managers: 2});
	});
});

describe('the root certificate', () => {
	it('is rotated node by node: the tokens change at the end, and a node that is down holds it up', async () => {
		const world = smallWorld('m1 w1 w2');
		const {clock, store, host, node} = world;
		const cluster = () => store().all('cluster')[0];
		const before = tokensOf(world);
		const old = cluster()?.rootCertificate ?? '';
		host('w2').stop();
		clock.advance(30_000);
		const next = createRootCertificate(new Seeded(3), 'root/next', clock.now());
		store().update((tx) => {
			const stored = cluster();
			if (stored) tx.put({...stored, nextRootCertificate: next});
		});
		clock.advance(20_000);
		const issuer = tlsInfoOf(next).CertIssuerPublicKey;
		expect(node('w1').description.TLSInfo).toMatchObject({TrustRoot: old, CertIssuerPublicKey: issuer});
		expect(node('w2').description.TLSInfo?.CertIssuerPublicKey).not.toBe(issuer);
		expect(host('m1').membership.info().Cluster?.RootRotationInProgress).toBe(true);
		expect(tokensOf(world)).toEqual(before);
		host('w2').start();
		clock.advance(30_000);
		expect(cluster()).toMatchObject({rootCertificate: next});
		expect(host('m1').membership.info().Cluster).toMatchObject({RootRotationInProgress: false});
		for (const name of ['m1', 'w1', 'w2']) expect(node(name).description.TLSInfo).toEqual(tlsInfoOf(next));
		expect(tokensOf(world).worker).not.toBe(before.worker);
	});
});
