/** What a task, a service or a node used in the last quarter of an hour, as two charts. */
import type {UsageTrace} from '../../cluster/entities/inside.ts';
import type {ClusterState} from '../../cluster/model.ts';
import {rememberedMs} from '../../cluster/usage-history.ts';
import type {Used} from '../../cluster/usage-sums.ts';
import {fitCells} from '../../text/fit.ts';
import {bytes, cpus, duration} from '../../text/format.ts';
import {joinSafe, type SafeText, safe, toSafeText} from '../../text/safe-text.ts';
import {percentText} from '../kinds/usage-columns.ts';
import {paint} from '../theme/theme.ts';
import type {TextDocument} from './text-document.ts';
import {wrapText} from './wrap.ts';

const levels = ' ▁▂▃▄▅▆▇█';
const rows = 6;
const scaleCells = 9;

type Values = readonly (number | undefined)[];

/** @param used now, beside what is reserved and the limit */
export function usageDocument(
	title: SafeText,
	{trace, used}: {readonly trace: UsageTrace | undefined; readonly used: Used | undefined},
	{inside}: Pick<ClusterState, 'inside'>,
	width: number,
): TextDocument {
	if (!trace) {
		const note = inside ? notYet : noWay;
		const lines = wrapText(note, Math.max(20, width - 2));
		return {title, lines, paintLine: (index) => lines[index] ?? toSafeText('')};
	}
	const cells = Math.max(10, Math.min(trace.cpuPercent.length, width - scaleCells - 2));
	const lines = [
		cpuHeading(trace.cpuPercent, used),
		...chart(trace.cpuPercent, cells, (value) => percentText(value)),
		toSafeText(''),
		memoryHeading(trace.memoryBytes, used),
		...chart(trace.memoryBytes, cells, bytes),
		axis(cells),
		...otherLines(used),
	];
	const headings = new Set([0, rows + 2]);
	return {
		title,
		lines,
		paintLine: (index, theme) => paint(theme, headings.has(index) ? 'heading' : 'text', lines[index] ?? toSafeText('')),
	};
}

const notYet = toSafeText(
	'Nobody has asked its engine yet: the chart begins within some seconds, while its tasks run.',
);
const noWay = toSafeText(
	'No way leads to the engines of the nodes, which alone know what is used: name them under nodes: in config.yaml.',
);

const known = (values: Values): number[] => values.filter((value) => value !== undefined);

function cpuHeading(values: Values, used: Used | undefined): SafeText {
	const reserved = used?.reserved?.nanoCpus;
	return joinSafe(
		[
			safe`CPU (100% is one CPU): ${nowWords(percentText(used?.cpuPercent))}`,
			safe`at most ${percentText(Math.max(...known(values), 0))}`,
			...(reserved ? [safe`reserved ${cpus(reserved)} CPU`] : []),
			...(used?.throttled ? [safe`held back by its limit ${percentText(used.throttled * 100)} of the time`] : []),
		],
		', ',
	);
}

function memoryHeading(values: Values, used: Used | undefined): SafeText {
	const reserved = used?.reserved?.memoryBytes;
	return joinSafe(
		[
			safe`Memory: ${nowWords(used ? bytes(used.memoryBytes) : toSafeText(''))}`,
			safe`at most ${bytes(Math.max(...known(values), 0))}`,
			...(reserved ? [safe`reserved ${bytes(reserved)}`] : []),
			...(used?.memoryLimit === undefined ? [] : [safe`limit ${bytes(used.memoryLimit)}`]),
		],
		', ',
	);
}

const nowWords = (value: SafeText): SafeText => (value === '' ? toSafeText('not known now') : safe`${value} now`);

function otherLines(used: Used | undefined): SafeText[] {
	const lines: SafeText[] = [];
	if (used?.network) {
		const {received, sent} = used.network;
		lines.push(safe`Network: ${bytes(received)} received, ${bytes(sent)} sent a second`);
	}
	if (used?.disk) lines.push(safe`Disk: ${bytes(used.disk.read)} read, ${bytes(used.disk.written)} written a second`);
	return lines.length > 0 ? [toSafeText(''), ...lines] : lines;
}

/** From 0 up to the greatest; gaps where nobody asked. */
function chart(values: Values, cells: number, label: (value: number) => SafeText): SafeText[] {
	const shown = squeezed(values, cells);
	const top = Math.max(...known(shown), 0);
	return Array.from({length: rows}, (_, index) => {
		const row = rows - 1 - index;
		const scale = index === 0 ? label(top) : row === 0 ? label(0) : toSafeText('');
		const bars = shown.map((value) => {
			if (value === undefined) return ' ';
			const eighths = top === 0 ? 0 : Math.round((value / top) * rows * 8);
			// What is known and almost nothing still is a line at the bottom.
			const own = Math.max(row === 0 ? 1 : 0, Math.min(8, eighths - row * 8));
			return levels[Math.max(0, own)] ?? ' ';
		});
		return safe`${fitCells(scale, scaleCells - 1, 'right')} ${toSafeText(bars.join(''))}`;
	});
}

function squeezed(values: Values, cells: number): Values {
	const perCell = Math.ceil(values.length / cells);
	return Array.from({length: Math.ceil(values.length / perCell)}, (_, index) => {
		const part = known(values.slice(index * perCell, (index + 1) * perCell));
		return part.length === 0 ? undefined : Math.max(...part);
	});
}

function axis(cells: number): SafeText {
	const ago = safe`${duration(rememberedMs)} ago`;
	return safe`${toSafeText(' '.repeat(scaleCells))}${fitCells(ago, Math.max(ago.length, cells - 3))}${toSafeText('now')}`;
}
