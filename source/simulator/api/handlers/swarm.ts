import {isIP} from 'node:net';
import type {Result} from '../../../runtime/result.ts';
import type {ClusterObject} from '../../../swarmkit/state/objects.ts';
import type {Sent} from '../../../wire/spec/go-types.ts';
import {swarmSpec} from '../../../wire/spec/swarm.ts';
import type {SwarmSpec} from '../../../wire/swarm.ts';
import type {Refusal} from '../../contract.ts';
import {newJoinToken, newUnlockKey} from '../../raft/keys.ts';
import {createRootCertificate} from '../../raft/root-certificate.ts';
import {bodyOf, type Call, controlOf, empty, type Handler, json} from '../call.ts';
import {encode} from '../go/encode.ts';
import {goQuote, laxBool, parseBool, versionParameter} from '../go/parse.ts';
import {badRequest, grpcRefusal, invalidArgument, outOfSequence, Refused} from '../refusal.ts';
import {renderSwarm} from '../render/cluster.ts';
import {type Route, route} from '../router.ts';
import {initRequest, joinRequest, unlockRequest} from '../shapes/cluster.ts';

/** /swarm (moby daemon/cluster/swarm.go, swarmkit controlapi/cluster.go). */

const inspect: Handler = async (call) => json(renderSwarm((await controlOf(call, 'read')).cluster()));

/** Whether and how the host can found or join a swarm is its membership's to say. */
const init: Handler = async (call) => {
	const sent = await bodyOf(call, initRequest);
	checkDataPathAddress(sent.DataPathAddr ?? '');
	const nodeId = granted(
		await call.host.membership.init({
			listenAddress: sent.ListenAddr ?? '',
			advertiseAddress: sent.AdvertiseAddr ?? '',
			forceNewCluster: sent.ForceNewCluster ?? false,
			autoLock: sent.AutoLockManagers ?? false,
			spec: sent.Spec,
			availability: sent.Availability ?? '',
			addressPools: sent.DefaultAddrPool?.map((pool) => pool ?? '') ?? null,
			subnetSize: sent.SubnetSize || 24,
			dataPathPort: sent.DataPathPort ?? 0,
		}),
	);
	return json(nodeId);
};

/** No packets flow, but the address has to be one. */
function checkDataPathAddress(address: string): void {
	const isZero = address === '0.0.0.0' || address === '::';
	if (address === '' || address === 'eth0' || (isIP(address) !== 0 && !isZero)) return;
	throw badRequest('data path address must be a non-zero IP address or network interface (without a port number)');
}

const join: Handler = async (call) => {
	const sent = await bodyOf(call, joinRequest);
	granted(
		await call.host.membership.join({
			listenAddress: sent.ListenAddr ?? '',
			advertiseAddress: sent.AdvertiseAddr ?? '',
			remoteAddresses: (sent.RemoteAddrs ?? []).map((address) => address ?? ''),
			token: sent.JoinToken ?? '',
			availability: sent.Availability ?? '',
		}),
	);
	return empty();
};

function granted<T>(result: Result<T, Refusal>): T {
	if (!result.ok) throw new Refused(result.error.status, result.error.message);
	return result.value;
}

/** These parameters are refused with fewer words than others. */
function rotation({query}: Call, name: string): boolean {
	const value = parseBool(query.get(name) || 'false');
	if (value === undefined) throw badRequest(`invalid value for ${name}: ${query.get(name)}`);
	return value;
}

const minute = 60_000_000_000;

/** @throws Refused 400 as SwarmKit's control API has it (controlapi/cluster.go validateClusterSpec) */
function checkSwarmSpec({CAConfig: ca, Dispatcher: dispatcher}: Sent<SwarmSpec>): void {
	const expiry = ca?.NodeCertExpiry;
	if (expiry !== undefined && expiry !== 0 && expiry < 60 * minute) {
		throw invalidArgument('minimum certificate expiry time is: 1h0m0s');
	}
	if ((dispatcher?.HeartbeatPeriod ?? 0) < 0) {
		throw invalidArgument('heartbeat time period cannot be a negative duration');
	}
}

/** An update replaces the whole spec: what is left out counts as zero, but for the name. */
const toSwarmSpec = (sent: Sent<SwarmSpec>): SwarmSpec =>
	encode(swarmSpec, {
		...sent,
		Name: 'default',
		Labels: sent.Labels ?? {},
		Orchestration: {TaskHistoryRetentionLimit: sent.Orchestration?.TaskHistoryRetentionLimit ?? 0},
		Raft: {...sent.Raft, KeepOldSnapshots: sent.Raft?.KeepOldSnapshots ?? 0},
		// Taken, but never shown (moby daemon/cluster/convert/swarm.go).
		TaskDefaults: {},
	});

const update: Handler = async (call) => {
	const sent = await bodyOf(call, swarmSpec);
	const version = versionParameter(call.query, 'swarm');
	const rotate = {
		worker: rotation(call, 'rotateWorkerToken'),
		manager: rotation(call, 'rotateManagerToken'),
		unlockKey: rotation(call, 'rotateManagerUnlockKey'),
	};
	const {store, cluster} = await controlOf(call, 'write');
	if (sent.Name && sent.Name !== 'default') throw badRequest('swarm spec must be named "default"');
	for (const authority of (sent.CAConfig?.ExternalCAs ?? []) as ({Protocol?: unknown} | null)[]) {
		const protocol = String(authority?.Protocol ?? '');
		if (protocol !== 'cfssl') throw badRequest(`invalid protocol: ${goQuote(protocol)}`);
	}
	checkSwarmSpec(sent);
	store.update((transaction) => {
		const stored = transaction.get('cluster', cluster().id);
		if (!stored) throw grpcRefusal('NotFound', `cluster ${cluster().id} not found`);
		if (version !== stored.version) throw outOfSequence();
		const spec = toSwarmSpec(sent);
		transaction.put({
			...stored,
			spec,
			tokens: tokensOf(call, stored, rotate),
			unlockKey: unlockKeyOf(call, stored, spec, rotate.unlockKey),
			...nextRootOf(call, stored, spec),
		});
	});
	return empty();
};

/** Only the secret part changes: the members stay in, old tokens let nobody in any more. */
function tokensOf({host}: Call, stored: ClusterObject, rotate: {worker: boolean; manager: boolean}) {
	const fresh = () => newJoinToken(host.seeded, stored.rootCertificate);
	return {
		worker: rotate.worker ? fresh() : stored.tokens.worker,
		manager: rotate.manager ? fresh() : stored.tokens.manager,
	};
}

/** Another number than before asks for another root certificate (swarmkit controlapi/ca_rotation.go). */
function nextRootOf({host}: Call, stored: ClusterObject, {CAConfig: ca}: SwarmSpec): Partial<ClusterObject> {
	const wanted = ca.ForceRotate ?? 0;
	if (wanted === (stored.spec.CAConfig.ForceRotate ?? 0)) return {};
	return {nextRootCertificate: createRootCertificate(host.seeded, `root/${stored.id}/${wanted}`, host.clock.now())};
}

function unlockKeyOf({host}: Call, stored: ClusterObject, spec: SwarmSpec, isRotated: boolean): string {
	if (!spec.EncryptionConfig.AutoLockManagers) return '';
	return stored.unlockKey === '' || isRotated ? newUnlockKey(host.seeded) : stored.unlockKey;
}

const leave: Handler = async (call) => {
	granted(await call.host.membership.leave(laxBool(call.query, 'force')));
	return empty();
};

const unlock: Handler = async (call) => {
	const {UnlockKey: key = ''} = await bodyOf(call, unlockRequest);
	granted(await call.host.membership.unlock(key));
	return empty();
};

const unlockKey: Handler = async (call) => json({UnlockKey: (await controlOf(call, 'read')).cluster().unlockKey});

export const swarmRoutes: readonly Route[] = [
	route('POST', '/swarm/init', init),
	route('POST', '/swarm/join', join),
	route('POST', '/swarm/leave', leave),
	route('GET', '/swarm', inspect),
	route('GET', '/swarm/unlockkey', unlockKey),
	route('POST', '/swarm/update', update),
	route('POST', '/swarm/unlock', unlock),
];
