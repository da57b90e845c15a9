import type {TaskObject} from '../state/objects.ts';

/** Which slots go when a service is scaled down (swarmkit manager/orchestrator/replicated/slot.go). */

/**
 * The slots, the most dispensable last. Each slot is the n-th copy of the service on its node, and the highest n go first,
 * which evens the nodes out; slots that run and low numbers count first. Slots without a node, or with more than one task,
 * go before all others. When nothing has to go (`wanted` or fewer slots), they stay as they are.
 */
export function inOrderOfRemoval(slots: readonly TaskObject[][], wanted: number): readonly TaskObject[][] {
	if (slots.length <= wanted) return slots;
	const copies = new Map<string, number>();
	const byRunning = slots.toSorted((a, b) => Number(runs(b)) - Number(runs(a)) || slotOf(a) - slotOf(b));
	const indexed = byRunning.map((slot) => ({slot, index: copyOnNode(slot, copies)}));
	return indexed.toSorted((a, b) => a.index - b.index).map(({slot}) => slot);
}

function copyOnNode(slot: readonly TaskObject[], copies: Map<string, number>): number {
	const [task] = slot;
	if (slot.length !== 1 || !task?.nodeId) return Number.MAX_SAFE_INTEGER;
	const index = (copies.get(task.nodeId) ?? 0) + 1;
	copies.set(task.nodeId, index);
	return index;
}

const runs = (slot: readonly TaskObject[]): boolean => slot.some((task) => task.status.state === 'running');
const slotOf = (slot: readonly TaskObject[]): number => slot[0]?.slot ?? 0;
