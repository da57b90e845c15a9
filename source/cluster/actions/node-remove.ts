import {safe} from '../../text/safe-text.ts';
import {nodeWord} from '../docker-command/names.ts';
import {operands, wholeCommand} from '../docker-command/service-command.ts';
import type {ClusterState} from '../model.ts';
import {line} from '../plan-line.ts';
import {quorumOf} from '../quorum.ts';
import {type Action, type Draft, verdict} from './action.ts';
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
		nodes.has(intent.nodeId) ? verdict('running', 0, 1, safe`still listed`) : verdict('converged', 1, 1, safe`removed`),
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
	const title = force ? safe`Remove node ${name} by force` : safe`Remove node ${name}`;
	if (node.manager || node.role === 'manager') {
		const quorum = quorumOf(state.nodes.values());
		const arithmetic = quorum ? safe` (${quorum.managers} managers, ${quorum.needed} needed)` : safe``;
		return {title, refusal: safe`${name} is a manager${arithmetic}: demote it first, then remove it.`};
	}
	if (node.state === 'ready' && !force) {
		return {
			title,
			refusal: safe`${name} is up, and only a node that is down can be removed: drain it, then run docker swarm leave on it.`,
		};
	}
	return {
		title,
		moving: () => movingLines(node, state),
		lines: [line('danger', safe`The swarm forgets ${name}; to come back it must join again, with a new ID.`)],
		consent: {kind: 'dialog'},
	};
}
