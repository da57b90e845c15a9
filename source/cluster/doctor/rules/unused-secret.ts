import {secretsIn} from '../../inventory.ts';
import type {Rule} from '../rule.ts';
import {knowsServices, unused} from './unused.ts';

export const unusedSecret: Rule = {
	id: 'unused-secret',
	area: 'leftovers',
	severity: 'note',
	title: 'a secret that no service uses',
	why: 'A secret that nobody misses can leak all the same.',
	find: (subject) => (knowsServices(subject) ? unused('secret', secretsIn(subject.state).values(), subject.now) : []),
};
