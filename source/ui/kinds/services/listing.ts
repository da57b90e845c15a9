/** The services as a table shows them. */

import {isJob} from '../../../cluster/entities/health.ts';
import type {ClusterState, PublishedPort, ServiceEntity, ServiceMode, UpdateEntity} from '../../../cluster/model.ts';
import {tasksOfServices} from '../../../cluster/tasks-of.ts';
import {usageOfService} from '../../../cluster/usage-sums.ts';
import {countedWords} from '../../../cluster/why/counted.ts';
import {serviceNow} from '../../../cluster/why/now.ts';
import {stuckWords} from '../../../cluster/why/stuck.ts';
import {joinSafe, type SafeText, safe, toSafeText} from '../../../text/safe-text.ts';
import type {UpdateState} from '../../../wire/service.ts';
import type {CellContext, Column} from '../../table/column.ts';
import {by, chain, compareNatural, compareNumbers} from '../../table/natural.ts';
import type {Role} from '../../theme/theme.ts';
import type {Listing} from '../listing.ts';
import {usageColumns} from '../usage-columns.ts';

export const modeWords: Record<ServiceMode, string> = {
	replicated: 'replicated',
	global: 'global',
	'replicated-job': 'job',
	'global-job': 'global job',
};

export const updateWords: Record<UpdateState, string> = {
	updating: 'updating',
	paused: 'paused',
	completed: 'updated',
	rollback_started: 'rolling back',
	rollback_paused: 'rollback paused',
	rollback_completed: 'rolled back',
};

/** States in which an update tells of something that went wrong: its message is then worth a line. */
const isTroubled: Record<UpdateState, boolean> = {
	updating: false,
	paused: true,
	completed: false,
	rollback_started: true,
	rollback_paused: true,
	rollback_completed: false,
};

export function replicas({counts, mode, replicas}: ServiceEntity): SafeText {
	if (!counts) return safe`–/${replicas === undefined ? toSafeText('–') : replicas}`;
	// As docker service ls has it.
	if (isJob(mode)) {
		return safe`${counts.running}/${counts.desired} (${counts.completed}/${replicas ?? counts.desired} completed)`;
	}
	return safe`${counts.running}/${counts.desired}`;
}

/** `8080→80`, `53→53/udp`; host mode is marked: such a port exists only on the nodes that run a task. */
export function portText({protocol, targetPort, publishedPort, mode}: PublishedPort): SafeText {
	const published = publishedPort === 0 ? '' : `${publishedPort}→`;
	const suffix = protocol === 'tcp' ? '' : `/${protocol}`;
	return toSafeText(`${published}${targetPort}${suffix}${mode === 'host' ? ' host' : ''}`);
}

/** When the update came to the state that it is in. */
function updateSince({startedAt, completedAt}: UpdateEntity): number | undefined {
	return completedAt ?? startedAt;
}

export function update(service: ServiceEntity, {age}: CellContext): SafeText {
	if (!service.update) return toSafeText('');
	const since = updateSince(service.update);
	const word = toSafeText(updateWords[service.update.state]);
	return since === undefined ? word : safe`${word} ${age(since)}`;
}

function updateRole({update}: ServiceEntity): Role | undefined {
	switch (update?.state) {
		case 'updating':
			return 'converging';
		case 'paused':
		case 'rollback_paused':
			return 'failing';
		case 'rollback_started':
		case 'rollback_completed':
			return 'warning';
		default:
			return 'dim';
	}
}

/** Tasks that should run and don't; 0 while they are not known. */
function missing({counts}: ServiceEntity): number {
	return counts ? Math.max(0, counts.desired - counts.running) : 0;
}

function nowRole({health, update}: ServiceEntity): Role {
	if (health === 'failing' || health === 'converging') return health;
	return update?.state === 'rollback_completed' ? 'warning' : 'dim';
}

const columns: readonly Column<ServiceEntity>[] = [
	{
		id: 'name',
		title: toSafeText('SERVICE'),
		width: 20,
		min: 16,
		max: 48,
		priority: 0,
		truncate: 'middle',
		value: ({name}) => name,
		compare: by(({name}) => name, compareNatural),
	},
	{
		id: 'mode',
		title: toSafeText('MODE'),
		width: 10,
		priority: 5,
		yields: 'always',
		value: ({mode}) => toSafeText(modeWords[mode]),
		role: () => 'dim',
		compare: by(({mode}) => mode, compareNatural),
	},
	{
		id: 'replicas',
		title: toSafeText('REPLICAS'),
		width: 9,
		min: 9,
		max: 26,
		align: 'right',
		priority: 1,
		value: replicas,
		role: ({health}) => (health === 'healthy' ? undefined : health),
		// What is missing most comes first, then what is largest.
		compare: chain(
			by((service) => -missing(service), compareNumbers),
			by(({counts, replicas}) => -(counts?.desired ?? replicas ?? -1), compareNumbers),
		),
	},
	...usageColumns<ServiceEntity>(usageOfService, 6),
	{
		id: 'now',
		title: toSafeText('NOW'),
		width: 24,
		min: 29,
		max: 60,
		priority: 1,
		yields: 'empty',
		value: (service, {cluster, age}) => serviceNow(service, cluster, age),
		role: nowRole,
	},
	{
		id: 'image',
		title: toSafeText('IMAGE'),
		width: 20,
		min: 12,
		max: 64,
		priority: 2,
		truncate: 'start',
		value: ({image}) => image,
		compare: by(({image}) => image, compareNatural),
	},
	{
		id: 'ports',
		title: toSafeText('PORTS'),
		width: 12,
		min: 10,
		max: 44,
		priority: 4,
		value: ({ports}) => joinSafe(ports.map(portText), ', '),
		compare: by(({ports}) => ports[0]?.publishedPort ?? 0, compareNumbers),
	},
	{
		id: 'update',
		title: toSafeText('UPDATE'),
		width: 14,
		min: 12,
		max: 22,
		priority: 6,
		yields: 'always',
		value: update,
		role: updateRole,
		compare: by(({update}) => (update ? (updateSince(update) ?? 0) : 0), compareNumbers),
	},
	{
		id: 'updated',
		title: toSafeText('UPDATED'),
		width: 8,
		align: 'right',
		priority: 6,
		yields: 'always',
		value: ({updatedAt}, {age}) => age(updatedAt),
		role: () => 'dim',
		// The latest first.
		compare: by(({updatedAt}) => -updatedAt, compareNumbers),
	},
];

/** Nothing is wrong: the list draws no line for it. */
const none = toSafeText('');

/** What its update says went wrong, else what its tasks are stuck on, or why more of them are counted than are meant to run. */
function trouble(service: ServiceEntity, cluster: ClusterState): SafeText {
	const {id, update, stuck, counts} = service;
	if (update && isTroubled[update.state]) return update.message;
	if (stuck === undefined && (counts === undefined || counts.running <= counts.desired)) return none;
	const tasks = tasksOfServices(cluster.tasks).get(id) ?? [];
	return stuckWords(service, tasks, cluster) ?? countedWords(service, tasks, cluster) ?? none;
}

declare module '../kind-id.ts' {
	interface Entities {
		readonly services: ServiceEntity;
	}
}

export const serviceListing: Listing<ServiceEntity> = {
	id: 'services',
	shortNames: ['svc'],
	singular: toSafeText('service'),
	columns,
	sorting: {columnId: 'name', isDescending: false},
	opensWorstFirst: true,
	tieBreak: chain(
		by(({name}) => name, compareNatural),
		by(({id}) => id, compareNatural),
	),
	filterable: {
		texts: [
			({name}) => name,
			({image}) => image,
			({mode}) => modeWords[mode],
			({update}) => (update ? updateWords[update.state] : ''),
			({ports}) => ports.map(portText).join(' '),
		],
		fields: {
			name: ({name}) => [name],
			id: ({id}) => [id],
			image: ({image}) => [image],
			mode: ({mode}) => [modeWords[mode]],
			stack: ({stack}) => [stack ?? ''],
			state: ({health, update}) => [health, update ? updateWords[update.state] : ''],
			port: ({ports}) => ports.map(({publishedPort}) => String(publishedPort)),
			label: ({labels}) => labels.map(([key, value]) => `${key}=${value}`),
		},
	},
	name: ({name}) => name,
	trouble,
};
