/** The tasks of a node as blocks: which there are, with a plan's comings and goings, and how they are painted. */
import type {Moves} from '../../cluster/intent.ts';
import type {TaskEntity} from '../../cluster/model.ts';
import type {MapRow} from '../../cluster/topology.ts';
import {type SafeText, type StyledText, safe, styled, toSafeText, withStyle} from '../../text/safe-text.ts';
import {cellWidth} from '../../text/width.ts';
import {paint, paintSpeaker, type Role, type Theme} from '../theme/theme.ts';
import {type Sign, strangerSign} from './signs.ts';

/** How it stands with a block. The last four are a plan's: they have not happened. */
type BlockState =
	| 'running'
	| 'starting'
	| 'failing'
	| 'unknown'
	| 'leaving'
	| 'willStop'
	| 'willStart'
	| 'willBeReplaced'
	| 'willWait';

export type Block = {
	/** '' for a task that there is only in a plan. */
	readonly taskId: string;
	readonly serviceId: string;
	readonly state: BlockState;
};

/** @param moves of the plan that is being looked at */
export function blocksOf(row: Exclude<MapRow, {kind: 'zone'}>, moves: Moves | undefined): readonly Block[] {
	const ends = new Set(moves?.stops.map(({taskId}) => taskId));
	const coming = comingTo(row, moves);
	const blocks = row.tasks.map(({id, serviceId, slot, ...task}): Block => {
		if (!ends.has(id)) return {taskId: id, serviceId, state: stateOf(task)};
		const successor = coming.findIndex((start) => start.serviceId === serviceId && start.slot === slot);
		if (successor !== -1) coming.splice(successor, 1);
		return {taskId: id, serviceId, state: successor === -1 ? 'willStop' : 'willBeReplaced'};
	});
	const known = new Set(row.tasks.map(({id}) => id));
	const ghosts = coming
		.filter(({taskId}) => !known.has(taskId))
		.map(({serviceId}): Block => ({taskId: '', serviceId, state: row.kind === 'waiting' ? 'willWait' : 'willStart'}));
	return [...blocks, ...ghosts];
}

type Coming = {readonly taskId: string; readonly serviceId: string; readonly slot: number};

function comingTo(row: Exclude<MapRow, {kind: 'zone'}>, moves: Moves | undefined): Coming[] {
	if (!moves) return [];
	if (row.kind === 'node') return moves.starts.filter(({nodeId}) => nodeId === row.id);
	const waiting = new Set(row.tasks.map(({serviceId, slot}) => `${serviceId}/${slot}`));
	return moves.unplaced
		.filter(({serviceId, slot}) => !waiting.has(`${serviceId}/${slot}`))
		.map(({serviceId, slot}) => ({taskId: 'unplaced', serviceId, slot}));
}

function stateOf({health, state, desired}: Pick<TaskEntity, 'health' | 'state' | 'desired'>): BlockState {
	if (health === 'failing' || health === 'unknown') return health;
	if (desired === 'shutdown' || desired === 'remove') return 'leaving';
	return state === 'running' ? 'running' : 'starting';
}

export type BlockLook = {
	readonly theme: Theme;
	readonly signs: ReadonlyMap<string, Sign>;
	/** The same with more of the names, and how many cells they take: where all blocks have room for them. */
	readonly wide?: {readonly signs: ReadonlyMap<string, Sign>; readonly cells: number};
	/** The service that stands out; all others step back. */
	readonly serviceId: string | undefined;
	/** The block that the cursor is on, by its task; it shows only in the selected row. */
	readonly taskId: string | undefined;
};

const blockCells = 3;

/** At most `width` cells: a block each, else a block per service with its count, else as many of those as there is room for. */
export function blocksLine(blocks: readonly Block[], width: number, look: BlockLook): StyledText {
	const {wide} = look;
	if (wide && blocks.length * (wide.cells + 1) <= width) {
		const wider = {...look, signs: wide.signs};
		return blocks.reduce<StyledText>((line, block) => styled`${line}${oneBlock(block, wider)}`, toSafeText(''));
	}
	if (blocks.length * blockCells <= width) {
		return blocks.reduce<StyledText>((line, block) => styled`${line}${oneBlock(block, look)}`, toSafeText(''));
	}
	return countedLine(blocks, width, look);
}

const marks: Record<BlockState, {readonly mark: string; readonly role: Role}> = {
	running: {mark: ' ', role: 'text'},
	starting: {mark: '', role: 'converging'},
	failing: {mark: '', role: 'failing'},
	unknown: {mark: '?', role: 'unknown'},
	leaving: {mark: '-', role: 'dim'},
	willStop: {mark: '-', role: 'danger'},
	willStart: {mark: '+', role: 'good'},
	willBeReplaced: {mark: '~', role: 'warning'},
	willWait: {mark: '!', role: 'danger'},
};

/** The mark that says it without colour; the two that health has shapes for come from the theme. */
function markOf(state: BlockState, {glyphs}: Theme): SafeText {
	if (state === 'starting') return glyphs.health.converging;
	return state === 'failing' ? glyphs.health.failing : toSafeText(marks[state].mark);
}

function oneBlock(block: Block, look: BlockLook): StyledText {
	const {theme} = look;
	const isHere = block.taskId !== '' && block.taskId === look.taskId;
	const mark = isHere
		? paint(theme, 'accent', toSafeText('<'))
		: paint(theme, marks[block.state].role, markOf(block.state, theme));
	return styled`${paintCode(block.serviceId, block.state, isHere, look)}${mark}`;
}

/** What runs is filled; what does not, or is only planned, is not. */
function paintCode(serviceId: string, state: BlockState, isHere: boolean, look: BlockLook): StyledText {
	const {theme, signs} = look;
	const {code, colour} = signs.get(serviceId) ?? strangerSign;
	if (isHere) return paint(theme, 'matchHere', code);
	if (look.serviceId !== undefined && look.serviceId !== serviceId) return paint(theme, 'dim', code);
	if (state === 'running') return withStyle('7', paintSpeaker(theme, colour, code));
	if (state === 'starting') return paintSpeaker(theme, colour, code);
	if (state === 'failing') return withStyle('7', paint(theme, 'failing', code));
	return paint(theme, marks[state].role, code);
}

const urgency: readonly BlockState[] = [
	'failing',
	'willWait',
	'willStop',
	'willStart',
	'willBeReplaced',
	'unknown',
	'starting',
	'leaving',
	'running',
];

function countedLine(blocks: readonly Block[], width: number, look: BlockLook): StyledText {
	const groups = [...Map.groupBy(blocks, ({serviceId, state}) => `${serviceId} ${state}`).values()].sort(
		(a, b) => rankOf(a) - rankOf(b),
	);
	let line: StyledText = toSafeText('');
	let [used, shown] = [0, 0];
	for (const [index, group] of groups.entries()) {
		const [first] = group;
		if (!first) continue;
		const text = group.length === 1 ? toSafeText('') : safe`×${group.length}`;
		const rest = blocks.length - shown - group.length;
		const reserve = index === groups.length - 1 ? 0 : cellWidth(`+${rest} more`);
		const cells = blockCells + cellWidth(text) + 1;
		if (used + cells + reserve > width) break;
		const isHere = group.some(({taskId}) => taskId !== '' && taskId === look.taskId);
		const code = paintCode(first.serviceId, first.state, isHere, look);
		const mark = paint(look.theme, marks[first.state].role, markOf(first.state, look.theme));
		line = styled`${line}${code}${text}${mark} `;
		used += cells;
		shown += group.length;
	}
	return shown === blocks.length
		? line
		: styled`${line}${paint(look.theme, 'dim', safe`+${blocks.length - shown} more`)}`;
}

/** What needs a look comes first; else the order that they are in. */
function rankOf([first]: readonly Block[]): number {
	return first ? urgency.indexOf(first.state) : urgency.length;
}
