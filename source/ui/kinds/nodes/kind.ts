/** Nodes: what their list shows and what can be done to them. */

import type {ClusterState, NodeEntity} from '../../../cluster/model.ts';
import {isReachable} from '../../../cluster/quorum.ts';
import {usageOfNode} from '../../../cluster/usage-sums.ts';
import {plural} from '../../../text/format.ts';
import {type SafeText, safe, toSafeText} from '../../../text/safe-text.ts';
import type {NodeAvailability, NodeRole} from '../../../wire/node.ts';
import type {App} from '../../app/capabilities.ts';
import type {LogTarget} from '../../logs/log-feed.ts';
import {noteLine} from '../../table/table-lines.ts';
import type {Kind} from '../kind.ts';
import {promptLabels} from '../label-prompt.ts';
import {logsKey} from '../logs-key.ts';
import {askForAll, changeKey, viewKey} from '../object-keys.ts';
import {availabilities, nodeListing} from './listing.ts';

function chooseAvailability(nodes: readonly NodeEntity[], app: App): void {
	const [first] = nodes;
	const isOne = nodes.length === 1;
	const details: Record<NodeAvailability, string> = {
		active: 'takes new tasks',
		pause: 'keeps its tasks, takes no new ones',
		drain: 'its service tasks move to other nodes',
	};
	app.prompts.choose({
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
		app.consent.ask(removal);
		return;
	}
	app.consent.ask({
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

const howToGrow = (key: SafeText): string => `one node alone: ${key} has the lines that others join with`;

/** A swarm that was just made: whoever runs one node for good has services on it, and needs no advice. */
function isNew({nodes, services, isLoading}: ClusterState): boolean {
	return nodes.size === 1 && services.size === 0 && !isLoading;
}

const logsOf = ({id, name}: NodeEntity): LogTarget => ({kind: 'node', id, name});

export const nodeKind: Kind<NodeEntity> = {
	...nodeListing,
	usage: (node, cluster) => usageOfNode(cluster, node),
	get: nodeListing,
	openedBy: {keys: ['1'], title: 'Nodes'},
	source: ({nodes}) => nodes,
	inScope: () => ({key: 'all', test: () => true}),
	tasksOf: ({id}) => ({kind: 'node', id}),
	logsOf,
	inspect: ({raw}) => raw,
	below: {
		height: (cluster, room) => (isNew(cluster) && room > 0 ? 1 : 0),
		lines: ({theme, keyOf}, {width}) => [noteLine(howToGrow(keyOf('swarm.menu')), theme, width)],
	},
	emptyNote: () => 'no node is known yet',
	keys: [
		changeKey('nodes', {
			id: 'node.drain',
			keys: ['d'],
			title: 'Drain: move its tasks to other nodes',
			footer: {label: 'drain', rank: 1},
			possible: ({availability, name}, app) =>
				availability !== 'drain' ||
				safe`${name} is drained already: ${app.keymap.keyOf('node.availability')} chooses another availability.`,
			run: (node, app) => askForAvailability([node], app, 'drain'),
			runAll: (nodes, app) => askForAvailability(nodes, app, 'drain'),
		}),
		changeKey('nodes', {
			id: 'node.availability',
			keys: ['a'],
			title: 'Availability: active, pause, drain',
			footer: {label: 'availability', rank: 2},
			isWanted: ({availability}) => availability !== 'active',
			run: (node, app) => chooseAvailability([node], app),
			runAll: chooseAvailability,
		}),
		changeKey('nodes', {
			id: 'node.promote',
			keys: ['p'],
			title: 'Promote to manager',
			footer: {label: 'promote', rank: 3},
			possible: ({role, name}) => (role === 'manager' ? safe`${name} is already a manager.` : true),
			run: (node, app) => askForRole([node], app, 'manager'),
			runAll: (nodes, app) => askForRole(nodes, app, 'manager'),
		}),
		changeKey('nodes', {
			id: 'node.demote',
			keys: ['P'],
			title: 'Demote to worker',
			footer: {label: 'demote', rank: 4},
			possible: ({role, name}) => (role === 'worker' ? safe`${name} is already a worker.` : true),
			run: (node, app) => askForRole([node], app, 'worker'),
			runAll: (nodes, app) => askForRole(nodes, app, 'worker'),
		}),
		changeKey('nodes', {
			id: 'node.labels',
			keys: ['L'],
			title: 'Labels: key=value sets one, -key removes one',
			run: changeLabels,
		}),
		changeKey('nodes', {
			id: 'node.edit',
			keys: ['E'],
			title: 'Edit its spec as YAML in $EDITOR: labels, role, availability',
			run: ({id, name, version, raw}, app) => app.consent.editSpec({kind: 'node', id, name, version, spec: raw.Spec}),
		}),
		changeKey('nodes', {
			id: 'node.remove',
			keys: ['x', 'ctrl-d'],
			title: 'Remove from the swarm',
			footer: {label: 'remove', rank: 5},
			run: askForRemoval,
			runAll: (nodes, app) =>
				askForAll(nodes, app, {
					verb: 'Remove',
					of: 'node',
					word: true,
					intent: ({id}) => ({action: 'node.remove', nodeId: id, force: false}),
				}),
		}),
		changeKey('nodes', {
			id: 'node.replace',
			keys: ['R'],
			title: 'Replace a dead manager: demote, remove, and let another take its place',
			isWanted: (node) => node.manager !== undefined && !isReachable(node),
			run: (node, app) => app.swarm.replace(node),
		}),
		viewKey('nodes', {
			id: 'node.inside',
			keys: ['I'],
			title: 'Inside: its containers, images, volumes and disk, from its own engine',
			run: (node, app) => void app.inside.enter(node),
		}),
		changeKey('nodes', {
			id: 'node.clean-up',
			keys: ['C'],
			title: 'Clean up: stopped containers, unused images, build cache, volumes',
			run: (node, app) => void app.inside.cleanUp([node]),
			runAll: (nodes, app) => void app.inside.cleanUp(nodes),
		}),
		logsKey('nodes', {id: 'node.logs', title: 'Logs of its tasks', rank: 6, targetOf: logsOf}),
	],
};
