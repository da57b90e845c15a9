/** What of a swarm can't be had although its engine answers, and why: a proxy before it forbids it. Pure. */
import type {SafeText} from '../text/safe-text.ts';
import type {ClusterState, InventoryKind} from './model.ts';

type Asked = InventoryKind | 'nodes' | 'services' | 'tasks';

/** Why a list was refused; undefined for one that was not, or that nobody asks an engine for. */
export function refusalOf(
	list: string,
	{inventory, freshness}: Pick<ClusterState, 'inventory' | 'freshness'>,
): SafeText | undefined {
	const refused: Readonly<Partial<Record<Asked | 'task', SafeText | undefined>>> = {
		...inventory.refused,
		nodes: freshness.nodes.refused,
		services: freshness.services.refused,
		tasks: freshness.tasks.refused,
	};
	return refused[list as Asked];
}
