/** What inspect shows: the engine's own object as YAML or JSON, or how its spec differs from the one before. */
import {unifiedDiff} from '../../text/line-diff.ts';
import {type SafeText, type StyledText, safe, styled, toSafeText} from '../../text/safe-text.ts';
import type {TextDocument} from '../text-view/text-document.ts';
import {paint, type Role, type Theme} from '../theme/theme.ts';
import {type TreeFormat, type TreeLine, textOf, treeLines} from './tree-lines.ts';

export type InspectView = {
	readonly format: TreeFormat;
	/** Paths of what is hidden. */
	readonly folded: ReadonlySet<string>;
	readonly isDiff: boolean;
};

/** What was before is a key away (the diff), and long: it begins folded. */
export function initialInspect(format: TreeFormat): InspectView {
	return {format, folded: new Set(['.PreviousSpec']), isDiff: false};
}

/** The spec as it is and as it was. */
export type SpecHistory = {readonly before: unknown; readonly after: unknown};

const none: ReadonlySet<string> = new Set();

export function inspectDocument(
	name: SafeText,
	value: unknown,
	{format, folded, isDiff}: InspectView,
	history: SpecHistory | undefined,
): TextDocument {
	if (isDiff && history) return diffDocument(name, history, format);
	const lines = treeLines(value, format, folded);
	return {
		title: safe`inspect ${name}  ${toSafeText(format.toUpperCase())}`,
		lines: lines.map(textOf),
		paintLine: (index, theme) => paintTreeLine(lines[index], theme),
		nodeAt: (index) => lines[index],
	};
}

const toneRoles: Record<TreeLine['tone'], Role> = {text: 'yamlValue', number: 'accent', mark: 'dim'};

function paintTreeLine(line: TreeLine | undefined, theme: Theme): StyledText {
	if (!line) return toSafeText('');
	const {lead, key, rest, tone} = line;
	const painted = paint(theme, toneRoles[tone], rest);
	return key === '' ? styled`${lead}${painted}` : styled`${lead}${paint(theme, 'yamlKey', key)}${painted}`;
}

const diffMarks = {same: ' ', added: '+', removed: '-'} as const;
const diffRoles: Record<keyof typeof diffMarks, Role> = {same: 'dim', added: 'good', removed: 'danger'};

function diffDocument(name: SafeText, {before, after}: SpecHistory, format: TreeFormat): TextDocument {
	const textsOf = (spec: unknown): SafeText[] => treeLines(spec, format, none).map(textOf);
	const rows = unifiedDiff(textsOf(before), textsOf(after)).map((line): {text: SafeText; role: Role} =>
		line.kind === 'skipped'
			? {text: safe`… ${line.count} lines are the same`, role: 'dim'}
			: {text: safe`${toSafeText(diffMarks[line.kind])} ${line.text}`, role: diffRoles[line.kind]},
	);
	if (rows.length === 0) rows.push({text: toSafeText('The spec is the same as the one before.'), role: 'dim'});
	return {
		title: safe`inspect ${name}  what its last update changed: - before, + now`,
		lines: rows.map(({text}) => text),
		paintLine: (index, theme) => paint(theme, rows[index]?.role ?? 'text', rows[index]?.text ?? toSafeText('')),
	};
}
