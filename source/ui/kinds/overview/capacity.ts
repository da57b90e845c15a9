/** What is reserved on each node, as bars: the scheduler's view; beside it what is used, where engines were asked. */
import {nothing, plus} from '../../../cluster/capacity.ts';
import {findingsIn, isIgnored} from '../../../cluster/doctor/findings.ts';
import {isWell} from '../../../cluster/entities/health.ts';
import type {Amount, ClusterState, NodeEntity} from '../../../cluster/model.ts';
import {zoneKeyOf, zoneOf} from '../../../cluster/topology.ts';
import {usageOfNode} from '../../../cluster/usage-sums.ts';
import {fitCells} from '../../../text/fit.ts';
import {bytes, cpus, plural} from '../../../text/format.ts';
import {type SafeText, type StyledText, safe, styled, toSafeText} from '../../../text/safe-text.ts';
import {cellWidth} from '../../../text/width.ts';
import type {Environment} from '../../app/environment.ts';
import {compareNatural} from '../../table/natural.ts';
import {paint, type Role, type Theme} from '../../theme/theme.ts';
import {trendLine} from './trend-line.ts';

const mostNameCells = 20;
const amountCells = 13;
/** With what is used before it. */
const usedAmountCells = 20;
/** For what keeps new tasks off a node. */
const noteCells = 6;
const widestBar = 40;
const nanoCpusPerPercent = 1e7;
const unknown = toSafeText('–');
const reservedTitle = toSafeText('   RESERVED (not what is used), the fullest first');
const usedTitle = toSafeText('   USED/RESERVED/TOTAL, the fullest first');
/** From this share on a node is told as full. */
const fullFrom = 0.9;

/** How the tasks did, a title, and one line per zone and node, as many as there is room for. */
export function capacityHeight({nodes, services}: ClusterState, room: number): number {
	if (room < 3 || nodes.size === 0) return 0;
	return Math.min(3 + zonesOf({nodes, services}).length + nodes.size, room);
}

/** Exactly so many lines. */
export function capacityLines(
	environment: Environment,
	{width, height}: {readonly width: number; readonly height: number},
): StyledText[] {
	if (height === 0) return [];
	const {cluster, theme, trends, now} = environment;
	const trend = trendLine(trends, now, theme, width);
	const bars = barLines(cluster, theme, {width, height: Math.max(0, height - 2)});
	return [wellLine(environment, width), trend, ...bars].slice(0, height);
}

/** One row for all that is as it should be, and for what the doctor has to say besides. */
function wellLine({cluster, theme, keyOf, ignoring}: Environment, width: number): StyledText {
	const {nodes, services} = cluster;
	const [wellNodes, wellServices] = [[...nodes.values()].filter(isWell), [...services.values()].filter(isWell)];
	const glyph = paint(theme, 'healthy', theme.glyphs.health.healthy);
	const words = safe`${plural(wellServices.length, 'service')}, ${plural(wellNodes.length, 'node')} as desired`;
	const risks = [...findingsIn(cluster).values()].filter(
		(finding) => finding.severity !== 'note' && !isIgnored(finding, ignoring),
	).length;
	if (risks === 0) return fitCells(styled` ${glyph} ${words}`, width);
	const hint = safe`${keyOf('view.doctor')} ${plural(risks, 'risk')} that the doctor sees`;
	return fitCells(styled` ${glyph} ${words}; ${paint(theme, 'warning', hint)}`, width);
}

/** A zone or a node. */
type Holder = Pick<NodeEntity, 'name' | 'reserved' | 'capacity' | 'state' | 'availability'> & {
	readonly used: Amount | undefined;
};

function barLines(
	cluster: ClusterState,
	theme: Theme,
	{width, height}: {readonly width: number; readonly height: number},
): StyledText[] {
	const {nodes, services, inside} = cluster;
	const holders = [...nodes.values()].map((node): Holder & NodeEntity => ({...node, used: usedOn(node, cluster)}));
	const used = new Map(holders.map((holder) => [holder.id, holder.used]));
	const look = {theme, width, isUsedShown: inside !== undefined};
	const zones = zonesOf({nodes, services}, used).slice(0, Math.max(0, height - 2));
	const fullestFirst = holders.toSorted((a, b) => fullness(b) - fullness(a) || compareNatural(a.name, b.name));
	const room = height - 1 - zones.length;
	const isAll = nodes.size <= room;
	const shown = fullestFirst.slice(0, isAll ? nodes.size : Math.max(0, room - 1));
	const title = paint(theme, 'heading', look.isUsedShown ? usedTitle : reservedTitle);
	const rest = isAll ? [] : [paint(theme, 'dim', safe`   … and ${nodes.size - shown.length} nodes with more room`)];
	const longest = Math.max(...[...zones, ...shown].map(({name}) => cellWidth(name)));
	const nameCells = Math.min(mostNameCells, longest);
	const zoneLines = zones.map((zone) => paint(theme, 'title', holderLine(zone, nameCells, look)));
	const nodeLines = shown.map((node) => holderLine(node, nameCells, look));
	return [title, ...zoneLines, ...nodeLines, ...rest].map((line) => fitCells(line, width));
}

/** What the nodes of each zone have together; none where no label parts the nodes. */
function zonesOf(
	{nodes, services}: Pick<ClusterState, 'nodes' | 'services'>,
	used: ReadonlyMap<string, Amount | undefined> = new Map(),
): Holder[] {
	const key = zoneKeyOf({nodes, services});
	if (key.of === 'role') return [];
	const zones = Map.groupBy(nodes.values(), (node) => zoneOf(node, key));
	if (zones.size < 2) return [];
	const holders = [...zones].map(([zone, members]): Holder => {
		return {
			name: zone === '' ? toSafeText('no zone') : zone,
			reserved: sumOf(members.map(({reserved}) => reserved)),
			used: sumOf(members.map(({id}) => used.get(id))),
			capacity: members.map(({capacity}) => capacity).reduce(plus, nothing),
			state: 'ready',
			availability: 'active',
		};
	});
	return holders.sort((a, b) => compareNatural(a.name, b.name));
}

/** Undefined while any is not known. */
function sumOf(amounts: readonly (Amount | undefined)[]): Amount | undefined {
	return amounts.every((amount) => amount !== undefined) ? amounts.reduce(plus, nothing) : undefined;
}

function usedOn(node: NodeEntity, cluster: ClusterState): Amount | undefined {
	const used = usageOfNode(cluster, node);
	return used?.cpuPercent === undefined
		? undefined
		: {nanoCpus: used.cpuPercent * nanoCpusPerPercent, memoryBytes: used.memoryBytes};
}

type Look = {readonly theme: Theme; readonly width: number; readonly isUsedShown: boolean};

function holderLine(node: Holder, nameCells: number, {theme, width, isUsedShown}: Look): StyledText {
	const {name, reserved, capacity, availability, state, used} = node;
	const cells = isUsedShown ? usedAmountCells : amountCells;
	const cell = fitCells(name, nameCells, 'left', {from: 'middle', ellipsis: theme.glyphs.ellipsis});
	const isOut = state !== 'ready' || availability !== 'active';
	const note = isOut ? toSafeText(state === 'ready' ? availability : state) : toSafeText('');
	if (!reserved) return styled`   ${cell} ${paint(theme, 'dim', toSafeText('its tasks are not known yet'))}`;
	const bar = Math.min(widestBar, Math.floor((width - nameCells - 2 * cells - noteCells - 18) / 2));
	const partOf = (label: string, amount: (of: Amount) => number, format: (value: number) => SafeText): StyledText =>
		part(
			{label, reserved: amount(reserved), capacity: amount(capacity), used: used && amount(used), format},
			{theme, bar, cells, isUsedShown},
		);
	const cpu = partOf('cpu', ({nanoCpus}) => nanoCpus, cpus);
	const memory = partOf('mem', ({memoryBytes}) => memoryBytes, bytes);
	const line = styled`   ${cell} ${cpu}  ${memory}  ${note}`;
	return isOut ? paint(theme, 'dim', line) : line;
}

type Gauge = {
	readonly label: string;
	readonly used: number | undefined;
	readonly reserved: number;
	readonly capacity: number;
	readonly format: (amount: number) => SafeText;
};

function part(
	{label, used, reserved, capacity, format}: Gauge,
	{
		theme,
		bar,
		cells,
		isUsedShown,
	}: {readonly theme: Theme; readonly bar: number; readonly cells: number; readonly isUsedShown: boolean},
): StyledText {
	const share = capacity > 0 ? reserved / capacity : 0;
	const before = isUsedShown ? safe`${used === undefined ? unknown : format(used)}/` : toSafeText('');
	const amount = safe`${before}${format(reserved)}/${format(capacity)}`;
	const text = fitCells(amount, Math.max(cells, cellWidth(amount)));
	if (bar < 4) return styled`${toSafeText(label)} ${text}`;
	const cellsFor = (value: number): number =>
		Math.min(bar, value > 0 && capacity > 0 ? Math.max(1, Math.round((value / capacity) * bar)) : 0);
	const [reservedCells, usedCells] = [cellsFor(reserved), cellsFor(used ?? 0)];
	const {full, empty} = theme.glyphs.bar;
	const piece = (role: Role, glyph: string, count: number): StyledText =>
		paint(theme, role, toSafeText(glyph.repeat(Math.max(0, count))));
	const role: Role = share >= fullFrom ? 'warning' : 'accent';
	// What is used stands out in what is reserved; what is used beyond that is told in another colour. Where nothing tells what
	// is used, what is reserved stands out; beside bars that tell it, it would look like use.
	const within = isUsedShown ? Math.min(usedCells, reservedCells) : reservedCells;
	const idle = reservedCells - within;
	const beyond = Math.max(0, usedCells - reservedCells);
	const rest = bar - Math.max(reservedCells, usedCells);
	const drawn = styled`${piece(role, full, within)}${piece('dim', full, idle)}${piece('warning', full, beyond)}${piece('dim', empty, rest)}`;
	return styled`${toSafeText(label)} ${drawn} ${text}`;
}

/** The larger of the two shares; a node whose tasks aren't known comes last. */
function fullness({reserved, capacity}: NodeEntity): number {
	if (!reserved) return -1;
	const share = (part: number, whole: number): number => (whole > 0 ? part / whole : 0);
	return Math.max(share(reserved.nanoCpus, capacity.nanoCpus), share(reserved.memoryBytes, capacity.memoryBytes));
}
