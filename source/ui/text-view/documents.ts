/** The texts that can be read on the screen: inspect as YAML, details, help. Made anew only when what they show changes. */
import {stringify} from 'yaml';
import type {ClusterState} from '../../cluster/model.ts';
import {parseObject} from '../../logs/json-fields.ts';
import {fitCells} from '../../text/fit.ts';
import {
	type SafeText,
	type StyledText,
	safe,
	stripStyles,
	styled,
	toSafeLines,
	toSafeText,
	toStyledText,
} from '../../text/safe-text.ts';
import type {Task} from '../../wire/task.ts';
import type {TextSource} from '../app/overlay.ts';
import {inspectDocument} from '../inspect/inspect-document.ts';
import {helpDocument} from '../keys/help.ts';
import type {Keymap} from '../keys/keymap.ts';
import {isKindId, kindOf} from '../kinds/registry.ts';
import type {Listed} from '../kinds/scope.ts';
import {firstStepsDocument} from '../simulator/first-steps.ts';
import {paint, type Theme} from '../theme/theme.ts';
import {tourDocument} from '../tour/tour-document.ts';
import {wordsDocument} from '../words/words-document.ts';
import type {TextDocument} from './text-document.ts';
import {wrapText} from './wrap.ts';

export class Documents {
	#source: TextSource | undefined;
	#row: Listed | undefined;
	#task: Task | undefined;
	#width = 0;
	#cluster: ClusterState | undefined;
	#document: TextDocument | undefined;
	readonly #keymap: Keymap;

	constructor(keymap: Keymap) {
		this.#keymap = keymap;
	}

	/** The text of that source; of an object that is gone, what was last known of it. `now`: for texts that say how long ago. */
	of(source: TextSource, cluster: ClusterState, width: number, now: number): TextDocument {
		const row = 'of' in source ? rowOf(source, cluster) : undefined;
		const {task} = cluster.inventory;
		const isSameRow =
			row === undefined ||
			(row === this.#row && task === this.#task && (source.kind !== 'why' || cluster === this.#cluster));
		const isSame = source === this.#source && width === this.#width && isSameRow;
		if (isSame && this.#document) return this.#document;
		this.#cluster = cluster;
		this.#source = source;
		this.#row = row;
		this.#task = task;
		this.#width = width;
		this.#document = documentOf(source, row, {cluster, width, now, keymap: this.#keymap});
		return this.#document;
	}
}

function rowOf(source: Extract<TextSource, {readonly of: string}>, cluster: ClusterState): Listed | undefined {
	return isKindId(source.of) ? kindOf(source.of).source(cluster).get(source.id) : undefined;
}

type Setting = {
	readonly cluster: ClusterState;
	readonly width: number;
	readonly now: number;
	readonly keymap: Keymap;
};

function documentOf(source: TextSource, row: Listed | undefined, {cluster, width, now, keymap}: Setting): TextDocument {
	if (source.kind === 'help') return helpDocument(keymap, width, source.focus);
	if (source.kind === 'words') return wordsDocument(width);
	if (source.kind === 'tour') return tourDocument(width);
	if (source.kind === 'firstSteps') return firstStepsDocument(source.hosts, width);
	if (source.kind === 'output') return plainDocument(source.title, source.lines);
	if (source.kind === 'message') return plainDocument(source.title, wrapText(source.text, Math.max(20, width - 2)));
	if (source.kind === 'logLine') return logLineDocument(source, width);
	const title = safe`${toSafeText(source.kind)} ${source.name}`;
	if (!row || !isKindId(source.of)) return plainDocument(title, [safe`${source.name} is gone`]);
	const kind = kindOf(source.of);
	if (source.kind === 'why') return detailsDocument(title, kind.why?.(row, cluster, now) ?? [], width);
	if (source.kind === 'inspect')
		return inspectDocument(source.name, kind.inspect(row, cluster), source.view, kind.previously?.(row));
	return detailsDocument(title, kind.details?.(row, cluster) ?? [], width);
}

/** Who said it and when, then the line: a JSON object spread out, anything else wrapped. */
function logLineDocument({name, details, text}: Extract<TextSource, {kind: 'logLine'}>, width: number): TextDocument {
	const title = safe`line of ${name}`;
	const head = detailsDocument(title, details, width);
	const value = parseObject(text);
	const body = value
		? yamlDocument(title, value)
		: plainDocument(
				title,
				toSafeLines(stripStyles(toStyledText(text))).flatMap((line) => wrapText(line, width - 2)),
			);
	const lines = [...head.lines, toSafeText(''), ...body.lines];
	const paintLine = (index: number, theme: Theme): StyledText =>
		index <= head.lines.length ? head.paintLine(index, theme) : body.paintLine(index - head.lines.length - 1, theme);
	return {title, lines, paintLine};
}

function plainDocument(title: SafeText, lines: readonly SafeText[]): TextDocument {
	return {title, lines, paintLine: (index) => lines[index] ?? toSafeText('')};
}

/** One YAML document; strings come from the engine and are made safe line by line. */
export function yamlDocument(title: SafeText, value: unknown): TextDocument {
	const lines = toSafeLines(stringify(value, {lineWidth: 0, aliasDuplicateObjects: false}));
	return {title, lines, paintLine: (index, theme) => paintYaml(lines[index] ?? toSafeText(''), theme)};
}

const yamlPair = /^(\s*(?:- )*)([^\s#"'][^:]*)(:)(\s.*)?$/;

function paintYaml(line: SafeText, theme: Theme): StyledText {
	const match = yamlPair.exec(line);
	if (!match) return paint(theme, 'yamlValue', line);
	const [, indent = '', key = '', colon = '', value = ''] = match as unknown as SafeText[];
	return styled`${indent as SafeText}${paint(theme, 'yamlKey', key as SafeText)}${colon as SafeText}${paint(theme, 'yamlValue', value as SafeText)}`;
}

const labelWidth = 12;

/** Label and value, long values wrapped under themselves. */
function detailsDocument(
	title: SafeText,
	details: readonly (readonly [label: string, value: SafeText])[],
	width: number,
): TextDocument {
	const rows = details
		.filter(([, value]) => value !== '')
		.flatMap(([label, value]) =>
			wrapText(value, width - labelWidth - 2).map((part, index) => ({label: index === 0 ? label : '', value: part})),
		);
	const labels = rows.map(({label}) => fitCells(toSafeText(label), labelWidth));
	return {
		title,
		lines: rows.map(({value}, index) => safe`${labels[index] ?? toSafeText('')} ${value}`),
		paintLine: (index, theme) =>
			styled`${paint(theme, 'dim', labels[index] ?? toSafeText(''))} ${rows[index]?.value ?? toSafeText('')}`,
	};
}
