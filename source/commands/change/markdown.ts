import type {Plan, PlanDiffLine, PlanLine} from '../../cluster/intent.ts';
import {plural} from '../../text/format.ts';
import {isDangerous, stepsOf} from './print.ts';
import type {Report} from './verb.ts';

/** A plan as a comment of a pull request. */

const marks: Record<PlanLine['tone'], string> = {plain: '', good: '✅ ', warning: '⚠️ ', danger: '❌ '};

export function planMarkdown(plan: Plan): string {
	const changed = stepsOf(plan).filter(({diff = []}) => diff.length > 0);
	return [
		`### ${isDangerous(plan) ? '❌ ' : ''}${plain(plan.title)}`,
		'',
		...(plan.refusal === undefined ? [] : [`**It can't be done: ${plain(plan.refusal)}**`, '']),
		...plan.lines.map(noteLine),
		...changed.flatMap((step) => [
			'',
			`<details><summary>${html(step.title)}</summary>`,
			'',
			...fenced('diff', (step.diff ?? []).map(diffLine)),
			'',
			'</details>',
		]),
		...(plan.command === '' ? [] : ['', ...fenced('sh', [plan.command])]),
		...(plan.commandNote === undefined ? [] : ['', plain(plan.commandNote)]),
		...folded(plan.details),
	].join('\n');
}

/** What may happen, likewise. */
export const reportMarkdown = ({title, lines, details}: Report): string =>
	[`### ${isDangerous({lines}) ? '❌ ' : ''}${plain(title)}`, '', ...lines.map(noteLine), ...folded(details)].join(
		'\n',
	);

const folded = (details: readonly PlanLine[] = []): string[] =>
	details.length === 0
		? []
		: ['', '<details><summary>Node by node</summary>', '', ...details.map(noteLine), '', '</details>'];

const noteLine = ({tone, text}: PlanLine): string => `- ${marks[tone]}${plain(text)}`;

function diffLine(line: PlanDiffLine): string {
	switch (line.kind) {
		case 'heading':
			return `@@ ${line.text} @@`;
		case 'skipped':
			return `@@ ${plural(line.count, 'line')} unchanged @@`;
		case 'same':
			return `  ${line.text}`;
		case 'removed':
			return `- ${line.text}`;
		case 'added':
			return `+ ${line.text}`;
		default:
			return line satisfies never;
	}
}

/** A fence longer than any in it. */
function fenced(language: string, lines: readonly string[]): string[] {
	const longest = Math.max(0, ...lines.flatMap((line) => line.match(/`+/g) ?? []).map((run) => run.length));
	const fence = '`'.repeat(Math.max(3, longest + 1));
	return [`${fence}${language}`, ...lines, fence];
}

const html = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Names and errors come from anybody: nothing in them is markup, nor tells somebody of it. */
const plain = (text: string): string =>
	html(text)
		.replaceAll(/[\\`*_{}[\]#|~]/g, '\\$&')
		.replaceAll(/(?<!\w)@/g, '&#64;');
