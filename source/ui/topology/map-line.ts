/** One line of the map: a zone with what its nodes add up to, a node with its tasks, or what waits for a place. */
import type {Moves} from '../../cluster/intent.ts';
import type {NodeEntity} from '../../cluster/model.ts';
import type {MapRow, NodePlace, WaitingRoom, Zone} from '../../cluster/topology.ts';
import {fitCells} from '../../text/fit.ts';
import {bytes, cpus, plural} from '../../text/format.ts';
import {type StyledText, safe, styled, toSafeText} from '../../text/safe-text.ts';
import {cellWidth} from '../../text/width.ts';
import {gutterWidth} from '../table/table-lines.ts';
import {paint, type Role, type Theme} from '../theme/theme.ts';
import {type BlockLook, blocksLine, blocksOf} from './blocks.ts';

const barCells = 5;
/** `drain`, `pause`, `down`. */
const noteCells = 5;
/** From this share on a node is told as full. */
const fullFrom = 0.9;

export type MapLineLook = BlockLook & {readonly isMarked: boolean; readonly nameCells: number; readonly width: number};

/**
 * All of the row but the mark of its selection, `width` cells.
 * @param moves of the plan that is being looked at
 */
export function mapLine(row: MapRow, moves: Moves | undefined, look: MapLineLook): StyledText {
	const {theme, isMarked, nameCells, width} = look;
	const glyph = paint(theme, row.health, theme.glyphs.health[row.health]);
	const mark = isMarked ? paint(theme, 'accent', theme.glyphs.mark) : toSafeText(' ');
	if (row.kind === 'zone') return fitCells(styled`${glyph}${mark}${zoneText(row, theme, width - 2)}`, width);
	const head = row.kind === 'node' ? nodeHead(row, nameCells, theme) : waitingHead(row, moves, theme);
	const room = width - 2 - cellWidth(head);
	return fitCells(styled`${glyph}${mark}${head}${blocksLine(blocksOf(row, moves), room, look)}`, width);
}

function waitingHead(row: WaitingRoom, moves: Moves | undefined, theme: Theme): StyledText {
	const isEmpty = blocksOf(row, moves).length === 0;
	if (isEmpty) return paint(theme, 'dim', toSafeText('every task has a place'));
	return paint(theme, 'warning', toSafeText('waiting for a place  '));
}

function nodeHead({node}: NodePlace, nameCells: number, theme: Theme): StyledText {
	const {name: hostname, state, availability} = node;
	const name = fitCells(hostname, nameCells, 'left', {from: 'middle', ellipsis: theme.glyphs.ellipsis});
	const note = state !== 'ready' ? state : availability === 'active' ? '' : availability;
	const isOut = note !== '';
	const noted = paint(theme, state === 'ready' ? 'warning' : 'failing', fitCells(toSafeText(note), noteCells));
	return styled`${isOut ? paint(theme, 'dim', name) : name} ${standing(node, theme)} ${bar(node, theme)} ${noted} `;
}

/** One cell: the leader, another manager, a worker. */
function standing({manager, role}: NodeEntity, theme: Theme): StyledText {
	if (manager?.isLeader) return paint(theme, 'accent', theme.glyphs.leader);
	return manager || role === 'manager' ? toSafeText('m') : toSafeText(' ');
}

/** The larger of the two reserved shares. */
function bar({reserved, capacity}: NodeEntity, theme: Theme): StyledText {
	if (!reserved) return toSafeText(' '.repeat(barCells));
	const part = (amount: number, whole: number): number => (whole > 0 ? amount / whole : 0);
	const share = Math.max(part(reserved.nanoCpus, capacity.nanoCpus), part(reserved.memoryBytes, capacity.memoryBytes));
	const full = Math.min(barCells, share > 0 ? Math.max(1, Math.round(share * barCells)) : 0);
	const {full: filled, empty} = theme.glyphs.bar;
	const role: Role = share >= fullFrom ? 'warning' : 'accent';
	return styled`${paint(theme, role, toSafeText(filled.repeat(full)))}${paint(theme, 'dim', toSafeText(empty.repeat(barCells - full)))}`;
}

/** The name, a rule, and at the end what the zone's nodes hold together. */
function zoneText({name, nodes, tasks}: Zone, theme: Theme, width: number): StyledText {
	const total = (amount: (node: NodeEntity) => number): number => nodes.reduce((sum, node) => sum + amount(node), 0);
	const cpu = safe`${cpus(total(({reserved}) => reserved?.nanoCpus ?? 0))}/${cpus(total(({capacity}) => capacity.nanoCpus))}`;
	const memory = safe`${bytes(total(({reserved}) => reserved?.memoryBytes ?? 0))}/${bytes(total(({capacity}) => capacity.memoryBytes))}`;
	const title = paint(theme, 'title', name === '' ? toSafeText('in no zone') : name);
	const sums = safe`${plural(nodes.length, 'node')}, ${plural(tasks, 'task')}, reserved ${cpu} CPUs, ${memory}`;
	const rule = theme.glyphs.border.horizontal.repeat(Math.max(2, width - cellWidth(title) - cellWidth(sums) - 3));
	return styled`${title} ${paint(theme, 'border', toSafeText(rule))} ${paint(theme, 'dim', sums)}`;
}

/** What stands over the columns. */
export function mapHeading(nameCells: number, theme: Theme, width: number): StyledText {
	const name = fitCells(toSafeText('NODE'), nameCells);
	const text = safe`${toSafeText(' '.repeat(gutterWidth))}${name}   ${fitCells(toSafeText('RES'), barCells)} ${fitCells(toSafeText(''), noteCells)} TASKS`;
	return paint(theme, 'heading', fitCells(text, width));
}
