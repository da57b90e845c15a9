/** The stacks as a table shows them. */
import {isWell} from '../../../cluster/entities/health.ts';
import type {StackEntity} from '../../../cluster/entities/stack.ts';
import type {ServiceEntity} from '../../../cluster/model.ts';
import {usageOfStack} from '../../../cluster/usage-sums.ts';
import {joinSafe, type SafeText, safe, toSafeText} from '../../../text/safe-text.ts';
import type {Column} from '../../table/column.ts';
import {by, compareNatural, compareNumbers} from '../../table/natural.ts';
import {ageColumn, type Listing, nothing} from '../listing.ts';
import {usageColumns} from '../usage-columns.ts';

function wellOf({services}: StackEntity): SafeText {
	return safe`${services.filter(isWell).length}/${services.length}`;
}

/** Which of its services are not as desired, those that fail first. */
export function trouble({services}: StackEntity): SafeText {
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

declare module '../kind-id.ts' {
	interface Entities {
		readonly stacks: StackEntity;
	}
}

export const stackListing: Listing<StackEntity> = {
	id: 'stacks',
	shortNames: ['stk'],
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
		...usageColumns<StackEntity>(usageOfStack, 3),
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
	opensWorstFirst: true,
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
