import type {Vocabulary} from '../../source/config/vocabulary.ts';

/** A small program's tables. */
export const vocabulary: Vocabulary = {
	themes: ['dark', 'light'],
	views: {
		nodes: {columns: ['hostname', 'role'], fields: ['id', 'name', 'address']},
		services: {columns: ['name', 'mode', 'replicas', 'image'], fields: ['id', 'name', 'image']},
	},
	actions: [
		{id: 'program.interrupt', keys: ['ctrl-c'], scope: 'always'},
		{id: 'service.scale', keys: ['s'], scope: 'services'},
		{id: 'service.restart', keys: ['r'], scope: 'services'},
		{id: 'service.remove', keys: ['x', 'ctrl-d'], scope: 'services'},
		{id: 'node.drain', keys: ['d'], scope: 'nodes'},
		{id: 'list.down', keys: ['j', 'down'], scope: 'list'},
		{id: 'program.quit', keys: ['q'], scope: 'everywhere'},
		{id: 'dialog.cancel', keys: ['escape', 'n'], scope: 'dialog'},
		{id: 'prompt.home', keys: ['home'], scope: 'prompt'},
	],
};
