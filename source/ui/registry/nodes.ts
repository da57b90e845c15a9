/** Nodes: what their list shows and what can be done to them. */

import {isOfOlderEngine, shortVersion} from '../../cluster/engines.ts';
import type {Amount, ClusterState, NodeEntity} from '../../cluster/model.ts';
import {isReachable} from '../../cluster/quorum.ts';
import {bytes, cpus, plural} from '../../text/format.ts';
import {joinSafe, type SafeText, safe, toSafeText} from '../../text/safe-text.ts';
import type {NodeAvailability, NodeRole} from '../../wire/node.ts';
import type {App} from '../app/capabilities.ts';
import type {LogTarget} from '../logs/log-feed.ts';
import type {CellContext, Column} from '../table/column.ts';
import {by, chain, compareNatural, compareNumbers} from '../table/natural.ts';
import {noteLine} from '../table/table-lines.ts';
import type {Role} from '../theme/theme.ts';
import type {Kind} from './kind.ts';
import {promptLabels} from './label-prompt.ts';
import {logsKey} from './logs-key.ts';
import {askForAll, changeKey} from './object-keys.ts';

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
function rank({manager, role}: NodeEntity): number {
	if (manager?.isLeader) return 0;
	return manager !== undefined || role === 'manager' ? 1 : 2;
}

const availabilities: readonly NodeAvailability[] = ['active', 'pause', 'drain'];

function reserved(amount: (of: Amount) => number, show: (value: number) => SafeText): (node: NodeEntity) => SafeText {
	return ({reserved, capacity}) =>
		safe`${reserved === undefined ? unknown : show(amount(reserved))}/${show(amount(capacity))}`;
}

function share(amount: (of: Amount) => number): (node: NodeEntity) => number {
	return ({reserved, capacity}) => (reserved === undefined ? -1 : amount(reserved) / Math.max(1, amount(capacity)));
}

const nanoCpus = (of: Amount): number => of.nanoCpus;
const memoryBytes = (of: Amount): number => of.memoryBytes;

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
		value: ({state}) => toSafeText(state),
		role: ({state}) => (state === 'ready' ? undefined : 'failing'),
		compare: by(({state}) => state, compareNatural),
	},
	{
		id: 'availability',
		title: toSafeText('AVAIL'),
		width: 6,
		priority: 3,
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
		min: 9,
		max: 17,
		align: 'right',
		priority: 6,
		value: reserved(memoryBytes, bytes),
		compare: by(share(memoryBytes), compareNumbers),
	},
	{
		id: 'engine',
		title: toSafeText('ENGINE'),
		width: 8,
		min: 6,
		max: 16,
		priority: 7,
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
		value: ({platform}) => platform,
		compare: by(({platform}) => platform, compareNatural),
	},
];

function chooseAvailability(nodes: readonly NodeEntity[], app: App): void {
	const [first] = nodes;
	const isOne = nodes.length === 1;
	const details: Record<NodeAvailability, string> = {
		active: 'takes new tasks',
		pause: 'keeps its tasks, takes no new ones',
		drain: 'its service tasks move to other nodes',
	};
	app.choose({
		title: safe`Availability of ${isOne && first ? first.name : plural(nodes.length, 'node')}`,
		choices: availabilities.map((availability) => ({
			label: toSafeText(availability),
			detail: toSafeText(details[availability]),
			key: availability.charAt(0),
			isPresent: nodes.every((node) => node.availability === availability),
			run: () => askForAvailability(nodes, app, availability),
		})),
	});
}

function askForAvailability(nodes: readonly NodeEntity[], app: App, availability: NodeAvailability): void {
	askForAll(nodes, app, {
		verb: {active: 'Activate', pause: 'Pause', drain: 'Drain'}[availability],
		of: 'node',
		intent: ({id}) => ({action: 'node.availability', nodeId: id, availability}),
	});
}

function askForRole(nodes: readonly NodeEntity[], app: App, role: NodeRole): void {
	askForAll(nodes, app, {
		verb: role === 'manager' ? 'Promote' : 'Demote',
		of: 'node',
		intent: ({id}) => ({action: 'node.role', nodeId: id, role}),
	});
}

/** A manager must be a worker first. One that is down can be both in one go: its name is asked for. */
function askForRemoval({id, name, manager, state}: NodeEntity, app: App): void {
	const removal = {action: 'node.remove', nodeId: id, force: false} as const;
	if (!manager || state === 'ready') {
		app.ask(removal);
		return;
	}
	app.ask({
		action: 'batch',
		title: safe`Remove manager ${name}`,
		verb: 'Remove',
		stages: [[{action: 'node.role', nodeId: id, role: 'worker'}], [removal]],
		word: name,
	});
}

function changeLabels({id, name, raw}: NodeEntity, app: App): void {
	promptLabels(name, raw.Spec.Labels ?? {}, app, (change) => ({action: 'node.labels', nodeId: id, ...change}));
}

const howToGrow = 'one node alone: docker swarm join-token worker prints how to add another';

/** A swarm that was just made: whoever runs one node for good has services on it, and needs no advice. */
function isNew({nodes, services, isLoading}: ClusterState): boolean {
	return nodes.size === 1 && services.size === 0 && !isLoading;
}

const logsOf = ({id, name}: NodeEntity): LogTarget => ({kind: 'node', id, name});

export const nodeKind: Kind<NodeEntity> = {
	id: 'nodes',
	singular: toSafeText('node'),
	columns,
	sorting: {columnId: 'role', isDescending: false},
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
	source: ({nodes}) => nodes,
	inScope: () => ({key: 'all', test: () => true}),
	name: ({name}) => name,
	trouble: ({state, stateMessage}) =>
		state === 'ready' ? toSafeText('') : joinSafe([toSafeText(state), stateMessage].filter(Boolean), ': '),
	tasksOf: ({id}) => ({kind: 'node', id}),
	logsOf,
	inspect: ({raw}) => raw,
	below: {
		height: (cluster, room) => (isNew(cluster) && room > 0 ? 1 : 0),
		lines: ({theme}, {width}) => [noteLine(howToGrow, theme, width)],
	},
	emptyNote: () => 'no node is known yet',
	keys: [
		changeKey('nodes', {
			id: 'node.drain',
			keys: ['d'],
			title: 'Drain: move its tasks to other nodes',
			footer: ['drain', 1],
			possible: ({availability, name}) =>
				availability === 'drain' ? safe`${name} is drained already: a chooses another availability.` : true,
			run: (node, app) => askForAvailability([node], app, 'drain'),
			runAll: (nodes, app) => askForAvailability(nodes, app, 'drain'),
		}),
		changeKey('nodes', {
			id: 'node.availability',
			keys: ['a'],
			title: 'Availability: active, pause, drain',
			footer: ['availability', 2],
			run: (node, app) => chooseAvailability([node], app),
			runAll: chooseAvailability,
		}),
		changeKey('nodes', {
			id: 'node.promote',
			keys: ['p'],
			title: 'Promote to manager',
			footer: ['promote', 3],
			possible: ({role, name}) => (role === 'manager' ? safe`${name} is a manager already.` : true),
			run: (node, app) => askForRole([node], app, 'manager'),
			runAll: (nodes, app) => askForRole(nodes, app, 'manager'),
		}),
		changeKey('nodes', {
			id: 'node.demote',
			keys: ['P'],
			title: 'Demote to worker',
			footer: ['demote', 4],
			possible: ({role, name}) => (role === 'worker' ? safe`${name} is a worker already.` : true),
			run: (node, app) => askForRole([node], app, 'worker'),
			runAll: (nodes, app) => askForRole(nodes, app, 'worker'),
		}),
		changeKey('nodes', {
			id: 'node.labels',
			keys: ['L'],
			title: 'Labels: key=value sets one, -key takes one away',
			run: changeLabels,
		}),
		changeKey('nodes', {
			id: 'node.edit',
			keys: ['E'],
			title: 'Edit its spec as YAML in $EDITOR: labels, role, availability',
			run: ({id, name, version, raw}, app) => app.editSpec({kind: 'node', id, name, version, spec: raw.Spec}),
		}),
		changeKey('nodes', {
			id: 'node.remove',
			keys: ['x', 'ctrl-d'],
			title: 'Remove from the swarm',
			footer: ['remove', 5],
			run: askForRemoval,
			runAll: (nodes, app) =>
				askForAll(nodes, app, {
					verb: 'Remove',
					of: 'node',
					word: true,
					intent: ({id}) => ({action: 'node.remove', nodeId: id, force: false}),
				}),
		}),
		logsKey('nodes', {id: 'node.logs', title: 'Logs of its tasks', rank: 6, targetOf: logsOf}),
	],
};
