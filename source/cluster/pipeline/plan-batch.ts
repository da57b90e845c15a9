import {joinSafe, type SafeText} from '../../text/safe-text.ts';
import {objectName, objectOf} from '../actions/names.ts';
import {quorumLines} from '../actions/quorum-lines.ts';
import {actionOf, type Intent} from '../actions/registry.ts';
import {type Batch, intentsOf, type Plan} from '../intent.ts';
import type {ClusterState} from '../model.ts';
import {isWorrying, line, type PlanDiffLine, type PlanLine} from '../plan-line.ts';
import {dockerCommands} from './command.ts';
import {leftOut, names as listOf, moreLines, ofObject, yes} from './messages.ts';
import {type PlanOptions, planFor} from './plan.ts';

/** One plan for several intents: the forecast of all together, what each of them says, and which can't be done. Pure. */

/** So many lines of one sort; of more only the number is told. */
const namedAtMost = 6;
const shownNames = 12;

export function planForBatch(batch: Batch, state: ClusterState, options: PlanOptions): Plan {
	const {foreseen} = options;
	const ready = foreseen === 'pending' ? undefined : foreseen;
	const {steps, after} = planSteps(batch, state, options);
	const possible = steps.filter(({refusal}) => refusal === undefined);
	const command = batch.command
		? {line: batch.command, note: undefined}
		: dockerCommands(
				possible.flatMap(({intent}) => intentsOf(intent)),
				state,
			);
	const quorum = after.nodes === state.nodes && !isAboutManagers(batch, state) ? [] : quorumLines(state, after);
	return {
		intent: batch,
		steps,
		title: batch.title,
		lines: [
			...(possible.length > 1 ? [line('plain', namesOf(possible, state))] : []),
			...quorum.filter(isWorrying),
			...(ready?.lines ?? []),
			...quorum.filter((each) => !isWorrying(each)),
			...(batch.notes ?? []),
			...leftOutLines(steps),
			...sharedLines(possible, state),
		],
		details: ready?.details,
		diff: diffsOf(possible),
		forecast: foreseen === undefined ? 'none' : foreseen === 'pending' ? 'pending' : 'ready',
		consent: consentOf(batch, possible, options),
		refusal:
			possible.length === 0 ? joinSafe([...new Set(steps.flatMap(({refusal}) => refusal ?? []))], ' ') : undefined,
		command: command.line,
		commandNote: command.note,
		undo: undefined,
		moves: ready?.moves,
	};
}

/** What each of them changes in a spec, under its title. */
const diffsOf = (steps: readonly Plan[]): PlanDiffLine[] =>
	steps.flatMap(({title, diff = []}) => (diff.length > 0 ? [{kind: 'heading', text: title} as const, ...diff] : []));

/** Each as things stand once those before it are done: the second manager to go meets a smaller quorum. */
function planSteps(batch: Batch, state: ClusterState, options: PlanOptions): {steps: Plan[]; after: ClusterState} {
	let after = state;
	const removed = new Set<string>();
	const steps = intentsOf(batch).map((intent) => {
		const plan = planFor(intent, after, {...options, foreseen: undefined, isProtected: false, isPart: true, removed});
		if (plan.refusal !== undefined) return plan;
		const {isRemoval, after: change} = actionOf(intent);
		if (isRemoval) removed.add(objectOf(intent));
		after = change?.(intent, after) ?? after;
		return plan;
	});
	return {steps, after};
}

const isAboutManagers = (batch: Batch, {nodes}: ClusterState): boolean =>
	intentsOf(batch).some((intent) => 'nodeId' in intent && nodes.get(intent.nodeId)?.manager !== undefined);

/**
 * What one of them wants typed, all of them want. Several objects have no one name: where everything dangerous wants a word,
 * it is `yes`.
 */
function consentOf({word}: Batch, steps: readonly Plan[], {isProtected}: PlanOptions): Plan['consent'] {
	const typed = steps.find(({consent}) => consent.kind === 'typed')?.consent;
	if (typed) return typed;
	const wanted = word ?? (isProtected ? yes : undefined);
	return wanted === undefined ? {kind: 'dialog'} : {kind: 'typed', word: wanted};
}

function leftOutLines(steps: readonly Plan[]): PlanLine[] {
	const reasons = steps.flatMap(({refusal}) => refusal ?? []);
	if (reasons.length === steps.length) return [];
	return named(reasons.map((reason) => leftOut(reason)));
}

/** What steps warn of: what all of them say is said once, the rest with the step that says it. */
function sharedLines(steps: readonly Plan[], state: ClusterState): PlanLine[] {
	const said = new Map<SafeText, {readonly line: PlanLine; readonly by: Plan[]}>();
	for (const step of steps) {
		for (const each of step.lines) {
			const known = said.get(each.text);
			if (known) known.by.push(step);
			else said.set(each.text, {line: each, by: [step]});
		}
	}
	const lines = [...said.values()].map(({line: {tone, text}, by}) =>
		by.length > 1 ? line(tone, text) : line(tone, withSubject(text, by[0], state)),
	);
	return named(lines.sort((a, b) => gravity(b) - gravity(a)));
}

/** Of whom it is, where the sentence does not say so itself. */
function withSubject(text: SafeText, step: Plan | undefined, state: ClusterState): SafeText {
	const [intent] = step ? intentsOf(step.intent) : [];
	const name = intent && objectName(intent, state);
	return name === undefined || text.includes(name) ? text : ofObject(name, text);
}

const gravity = ({tone}: PlanLine): number => ['good', 'plain', 'warning', 'danger'].indexOf(tone);

/** `web 3 → 5, api 2 → 5`; of what has no number only the name. */
function namesOf(steps: readonly Plan[], state: ClusterState): SafeText {
	const all = steps.flatMap(({intent}) => intentsOf(intent).map((each) => objectWords(each, state)));
	const rest = all.length - shownNames;
	return rest > 1 ? listOf(all.slice(0, shownNames), rest) : listOf(all, 0);
}

const objectWords = (intent: Intent, state: ClusterState): SafeText =>
	actionOf(intent).summary?.(intent, state) ?? objectName(intent, state);

function named(lines: readonly PlanLine[]): PlanLine[] {
	const rest = lines.length - namedAtMost;
	return rest > 1 ? [...lines.slice(0, namedAtMost), moreLines(rest)] : [...lines];
}
