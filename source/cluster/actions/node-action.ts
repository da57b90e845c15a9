import type {SafeText} from '../../text/safe-text.ts';
import type {NodeSpec, SwarmNode} from '../../wire/node.ts';
import {nodeWord} from '../docker-command/names.ts';
import {nodeCommand} from '../docker-command/object-command.ts';
import {wholeCommand} from '../docker-command/service-command.ts';
import type {ClusterState, NodeEntity} from '../model.ts';
import type {Basis} from '../plan-line.ts';
import type {Action, AnyIntent, Circumstances, Draft, NodeSubject, Part} from './action.ts';
import {gone} from './messages.ts';
import {nodeName} from './names.ts';
import {retried, updateNode} from './write.ts';

/** What actions have in common that change a node's spec. */

export type NodeIntent = {readonly action: string} & NodeSubject;

type Parts<I extends NodeIntent, Undo extends AnyIntent> = Partial<Action<I, Undo>> &
	Pick<Action<I, Undo>, 'judge'> & {
		verb(intent: I): string;
		/** The spec that is sent, made of the one that is there. */
		change(intent: I, spec: NodeSpec): NodeSpec;
		/** The plan for a node that is there. */
		planFor(intent: I, node: NamedNode, state: ClusterState, circumstances: Circumstances): Draft<Undo>;
		/** The part of the node that it changes. */
		partOf(intent: I, spec: NodeSpec): Part;
		/** What it wants that part to be. */
		wanted(intent: I): SafeText;
	};

/** A node, and what sentences call it. */
export type NamedNode = {readonly node: NodeEntity; readonly name: SafeText};

export function nodeAction<I extends NodeIntent, Undo extends AnyIntent = I>(parts: Parts<I, Undo>): Action<I, Undo> {
	const {change, planFor, partOf, wanted, ...own} = parts;
	const basis = (intent: I, {node}: {readonly node?: SwarmNode | undefined}): Basis | undefined =>
		node && {version: node.Version.Index, ...partOf(intent, node.Spec)};
	return {
		plan: (intent, state, circumstances) =>
			planForNode(intent.nodeId, state, (named) => planFor(intent, named, state, circumstances)),
		command(intent, state) {
			const before = state.nodes.get(intent.nodeId)?.raw.Spec;
			if (!before) return wholeCommand();
			return nodeCommand(nodeWord(intent.nodeId, state), before, change(intent, before));
		},
		basis,
		send: (intent, {client, basis: seen}) =>
			retried(() =>
				updateNode(client, intent.nodeId, (spec) => change(intent, spec), {
					seen,
					basisOf: (target) => basis(intent, target),
					wanted: wanted(intent),
				}),
			),
		...own,
	};
}

/** The plan for a node, or that it is gone. */
export function planForNode<Undo extends AnyIntent>(
	nodeId: string,
	state: ClusterState,
	plan: (named: NamedNode) => Draft<Undo>,
): Draft<Undo> {
	const name = nodeName(nodeId, state);
	const node = state.nodes.get(nodeId);
	return node ? plan({node, name}) : {title: name, refusal: gone.node(name)};
}
