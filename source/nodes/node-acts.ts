import type {NodeActs} from '../cluster/actions/action.ts';
import {prunedOf} from '../cluster/entities/unused.ts';
import type {ClusterStore} from '../cluster/model.ts';
import {engineError} from '../engine/error.ts';
import {failed, ok} from '../runtime/result.ts';
import type {NodeEngines} from './node-engines.ts';
import {subjectOf} from './subject.ts';

/** A clean-up of many images takes the engine a while, and says nothing meanwhile. */
const pruneMs = 600_000;

/** What actions ask of the nodes' own engines: each says first whether it is the node that is meant. */
export function nodeActs(engines: NodeEngines, store: Pick<ClusterStore, 'getState'>): NodeActs {
	return {
		async prune(nodeId, what) {
			const node = store.getState().nodes.get(nodeId);
			if (!node) return failed(engineError('not-found', 'The node is gone.', ''));
			const subject = subjectOf(node.raw);
			const pruned = await engines.ask(subject, (engine) => engine.prune(what, {timeoutMs: pruneMs}), {isFresh: true});
			return pruned.ok ? ok(prunedOf(pruned.value)) : pruned;
		},
	};
}
