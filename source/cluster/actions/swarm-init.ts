import {wholeCommand} from '../docker-command/service-command.ts';
import type {ClusterState} from '../model.ts';
import {type Action, type Draft, verdict} from './action.ts';
import {init} from './swarm-messages.ts';
import {engineName, type SwarmSubject} from './swarm-subject.ts';
import {unversioned} from './write.ts';

/** As docker's flags say; '' and undefined are the engine's own choice. */
export type InitSettings = {
	readonly advertiseAddress: string;
	readonly listenAddress: string;
	readonly dataPathAddress: string;
	readonly dataPathPort: number | undefined;
	readonly addressPools: readonly string[];
	readonly subnetSize: number | undefined;
	readonly isAutolocked: boolean;
};

export type InitSwarmIntent = {readonly action: 'swarm.init'; readonly settings: InitSettings} & SwarmSubject;

/** What docker listens on unless told otherwise. */
export const usualListenAddress = '0.0.0.0:2377';

export const usualInit: InitSettings = {
	advertiseAddress: '',
	listenAddress: usualListenAddress,
	dataPathAddress: '',
	dataPathPort: undefined,
	addressPools: [],
	subnetSize: undefined,
	isAutolocked: false,
};

/** Begins a swarm with the engine on the screen as its first manager. */
export const swarmInit: Action<InitSwarmIntent, never> = {
	verb: () => 'Begin',
	plan,
	command: ({settings}) => wholeCommand('docker', 'swarm', 'init', ...flagsOf(settings)),
	async send({settings}, {client}) {
		const {advertiseAddress, dataPathAddress, dataPathPort, addressPools, subnetSize, isAutolocked} = settings;
		return unversioned(
			await client.membership.init({
				ListenAddr: settings.listenAddress || usualListenAddress,
				AdvertiseAddr: advertiseAddress,
				...(dataPathAddress !== '' && {DataPathAddr: dataPathAddress}),
				...(dataPathPort !== undefined && {DataPathPort: dataPathPort}),
				...(addressPools.length > 0 && {DefaultAddrPool: [...addressPools]}),
				...(subnetSize !== undefined && {SubnetSize: subnetSize}),
				...(isAutolocked && {AutoLockManagers: true}),
				Availability: 'active',
			}),
		);
	},
	judge: ({intent: {settings}}, {connection, nodes}) =>
		connection.state === 'connected' && nodes.size > 0
			? verdict('converged', 1, 1, settings.isAutolocked ? init.doneLocked : init.done)
			: verdict('running', 0, 1, init.beginning),
};

function plan({settings}: InitSwarmIntent, state: ClusterState): Draft<never> {
	const name = engineName(state);
	const title = init.title(name);
	if (state.connection.state === 'connected') return {title, refusal: init.already};
	const {advertiseAddress, isAutolocked} = settings;
	return {
		title,
		lines: [
			init.isManager(name),
			advertiseAddress === '' ? init.choosesAddress : init.reachedAt(advertiseAddress),
			init.ports,
			...(isAutolocked ? [init.locks] : []),
		],
	};
}

function flagsOf(settings: InitSettings): string[] {
	const {advertiseAddress, listenAddress, dataPathAddress, dataPathPort, addressPools, subnetSize} = settings;
	return [
		...(advertiseAddress === '' ? [] : ['--advertise-addr', advertiseAddress]),
		...(listenAddress === '' || listenAddress === usualListenAddress ? [] : ['--listen-addr', listenAddress]),
		...(dataPathAddress === '' ? [] : ['--data-path-addr', dataPathAddress]),
		...(dataPathPort === undefined ? [] : ['--data-path-port', String(dataPathPort)]),
		...addressPools.flatMap((pool) => ['--default-addr-pool', pool]),
		...(subnetSize === undefined ? [] : ['--default-addr-pool-mask-length', String(subnetSize)]),
		...(settings.isAutolocked ? ['--autolock'] : []),
	];
}
