/** What the doctor finds: what is wrong with the swarm and what will be, with the command that mends it. */
import type {Finding} from '../../../cluster/doctor/doctor.ts';
import {findingsIn, isIgnored} from '../../../cluster/doctor/findings.ts';
import {type Severity, severities} from '../../../cluster/doctor/rule.ts';
import type {Health} from '../../../cluster/model.ts';
import {memoized} from '../../../runtime/memoized.ts';
import {safe, toSafeText} from '../../../text/safe-text.ts';
import type {App} from '../../app/capabilities.ts';
import {by, chain, compareNatural, compareNumbers} from '../../table/natural.ts';
import type {Kind} from '../kind.ts';
import type {KindId} from '../kind-id.ts';
import {nameColumn} from '../listing.ts';
import {viewKey} from '../object-keys.ts';
import type {ListScope} from '../scope.ts';

/** A finding as a row: as healthy as it is grave. */
type Row = Finding & {readonly health: Health};

declare module '../kind-id.ts' {
	interface Entities {
		readonly doctor: Row;
	}
}

const healths: Record<Severity, Health> = {danger: 'failing', warning: 'converging', note: 'idle'};

const rowsOf = memoized(
	(findings: ReadonlyMap<string, Finding>): ReadonlyMap<string, Row> =>
		new Map([...findings].map(([id, finding]) => [id, {...finding, health: healths[finding.severity]}])),
);

const rank = ({severity}: Row): number => severities.indexOf(severity);

/** Where the objects of each kind are listed. */
const lists: Readonly<Record<Row['kind'], KindId>> = {
	swarm: 'nodes',
	node: 'nodes',
	service: 'services',
	network: 'networks',
	secret: 'secrets',
	config: 'configs',
	volume: 'volumes',
};

function goTo({kind, objectId}: Row, app: App): void {
	if (kind === 'swarm') app.navigation.show('nodes');
	else app.navigation.goTo(lists[kind], objectId);
}

function inScope({ignoring}: Pick<ListScope, 'ignoring'>) {
	return {
		key: ignoring.join('\n'),
		test: (row: Row) => !isIgnored(row, ignoring),
	};
}

export const doctorKind: Kind<Row> = {
	id: 'doctor',
	shortNames: ['risks', 'findings'],
	openedBy: {keys: ['F'], title: 'Findings of the doctor: what is wrong, and what will be'},
	singular: toSafeText('finding'),
	columns: [
		{
			id: 'severity',
			title: toSafeText('SEVERITY'),
			width: 8,
			min: 7,
			priority: 2,
			value: ({severity}) => toSafeText(severity),
			role: ({health}) => health,
			compare: by(rank, compareNumbers),
		},
		{
			id: 'what',
			title: toSafeText('WHAT'),
			width: 7,
			priority: 3,
			value: ({kind}) => toSafeText(kind),
			role: () => 'dim',
			compare: by(({kind}) => kind, compareNatural),
		},
		{...nameColumn<Row>('NAME', {width: 18, max: 40}), grow: 0},
		{
			id: 'finding',
			title: toSafeText('FINDING'),
			width: 34,
			min: 20,
			grow: 2,
			priority: 1,
			value: ({title}) => title,
			compare: by(({title}) => title, compareNatural),
		},
		{
			id: 'seen',
			title: toSafeText('SEEN'),
			width: 30,
			min: 16,
			grow: 3,
			priority: 4,
			value: ({evidence}) => evidence,
			role: () => 'dim',
			compare: by(({evidence}) => evidence, compareNatural),
		},
		{
			id: 'rule',
			title: toSafeText('RULE'),
			width: 20,
			min: 10,
			priority: 5,
			value: ({rule}) => toSafeText(rule),
			role: () => 'dim',
			compare: by(({rule}) => rule, compareNatural),
		},
	],
	sorting: {columnId: 'severity', isDescending: false},
	tieBreak: chain(
		by(({rule}) => rule, compareNatural),
		by(({name}) => name, compareNatural),
		by(({id}) => id, compareNatural),
	),
	filterable: {
		texts: [({name}) => name, ({title}) => title, ({evidence}) => evidence, ({rule}) => rule],
		fields: {
			name: ({name}) => [name],
			kind: ({kind}) => [kind],
			rule: ({rule}) => [rule],
			severity: ({severity}) => [severity],
			area: ({area}) => [area],
			state: ({health}) => [health],
		},
	},
	source: (state) => rowsOf(findingsIn(state)),
	inScope,
	needs: ['networks', 'secrets', 'configs'],
	ofAllNodes: 'tasks',
	name: ({name}) => name,
	trouble: ({evidence, remedy}) => safe`${evidence}; what helps: ${remedy}`,
	tasksOf: ({kind, objectId}) => (kind === 'node' || kind === 'service' ? {kind, id: objectId} : {kind: 'none'}),
	copies: ({remedy, evidence}) => [
		['r', 'what helps', remedy],
		['e', 'what was seen', evidence],
	],
	inspect: ({health: _, ...finding}) => finding,
	details: ({title, severity, rule, kind, name, evidence, why, remedy}) => [
		['finding', title],
		['severity', toSafeText(severity)],
		[kind, name],
		['seen', evidence],
		['why', why],
		['what helps', remedy],
		['rule', toSafeText(rule)],
	],
	emptyNote: ({isLoading}) =>
		isLoading ? 'reading the swarm…' : 'nothing is wrong with this swarm, as far as swarmtop can see',
	keys: [
		viewKey('doctor', {
			id: 'doctor.go',
			keys: ['enter'],
			title: 'Go to what it is about',
			footer: {label: 'go to it', rank: 1},
			run: goTo,
		}),
	],
};
