/** The overview: is all well? What is not as desired, worst first, each with its reason and the key that helps. */
import {type Issue, issuesIn, type Remedy} from '../../../cluster/issues.ts';
import type {ClusterState} from '../../../cluster/model.ts';
import {memoized} from '../../../runtime/memoized.ts';
import {plural} from '../../../text/format.ts';
import {type SafeText, safe, toSafeText} from '../../../text/safe-text.ts';
import {cellWidth} from '../../../text/width.ts';
import type {App} from '../../app/capabilities.ts';
import type {KeyBinding} from '../../keys/binding.ts';
import type {CellContext} from '../../table/column.ts';
import {by, chain, compareNatural, compareNumbers} from '../../table/natural.ts';
import type {Kind} from '../kind.ts';
import {everyRow} from '../listing.ts';
import {nodeKind} from '../nodes/kind.ts';
import {viewKey} from '../object-keys.ts';
import {serviceKind} from '../services/kind.ts';
import {capacityHeight, capacityLines} from './capacity.ts';

/** The key of the overview that helps. */
const remedies: Record<Exclude<Remedy, 'wait'>, {readonly id: string; readonly label: string}> = {
	logs: {id: 'overview.logs', label: 'logs'},
	rollback: {id: 'overview.rollback', label: 'roll back'},
	remove: {id: 'overview.remove', label: 'remove'},
	tasks: {id: 'overview.go', label: 'its tasks'},
	managers: {id: 'overview.go', label: 'the managers'},
	why: {id: 'overview.why', label: 'why'},
	edit: {id: 'overview.edit', label: 'edit'},
	'left-behind': {id: 'overview.go', label: 'the tasks'},
};

function helpOf({remedy}: Issue, {keyOf}: Pick<CellContext, 'keyOf'>): SafeText {
	if (remedy === 'wait') return toSafeText('on its way');
	const {id, label} = remedies[remedy];
	return safe`${keyOf(id)} ${toSafeText(label)}`;
}

const worstFirst = chain<Issue>(
	by(({rank}) => rank, compareNumbers),
	by(({name}) => name, compareNatural),
	by(({id}) => id, compareNatural),
);

/** All is well, in numbers. */
function wellNote({nodes, services}: ClusterState): string {
	if (services.size === 0) return 'all is well, and empty: docker service create --name web -p 8080:80 nginx';
	const alone = nodes.size === 1 ? '; one node alone: docker swarm join-token worker prints how to add another' : '';
	return `all is well: ${plural(nodes.size, 'node')} ready, ${plural(services.size, 'service')} as desired${alone}`;
}

function goTo({kind, objectId, remedy}: Issue, app: App): void {
	if (remedy === 'left-behind') app.navigation.drillTo({kind: 'all'});
	else if (kind === 'swarm') app.navigation.show('nodes');
	else app.navigation.goTo(kind === 'node' ? 'nodes' : 'services', objectId);
}

/** Does what the key of the same name does to the object itself, there where it is. */
function actThere(key: string, name: string, title: string): KeyBinding<App> {
	return viewKey('overview', {
		id: `overview.${name}`,
		keys: [key],
		title,
		possible: ({kind}, app) =>
			kind !== 'swarm' || safe`That is for a node or a service; ${app.keymap.keyOf('overview.go')} shows more.`,
		run(issue, app) {
			goTo(issue, app);
			const keys = issue.kind === 'node' ? nodeKind.keys : serviceKind.keys;
			const binding = keys.find(({id}) => id === `${issue.kind}.${name}`);
			const enabled =
				binding?.enabled(app) ??
				safe`${app.keymap.keyOf(`overview.${name}`)} does nothing to a ${toSafeText(issue.kind)}.`;
			if (enabled === true) binding?.run(app);
			else app.messages.refuse(enabled, () => binding?.enabled(app) !== true);
		},
	});
}

declare module '../kind-id.ts' {
	interface Entities {
		readonly overview: Issue;
	}
}

/** What the other columns take, with the longest names that are usual. */
const otherCells = 80;

export const overviewKind: Kind<Issue> = {
	id: 'overview',
	shortNames: [],
	openedBy: {keys: ['0'], title: 'Overview: is all well?'},
	singular: toSafeText('issue'),
	columns: [
		{
			id: 'what',
			title: toSafeText('WHAT'),
			width: 7,
			priority: 3,
			value: ({kind}) => toSafeText(kind),
			role: () => 'dim',
			compare: by(({kind}) => kind, compareNatural),
		},
		{
			id: 'name',
			title: toSafeText('NAME'),
			width: 18,
			min: 10,
			max: 40,
			priority: 0,
			truncate: 'middle',
			value: ({name}) => name,
			compare: by(({name}) => name, compareNatural),
		},
		{
			id: 'state',
			title: toSafeText('STATE'),
			width: 7,
			min: 5,
			max: 12,
			align: 'right',
			priority: 2,
			value: ({state}) => state,
			role: ({health}) => health,
		},
		{
			id: 'why',
			title: toSafeText('WHY'),
			width: 30,
			min: 16,
			grow: 1,
			priority: 1,
			value: ({reason}) => reason,
			role: ({health}) => (health === 'failing' ? 'failing' : 'warning'),
		},
		{
			id: 'help',
			title: toSafeText('WHAT HELPS'),
			width: 15,
			min: 15,
			max: 18,
			priority: 2,
			value: helpOf,
			role: () => 'key',
		},
	],
	// No column: until another order is asked for, the worst is first.
	sorting: {columnId: 'worst', isDescending: false},
	tieBreak: worstFirst,
	filterable: {
		texts: [({name}) => name, ({reason}) => reason],
		fields: {
			name: ({name}) => [name],
			kind: ({kind}) => [kind],
			state: ({health}) => [health],
		},
	},
	source: memoized(issuesIn),
	inScope: everyRow,
	name: ({name}) => name,
	trouble: ({reason}) => reason,
	isTroubleSeen: ({reason}, width) => cellWidth(reason) + otherCells <= width,
	tasksOf: ({kind, objectId}) => (kind === 'swarm' ? {kind: 'none'} : {kind, id: objectId}),
	inspect: (issue, {nodes, services}) => services.get(issue.objectId)?.raw ?? nodes.get(issue.objectId)?.raw ?? issue,
	ofAllNodes: 'sums',
	below: {height: capacityHeight, lines: capacityLines},
	emptyNote: wellNote,
	keys: [
		viewKey('overview', {
			id: 'overview.go',
			keys: ['enter'],
			title: 'Go to it: the node or the service, its tasks beside it',
			footer: {label: 'go to it', rank: 1},
			run: goTo,
		}),
		actThere('l', 'logs', 'Logs of it'),
		actThere('b', 'rollback', 'Roll the service back'),
		actThere('x', 'remove', 'Remove it'),
		actThere('w', 'why', 'Why it is not as desired'),
		actThere('s', 'scale', 'Scale the service'),
		actThere('r', 'restart', 'Restart the service'),
		actThere('u', 'image', 'Change the image of the service'),
		actThere('E', 'edit', 'Edit its spec'),
		actThere('R', 'resume', 'Resume the service'),
		actThere('C', 'continue', 'Continue the update of the service'),
	],
};
