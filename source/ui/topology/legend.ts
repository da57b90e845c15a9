/** Below the map: which service each sign stands for; of a service that was picked, how its tasks are spread. */
import {isWell} from '../../cluster/entities/health.ts';
import type {ClusterState, ServiceEntity} from '../../cluster/model.ts';
import {spreadOf, spreadWords} from '../../cluster/spread.ts';
import {fitCells} from '../../text/fit.ts';
import {type SafeText, type StyledText, safe, styled, toSafeText, withStyle} from '../../text/safe-text.ts';
import {cellWidth} from '../../text/width.ts';
import {wrapText} from '../text-view/wrap.ts';
import {paint, paintSpeaker, type Theme} from '../theme/theme.ts';
import {signsOf, strangerSign} from './signs.ts';

type LegendInput = {
	readonly cluster: ClusterState;
	readonly theme: Theme;
	/** Those that have a block on the screen. */
	readonly serviceIds: ReadonlySet<string>;
	/** The one that was picked. */
	readonly pickedId: string | undefined;
	readonly width: number;
	readonly height: number;
};

const mostLegendLines = 6;
const servicesPerLine = 3;

/** How many lines are worth it: a title and the services, as far as there is room. */
export function legendHeight({services, nodes}: Pick<ClusterState, 'services' | 'nodes'>, room: number): number {
	if (nodes.size === 0 || room < 2) return 0;
	return Math.min(room, 1 + Math.min(mostLegendLines, Math.max(1, Math.ceil(services.size / servicesPerLine))));
}

/** Exactly `height` lines of `width` cells. */
export function legendLines(input: LegendInput): StyledText[] {
	const {cluster, pickedId, height, width} = input;
	const picked = pickedId === undefined ? undefined : cluster.services.get(pickedId);
	if (cluster.services.size === 0) return newSwarmLines(input);
	const lines = picked ? spreadLines(picked, input) : serviceLines(input);
	const said = picked
		? 'SPREAD  Enter its tasks  ← → other tasks  Esc all services'
		: 'SERVICES  ← → picks one and tells how it is spread';
	const title = paint(input.theme, 'heading', toSafeText(`   ${said}`));
	return Array.from({length: height}, (_, index) => fitCells([title, ...lines][index] ?? toSafeText(''), width));
}

function newSwarmLines({theme, width, height}: LegendInput): StyledText[] {
	const text = toSafeText('   no services yet: docker service create --name web --replicas 3 nginx');
	return Array.from({length: height}, (_, index) =>
		fitCells(index === 0 ? paint(theme, 'dim', text) : toSafeText(''), width),
	);
}

function spreadLines(service: ServiceEntity, {cluster, theme, width}: LegendInput): StyledText[] {
	const spread = spreadOf(service, cluster);
	const words = wrapText(spreadWords(spread), width - 6);
	const head = styled`   ${sign(service, theme, cluster)} ${paint(theme, 'title', service.name)}${counts(service)}`;
	return [head, ...words.map((line) => paint(theme, spread.skew > 1 ? 'warning' : 'text', safe`      ${line}`))];
}

/** In columns, by name. */
function serviceLines({cluster, theme, serviceIds, width, height}: LegendInput): StyledText[] {
	const services = [...serviceIds].flatMap((id) => cluster.services.get(id) ?? []);
	services.sort((a, b) => (a.name < b.name ? -1 : 1));
	const texts = services.map((service) => safe`${service.name}${counts(service)}`);
	const cells = Math.min(width - 3, Math.max(12, ...texts.map((text) => cellWidth(text) + 3)) + 2);
	const columns = Math.max(1, Math.floor((width - 3) / cells));
	const rows = height - 1;
	const fitting = services.length <= rows * columns ? services.length : rows * columns - 1;
	const entries = services.slice(0, fitting).map((service, index): StyledText => {
		const text = fitCells(texts[index] ?? toSafeText(''), cells - 5, 'left', {
			from: 'middle',
			ellipsis: theme.glyphs.ellipsis,
		});
		return styled`${sign(service, theme, cluster)} ${isWell(service) ? text : paint(theme, service.health, text)}  `;
	});
	if (fitting < services.length) entries.push(paint(theme, 'dim', safe`+${services.length - fitting} services more`));
	return Array.from({length: Math.ceil(entries.length / columns)}, (_, row) =>
		entries
			.slice(row * columns, (row + 1) * columns)
			.reduce<StyledText>((line, entry) => styled`${line}${entry}`, toSafeText('   ')),
	);
}

function sign({id}: ServiceEntity, theme: Theme, {services}: Pick<ClusterState, 'services'>): StyledText {
	const {code, colour} = signsOf(services).get(id) ?? strangerSign;
	return withStyle('7', paintSpeaker(theme, colour, code));
}

function counts({counts}: ServiceEntity): SafeText {
	return counts ? safe` ${counts.running}/${counts.desired}` : toSafeText('');
}
