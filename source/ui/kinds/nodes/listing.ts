/** The nodes as a table shows them. */

import {isOfOlderEngine, shortVersion} from '../../../cluster/engines.ts';
import type {NodeReach} from '../../../cluster/entities/node-reach.ts';
import type {Amount, NodeEntity} from '../../../cluster/model.ts';
import {isReachable} from '../../../cluster/quorum.ts';
import {usageOfNode} from '../../../cluster/usage-sums.ts';
import {nodeNow} from '../../../cluster/why/now.ts';
import {bytes, cpus} from '../../../text/format.ts';
import {type SafeText, safe, toSafeText} from '../../../text/safe-text.ts';
import type {NodeAvailability} from '../../../wire/node.ts';
import type {CellContext, Column} from '../../table/column.ts';
import {by, chain, compareNatural, compareNumbers} from '../../table/natural.ts';
import type {Role} from '../../theme/theme.ts';
import type {Listing} from '../listing.ts';
import {usageColumns} from '../usage-columns.ts';

const unknown = toSafeText('–');

/** What the node is, as `docker node ls` has it: managers by their standing in raft, and those on the way in or out. */
function standing(node: NodeEntity, {theme}: CellContext): SafeText {
	const {manager, role} = node;
	if (!manager) return toSafeText(role === 'manager' ? 'joining' : 'worker');
	if (role === 'worker') return toSafeText('leaving');
	if (manager.isLeader) return safe`${theme.glyphs.leader} Leader`;
	return toSafeText(isReachable(node) ? 'Reachable' : 'Unreachable');
}

function standingRole(node: NodeEntity): Role | undefined {
	const {manager, role} = node;
	if (manager === undefined) return role === 'manager' ? 'converging' : undefined;
	if (role === 'worker') return 'converging';
	if (manager.isLeader) return 'accent';
	return isReachable(node) ? undefined : 'failing';
}

/** Leader, other managers, workers. */
export function rank({manager, role}: NodeEntity): number {
	if (manager?.isLeader) return 0;
	return manager !== undefined || role === 'manager' ? 1 : 2;
}

export const availabilities: readonly NodeAvailability[] = ['active', 'pause', 'drain'];

function reserved(amount: (of: Amount) => number, show: (value: number) => SafeText): (node: NodeEntity) => SafeText {
	return ({reserved, capacity}) =>
		safe`${reserved === undefined ? unknown : show(amount(reserved))}/${show(amount(capacity))}`;
}

function share(amount: (of: Amount) => number): (node: NodeEntity) => number {
	return ({reserved, capacity}) => (reserved === undefined ? -1 : amount(reserved) / Math.max(1, amount(capacity)));
}

const nanoCpus = (of: Amount): number => of.nanoCpus;
const memoryBytes = (of: Amount): number => of.memoryBytes;

/** How its engine is reached; `…` for a way that nothing has needed yet. */
function reachWord(reach: NodeReach | undefined): SafeText {
	if (!reach || reach.state === 'failed') return toSafeText('-');
	return reach.way === '' ? toSafeText('…') : reach.way;
}

const columns: readonly Column<NodeEntity>[] = [
	{
		id: 'hostname',
		title: toSafeText('HOSTNAME'),
		width: 16,
		min: 8,
		max: 40,
		priority: 0,
		truncate: 'middle',
		value: ({name}) => name,
		compare: by(({name}) => name, compareNatural),
	},
	{
		id: 'role',
		title: toSafeText('ROLE'),
		width: 11,
		min: 11,
		priority: 2,
		value: standing,
		role: standingRole,
		compare: by(rank, compareNumbers),
	},
	{
		id: 'state',
		title: toSafeText('STATE'),
		width: 6,
		min: 5,
		max: 12,
		priority: 1,
		yields: 'alike',
		value: ({state}) => toSafeText(state),
		role: ({state}) => (state === 'ready' ? undefined : 'failing'),
		compare: by(({state}) => state, compareNatural),
	},
	{
		id: 'availability',
		title: toSafeText('AVAIL'),
		width: 6,
		priority: 3,
		yields: 'alike',
		value: ({availability}) => toSafeText(availability),
		role: ({availability}) => (availability === 'active' ? undefined : 'warning'),
		compare: by(({availability}) => availabilities.indexOf(availability), compareNumbers),
	},
	{
		id: 'tasks',
		title: toSafeText('TASKS'),
		width: 6,
		min: 5,
		max: 11,
		align: 'right',
		priority: 4,
		value: ({tasks}) => (tasks === undefined ? unknown : safe`${tasks.running}/${tasks.desired}`),
		role: ({tasks}) => (tasks && tasks.running < tasks.desired ? 'converging' : undefined),
		compare: by(({tasks}) => tasks?.running ?? -1, compareNumbers),
	},
	{
		id: 'now',
		title: toSafeText('NOW'),
		width: 24,
		min: 29,
		max: 60,
		priority: 2,
		yields: 'empty',
		value: (node, {age}) => nodeNow(node, age),
		role: ({health}) => (health === 'failing' || health === 'converging' ? health : 'warning'),
	},
	{
		id: 'cpu',
		// Reserved, not used: the engine knows no usage of other nodes.
		title: toSafeText('CPU RES'),
		width: 8,
		min: 7,
		max: 11,
		align: 'right',
		priority: 5,
		value: reserved(nanoCpus, cpus),
		compare: by(share(nanoCpus), compareNumbers),
	},
	{
		id: 'memory',
		title: toSafeText('MEM RES'),
		width: 13,
		// Half of a number says something else: rather no column.
		min: 12,
		max: 17,
		align: 'right',
		priority: 6,
		value: reserved(memoryBytes, bytes),
		compare: by(share(memoryBytes), compareNumbers),
	},
	...usageColumns<NodeEntity>(usageOfNode, 6),
	{
		id: 'reach',
		title: toSafeText('REACH'),
		width: 5,
		priority: 5,
		isShown: ({inside}) => inside !== undefined,
		value: ({id}, {cluster}) => reachWord(cluster.inside?.reach.get(id)),
		role: ({id}, {cluster}) => (cluster.inside?.reach.get(id)?.state === 'failed' ? 'warning' : 'dim'),
	},
	{
		id: 'engine',
		title: toSafeText('ENGINE'),
		width: 8,
		min: 6,
		max: 16,
		priority: 7,
		yields: 'alike',
		value: ({engineVersion}) => shortVersion(engineVersion),
		role: (node, {cluster}) => (isOfOlderEngine(node, cluster.nodes) ? 'warning' : undefined),
		compare: by(({engineVersion}) => engineVersion, compareNatural),
	},
	{
		id: 'address',
		title: toSafeText('ADDRESS'),
		width: 12,
		min: 9,
		max: 39,
		priority: 8,
		value: ({address}) => address,
		compare: by(({address}) => address, compareNatural),
	},
	{
		id: 'platform',
		title: toSafeText('OS/ARCH'),
		width: 12,
		min: 7,
		max: 20,
		priority: 9,
		yields: 'alike',
		value: ({platform}) => platform,
		compare: by(({platform}) => platform, compareNatural),
	},
];

declare module '../kind-id.ts' {
	interface Entities {
		readonly nodes: NodeEntity;
	}
}

export const nodeListing: Listing<NodeEntity> = {
	id: 'nodes',
	shortNames: ['no'],
	singular: toSafeText('node'),
	columns,
	sorting: {columnId: 'role', isDescending: false},
	opensWorstFirst: true,
	tieBreak: chain(
		by(({name}) => name, compareNatural),
		by(({id}) => id, compareNatural),
	),
	filterable: {
		texts: [
			({name}) => name,
			({address}) => address,
			({state}) => state,
			({availability}) => availability,
			(node) => (node.manager ? `manager ${node.manager.isLeader ? 'leader' : node.manager.reachability}` : node.role),
			({engineVersion}) => engineVersion,
			({platform}) => platform,
		],
		fields: {
			name: ({name, hostname}) => [name, hostname],
			id: ({id}) => [id],
			address: ({address}) => [address],
			state: ({state, availability}) => [state, availability],
			role: ({role, manager}) => [role, manager?.isLeader ? 'leader' : ''],
			label: ({labels, engineLabels}) => [...labels, ...engineLabels].map(([key, value]) => `${key}=${value}`),
		},
	},
	name: ({name}) => name,
};
