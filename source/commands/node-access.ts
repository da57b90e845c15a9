import type {TaskEntity} from '../cluster/model.ts';
import type {LiveStore} from '../cluster/store/store.ts';
import type {NodeRule} from '../config/config.ts';
import {processSurroundings, type Surroundings} from '../connection/resolve.ts';
import type {SwarmClient} from '../engine/client.ts';
import type {InsideListener} from '../nodes/contents-sync.ts';
import {InsideSync} from '../nodes/inside-sync.ts';
import {NodeEngines} from '../nodes/node-engines.ts';
import {SharedLogins} from '../nodes/shared-logins.ts';
import {subjectOf} from '../nodes/subject.ts';
import {Ways} from '../nodes/ways.ts';
import type {Clock} from '../runtime/clock.ts';

/** The ways from one swarm's engine to those of its nodes. */

type NodeAccessOptions = {
	readonly client: SwarmClient;
	readonly rules: readonly NodeRule[];
	readonly sockets?: ReadonlyMap<string, string> | undefined;
	readonly isReadOnly: boolean;
	readonly surroundings: Surroundings;
	readonly clock: Clock;
};

export type NodeAccess = {
	readonly engines: NodeEngines;
	readonly ways: Ways;
	readonly close: () => Promise<void>;
};

/** For commands that ask once: reads the nodes and which of them the engine is. */
export async function readNodeAccess(options: NodeAccessOptions): Promise<NodeAccess> {
	const {client} = options;
	const [info, nodes] = await Promise.all([client.info(), client.nodes()]);
	const known = new Map(nodes.ok ? nodes.value.map((node) => [node.ID, subjectOf(node)]) : []);
	const access = openNodeAccess({...options, nameOf: (id) => known.get(id)?.hostname});
	const own = info.ok ? known.get(info.value.Swarm.NodeID) : undefined;
	if (own) access.ways.setOwnNode(own);
	return access;
}

/** Asks nothing yet. */
export function openNodeAccess({
	client,
	rules,
	sockets,
	isReadOnly,
	surroundings,
	clock,
	nameOf,
}: NodeAccessOptions & {readonly nameOf: (nodeId: string) => string | undefined}): NodeAccess {
	const logins = new SharedLogins();
	const ways = new Ways({own: client.endpoint, rules, sockets, surroundings, logins, clock});
	const engines = new NodeEngines({ways, isReadOnly, clock, nameOf});
	return {
		engines,
		ways,
		async close() {
			await engines.close();
			logins.close();
		},
	};
}

/** For the dashboard: follows the store's nodes, and tells the store what their engines say. */
export function openInside({
	store,
	...options
}: Omit<NodeAccessOptions, 'surroundings'> & {readonly store: LiveStore}): NodeAccess & {
	readonly watch: (tasks: readonly TaskEntity[]) => void;
	readonly contents: InsideListener;
} {
	const nameOf = (id: string): string | undefined => store.getState().nodes.get(id)?.name;
	const access = openNodeAccess({...options, surroundings: processSurroundings(), nameOf});
	const sync = new InsideSync({...access, store, clock: options.clock});
	return {
		...access,
		watch: (tasks) => sync.watch(tasks),
		contents: {
			open: (node, name) => sync.contents.open(node, name),
			show: (kinds) => sync.contents.show(kinds),
			lookAt: (id) => sync.contents.lookAt(id),
			listen: (isListening) => sync.listen(isListening),
		},
		async close() {
			sync.stop();
			await access.close();
		},
	};
}
