import type {SwarmNode} from '../wire/node.ts';

/** What is known of a node before anything is asked of its engine: enough to find the way there. */
export type NodeSubject = {
	readonly id: string;
	readonly hostname: string;
	/** As the swarm knows it, without a port. */
	readonly address: string;
	readonly labels: readonly (readonly [key: string, value: string])[];
};

/** An entry of `nodes:` in the configuration. */
export type NodeRule = {readonly match: string; readonly engine: string};

/** The first rule that fits the node's name, address or ID; `*` stands for any characters, `?` for one. */
export function ruleFor(rules: readonly NodeRule[], node: NodeSubject): NodeRule | undefined {
	return rules.find(({match}) => [node.hostname, node.address, node.id].some((name) => isFitting(match, name)));
}

function isFitting(pattern: string, name: string): boolean {
	const expression = pattern
		.replace(/[\\^$.|+()[\]{}]/g, '\\$&')
		.replaceAll('*', '.*')
		.replaceAll('?', '.');
	return new RegExp(`^${expression}$`, 'is').test(name);
}

/** The engine that a rule names for a node, or the name of the field that the node has not. */
export function engineOf(
	{engine}: NodeRule,
	{id, hostname, address, labels}: NodeSubject,
): {readonly engine: string} | {readonly missing: string} {
	const fields: Readonly<Record<string, string>> = {
		id,
		hostname,
		address: address.includes(':') && !engine.startsWith('unix:') ? `[${address}]` : address,
		...Object.fromEntries(labels.map(([key, value]) => [`label.${key}`, value])),
	};
	let missing: string | undefined;
	const filled = engine.replace(/\{([^{}]+)\}/g, (_, name: string) => {
		const value = fields[name];
		if (value === undefined || value === '') missing ??= name;
		return value ?? '';
	});
	return missing === undefined ? {engine: filled} : {missing};
}

/** A node as the swarm describes it. */
export function subjectOf({ID, Description, Status, ManagerStatus, Spec}: SwarmNode): NodeSubject {
	const told = Status.Addr ?? '';
	// Leaders that listen everywhere give no address of their own here.
	const isUsable = told !== '' && told !== '0.0.0.0' && told !== '::';
	return {
		id: ID,
		hostname: Description.Hostname ?? ID,
		address: isUsable ? told : (ManagerStatus?.Addr ?? '').replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1'),
		labels: Object.entries(Spec.Labels ?? {}).map(([key, value]) => [key, value ?? ''] as const),
	};
}
