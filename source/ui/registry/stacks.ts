/** Stacks: what their list shows, and the way to their services. */
import type {StackEntity} from '../../cluster/entities/stack.ts';
import {stacksIn} from '../../cluster/inventory.ts';
import type {ServiceEntity} from '../../cluster/model.ts';
import {joinSafe, type SafeText, safe, toSafeText} from '../../text/safe-text.ts';
import type {LogTarget} from '../logs/log-feed.ts';
import type {Column} from '../table/column.ts';
import {by, compareNatural, compareNumbers} from '../table/natural.ts';
import type {Kind} from './kind.ts';
import {ageColumn, everyRow, type Listing, nothing} from './listing.ts';
import {logsKey} from './logs-key.ts';
import {stackKeys} from './stack-keys.ts';

const isWell = ({health}: ServiceEntity): boolean => health === 'healthy' || health === 'idle';

function wellOf({services}: StackEntity): SafeText {
	return safe`${services.filter(isWell).length}/${services.length}`;
}

/** Which of its services are not as desired, those that fail first. */
function trouble({services}: StackEntity): SafeText {
	const troubled = services.filter((service) => !isWell(service));
	const failingFirst = troubled.toSorted((a, b) => Number(b.health === 'failing') - Number(a.health === 'failing'));
	return joinSafe(failingFirst.map(troubleOf), ', ');
}

/** `web 2/6`, or what is under way when all of its tasks run. */
function troubleOf({name, counts, update}: ServiceEntity): SafeText {
	if (counts && counts.running !== counts.desired) return safe`${name} ${counts.running}/${counts.desired}`;
	return update ? safe`${name} ${toSafeText(update.state.replaceAll('_', ' '))}` : name;
}

function countColumn(
	id: string,
	title: string,
	priority: number,
	count: (stack: StackEntity) => number,
): Column<StackEntity> {
	return {
		id,
		title: toSafeText(title),
		width: title.length,
		align: 'right',
		priority,
		value: (stack) => (count(stack) === 0 ? nothing : safe`${count(stack)}`),
		compare: by(count, compareNumbers),
	};
}

export const stackListing: Listing<StackEntity> = {
	id: 'stacks',
	singular: toSafeText('stack'),
	columns: [
		{
			id: 'name',
			title: toSafeText('STACK'),
			width: 20,
			min: 8,
			max: 40,
			grow: 1,
			priority: 0,
			truncate: 'middle',
			value: ({name}) => name,
			compare: by(({name}) => name, compareNatural),
		},
		{
			id: 'services',
			// As they should be, of all.
			title: toSafeText('SERVICES'),
			width: 8,
			align: 'right',
			priority: 1,
			value: wellOf,
			role: ({health}) => (health === 'healthy' ? undefined : health),
			compare: by(({services}) => services.length, compareNumbers),
		},
		{
			id: 'tasks',
			title: toSafeText('TASKS'),
			width: 7,
			min: 5,
			align: 'right',
			priority: 2,
			value: ({counts}) => (counts ? safe`${counts.running}/${counts.desired}` : nothing),
			compare: by(({counts}) => counts?.desired ?? -1, compareNumbers),
		},
		countColumn('networks', 'NETWORKS', 5, ({networks}) => networks),
		countColumn('secrets', 'SECRETS', 6, ({secrets}) => secrets),
		countColumn('configs', 'CONFIGS', 7, ({configs}) => configs),
		ageColumn(4),
		{
			id: 'trouble',
			title: toSafeText('TROUBLE'),
			width: 28,
			min: 28,
			grow: 2,
			priority: 3,
			value: trouble,
			role: ({health}) => (health === 'failing' ? 'failing' : 'warning'),
		},
	],
	sorting: {columnId: 'name', isDescending: false},
	tieBreak: by(({name}) => name, compareNatural),
	filterable: {
		texts: [({name}) => name, ({services}) => services.map((service) => service.name).join(' ')],
		fields: {
			name: ({name}) => [name],
			id: ({id}) => [id],
			service: ({services}) => services.map((service) => service.name),
			state: ({health}) => [health],
		},
	},
	name: ({name}) => name,
	trouble,
};

/** No engine knows stacks; this one is ours, in the engine's style. */
export function stackObject({name, services, networks, secrets, configs}: StackEntity): unknown {
	return {Name: name, Services: services.map(({raw}) => raw), Networks: networks, Secrets: secrets, Configs: configs};
}

/** What stacks are made of besides services. */
const stackParts = ['networks', 'secrets', 'configs'] as const;

const logsOf = ({id, name}: StackEntity): LogTarget => ({kind: 'stack', id, name});

export const stackKind: Kind<StackEntity> = {
	...stackListing,
	source: stacksIn,
	needs: stackParts,
	inScope: everyRow,
	servicesOf: ({name}) => ({kind: 'stack', name}),
	logsOf,
	trouble: (_stack, {inventory: {refused}}) => {
		const unknown = stackParts.filter((kind) => refused[kind] !== undefined);
		const [why] = unknown.map((kind) => refused[kind]);
		return why === undefined
			? toSafeText('')
			: safe`Its ${joinSafe(unknown.map(toSafeText), ', ')} are not known. ${why}`;
	},
	inspect: stackObject,
	emptyNote: () => 'no stacks: D deploys a file, as docker stack deploy -c FILE NAME does',
	keys: [
		logsKey('stacks', {
			id: 'stack.logs',
			title: 'Logs of all its services, as one',
			rank: 2,
			targetOf: logsOf,
			possible: ({services}) => (services.length === 0 ? toSafeText('It has no services, so it has no logs.') : true),
		}),
		...stackKeys,
	],
};
