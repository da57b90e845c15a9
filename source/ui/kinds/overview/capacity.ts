/** What is reserved on each node, as bars: the scheduler's view, not what is used. */
import {nothing, plus} from '../../../cluster/capacity.ts';
import {findingsIn} from '../../../cluster/doctor/findings.ts';
import {isWell} from '../../../cluster/entities/health.ts';
import type {ClusterState, NodeEntity} from '../../../cluster/model.ts';
import {zoneKeyOf, zoneOf} from '../../../cluster/topology.ts';
import {fitCells} from '../../../text/fit.ts';
import {bytes, cpus, plural} from '../../../text/format.ts';
import {type SafeText, type StyledText, safe, styled, toSafeText} from '../../../text/safe-text.ts';
import {cellWidth} from '../../../text/width.ts';
import type {Environment} from '../../app/environment.ts';
import type {KeyOf} from '../../keys/binding.ts';
import {compareNatural} from '../../table/natural.ts';
import {paint, type Role, type Theme} from '../../theme/theme.ts';
import {trendLine} from './trend-line.ts';

const mostNameCells = 20;
const amountCells = 13;
/** For what keeps new tasks off a node. */
const noteCells = 6;
const widestBar = 40;
/** From this share on a node is told as full. */
const fullFrom = 0.9;

/** How the tasks did, a title, and one line per zone and node, as many as there is room for. */
export function capacityHeight({nodes, services}: ClusterState, room: number): number {
	if (room < 3 || nodes.size === 0) return 0;
	return Math.min(3 + zonesOf({nodes, services}).length + nodes.size, room);
}

/** Exactly so many lines. */
export function capacityLines(
	{cluster, theme, trends, now, keyOf}: Environment,
	{width, height}: {readonly width: number; readonly height: number},
): StyledText[] {
	if (height === 0) return [];
	const trend = trendLine(trends, now, theme, width);
	const bars = barLines(cluster, theme, {width, height: Math.max(0, height - 2)});
	return [wellLine(cluster, theme, width, keyOf), trend, ...bars].slice(0, height);
}

/** One row for all that is as it should be, and for what the doctor has to say besides. */
function wellLine(cluster: ClusterState, theme: Theme, width: number, keyOf: KeyOf): StyledText {
	const {nodes, services} = cluster;
	const [wellNodes, wellServices] = [[...nodes.values()].filter(isWell), [...services.values()].filter(isWell)];
	const glyph = paint(theme, 'healthy', theme.glyphs.health.healthy);
	const words = safe`${plural(wellServices.length, 'service')}, ${plural(wellNodes.length, 'node')} as desired`;
	const risks = [...findingsIn(cluster).values()].filter(({severity}) => severity !== 'note').length;
	if (risks === 0) return fitCells(styled` ${glyph} ${words}`, width);
	const hint = safe`${keyOf('view.doctor')} ${plural(risks, 'risk')} that the doctor sees`;
	return fitCells(styled` ${glyph} ${words}; ${paint(theme, 'warning', hint)}`, width);
}

/** A zone or a node. */
type Holder = Pick<NodeEntity, 'name' | 'reserved' | 'capacity' | 'state' | 'availability'>;

function barLines(
	{nodes, services}: Pick<ClusterState, 'nodes' | 'services'>,
	theme: Theme,
	{width, height}: {readonly width: number; readonly height: number},
): StyledText[] {
	const zones = zonesOf({nodes, services}).slice(0, Math.max(0, height - 2));
	const fullestFirst = [...nodes.values()].toSorted(
		(a, b) => fullness(b) - fullness(a) || compareNatural(a.name, b.name),
	);
	const room = height - 1 - zones.length;
	const isAll = nodes.size <= room;
	const shown = fullestFirst.slice(0, isAll ? nodes.size : Math.max(0, room - 1));
	const title = paint(theme, 'heading', toSafeText('   RESERVED (not what is used), the fullest first'));
	const rest = isAll ? [] : [paint(theme, 'dim', safe`   … and ${nodes.size - shown.length} nodes with more room`)];
	const longest = Math.max(...[...zones, ...shown].map(({name}) => cellWidth(name)));
	const nameCells = Math.min(mostNameCells, longest);
	const zoneLines = zones.map((zone) => paint(theme, 'title', holderLine(zone, nameCells, theme, width)));
	const nodeLines = shown.map((node) => holderLine(node, nameCells, theme, width));
	return [title, ...zoneLines, ...nodeLines, ...rest].map((line) => fitCells(line, width));
}

/** What the nodes of each zone have together; none where no label parts the nodes. */
function zonesOf({nodes, services}: Pick<ClusterState, 'nodes' | 'services'>): Holder[] {
	const key = zoneKeyOf({nodes, services});
	if (key.of === 'role') return [];
	const zones = Map.groupBy(nodes.values(), (node) => zoneOf(node, key));
	if (zones.size < 2) return [];
	const holders = [...zones].map(([zone, members]): Holder => {
		const amounts = members.map(({reserved}) => reserved);
		const known = amounts.every((amount) => amount !== undefined) ? amounts : undefined;
		return {
			name: zone === '' ? toSafeText('no zone') : zone,
			reserved: known?.reduce(plus, nothing),
			capacity: members.map(({capacity}) => capacity).reduce(plus, nothing),
			state: 'ready',
			availability: 'active',
		};
	});
	return holders.sort((a, b) => compareNatural(a.name, b.name));
}

function holderLine(node: Holder, nameCells: number, theme: Theme, width: number): StyledText {
	const {name, reserved, capacity, availability, state} = node;
	const cell = fitCells(name, nameCells, 'left', {from: 'middle', ellipsis: theme.glyphs.ellipsis});
	const isOut = state !== 'ready' || availability !== 'active';
	const note = isOut ? toSafeText(state === 'ready' ? availability : state) : toSafeText('');
	if (!reserved) return styled`   ${cell} ${paint(theme, 'dim', toSafeText('its tasks are not known yet'))}`;
	const bar = Math.min(widestBar, Math.floor((width - nameCells - 2 * amountCells - noteCells - 18) / 2));
	const cpu = part('cpu', reserved.nanoCpus, capacity.nanoCpus, cpus, bar, theme);
	const memory = part('mem', reserved.memoryBytes, capacity.memoryBytes, bytes, bar, theme);
	const line = styled`   ${cell} ${cpu}  ${memory}  ${note}`;
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
