/** All containers of the node that one went into, also those of no service. */
import {type ContainerEntity, containersIn} from '../../../cluster/entities/contents.ts';
import {safe, toSafeText} from '../../../text/safe-text.ts';
import {by, chain, compareNatural} from '../../table/natural.ts';
import type {Kind} from '../kind.ts';
import {ageColumn, everyRow, nameColumn, nothing} from '../listing.ts';
import {changeKey, viewKey} from '../object-keys.ts';
import {containerDetails} from './container-details.ts';
import {contentsIn, insideKeys, insideNote, insideTitle, rowsOf} from './tabs.ts';

declare module '../kind-id.ts' {
	interface Entities {
		readonly containers: ContainerEntity;
	}
}

export const containerKind: Kind<ContainerEntity> = {
	id: 'containers',
	shortNames: ['container', 'ps'],
	singular: toSafeText('container'),
	openedBy: {keys: [], title: 'Containers of the node that you went into'},
	ofNode: ['containers'],
	heading: (cluster) => insideTitle('containers', cluster),
	source: rowsOf(containersIn),
	inScope: everyRow,
	columns: [
		nameColumn('CONTAINER', {max: 60}),
		{
			id: 'state',
			title: toSafeText('STATE'),
			width: 9,
			min: 7,
			max: 12,
			priority: 2,
			value: ({state}) => state,
			role: ({health}) => (health === 'failing' || health === 'converging' ? health : undefined),
			compare: by(({state}) => state, compareNatural),
		},
		{
			id: 'status',
			title: toSafeText('STATUS'),
			width: 24,
			min: 12,
			max: 34,
			priority: 1,
			value: ({status}) => status,
			role: ({health}) => (health === 'failing' || health === 'converging' ? health : undefined),
		},
		{
			id: 'service',
			title: toSafeText('SERVICE'),
			width: 14,
			min: 8,
			max: 30,
			priority: 2,
			truncate: 'middle',
			value: ({service}) => (service === '' ? nothing : service),
			compare: by(({service}) => service, compareNatural),
		},
		{
			id: 'image',
			title: toSafeText('IMAGE'),
			width: 20,
			min: 10,
			max: 40,
			priority: 3,
			truncate: 'middle',
			value: ({image}) => image,
			compare: by(({image}) => image, compareNatural),
		},
		{
			id: 'ports',
			title: toSafeText('PORTS'),
			width: 18,
			min: 8,
			max: 40,
			priority: 5,
			yields: 'empty',
			value: ({ports}) => ports,
		},
		{
			id: 'command',
			title: toSafeText('COMMAND'),
			width: 20,
			min: 10,
			max: 60,
			priority: 6,
			value: ({command}) => command,
		},
		ageColumn(4),
	],
	sorting: {columnId: 'name', isDescending: false},
	tieBreak: chain(
		by(({name}) => name, compareNatural),
		by(({id}) => id, compareNatural),
	),
	filterable: {
		texts: [({name}) => name, ({image}) => image, ({status}) => status, ({service}) => service],
		fields: {
			name: ({name}) => [name],
			id: ({id}) => [id],
			image: ({image}) => [image],
			state: ({state, health}) => [state, health],
			service: ({service}) => [service],
		},
	},
	name: ({name}) => name,
	inspect: ({raw}) => raw,
	details: containerDetails,
	copies: ({image, command}) => [
		['m', 'image', image],
		['k', 'command', command],
	],
	emptyNote: (cluster, _, keyOf) => insideNote('containers', cluster, keyOf),
	keys: [
		viewKey('containers', {
			id: 'container.details',
			keys: ['enter'],
			title: 'Details: health, processes, mounts, networks, environment, changed files',
			footer: {label: 'details', rank: 1},
			run: (_, app) => app.texts.showDetails(),
		}),
		viewKey('containers', {
			id: 'container.logs',
			keys: ['l'],
			title: 'Its log, read straight from its node',
			footer: {label: 'logs', rank: 2},
			run: (container, app) => void app.inside.logs(container),
		}),
		changeKey('containers', {
			id: 'container.shell',
			keys: ['S'],
			title: 'A shell in this container',
			footer: {label: 'shell', rank: 5},
			possible: ({state, name}) => (state === 'running' ? true : safe`${name} is not running: it is ${state}.`),
			run({id, name}, app) {
				const nodeId = contentsIn(app.cluster)?.nodeId ?? '';
				app.nodes.shell(name, [{name, nodeId, containerId: id, detail: toSafeText('')}]);
			},
		}),
		...insideKeys('containers'),
	],
};
