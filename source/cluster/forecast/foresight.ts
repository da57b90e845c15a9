import type {Clock} from '../../runtime/clock.ts';
import type {ActionRequest, Moves, PlanLine} from '../intent.ts';
import type {ClusterState} from '../model.ts';
import {placeDetails} from './aftermath.ts';
import {questionFor} from './forecast-input.ts';
import {forecastLines} from './forecast-lines.ts';
import type {Forecaster} from './forecaster.ts';
import {notInTime} from './messages.ts';

/**
 * The forecast of the plan that is being looked at: made once per request, and anew when something that it stands on has
 * changed, but not more often than it takes a reader to notice.
 */
export interface Foresight {
	/** Grows with every forecast that has arrived. */
	readonly revision: number;
	/** What comes of it, `pending` while that is worked out, undefined where nothing can be foreseen. */
	of(request: ActionRequest, state: ClusterState): Foreseen | 'pending' | undefined;
}

/** A forecast as a plan tells it: in words, and as what stops and starts where. */
export type Foreseen = {
	readonly lines: readonly PlanLine[];
	/** Why a task finds no place, node by node. */
	readonly details?: readonly PlanLine[];
	readonly moves: Moves;
};

type Made = {
	readonly basis: string;
	readonly askedAt: number;
	foreseen: Foreseen | 'pending' | undefined;
	/** It is being worked out. */
	isUnderWay: boolean;
	/** When somebody wanted to know last. */
	lookedAt: number;
};

/** A forecast that is older than this is made anew when the swarm has changed. */
const freshMs = 2000;
/** A forecast that takes longer than this is not waited for: the dialog that waits could not be answered at all. */
const patienceMs = 10_000;
/** ActionRequests whose forecasts are kept: a dialog asks about one at a time. */
const keptAtMost = 8;

export function createForesight({
	forecaster,
	clock,
	onNews,
}: {
	readonly forecaster: Forecaster;
	readonly clock: Clock;
	readonly onNews: () => void;
}): Foresight {
	const made = new Map<string, Made>();
	let revision = 0;

	function ask(key: string, basis: string, request: ActionRequest, state: ClusterState): Made {
		const question = questionFor(request, state, clock.now());
		const now = clock.now();
		const known = made.get(key);
		// While a newer forecast is made the one before is shown: a dialog that blanks out every other second is no help. One
		// that nobody has looked at for a while belongs to a dialog of before.
		const before = known && now - known.lookedAt < freshMs ? known.foreseen : undefined;
		const entry: Made = {
			...{basis, askedAt: now, lookedAt: now},
			foreseen: question && (before ?? 'pending'),
			isUnderWay: question !== undefined,
		};
		made.delete(key);
		made.set(key, entry);
		if (made.size > keptAtMost) made.delete(made.keys().next().value ?? '');
		if (question) {
			const settle = (foreseen: Foreseen | undefined): void => {
				entry.foreseen = foreseen;
				entry.isUnderWay = false;
				revision++;
				onNews();
			};
			const giveUp = clock.after(patienceMs, () => settle(tooLate));
			void forecaster.ask(question).then((forecast) => {
				giveUp.cancel();
				settle(
					forecast && {
						lines: forecastLines(forecast, question.changes, state),
						details: placeDetails(forecast, question.changes, state),
						moves: forecast,
					},
				);
			});
		}
		return entry;
	}

	return {
		get revision() {
			return revision;
		},
		of(request, state) {
			const key = JSON.stringify(request);
			const basis = basisOf(state);
			const known = made.get(key);
			// A swarm that never rests must not keep an answer from coming by asking anew all the time.
			const isGood = known && (known.basis === basis || known.isUnderWay || clock.now() - known.askedAt < freshMs);
			if (!isGood) return ask(key, basis, request, state).foreseen;
			known.lookedAt = clock.now();
			return known.foreseen;
		},
	};
}

const tooLate: Foreseen = {
	lines: [notInTime(patienceMs)],
	moves: {starts: [], stops: [], unplaced: []},
};

/** Changes when nodes, services or the placement of tasks do; not with every answer that says the same. */
function basisOf({nodes, services, tasks}: ClusterState): string {
	let sum = 0;
	for (const {version} of nodes.values()) sum = (Math.imul(sum, 31) + version) | 0;
	for (const {version, counts} of services.values()) sum = (Math.imul(sum, 31) + version + (counts?.running ?? 0)) | 0;
	return `${nodes.size}/${services.size}/${tasks.size}/${sum}`;
}
