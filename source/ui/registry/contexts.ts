/** Docker contexts: what their list shows, and how one goes to another swarm. */
import type {ContextEntity} from '../../cluster/model.ts';
import {safe, toSafeText} from '../../text/safe-text.ts';
import type {Column} from '../table/column.ts';
import {by, compareNatural} from '../table/natural.ts';
import type {Kind} from './kind.ts';
import {everyRow, type Listing, nothing} from './listing.ts';
import {viewKey} from './object-keys.ts';

export const contextListing: Listing<ContextEntity> = {
	id: 'contexts',
	singular: toSafeText('context'),
	columns: [
		{
			id: 'name',
			title: toSafeText('CONTEXT'),
			width: 20,
			min: 10,
			max: 40,
			grow: 1,
			priority: 0,
			truncate: 'middle',
			value: ({name}) => name,
			role: ({isCurrent}) => (isCurrent ? 'accent' : undefined),
			compare: by(({name}) => name, compareNatural),
		},
		{
			id: 'current',
			title: toSafeText('CURRENT'),
			width: 7,
			priority: 2,
			value: ({isCurrent}) => toSafeText(isCurrent ? '*' : ''),
			role: () => 'accent',
			compare: by(({isCurrent}) => (isCurrent ? '0' : '1'), compareNatural),
		},
		{
			id: 'endpoint',
			title: toSafeText('ENDPOINT'),
			width: 30,
			min: 16,
			grow: 1,
			priority: 1,
			value: ({endpoint}) => (endpoint === '' ? nothing : endpoint),
			compare: by(({endpoint}) => endpoint, compareNatural),
		},
		{
			id: 'description',
			title: toSafeText('DESCRIPTION'),
			width: 24,
			min: 11,
			grow: 1,
			priority: 3,
			value: ({description}) => description,
			role: () => 'dim',
			compare: by(({description}) => description, compareNatural),
		},
	],
	sorting: {columnId: 'name', isDescending: false},
	tieBreak: by(({name}) => name, compareNatural),
	filterable: {
		texts: [({name}) => name, ({endpoint}) => endpoint, ({description}) => description],
		fields: {
			name: ({name}) => [name],
			id: ({id}) => [id],
			endpoint: ({endpoint}) => [endpoint],
			state: ({health, state}) => [health, state],
		},
	},
	name: ({name}) => name,
};

/** What `swarmtop get` can't say: it asks no engine but the one that it is about. */
const stateColumn: Column<ContextEntity> = {
	id: 'state',
	title: toSafeText('STATE'),
	width: 18,
	min: 12,
	max: 40,
	priority: 1,
	value: ({state, isShown}, {theme}) => (isShown ? safe`${theme.glyphs.selection} ${state}` : state),
	role: ({health, isShown}) => (isShown ? 'accent' : health === 'failing' ? 'failing' : 'dim'),
	compare: by(({state}) => state, compareNatural),
};

const [nameColumn, ...otherColumns] = contextListing.columns;

export const contextKind: Kind<ContextEntity> = {
	...contextListing,
	columns: [...(nameColumn ? [nameColumn] : []), stateColumn, ...otherColumns],
	source: ({contexts}) => contexts,
	inScope: everyRow,
	trouble: ({problem}) => problem,
	open: ({id}, app) => app.showContext(id),
	inspect: ({name, description, endpoint, isCurrent, state, problem}) => ({
		Name: name,
		Description: description,
		DockerEndpoint: endpoint,
		Current: isCurrent,
		State: state,
		...(problem !== '' && {Problem: problem}),
	}),
	emptyNote: () => 'no contexts are known; docker context create makes one',
	keys: [
		viewKey('contexts', {
			id: 'context.show',
			keys: ['enter'],
			title: "Show its swarm; docker's own current context stays what it is",
			footer: ['show', 1],
			run: ({id}, app) => app.showContext(id),
		}),
	],
};
