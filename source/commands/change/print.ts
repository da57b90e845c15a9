import type {Plan, PlanDiffLine, PlanLine, Progress} from '../../cluster/intent.ts';
import {plural} from '../../text/format.ts';
import type {LastWords} from './last-words.ts';
import type {Report} from './verb.ts';

/** What `swarmtop plan` and the verbs print: text for people, JSON of a fixed shape for programs. */

export const planSchema = 'swarmtop.plan/v1';

const marks: Record<PlanLine['tone'], string> = {plain: ' ', good: '+', warning: '!', danger: '✗'};
const colours: Record<PlanLine['tone'], string> = {plain: '', good: '32', warning: '33', danger: '31'};

/** A plan as lines of text. */
export function planLines(plan: Plan, hasColour: boolean): string[] {
	const paint = painter(hasColour);
	const notes = plan.lines.map((line) => noteLine(line, paint));
	const changes = stepsOf(plan).flatMap((step) => [
		...(step === plan ? [] : [paint(step.title, '1')]),
		...(step.diff ?? []).map((line) => diffLine(line, paint)),
	]);
	return [
		paint(plan.title, '1'),
		...notes,
		...(plan.refusal === undefined ? [] : [paint(`✗ ${plan.refusal}`, '31')]),
		...(changes.length === 0 ? [] : ['', ...changes]),
		'',
		...(plan.command === '' ? [] : [`$ ${plan.command}`]),
		...(plan.commandNote === undefined ? [] : [plan.commandNote]),
		...detailLines(plan.details, paint),
	];
}

/** What is told below the rest: why a task finds no place, node by node. */
const detailLines = (details: readonly PlanLine[] = [], paint: Paint): string[] =>
	details.length === 0 ? [] : ['', ...details.map((line) => noteLine(line, paint))];

type Paint = (text: string, colour: string) => string;

const painter =
	(hasColour: boolean): Paint =>
	(text, colour) =>
		hasColour && colour !== '' ? `\u001b[${colour}m${text}\u001b[0m` : text;

const noteLine = ({tone, text}: PlanLine, paint: Paint): string => paint(`${marks[tone]} ${text}`, colours[tone]);

/** What may happen, as lines of text. */
export function reportLines({title, lines, details}: Report, hasColour: boolean): string[] {
	const paint = painter(hasColour);
	return [paint(title, '1'), ...lines.map((line) => noteLine(line, paint)), ...detailLines(details, paint)];
}

export const reportJson = ({title, lines, details, changes}: Report): object => ({
	schema: planSchema,
	title,
	isDangerous: isDangerous({lines}),
	changesAnything: changes,
	lines,
	details,
});

/** The plan of each object; of a single one, the plan itself. */
export const stepsOf = (plan: Plan): readonly Plan[] => plan.steps ?? [plan];

function diffLine(line: PlanDiffLine, paint: Paint): string {
	switch (line.kind) {
		case 'heading':
			return line.text;
		case 'skipped':
			return `  … ${plural(line.count, 'line')} unchanged`;
		case 'same':
			return `  ${line.text}`;
		case 'removed':
			return paint(`- ${line.text}`, '31');
		case 'added':
			return paint(`+ ${line.text}`, '32');
		default:
			return line satisfies never;
	}
}

/** A plan as data: the shape is documented in docs/changes.md and only ever grows. */
export function planJson(plan: Plan, stack?: string): object {
	return {
		schema: planSchema,
		...(stack !== undefined && {stack}),
		title: plan.title,
		isDangerous: isDangerous(plan),
		lines: plan.lines,
		details: plan.details ?? [],
		changes: stepsOf(plan).map(({intent, title, lines, diff = [], refusal}) => ({
			action: intent.action,
			title,
			lines,
			diff,
			...(refusal !== undefined && {refusal}),
		})),
		...(plan.refusal !== undefined && {refusal: plan.refusal}),
		command: plan.command,
	};
}

/** The same where there is nothing to do. */
export const nothingJson = (message: string, stack?: string): object => ({
	schema: planSchema,
	...(stack !== undefined && {stack}),
	title: message,
	isDangerous: false,
	lines: [],
	changes: [],
});

export const isDangerous = ({lines}: Pick<Plan, 'lines'>): boolean => lines.some(({tone}) => tone === 'danger');

/** `shop_web: updating 1/2`. */
export const progressLine = ({title, state, detail}: Progress): string =>
	`${state === 'failed' || state === 'held' ? '✗' : state === 'done' ? '✓' : ' '} ${title}: ${detail}`;

export const progressJson = ({title, state, detail, done, total, intent}: Progress): object => ({
	type: 'progress',
	action: intent.action,
	title,
	state,
	detail,
	done,
	total,
});

/** The task that failed and the end of its log, as text. */
export function lastWordsLines({task, taskId, error, log, logProblem}: LastWords): string[] {
	const head = `swarmtop: ${task} (${taskId.slice(0, 12)}) failed${error === '' ? '' : `: ${error}`}`;
	return [
		head,
		...(log.length === 0 ? [] : ['  the end of its log:', ...log.map((line) => `  | ${line}`)]),
		...(logProblem === undefined ? [] : [`  its log could not be read: ${logProblem}`]),
	];
}

/** What consent is asked for by. */
export const questionOf = (verb: string, consent: Plan['consent']): string =>
	consent.kind === 'typed' ? `Type "${consent.word}" to ${verb.toLowerCase()}: ` : `${verb}? [y/N] `;
