/** Between a key and the cluster's actions: plans that are shown, progress that is told, what can be undone. */
import type {Actions, Intent, Plan, Progress} from '../../cluster/intent.ts';
import {type SafeText, safe, toSafeText} from '../../text/safe-text.ts';
import type {Tone} from './app.ts';

/** The object that an intent is about. */
export function objectOf(intent: Intent): string {
	return 'serviceId' in intent ? intent.serviceId : intent.nodeId;
}

export type Said = {readonly tone: Tone; readonly text: SafeText};

/** How long a message has the line for itself. */
const attentionMs = 10_000;

export class ActionDesk {
	readonly #actions: Actions;
	#known: readonly Progress[] = [];
	#told: {readonly id: number; readonly at: number} | undefined;
	#planned: {readonly intent: Intent; readonly revision: string; readonly plan: Plan} | undefined;

	constructor(actions: Actions) {
		this.#actions = actions;
	}

	/** The plan for an intent as things stand at that revision of the cluster. */
	plan(intent: Intent, revision: number): Plan {
		const last = this.#planned;
		const at = `${revision}/${this.#actions.plansRevision}`;
		if (last?.intent === intent && last.revision === at) return last.plan;
		const plan = this.#actions.plan(intent);
		this.#planned = {intent, revision: at, plan};
		return plan;
	}

	act(plan: Plan): void {
		this.#planned = undefined;
		this.#actions.act(plan);
	}

	/** All actions of this session, newest first. */
	history = (): readonly Progress[] => this.#actions.progress();

	/** What takes back the newest action that can be taken back. */
	undo(): Intent | undefined {
		return this.#actions.progress().find(({undo, state}) => undo !== undefined && state !== 'failed')?.undo;
	}

	/** What actions under way say of each object. */
	progressByObject(): ReadonlyMap<string, SafeText> {
		const running = this.#actions.progress().filter(({state}) => state === 'running' || state === 'stuck');
		// Newest first in the list: the newest must win.
		return new Map(running.toReversed().map(({intent, detail}) => [objectOf(intent), detail]));
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
		this.#told = {id: changed.id, at: now};
		return saying(changed);
	}
}

function saying({state, title, detail, undo}: Progress): Said {
	const tones: Record<Progress['state'], Tone> = {running: 'plain', stuck: 'warning', done: 'good', failed: 'danger'};
	const hint = state === 'done' && undo !== undefined ? ' (U undoes it)' : '';
	return {tone: tones[state], text: safe`${title}: ${detail}${toSafeText(hint)}`};
}
