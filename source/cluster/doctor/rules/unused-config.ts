import {configsIn} from '../../inventory.ts';
import type {Rule} from '../rule.ts';
import {knowsServices, unused} from './unused.ts';

export const unusedConfig: Rule = {
	id: 'unused-config',
	area: 'leftovers',
	severity: 'note',
	title: 'a config that no service uses',
	why: 'Old versions pile up, and nobody dares to remove them later.',
	find: (subject) => (knowsServices(subject) ? unused('config', configsIn(subject.state).values(), subject.now) : []),
};
