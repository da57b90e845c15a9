/** The texts that can be read on the screen: inspect as YAML, details, help. Made anew only when what they show changes. */
import {stringify} from 'yaml';
import type {ContainerView} from '../../cluster/entities/inside.ts';
import type {ClusterState, Inventory} from '../../cluster/model.ts';
import {tasksOfServices} from '../../cluster/tasks-of.ts';
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
import type {Detail, Kind} from '../kinds/kind.ts';
import {isKindId, kindOf} from '../kinds/registry.ts';
import type {Listed} from '../kinds/scope.ts';
import {firstStepsDocument} from '../simulator/first-steps.ts';
import {paint, type Theme} from '../theme/theme.ts';
import {tourDocument} from '../tour/tour-document.ts';
import {wordsDocument} from '../words/words-document.ts';
import {tasksDocument} from './tasks-document.ts';
import type {TextDocument} from './text-document.ts';
import {usageDocument} from './usage-document.ts';
import {whyDocument} from './why-document.ts';
import {wrapText} from './wrap.ts';

/** What the tasks whose logs are open have printed. */
export type Said = {
	/** Another one when there is more. */
	readonly revision: () => unknown;
	readonly lastWords: (taskId: string, most: number) => readonly SafeText[];
};

/** So many of the last lines tell how a program ended. */
const mostLastWords = 5;

/** It says something of other objects too: made anew with every change. */
const isOfAll = ({kind}: TextSource): boolean => kind === 'why' || kind === 'tasks' || kind === 'usage';

export class Documents {
	#source: TextSource | undefined;
	#row: Listed | undefined;
	#task: Task | undefined;
	#networks: Inventory['networks'];
	#looked: ContainerView | undefined;
	#width = 0;
	#cluster: ClusterState | undefined;
	#document: TextDocument | undefined;
	readonly #keymap: Keymap;
	readonly #said: Said;
	#revision: unknown;

	/** @param said what tasks have printed; default: nobody knows */
	constructor(keymap: Keymap, said: Said = {revision: () => undefined, lastWords: () => []}) {
		this.#keymap = keymap;
		this.#said = said;
	}

	/** The text of that source; of an object that is gone, what was last known of it. `now`: for texts that say how long ago. */
	of(source: TextSource, cluster: ClusterState, width: number, now: number): TextDocument {
		const row = 'of' in source ? rowOf(source, cluster) : undefined;
		const {task, networks} = cluster.inventory;
		const looked = cluster.inside?.contents?.looked;
		const revision = isOfAll(source) ? this.#said.revision() : this.#revision;
		const isSameRow =
			row === undefined ||
			(row === this.#row &&
				task === this.#task &&
				networks === this.#networks &&
				looked === this.#looked &&
				(!isOfAll(source) || (cluster === this.#cluster && revision === this.#revision)));
		const isSame = source === this.#source && width === this.#width && isSameRow;
		if (isSame && this.#document) return this.#document;
		this.#cluster = cluster;
		this.#revision = revision;
		this.#source = source;
		this.#row = row;
		this.#task = task;
		this.#networks = networks;
		this.#looked = looked;
		this.#width = width;
		this.#document = documentOf(source, row, {cluster, width, now, keymap: this.#keymap, said: this.#said});
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
	readonly said: Said;
};

function documentOf(source: TextSource, row: Listed | undefined, setting: Setting): TextDocument {
	const {cluster, width, now, keymap} = setting;
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
	if (source.kind === 'why') return whyOf(title, kind, row, setting);
	if (source.kind === 'usage') {
		const used = kind.usage?.(row, cluster);
		return usageDocument(title, {trace: cluster.inside?.history?.of(row.id, now), used}, cluster, width);
	}
	if (source.kind === 'spec') return yamlDocument(title, specOf(kind.inspect(row, cluster)));
	if (source.kind === 'tasks') return tasksDocument(title, tasksOfServices(cluster.tasks).get(row.id) ?? [], now);
	if (source.kind === 'inspect')
		return inspectDocument(source.name, kind.inspect(row, cluster), source.view, kind.previously?.(row));
	return detailsDocument(title, kind.details?.(row, cluster, source.kind === 'details' ? source : {}) ?? [], width);
}

function whyOf(
	title: SafeText,
	kind: Kind<Listed>,
	row: Listed,
	{cluster, width, now, keymap, said}: Setting,
): TextDocument {
	const endedId = kind.lastEnded?.(row, cluster);
	return whyDocument(
		{
			title,
			health: row.health,
			reasons: kind.why?.(row, cluster, now) ?? [],
			lastWords: endedId === undefined ? [] : said.lastWords(endedId, mostLastWords),
			next: kind.next?.(row, cluster, (id) => keymap.keyOf(id)) ?? toSafeText(''),
		},
		width,
	);
}

/** Of an object of the engine what was asked for, where it has that. */
function specOf(object: unknown): unknown {
	return typeof object === 'object' && object !== null && 'Spec' in object ? object.Spec : object;
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
function yamlDocument(title: SafeText, value: unknown): TextDocument {
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
function detailsDocument(title: SafeText, details: readonly Detail[], width: number): TextDocument {
	const rows = details
		.filter(([, value]) => value !== '')
		.flatMap(([label, value, role]) =>
			wrapText(value, width - labelWidth - 2).map((part, index) => ({
				label: fitCells(toSafeText(index === 0 ? label : ''), labelWidth),
				value: part,
				role,
			})),
		);
	return {
		title,
		lines: rows.map(({label, value}) => safe`${label} ${value}`),
		paintLine(index, theme) {
			const row = rows[index];
			if (!row) return toSafeText('');
			const {label, value, role} = row;
			return styled`${paint(theme, 'title', label)} ${role ? paint(theme, role, value) : value}`;
		},
	};
}
