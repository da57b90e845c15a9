import {BlockList, isIP} from 'node:net';
import {failed, ok, type Result} from '../../runtime/result.ts';
import type {NodeObject} from '../state/objects.ts';

/**
 * The constraint language of placements: `key==value` and `key!=value` over what a node is and which labels it carries
 * (swarmkit manager/constraint/constraint.go).
 */

export type Constraint = {
	readonly key: string;
	readonly isEqual: boolean;
	readonly value: string;
};

const operators = ['==', '!='] as const;
const keyPattern = /^[a-z_][a-z0-9\-_.]+$/i;
const valuePattern = /^[a-z0-9:\-_\s.*()?+[\]\\^$|/]+$/i;

/** The constraints of a placement, or the words in which the engine refuses the first that is none. */
export function parseConstraints(expressions: readonly string[] = []): Result<Constraint[], string> {
	const constraints: Constraint[] = [];
	for (const expression of expressions) {
		const parsed = parseConstraint(expression);
		if (!parsed.ok) return parsed;
		constraints.push(parsed.value);
	}
	return ok(constraints);
}

function parseConstraint(expression: string): Result<Constraint, string> {
	// `==` is looked for first, wherever it stands: `a!=b==c` compares `a!=b`, which is no key.
	const operator = operators.find((candidate) => expression.includes(candidate));
	if (!operator) return failed(`constraint expected one operator from ${operators.join(', ')}`);
	const at = expression.indexOf(operator);
	const key = expression.slice(0, at).trim();
	const value = expression.slice(at + operator.length).trim();
	if (!keyPattern.test(key)) return failed(`key '${key}' is invalid`);
	if (!valuePattern.test(value)) return failed(`value '${value}' is invalid`);
	return ok({key, isEqual: operator === '==', value});
}

/** What the placement asks for; a list that does not parse asks for nothing, since the API lets none through. */
export function constraintsOf(expressions: readonly string[] | undefined): readonly Constraint[] {
	const parsed = parseConstraints(expressions);
	return parsed.ok ? parsed.value : [];
}

/** What constraints look at of a node. */
type ConstrainedNode = Pick<NodeObject, 'id' | 'role' | 'spec' | 'description' | 'status'>;

/** Whether the node meets all of the constraints. An unknown key is met by no node. */
export function meetsConstraints(constraints: readonly Constraint[], node: ConstrainedNode): boolean {
	return constraints.every((constraint) => meets(constraint, node));
}

const nodeLabelPrefix = 'node.labels.';
const engineLabelPrefix = 'engine.labels.';

/** The label that a key such as `node.labels.zone` names (its case counts), with where nodes carry it. */
export function labelNamedBy(key: string): {readonly of: 'node' | 'engine'; readonly label: string} | undefined {
	const lower = key.toLowerCase();
	if (lower.startsWith(nodeLabelPrefix) && key.length > nodeLabelPrefix.length) {
		return {of: 'node', label: key.slice(nodeLabelPrefix.length)};
	}
	if (lower.startsWith(engineLabelPrefix) && key.length > engineLabelPrefix.length) {
		return {of: 'engine', label: key.slice(engineLabelPrefix.length)};
	}
	return undefined;
}

/** The node's value of a label; a label that it doesn't carry is the empty string. */
export function labelValue(node: ConstrainedNode, {of, label}: {of: 'node' | 'engine'; label: string}): string {
	const labels = of === 'node' ? node.spec.Labels : node.description.Engine?.Labels;
	return (labels && Object.hasOwn(labels, label) ? labels[label] : undefined) ?? '';
}

function meets(constraint: Constraint, node: ConstrainedNode): boolean {
	const label = labelNamedBy(constraint.key);
	if (label) return compares(constraint, labelValue(node, label));
	switch (constraint.key.toLowerCase()) {
		case 'node.id':
			return compares(constraint, node.id);
		case 'node.hostname':
			return compares(constraint, node.description.Hostname ?? '');
		case 'node.ip':
			return meetsAddress(constraint, node.status.Addr ?? '');
		case 'node.role':
			return compares(constraint, node.role);
		case 'node.platform.os':
			return compares(constraint, node.description.Platform?.OS ?? '');
		case 'node.platform.arch':
			return compares(constraint, node.description.Platform?.Architecture ?? '');
		default:
			return false;
	}
}

const compares = ({value, isEqual}: Constraint, actual: string): boolean =>
	(value.toLowerCase() === actual.toLowerCase()) === isEqual;

/** The value is an address or a subnet; anything else is met by no node, whichever the operator. */
function meetsAddress({value, isEqual}: Constraint, address: string): boolean {
	const slash = value.indexOf('/');
	const network = slash < 0 ? value : value.slice(0, slash);
	const family = isIP(network);
	if (family === 0) return false;
	const bits = family === 4 ? 32 : 128;
	const prefix = slash < 0 ? bits : Number(value.slice(slash + 1));
	if (!Number.isInteger(prefix) || prefix < 0 || prefix > bits) return false;
	const subnet = new BlockList();
	subnet.addSubnet(network, prefix, family === 4 ? 'ipv4' : 'ipv6');
	const isWithin = isIP(address) === family && subnet.check(address, family === 4 ? 'ipv4' : 'ipv6');
	return isWithin === isEqual;
}
