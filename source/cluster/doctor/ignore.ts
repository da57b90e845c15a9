/** What is not to be told: by the configuration, or by a label on the object itself. */
import type {Target} from './rule.ts';

/** `RULE`, or `RULE=OBJECT`; `*` stands for any characters in both. */
export type Ignoring = readonly string[];

/** The label on a node, service, network, secret, config or volume; its value lists rules, or is `all`. */
export const ignoreLabel = 'swarmtop.ignore';

export function ignores(rule: string, {name, labels}: Target, ignoring: Ignoring): boolean {
	const label = labels.find(([key]) => key === ignoreLabel)?.[1] ?? '';
	const words = label.split(',').map((word) => word.trim());
	if (words.some((word) => word === 'all' || fits(word, rule))) return true;
	return ignoring.some((entry) => {
		const [wanted = '', object] = entry.split(/=(.*)/s, 2);
		return fits(wanted, rule) && (object === undefined || fits(object, name));
	});
}

function fits(pattern: string, text: string): boolean {
	if (!pattern.includes('*')) return pattern === text;
	const parts = pattern.split('*').map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
	return new RegExp(`^${parts.join('.*')}$`, 's').test(text);
}
