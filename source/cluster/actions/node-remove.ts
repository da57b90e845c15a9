import {nodeWord} from '../docker-command/names.ts';
import {operands, wholeCommand} from '../docker-command/service-command.ts';
import type {ClusterState} from '../model.ts';
import {quorumOf} from '../quorum.ts';
import {type Action, type Draft, verdict} from './action.ts';
import {nodeRemoval} from './messages.ts';
import {movingLines} from './moving-tasks.ts';
import {type NamedNode, planForNode} from './node-action.ts';
import {unversioned} from './write.ts';

export type RemoveNodeIntent = {readonly action: 'node.remove'; readonly nodeId: string; readonly force: boolean};

/** Makes the swarm forget a node. */
export const nodeRemove: Action<RemoveNodeIntent, never> = {
	verb: () => 'Remove',
	plan: (intent, state) => planForNode(intent.nodeId, state, (named) => draftOf(intent, named, state)),
	command: (intent, state) => wholeCommand(...commandOf(intent), ...operands(nodeWord(intent.nodeId, state))),
	operand: (intent, state) => ({command: commandOf(intent), word: nodeWord(intent.nodeId, state)}),
	send: async ({nodeId, force}, {client}) => unversioned(await client.removeNode(nodeId, {force})),
	judge: ({intent}, {nodes}) =>
		nodes.has(intent.nodeId)
			? verdict('running', 0, 1, nodeRemoval.listed)
			: verdict('converged', 1, 1, nodeRemoval.removed),
	isRemoval: true,
	forecast: ({nodeId}, {nodes}) => (nodes.has(nodeId) ? {kind: 'remove-node', nodeId} : undefined),
};

const commandOf = ({force}: RemoveNodeIntent): readonly string[] => [
	'docker',
	'node',
	'rm',
	...(force ? ['--force'] : []),
];

function draftOf({force}: RemoveNodeIntent, {node, name}: NamedNode, state: ClusterState): Draft<never> {
	const title = nodeRemoval.title(name, force);
	if (node.manager || node.role === 'manager')
		return {title, refusal: nodeRemoval.isManager(name, quorumOf(state.nodes.values()))};
	if (node.state === 'ready' && !force) return {title, refusal: nodeRemoval.isUp(name)};
	return {
		title,
		moving: () => movingLines(node, state),
		lines: [nodeRemoval.forgotten(name)],
		consent: {kind: 'dialog'},
	};
}
