/** Why more tasks count as running than are meant to: those on a node that is down count until somebody says otherwise. Pure. */
import {plural} from '../../text/format.ts';
import {joinSafe, type SafeText, safe, toSafeText} from '../../text/safe-text.ts';
import type {ClusterState, ServiceEntity, TaskEntity} from '../model.ts';

/** `w2 is down: its task is counted until the node returns or is removed`; undefined where nothing is counted twice. */
export function countedWords(
	{counts}: ServiceEntity,
	tasks: readonly TaskEntity[],
	{nodes}: Pick<ClusterState, 'nodes'>,
): SafeText | undefined {
	if (!counts || counts.running <= counts.desired) return undefined;
	const byNode = new Map<string, number>();
	for (const {nodeId, state} of tasks) {
		if (state === 'running' && nodes.get(nodeId)?.state === 'down') byNode.set(nodeId, (byNode.get(nodeId) ?? 0) + 1);
	}
	if (byNode.size === 0) return undefined;
	const names = [...byNode.keys()].flatMap((id) => nodes.get(id)?.name ?? []).sort();
	const count = [...byNode.values()].reduce((sum, each) => sum + each, 0);
	const [verb, whose, until] =
		names.length === 1 ? ['is', 'its', 'the node returns or is'] : ['are', 'their', 'the nodes return or are'];
	const those = count === 1 ? toSafeText('task is counted') : safe`${plural(count, 'task')} are counted`;
	return safe`${joinSafe(names, ', ')} ${toSafeText(verb)} down: ${toSafeText(whose)} ${those} until ${toSafeText(until)} removed`;
}
