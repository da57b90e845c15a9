/** A batch of actions as a whole: how many of it are done, what failed, what is left to do. Pure. */
import {objectOf} from '../../cluster/actions/names.ts';
import {type ActionRequest, type Batch, intentsOf, type Progress} from '../../cluster/intent.ts';
import {plural} from '../../text/format.ts';
import {joinSafe, type SafeText, safe} from '../../text/safe-text.ts';

export type BatchSummary = {
	readonly state: Progress['state'];
	readonly done: number;
	readonly total: number;
	/** `3 of 5 done, 1 failed, 1 not done`. */
	readonly words: SafeText;
	/** The failed ones and those not done, as one request; undefined while it is under way, or when nothing is left. */
	readonly rest: Batch | undefined;
	/** Takes back what has been done of it. */
	readonly undo: ActionRequest | undefined;
};

/** @param entries all of one batch */
export function summarizeBatch(entries: readonly Progress[]): BatchSummary {
	const count = (...states: readonly Progress['state'][]): number =>
		entries.filter(({state}) => states.includes(state)).length;
	const done = count('done');
	const [failed, held, superseded] = [count('failed'), count('held'), count('superseded')];
	const isOver = count('waiting', 'running', 'stuck') === 0;
	const parts = [
		safe`${done} of ${entries.length} done`,
		...(failed > 0 ? [safe`${failed} failed`] : []),
		...(held > 0 ? [safe`${held} not done`] : []),
		...(superseded > 0 ? [safe`${superseded} superseded`] : []),
	];
	return {
		state: stateOf({isOver, failed, held, stuck: count('stuck')}),
		done,
		total: entries.length,
		words: joinSafe(parts, ', '),
		rest: isOver ? restOf(entries) : undefined,
		undo: undoOf(entries),
	};
}

function stateOf(counts: {isOver: boolean; failed: number; held: number; stuck: number}): Progress['state'] {
	if (counts.isOver) return counts.failed + counts.held > 0 ? 'failed' : 'done';
	return counts.stuck > 0 || counts.failed > 0 ? 'stuck' : 'running';
}

function restOf(entries: readonly Progress[]): Batch | undefined {
	const left = entries.filter(({state}) => state === 'failed' || state === 'held');
	const batch = left[0]?.batch;
	if (!batch) return undefined;
	const stages = new Map<number, Progress['intent'][]>();
	for (const {intent, batch} of left.toReversed()) {
		const stage = batch?.stage ?? 0;
		stages.set(stage, [...(stages.get(stage) ?? []), intent]);
	}
	const inOrder = [...stages].sort(([a], [b]) => a - b).map(([, intents]) => intents);
	return {
		action: 'batch',
		title: safe`${batch.title}: the ${plural(left.length, 'action')} left`,
		verb: batch.verb,
		stages: inOrder,
	};
}

function undoOf(entries: readonly Progress[]): ActionRequest | undefined {
	const gone = removedBy(entries);
	const undos = entries.flatMap(({state, undo}) =>
		state === 'done' && undo && !gone.has(objectOf(undo)) ? [undo] : [],
	);
	const [first] = entries;
	if (undos.length === 0 || !first?.batch) return undefined;
	return {action: 'batch', title: safe`Undo: ${first.batch.title}`, verb: 'Undo', stages: [undos]};
}

/** The objects that were removed: nothing that was done to them before can be taken back. */
export function removedBy(entries: readonly Progress[]): ReadonlySet<string> {
	return new Set(
		entries.flatMap(({state, intent}) =>
			state === 'done' && intent.action.endsWith('.remove') ? [objectOf(intent)] : [],
		),
	);
}

/** Whether what the request is about is still there. */
export const isUndoable = (request: ActionRequest, gone: ReadonlySet<string>): boolean =>
	!intentsOf(request).some((intent) => gone.has(objectOf(intent)));

/** The entries of each batch and those that stand alone, newest first as they come. */
export function groupBatches(entries: readonly Progress[]): readonly (readonly Progress[])[] {
	const groups = new Map<string, Progress[]>();
	for (const entry of entries) {
		const key = entry.batch ? `batch ${entry.batch.id}` : `${entry.id}`;
		const group = groups.get(key);
		if (group) group.push(entry);
		else groups.set(key, [entry]);
	}
	return [...groups.values()];
}
