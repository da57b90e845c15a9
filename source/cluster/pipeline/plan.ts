import type {SafeText} from '../../text/safe-text.ts';
import type {Circumstances} from '../actions/action.ts';
import {objectName} from '../actions/names.ts';
import {actionOf, type Intent} from '../actions/registry.ts';
import type {Foreseen} from '../forecast/foresight.ts';
import type {Plan} from '../intent.ts';
import type {ClusterState} from '../model.ts';
import {isWorrying, type PlanLine} from '../plan-line.ts';
import {dropped, readOnly} from './messages.ts';

export type PlanOptions = Circumstances & {
	readonly isReadOnly: boolean;
	/** Everything dangerous asks for a typed word. */
	readonly isProtected?: boolean | undefined;
	/** What the forecast says, where one was made; `pending` while it is being made. */
	readonly foreseen?: Foreseen | 'pending' | undefined;
};

/** What an intent will do, computed from the present state, before anybody is asked. Pure. */
export function planFor(intent: Intent, state: ClusterState, options: PlanOptions): Plan {
	const {isReadOnly, isProtected = false, foreseen, isPart} = options;
	const action = actionOf(intent);
	const draft = action.plan(intent, state, options);
	const ready = foreseen === 'pending' ? undefined : foreseen;
	const forbidden = isReadOnly ? readOnly : undefined;
	const quorum = isPart ? [] : (draft.quorum?.() ?? []);
	const lines = [
		...quorum.filter(isWorrying),
		...(ready?.lines ?? (isPart ? [] : (draft.moving?.() ?? []))),
		...quorum.filter((each) => !isWorrying(each)),
		...droppedLines(intent, state),
		...(draft.lines ?? []),
	];
	const consent = draft.consent ?? {kind: 'none'};
	const {line: command, note: commandNote} = action.command(intent, state);
	return {
		intent,
		title: draft.title,
		lines,
		details: ready?.details,
		diff: draft.diff,
		forecast: foreseen === undefined ? 'none' : foreseen === 'pending' ? 'pending' : 'ready',
		consent: isProtected ? protectedConsent(consent, lines, objectName(intent, state)) : consent,
		refusal: forbidden ?? draft.refusal,
		command,
		commandNote,
		undo: draft.undo,
		moves: ready?.moves,
	};
}

/** An engine takes what it doesn't know and says nothing. */
function droppedLines(intent: Intent, state: ClusterState): PlanLine[] {
	const {engine} = state;
	if (!engine || engine.apiVersion === '') return [];
	const {apiVersion} = engine;
	const left = actionOf(intent).dropped?.(intent, state, apiVersion) ?? [];
	return left.map(({setting, since}) => dropped(setting, since, apiVersion));
}

/** Where nothing must happen by habit: what asks, or warns, wants the object's name typed. */
function protectedConsent(consent: Plan['consent'], lines: readonly PlanLine[], word: SafeText): Plan['consent'] {
	const isDangerous = consent.kind === 'dialog' || lines.some(isWorrying);
	return consent.kind !== 'typed' && isDangerous ? {kind: 'typed', word} : consent;
}
