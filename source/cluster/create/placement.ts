/** Where tasks may go, as a person types it. Pure. */
import {failed, ok} from '../../runtime/result.ts';
import {parseConstraints} from '../../swarmkit/scheduler/constraints.ts';
import {placing} from './messages.ts';
import type {Parse} from './values.ts';

const plainKeys = ['node.id', 'node.hostname', 'node.role', 'node.platform.os', 'node.platform.arch', 'node.ip'];
const labelKey = /^(node|engine)\.labels\.[^\s=!]+$/i;

/** A key that no node has is refused too: the engine takes it, and then no node ever fits. */
export const parsePlacementConstraint: Parse<string> = (text) => {
	const parsed = parseConstraints([text]);
	if (!parsed.ok) return failed(placing.constraint(text));
	const [{key = ''} = {}] = parsed.value;
	const isKnown = plainKeys.includes(key.toLowerCase()) || labelKey.test(key);
	return isKnown ? ok(text) : failed(placing.key(key));
};

export const parsePreference: Parse<{Spread: {SpreadDescriptor: string}}> = (text) => {
	const [, strategy = 'spread', descriptor = ''] = /^(?:([^=]*)=)?(.*)$/.exec(text) ?? [];
	const isKnown = strategy === 'spread' && labelKey.test(descriptor);
	return isKnown ? ok({Spread: {SpreadDescriptor: descriptor}}) : failed(placing.preference(text));
};
