import {removeNode as writeRemoval} from '../../../swarmkit/state/node-writes.ts';
import type {NodeObject} from '../../../swarmkit/state/objects.ts';
import type {Transaction} from '../../../swarmkit/state/store.ts';
import type {NodeAvailability, NodeRole, NodeSpec} from '../../../wire/node.ts';
import type {Sent} from '../../../wire/spec/go-types.ts';
import {nodeSpec} from '../../../wire/spec/node.ts';
import type {Control, RaftMember} from '../../contract.ts';
import {bodyOf, controlOf, empty, type Handler, json, list, param} from '../call.ts';
import {type Filters, parseFilters} from '../filters.ts';
import {encode} from '../go/encode.ts';
import {goQuote, laxBool, versionParameter} from '../go/parse.ts';
import {lookUp} from '../lookup.ts';
import {badRequest, grpcRefusal, outOfSequence, serverError} from '../refusal.ts';
import {renderNode} from '../render/node.ts';
import {type Route, route} from '../router.ts';

/** /nodes (moby daemon/cluster/nodes.go, swarmkit controlapi/node.go). */

const memberOf = ({members}: Control, nodeId: string): RaftMember | undefined =>
	members().find((member) => member.nodeId === nodeId);

const listNodes: Handler = async (call) => {
	const filters = parseFilters(call.query);
	const control = await controlOf(call, 'read');
	const isWanted = nodeFilter(filters);
	const members = new Map(control.members().map((member) => [member.nodeId, member]));
	return list(
		control.store
			.all('node')
			.filter(isWanted)
			.map((node) => renderNode(node, members.get(node.id))),
	);
};

/** `label` asks for the engine's labels, `node.label` for those of the spec; `role` for the observed role. */
function nodeFilter(filters: Filters): (node: NodeObject) => boolean {
	filters.accept('name', 'id', 'label', 'role', 'membership', 'node.label');
	const roles = wordsOf(filters, 'role', ['worker', 'manager']);
	const memberships = wordsOf(filters, 'membership', ['pending', 'accepted']);
	return (node) =>
		filters.beginsWith('name', node.description.Hostname ?? '') &&
		filters.beginsWith('id', node.id) &&
		filters.matchesSwarmLabels('label', node.description.Engine?.Labels ?? {}) &&
		filters.matchesSwarmLabels('node.label', node.spec.Labels) &&
		(roles.length === 0 || roles.includes(node.role)) &&
		(memberships.length === 0 || memberships.includes(node.membership));
}

/** @throws Refused 500 `Invalid KEY filter: 'x'` for a word that isn't one of them */
export function wordsOf(filters: Filters, key: string, words: readonly string[]): string[] {
	return filters.get(key).flatMap((value) => {
		if (value === '') return [];
		if (!words.includes(value.toLowerCase())) throw serverError(`Invalid ${key} filter: '${value}'`);
		return [value.toLowerCase()];
	});
}

const inspectNode: Handler = async (call) => {
	const control = await controlOf(call, 'read');
	const node = lookUp(control.store, 'node', param(call, 'id'));
	return json(renderNode(node, memberOf(control, node.id)));
};

const updateNode: Handler = async (call) => {
	const sent = await bodyOf(call, nodeSpec);
	const version = versionParameter(call.query, 'node');
	const control = await controlOf(call, 'write');
	const spec = toNodeSpec(sent);
	const {id} = lookUp(control.store, 'node', param(call, 'id'));
	control.store.update((transaction) => {
		const stored = transaction.get('node', id);
		if (!stored) throw grpcRefusal('NotFound', `node ${id} not found`);
		if (stored.spec.Role === 'manager' && spec.Role === 'worker') checkDemotion(control, transaction, stored);
		if (version !== stored.version) throw outOfSequence();
		transaction.put({...stored, spec, membership: 'pending'});
	});
	return empty();
};

/** Both are mandatory, in any case (daemon/cluster/convert/node.go NodeSpecToGRPC). */
function toNodeSpec(sent: Sent<NodeSpec>): NodeSpec {
	const role = sent.Role?.toLowerCase() ?? '';
	if (role !== 'worker' && role !== 'manager') throw badRequest(`invalid Role: ${goQuote(sent.Role ?? '')}`);
	const availability = sent.Availability?.toLowerCase() ?? '';
	if (availability !== 'active' && availability !== 'pause' && availability !== 'drain') {
		throw badRequest(`invalid Availability: ${goQuote(sent.Availability ?? '')}`);
	}
	return encode(nodeSpec, {
		Name: sent.Name,
		Labels: sent.Labels ?? {},
		Role: role satisfies NodeRole,
		Availability: availability satisfies NodeAvailability,
	});
}

/** The managers counted are those that are observed to be: one that is being demoted still is. */
function checkDemotion(control: Control, transaction: Transaction, node: NodeObject): void {
	const managers = transaction.all('node').filter(({role}) => role === 'manager');
	if (managers.length === 1 && managers[0]?.id === node.id) {
		throw grpcRefusal('FailedPrecondition', 'attempting to demote the last manager of the swarm');
	}
	if (!memberOf(control, node.id)) throw grpcRefusal('NotFound', "can't find manager in raft memberlist");
	if (!control.canLose(node.id)) {
		throw grpcRefusal('FailedPrecondition', "can't remove member from the raft: this would result in a loss of quorum");
	}
}

const removeNode: Handler = async (call) => {
	const isForced = laxBool(call.query, 'force');
	const control = await controlOf(call, 'write');
	const {id} = lookUp(control.store, 'node', param(call, 'id'));
	const member = memberOf(control, id);
	control.store.update((transaction) => {
		const node = transaction.get('node', id);
		if (!node) throw grpcRefusal('NotFound', `node ${id} not found`);
		if (node.spec.Role === 'manager' && member) {
			throw grpcRefusal(
				'FailedPrecondition',
				`node ${id} is a cluster manager and is a member of the raft cluster. It must be demoted to worker before removal`,
			);
		}
		if (!isForced && node.status.State === 'ready') {
			throw grpcRefusal('FailedPrecondition', `node ${id} is not down and can't be removed`);
		}
		writeRemoval(transaction, id);
	});
	return empty();
};

export const nodeRoutes: readonly Route[] = [
	route('GET', '/nodes', listNodes),
	route('GET', '/nodes/{id}', inspectNode),
	route('DELETE', '/nodes/{id}', removeNode),
	route('POST', '/nodes/{id}/update', updateNode),
];
