import {joinSafe, type SafeText, safe} from '../../text/safe-text.ts';
import {nothingForeseen} from '../forecast/foresight.ts';
import {type Batch, intentsOf, type Plan, type PlanLine} from '../intent.ts';
import type {ClusterState} from '../model.ts';
import {dockerCommands} from './command.ts';
import {line} from './draft.ts';
import {type PlanOptions, planFor} from './plan.ts';

/** One plan for several intents: the forecast of all together, what each of them says, and which can't be done. Pure. */

/** So many steps are named one by one; of more only the number is told. */
const namedAtMost = 6;

export function planForBatch(batch: Batch, state: ClusterState, options: PlanOptions): Plan {
	const {foreseen} = options;
	const ready = foreseen === 'pending' ? undefined : foreseen;
	// What each step would move by itself is not what all of them move together: that, the forecast of all knows.
	const steps = intentsOf(batch).map((intent) => planFor(intent, state, {...options, foreseen: nothingForeseen}));
	const possible = steps.filter(({refusal}) => refusal === undefined);
	return {
		intent: batch,
		steps,
		title: batch.title,
		lines: [
			...(ready?.lines ?? []),
			...leftOutLines(steps),
			...sharedLines(possible),
			...(possible.length > 1 ? stepLines(possible) : []),
		],
		forecast: foreseen === undefined ? 'none' : foreseen === 'pending' ? 'pending' : 'ready',
		consent: batch.word === undefined ? {kind: 'dialog'} : {kind: 'typed', word: batch.word},
		refusal:
			possible.length === 0 ? joinSafe([...new Set(steps.flatMap(({refusal}) => refusal ?? []))], ' ') : undefined,
		command:
			batch.command ??
			dockerCommands(
				possible.flatMap(({intent}) => intentsOf(intent)),
				state,
			),
		undo: undefined,
		moves: ready?.moves,
	};
}

function leftOutLines(steps: readonly Plan[]): PlanLine[] {
	const reasons = steps.flatMap(({refusal}) => refusal ?? []);
	if (reasons.length === steps.length) return [];
	return named(reasons.map((reason) => line('warning', safe`Left out: ${reason}`)));
}

/** What steps warn of: what all of them say is said once, the rest with the step that says it. */
function sharedLines(steps: readonly Plan[]): PlanLine[] {
	const said = new Map<SafeText, {readonly line: PlanLine; readonly by: Plan[]}>();
	for (const step of steps) {
		for (const each of step.lines) {
			const known = said.get(each.text);
			if (known) known.by.push(step);
			else said.set(each.text, {line: each, by: [step]});
		}
	}
	const lines = [...said.values()].map(({line: {tone, text}, by}) =>
		by.length === steps.length ? line(tone, text) : line(tone, safe`${by[0]?.title ?? safe``}: ${text}`),
	);
	return named(lines.sort((a, b) => gravity(b) - gravity(a)));
}

const gravity = ({tone}: PlanLine): number => ['good', 'plain', 'warning', 'danger'].indexOf(tone);

const stepLines = (steps: readonly Plan[]): PlanLine[] => named(steps.map(({title}) => line('plain', title)));

function named(lines: readonly PlanLine[]): PlanLine[] {
	const rest = lines.length - namedAtMost;
	return rest > 1 ? [...lines.slice(0, namedAtMost), line('plain', safe`… and ${rest} more`)] : [...lines];
}
