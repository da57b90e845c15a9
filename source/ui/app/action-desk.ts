/** Between a key and the cluster's actions: plans that are shown, progress that is told, what can be undone. */
import {objectOf} from '../../cluster/actions/names.ts';
import type {ActionRequest, Actions, Plan, Preparations, Progress} from '../../cluster/intent.ts';
import {type SafeText, safe, toSafeText} from '../../text/safe-text.ts';
import {groupBatches, isUndoable, removedBy, summarizeBatch} from '../activity/batch-summary.ts';
import type {Keymap} from '../keys/keymap.ts';
import type {Tone} from './capabilities.ts';

export type Said = {
	readonly tone: Tone;
	readonly text: SafeText;
	/** The action, or the batch, that it tells of. */
	readonly actionId: number;
};

/** How long a message has the line for itself. */
const attentionMs = 10_000;
/** What was done without a question can be taken back with one key for so long. */
const offerMs = 10_000;

export class ActionDesk {
	readonly #actions: Actions;
	readonly #keymap: Pick<Keymap, 'keyOf'>;
	#known: readonly Progress[] = [];
	#told: {readonly id: number; readonly at: number} | undefined;
	#overtaken = 0;
	#planned: {readonly request: ActionRequest; readonly revision: string; readonly plan: Plan} | undefined;
	#offer: {readonly actionId: number; readonly until: number} | undefined;

	constructor(actions: Actions, keymap: Pick<Keymap, 'keyOf'>) {
		this.#actions = actions;
		this.#keymap = keymap;
	}

	get preparations(): Preparations {
		return this.#actions.preparations;
	}

	/** The plan for a request as things stand at that revision of the cluster. */
	plan(request: ActionRequest, revision: number): Plan {
		const last = this.#planned;
		const at = `${revision}/${this.#actions.plansRevision}`;
		if (last?.request === request && last.revision === at) return last.plan;
		const plan = this.#actions.plan(request);
		this.#planned = {request, revision: at, plan};
		return plan;
	}

	/** @param now milliseconds since the epoch */
	act(plan: Plan, now: number): void {
		this.#planned = undefined;
		const actionId = this.#actions.act(plan);
		if (plan.consent.kind === 'none' && plan.undo) this.#offer = {actionId, until: now + offerMs};
	}

	/** All actions of this session, newest first. */
	history = (): readonly Progress[] => this.#actions.progress();

	/** What takes back the newest action that can be taken back, or as much of the newest batch as was done. */
	undo(): ActionRequest | undefined {
		const gone = removedBy(this.#actions.progress());
		for (const [first, ...others] of groupBatches(this.#actions.progress())) {
			if (!first) continue;
			const undo = first.batch
				? summarizeBatch([first, ...others]).undo
				: first.state === 'failed'
					? undefined
					: first.undo;
			if (undo && isUndoable(undo, gone)) return undo;
		}
		return undefined;
	}

	/** What the message line offers to take back, and until when: what that action did, if it can be taken back still. */
	offer(actionId: number | undefined, now: number): {readonly undo: ActionRequest; readonly until: number} | undefined {
		const offer = this.#offer;
		if (!offer || offer.actionId !== actionId || now >= offer.until) return undefined;
		const entry = this.#actions.progress().find(({id}) => id === actionId);
		return entry?.undo && entry.state !== 'failed' ? {undo: entry.undo, until: offer.until} : undefined;
	}

	/** What actions under way say of each object. */
	progressByObject(): ReadonlyMap<string, SafeText> {
		const running = this.#actions.progress().filter(({finishedAt}) => finishedAt === undefined);
		// Newest first in the list: the newest must win.
		return new Map(running.toReversed().map(({intent, detail}) => [objectOf(intent), detail]));
	}

	/** An action that failed since this was asked last because somebody else had been faster: it can be asked about again. */
	overtaken(): Progress | undefined {
		const last = this.#overtaken;
		const found = this.#actions.progress().find(({conflict, batch}) => conflict !== undefined && !batch);
		this.#overtaken = found?.id ?? last;
		return found && found.id > last ? found : undefined;
	}

	/**
	 * What the message line should say of what has changed since it was asked last; undefined when nothing has. What the
	 * newest action says is not talked over by an older one that goes well, for a while.
	 * @param now milliseconds since the epoch
	 */
	news(now: number): Said | undefined {
		const before = new Set(this.#known);
		this.#known = this.#actions.progress();
		const last = this.#told;
		const isTold = (entry: Progress): boolean =>
			last === undefined ||
			entry.id >= last.id ||
			entry.state === 'failed' ||
			entry.state === 'stuck' ||
			now - last.at > attentionMs;
		const changed = this.#known.find((entry) => !before.has(entry) && isTold(entry));
		if (!changed) return undefined;
		const {batch} = changed;
		this.#told = {id: batch?.id ?? changed.id, at: now};
		if (!batch) return saying(changed, this.#keymap, this.offer(changed.id, now) !== undefined);
		return sayingOfBatch(
			this.#known.filter((entry) => entry.batch?.id === batch.id),
			this.#keymap,
		);
	}
}

const tones: Record<Progress['state'], Tone> = {
	waiting: 'plain',
	running: 'plain',
	stuck: 'warning',
	done: 'good',
	failed: 'danger',
	held: 'warning',
	superseded: 'plain',
};

type Keys = Pick<Keymap, 'keyOf'>;

const undoHint = (keys: Keys): SafeText => safe` (${keys.keyOf('action.undo')} undoes it)`;

/** @param isOffered the line itself says for now how to take it back */
function saying({id, state, title, detail, undo}: Progress, keys: Keys, isOffered: boolean): Said {
	const hint = state === 'done' && undo !== undefined && !isOffered ? undoHint(keys) : safe``;
	return {actionId: id, tone: tones[state], text: safe`${title}: ${detail}${hint}`};
}

function sayingOfBatch(entries: readonly Progress[], keys: Keys): Said {
	const {state, words, rest, undo} = summarizeBatch(entries);
	const [first] = entries;
	const failed = entries.find((entry) => entry.state === 'failed');
	const why = failed ? safe`: ${failed.title}: ${failed.detail}` : safe``;
	const shows = safe` (${keys.keyOf('activity.show')} shows them, ${keys.keyOf('activity.rest')} continues from there)`;
	const hint = rest ? shows : state === 'done' && undo ? undoHint(keys) : safe``;
	const id = first?.batch?.id ?? 0;
	return {
		actionId: id,
		tone: tones[state],
		text: safe`${first?.batch?.title ?? toSafeText('')}: ${words}${hint}${why}`,
	};
}
