import {toSafeText} from '../../../text/safe-text.ts';
import {engineHint} from '../../engines.ts';
import {type Rule, theSwarm} from '../rule.ts';
import {majorOf} from './engine-versions.ts';

export const mixedEngines: Rule = {
	id: 'mixed-engines',
	area: 'managers',
	severity: 'note',
	title: 'the nodes run different versions of the engine',
	why: 'What works on one node may not on another, and a swarm does only what its oldest manager knows.',
	find({state: {nodes}}) {
		const hint = engineHint(nodes);
		if (hint === undefined) return [];
		const majors = [...nodes.values()].flatMap((node) => majorOf(node) ?? []);
		const isFar = Math.max(...majors) - Math.min(...majors) > 1;
		return [
			{
				on: theSwarm,
				evidence: hint,
				remedy: toSafeText('upgrade the oldest, one node at a time: drain it, upgrade it, activate it'),
				// Docker tests neighbours with each other, and promises nothing beyond.
				...(isFar && {severity: 'warning' as const}),
			},
		];
	},
};
