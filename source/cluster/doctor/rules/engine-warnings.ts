import {joinSafe, toSafeText} from '../../../text/safe-text.ts';
import {type Found, type Rule, theNode} from '../rule.ts';

export const engineWarnings: Rule = {
	id: 'engine-warnings',
	area: 'nodes',
	severity: 'note',
	title: 'an engine that warns of its own node',
	why: 'Its kernel or settings lack something: limits without effect, networks that don’t pass, a socket open to all.',
	find({state: {nodes}, inside}) {
		return [...inside].flatMap(([nodeId, {info}]): Found[] => {
			const node = nodes.get(nodeId);
			const warnings = (info?.Warnings ?? []).map((each) => toSafeText(each.replace(/^WARNING:\s*/i, '')));
			if (!node || warnings.length === 0) return [];
			return [
				{on: theNode(node), evidence: joinSafe(warnings, '; '), remedy: toSafeText('see docker info on that node')},
			];
		});
	},
};
