/** What is reserved on each node, as bars: the scheduler's view, not what is used. */
import type {ClusterState, NodeEntity} from '../../cluster/model.ts';
import {fitCells} from '../../text/fit.ts';
import {bytes, cpus} from '../../text/format.ts';
import {type SafeText, type StyledText, safe, styled, toSafeText} from '../../text/safe-text.ts';
import {cellWidth} from '../../text/width.ts';
import {compareNatural} from '../table/natural.ts';
import {paint, type Role, type Theme} from '../theme/theme.ts';

const mostNameCells = 20;
const amountCells = 13;
/** For what keeps new tasks off a node. */
const noteCells = 6;
const widestBar = 40;
/** From this share on a node is told as full. */
const fullFrom = 0.9;

/** A title and one line per node, as many as there is room for. */
export function capacityHeight({nodes}: ClusterState, room: number): number {
	return room < 2 || nodes.size === 0 ? 0 : Math.min(nodes.size + 1, room);
}

/** Exactly so many lines. */
export function capacityLines(
	{nodes}: ClusterState,
	theme: Theme,
	{width, height}: {readonly width: number; readonly height: number},
): StyledText[] {
	if (height === 0) return [];
	const fullestFirst = [...nodes.values()].toSorted(
		(a, b) => fullness(b) - fullness(a) || compareNatural(a.hostname, b.hostname),
	);
	const isAll = nodes.size < height;
	const shown = fullestFirst.slice(0, isAll ? nodes.size : height - 2);
	const title = paint(theme, 'heading', toSafeText('   RESERVED ON EACH NODE (not what is used), the fullest first'));
	const rest = isAll ? [] : [paint(theme, 'dim', safe`   … and ${nodes.size - shown.length} nodes with more room`)];
	const longest = Math.max(...shown.map(({hostname}) => cellWidth(hostname)));
	const nameCells = Math.min(mostNameCells, longest);
	return [title, ...shown.map((node) => nodeLine(node, nameCells, theme, width)), ...rest].map((line) =>
		fitCells(line, width),
	);
}

function nodeLine(node: NodeEntity, nameCells: number, theme: Theme, width: number): StyledText {
	const {hostname, reserved, capacity, availability, state} = node;
	const name = fitCells(hostname, nameCells, 'left', {from: 'middle', ellipsis: theme.glyphs.ellipsis});
	const isOut = state !== 'ready' || availability !== 'active';
	const note = isOut ? toSafeText(state === 'ready' ? availability : state) : toSafeText('');
	if (!reserved) return styled`   ${name} ${paint(theme, 'dim', toSafeText('its tasks are not known yet'))}`;
	const bar = Math.min(widestBar, Math.floor((width - nameCells - 2 * amountCells - noteCells - 18) / 2));
	const cpu = part('cpu', reserved.nanoCpus, capacity.nanoCpus, cpus, bar, theme);
	const memory = part('mem', reserved.memoryBytes, capacity.memoryBytes, bytes, bar, theme);
	const line = styled`   ${name} ${cpu}  ${memory}  ${note}`;
	return isOut ? paint(theme, 'dim', line) : line;
}

function part(
	label: string,
	reserved: number,
	capacity: number,
	format: (amount: number) => SafeText,
	bar: number,
	theme: Theme,
): StyledText {
	const share = capacity > 0 ? reserved / capacity : 0;
	const amount = safe`${format(reserved)}/${format(capacity)}`;
	const text = fitCells(amount, Math.max(amountCells, cellWidth(amount)));
	if (bar < 4) return styled`${toSafeText(label)} ${text}`;
	const full = Math.min(bar, reserved > 0 ? Math.max(1, Math.round(share * bar)) : 0);
	const {full: filled, empty} = theme.glyphs.bar;
	const role: Role = share >= fullFrom ? 'warning' : 'accent';
	const drawn = styled`${paint(theme, role, toSafeText(filled.repeat(full)))}${paint(theme, 'dim', toSafeText(empty.repeat(bar - full)))}`;
	return styled`${toSafeText(label)} ${drawn} ${text}`;
}

/** The larger of the two shares; a node whose tasks aren't known comes last. */
function fullness({reserved, capacity}: NodeEntity): number {
	if (!reserved) return -1;
	const share = (part: number, whole: number): number => (whole > 0 ? part / whole : 0);
	return Math.max(share(reserved.nanoCpus, capacity.nanoCpus), share(reserved.memoryBytes, capacity.memoryBytes));
}
