/** Docker contexts: what their list shows, and how one goes to another swarm. */
import type {ContextEntity} from '../../../cluster/model.ts';
import {safe, toSafeText} from '../../../text/safe-text.ts';
import type {Column} from '../../table/column.ts';
import {by, compareNatural} from '../../table/natural.ts';
import type {Kind} from '../kind.ts';
import {everyRow} from '../listing.ts';
import {viewKey} from '../object-keys.ts';
import {contextListing} from './listing.ts';

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
	get: contextListing,
	openedBy: {keys: ['@'], title: 'Contexts: other swarms'},
	columns: [...(nameColumn ? [nameColumn] : []), stateColumn, ...otherColumns],
	source: ({contexts}) => contexts,
	inScope: everyRow,
	trouble: ({problem}) => problem,
	open: ({id}, app) => app.navigation.showContext(id),
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
			footer: {label: 'show', rank: 1},
			run: ({id}, app) => app.navigation.showContext(id),
		}),
	],
};
