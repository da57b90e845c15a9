import {readFileSync} from 'node:fs';
import {describe, expect, it} from 'vitest';
import {ManualClock} from '../../../source/runtime/manual-clock.ts';
import {decodeBody} from '../../../source/simulator/api/go/decode.ts';
import {encode} from '../../../source/simulator/api/go/encode.ts';
import {renderSwarm} from '../../../source/simulator/api/render/cluster.ts';
import {asEngineShows, renderNetwork} from '../../../source/simulator/api/render/network.ts';
import {renderNode} from '../../../source/simulator/api/render/node.ts';
import {renderService, withDefaults} from '../../../source/simulator/api/render/service.ts';
import {renderConfig, renderSecret} from '../../../source/simulator/api/render/store-objects.ts';
import {renderTask} from '../../../source/simulator/api/render/task.ts';
import {toServiceSpec} from '../../../source/simulator/api/services/convert.ts';
import type {NetworkObject, StoredMeta, TaskObject} from '../../../source/swarmkit/state/objects.ts';
import {Store} from '../../../source/swarmkit/state/store.ts';
import type {Meta} from '../../../source/wire/common.ts';
import type {Network, SwarmNetwork} from '../../../source/wire/network.ts';
import type {SwarmNode} from '../../../source/wire/node.ts';
import type {Service} from '../../../source/wire/service.ts';
import {nodeSpec} from '../../../source/wire/spec/node.ts';
import {serviceSpec} from '../../../source/wire/spec/service.ts';
import {swarmSpec} from '../../../source/wire/spec/swarm.ts';
import type {Config, Secret} from '../../../source/wire/store.ts';
import type {Swarm} from '../../../source/wire/swarm.ts';
import type {Task} from '../../../source/wire/task.ts';

/** What a real engine sent, put into the store and shown again: the same keys in the same order, text for text. */

const versions = ['26.1', '28.5'] as const;

const recordedBy =
	(version: (typeof versions)[number]) =>
	<T>(name: string): T =>
		JSON.parse(
			readFileSync(new URL(`../../../fixtures/recorded/engine-${version}/${name}.json`, import.meta.url), 'utf8'),
		) as T;

/** Neither engine's words for a misfit are wanted here. */
const json = {contentType: 'application/json', go: 'go1.27'} as const;

/** The store's clock counts in milliseconds: recorded times are cut to whole ones. */
const time = (text: string): number => {
	const [, seconds = '', fraction = '0'] = /^(.*?)(\.\d+)?Z$/.exec(text) ?? [];
	return Date.parse(`${seconds}Z`) + Math.floor(Number(`0${fraction}`) * 1e3);
};

/** The text, with every time cut to milliseconds. */
const cut = (value: unknown): string =>
	JSON.stringify(value).replaceAll(/(\.\d{1,3})\d*Z"/g, (_, fraction: string) => `${fraction.replace(/\.?0+$/, '')}Z"`);

const metaOf = ({ID, Version, CreatedAt, UpdatedAt}: Meta & {ID: string}): StoredMeta => ({
	id: ID,
	version: Version.Index,
	createdAt: time(CreatedAt),
	updatedAt: time(UpdatedAt),
});

const label = (object: {ID: string; Spec?: {Name?: string}}): string => object.Spec?.Name ?? object.ID;

describe.each(versions)('services of engine %s', (version) => {
	const services = recordedBy(version)<Service[]>('services');

	it.each(services.map((service) => [label(service), service] as const))(
		'%s keeps its spec',
		(_, {Spec, PreviousSpec}) => {
			for (const spec of PreviousSpec ? [Spec, PreviousSpec] : [Spec]) {
				const body = Buffer.from(JSON.stringify(spec));
				const sent = decodeBody(serviceSpec, body, json);
				expect(JSON.stringify(toServiceSpec(sent, {name: 'unnamed'}))).toBe(JSON.stringify(spec));
			}
		},
	);

	it.each(services.map((service) => [label(service), service] as const))('%s is shown as it was', (_, service) => {
		const {Spec, PreviousSpec, Endpoint, UpdateStatus, ServiceStatus, JobStatus} = service;
		const shown = renderService(
			{
				...metaOf(service),
				kind: 'service',
				spec: Spec,
				specVersion: 0,
				...(PreviousSpec ? {previousSpec: PreviousSpec} : {}),
				endpoint: {
					...(Endpoint.Spec?.Mode ? {spec: Endpoint.Spec} : {}),
					...(Endpoint.Ports ? {ports: Endpoint.Ports} : {}),
					virtualIps:
						Endpoint.VirtualIPs?.map(({NetworkID, Addr = ''}) => ({networkId: NetworkID, address: Addr})) ?? [],
				},
				...(UpdateStatus
					? {
							updateStatus: {
								state: UpdateStatus.State,
								...(UpdateStatus.StartedAt ? {startedAt: time(UpdateStatus.StartedAt)} : {}),
								...(UpdateStatus.CompletedAt ? {completedAt: time(UpdateStatus.CompletedAt)} : {}),
								message: UpdateStatus.Message,
							},
						}
					: {}),
				...(JobStatus
					? {
							job: {
								iteration: JobStatus.JobIteration.Index ?? 0,
								lastExecution: time(JobStatus.LastExecution ?? ''),
							},
						}
					: {}),
			},
			ServiceStatus,
		);
		expect(cut(shown)).toBe(cut(service));
	});

	it('fills in what insertDefaults fills in', () => {
		const plain = services.filter(({Spec}) => Spec.Name === 'plain');
		const [given, filled] = [plain.find(({Spec}) => !Spec.UpdateConfig), plain.find(({Spec}) => Spec.UpdateConfig)];
		if (!given || !filled) throw new Error('plain was recorded twice');
		expect(JSON.stringify(withDefaults(given.Spec))).toBe(JSON.stringify(filled.Spec));
	});
});

const networkOf = (network: SwarmNetwork): NetworkObject => {
	const {Spec: spec, DriverState: driver, IPAMOptions: ipam} = network;
	const {'com.docker.network.driver.overlay.vxlanid_list': vxlanId = '0'} = driver?.Options ?? {};
	return {
		...metaOf(network),
		kind: 'network',
		name: spec.Name,
		labels: spec.Labels,
		driver: spec.DriverConfiguration?.Name ?? '',
		options: spec.DriverConfiguration?.Options ?? {},
		internal: spec.Internal ?? false,
		attachable: spec.Attachable ?? false,
		ingress: spec.Ingress ?? false,
		ipv6: spec.IPv6Enabled ?? false,
		scope: 'swarm',
		predefined: false,
		ipamDriver: spec.IPAMOptions?.Driver?.Name ?? '',
		ipamOptions: {},
		requestedIpam: spec.IPAMOptions?.Configs ?? [],
		allocated: {driver: driver?.Name ?? '', vxlanId: Number(vxlanId), ipam: ipam?.Configs ?? []},
	};
};

describe.each(versions)('tasks of engine %s', (version) => {
	const tasks = recordedBy(version)<Task[]>('tasks');

	const taskOf = (task: Task): TaskObject => ({
		...metaOf(task),
		kind: 'task',
		serviceId: task.ServiceID ?? '',
		slot: task.Slot ?? 0,
		nodeId: task.NodeID ?? '',
		spec: {...task.Spec, Runtime: 'container'},
		specVersion: 0,
		serviceName: 'web',
		serviceLabels: {},
		status: {
			state: task.Status.State,
			timestamp: time(task.Status.Timestamp ?? ''),
			message: task.Status.Message ?? '',
			...(task.Status.Err ? {err: task.Status.Err} : {}),
			...(task.Status.ContainerStatus ? {container: task.Status.ContainerStatus} : {}),
			ports: task.Status.PortStatus?.Ports ?? [],
		},
		desiredState: task.DesiredState,
		attachments: (task.NetworksAttachments ?? []).map(({Network: network, Addresses}) => ({
			networkId: network?.ID ?? '',
			addresses: Addresses ?? [],
		})),
		...(task.JobIteration ? {jobIteration: task.JobIteration.Index ?? 0} : {}),
	});

	it.each(tasks.map((task) => [`${task.Status.State} ${task.ID}`, task] as const))(
		'%s is shown as it was',
		(_, task) => {
			const networks = new Map(
				(task.NetworksAttachments ?? []).flatMap(({Network: network}) =>
					network ? [[network.ID, networkOf(network)]] : [],
				),
			);
			const store = new Store(new ManualClock(0));
			const reader = Object.assign(Object.create(store), {get: (_kind: string, id: string) => networks.get(id)});
			expect(cut(renderTask(taskOf(task), reader))).toBe(cut(task));
		},
	);
});

describe.each(versions)('nodes of engine %s', (version) => {
	it.each(recordedBy(version)<SwarmNode[]>('nodes').map((node) => [node.Description.Hostname, node] as const))(
		'%s',
		(_, node) => {
			const status = node.ManagerStatus;
			const shown = renderNode(
				{
					...metaOf(node),
					kind: 'node',
					spec: node.Spec,
					role: node.Spec.Role,
					description: node.Description,
					status: node.Status,
					membership: 'accepted',
				},
				status && {
					nodeId: node.ID,
					address: status.Addr,
					reachability: status.Reachability,
					isLeader: status.Leader ?? false,
				},
			);
			expect(cut(shown)).toBe(cut(node));
			const body = Buffer.from(JSON.stringify(node.Spec));
			const sent = decodeBody(nodeSpec, body, json);
			expect(JSON.stringify(encode(nodeSpec, sent))).toBe(JSON.stringify(node.Spec));
		},
	);
});

it.each(versions)('networks as managers of engine %s list them', (version) => {
	const read = recordedBy(version);
	const tasks = read<Task[]>('tasks');
	const attached = tasks.flatMap(
		({NetworksAttachments}) => NetworksAttachments?.map(({Network: network}) => network) ?? [],
	);
	for (const network of read<Network[]>('networks')) {
		const known = attached.find((candidate) => candidate?.ID === network.Id);
		const shown = known && asEngineShows(renderNetwork(networkOf(known)), {minor: version === '26.1' ? 45 : 51});
		if (known) expect(cut(shown)).toBe(cut(network));
	}
});

it.each(versions)('the swarm of engine %s', (version) => {
	const swarm = recordedBy(version)<Swarm>('swarm');
	const shown = renderSwarm({
		...metaOf(swarm),
		kind: 'cluster',
		spec: swarm.Spec,
		tokens: {worker: swarm.JoinTokens.Worker, manager: swarm.JoinTokens.Manager},
		unlockKey: '',
		rootCertificate: swarm.TLSInfo.TrustRoot ?? '',
		addressPools: null,
		subnetSize: 24,
		dataPathPort: 4789,
		blacklistedNodes: [],
	});
	expect(cut(shown)).toBe(cut(swarm));
	const sent = decodeBody(swarmSpec, Buffer.from(JSON.stringify(swarm.Spec)), json);
	expect(JSON.stringify(encode(swarmSpec, sent))).toBe(JSON.stringify(swarm.Spec));
});

it.each(versions)('secrets without their data, configs with it, of engine %s', (version) => {
	const {secrets, configs} = recordedBy(version)<{secrets: Secret[]; configs: Config[]}>('stores');
	for (const secret of secrets) {
		const spec = {...secret.Spec, Data: 'aHVzaA=='};
		expect(cut(renderSecret({...metaOf(secret), kind: 'secret', spec}))).toBe(cut(secret));
	}
	for (const config of configs) {
		expect(cut(renderConfig({...metaOf(config), kind: 'config', spec: config.Spec}))).toBe(cut(config));
	}
});
