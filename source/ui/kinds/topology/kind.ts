/** The topology: every node by its zone with its tasks as blocks. What can be done to a node can be done here too. */
import {type MapRow, mapOf} from '../../../cluster/topology.ts';
import {plural} from '../../../text/format.ts';
import {type SafeText, safe, toSafeText} from '../../../text/safe-text.ts';
import type {App} from '../../app/capabilities.ts';
import type {KeyBinding} from '../../keys/binding.ts';
import {keysOf} from '../../keys/keys-of.ts';
import {by, compareNumbers} from '../../table/natural.ts';
import {legendHeight} from '../../topology/legend.ts';
import type {Kind} from '../kind.ts';
import {everyRow} from '../listing.ts';
import {nodeKind} from '../nodes/kind.ts';

function nameOf(row: MapRow): SafeText {
	switch (row.kind) {
		case 'zone':
			return row.name === '' ? toSafeText('in no zone') : row.name;
		case 'node':
			return row.node.name;
		case 'waiting':
			return toSafeText('waiting for a place');
		default:
			return row satisfies never;
	}
}

/** A key of the list of nodes: the node that is selected here is the selected node, see SelectionVerbs. */
function nodeKey(binding: KeyBinding<App>): KeyBinding<App> {
	return {...binding, id: binding.id.replace('node.', 'topology.'), scope: 'topology'};
}

function hasPlace(app: App): true | SafeText {
	const selected = app.selection.selected('topology');
	return selected.ok ? true : selected.error;
}

declare module '../kind-id.ts' {
	interface Entities {
		readonly topology: MapRow;
	}
}

export const topologyKind: Kind<MapRow> = {
	id: 'topology',
	shortNames: [],
	openedBy: {keys: ['t'], title: 'Topology: every node with its tasks as blocks'},
	singular: toSafeText('place'),
	ofAllNodes: 'tasks',
	columns: [],
	sorting: {columnId: 'zone', isDescending: false},
	// The map has one order: zones, and the nodes in them.
	tieBreak: by(({order}) => order, compareNumbers),
	filterable: {
		texts: [nameOf, (row) => (row.kind === 'node' ? row.zone : '')],
		fields: {
			name: (row) => [nameOf(row)],
			zone: (row) => [row.kind === 'node' ? row.zone : row.kind === 'zone' ? row.name : ''],
			state: (row) => (row.kind === 'node' ? [row.node.state, row.node.availability, row.health] : [row.health]),
			role: (row) => (row.kind === 'node' ? [row.node.role] : []),
			service: (row) => (row.kind === 'zone' ? [] : row.tasks.map(({serviceName}) => serviceName)),
			label: (row) => (row.kind === 'node' ? row.node.labels.map(([key, value]) => `${key}=${value}`) : []),
		},
	},
	source: mapOf,
	inScope: everyRow,
	name: nameOf,
	tasksOf: () => ({kind: 'all'}),
	inspect: (row) => inspected(row),
	below: {height: legendHeight, lines: () => []},
	emptyNote: () => 'no node is known yet',
	keys: [
		...keysOf({scope: 'topology', group: 'look'}, [
			{
				id: 'topology.enter',
				keys: ['enter'],
				title: 'Tasks of the node, or the task under the cursor',
				footer: {label: 'tasks', rank: 1},
				enabled: hasPlace,
				run: (app) => app.map.enter(),
			},
			{
				id: 'topology.next',
				keys: ['right'],
				title: 'Next task of the node; its service is highlighted everywhere',
				footer: {label: 'pick a task', rank: 2},
				enabled: hasPlace,
				run: (app) => app.map.step(1),
			},
			{
				id: 'topology.previous',
				keys: ['left'],
				title: 'Previous task of the node',
				enabled: hasPlace,
				run: (app) => app.map.step(-1),
			},
		]),
		...nodeKind.keys.filter(({keys}) => !keys.includes('enter')).map(nodeKey),
	],
};

/** A zone is ours: what the engine says of its nodes. */
function inspected(row: MapRow): unknown {
	if (row.kind === 'node') return row.node.raw;
	if (row.kind === 'zone') return {Zone: row.name, Nodes: row.nodes.map(({raw}) => raw)};
	return {[`Waiting: ${plural(row.tasks.length, 'task')}`]: row.tasks.map(({name, error}) => safe`${name}: ${error}`)};
}
