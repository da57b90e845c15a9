/** Plugins of the connected engine: what their list shows. */
import type {PluginEntity} from '../../../cluster/entities/plugin.ts';
import {pluginsIn} from '../../../cluster/inventory.ts';
import type {Kind} from '../kind.ts';
import {everyRow} from '../listing.ts';
import {pluginListing} from './listing.ts';

export const pluginKind: Kind<PluginEntity> = {
	...pluginListing,
	get: pluginListing,
	openedBy: {keys: ['X'], title: 'Plugins of this engine'},
	source: pluginsIn,
	needs: ['plugins'],
	inScope: everyRow,
	inspect: ({raw}) => raw,
	emptyNote: ({inventory, engine}) =>
		inventory.plugins
			? `no plugins on ${engine?.name ?? 'this engine'}: docker plugin install NAME`
			: 'reading the plugins…',
	keys: [],
};
