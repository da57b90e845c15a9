/** What is wrong, in the first words of the header: services that fail, those on their way, nodes that are down. */
import type {NodeEntity, Quorum} from '../../cluster/model.ts';
import {count, plural} from '../../text/format.ts';
import {type SafeText, type StyledText, safe, toSafeText} from '../../text/safe-text.ts';
import type {AgeReader} from '../table/age-reader.ts';
import {paint, type Role, type Theme} from '../theme/theme.ts';
import type {Segment} from './segments.ts';
import type {Summary} from './summary.ts';

/** `✗ 2 services`, `◐ 1`, `✗ node w4 down 2m`; nothing while all is well. */
export function troubleSegments({services, nodes}: Summary, ages: AgeReader, theme: Theme): Segment[] {
	const {health} = theme.glyphs;
	const fails = services.failing > 0 ? [said(safe`${health.failing} ${plural(services.failing, 'service')}`)] : [];
	const moves =
		services.converging > 0 ? [said(safe`${health.converging} ${count(services.converging)}`, 'converging')] : [];
	return [...fails, ...moves, ...nodeSegments(nodes.failing, ages, theme)];

	function said(text: SafeText, role: Role = 'failing'): Segment {
		return {text: paint(theme, role, text), shorter: []};
	}
}

function nodeSegments(nodes: readonly NodeEntity[], ages: AgeReader, theme: Theme): Segment[] {
	const [first] = nodes;
	if (!first) return [];
	const painted = (text: SafeText): StyledText => paint(theme, 'failing', safe`${theme.glyphs.health.failing} ${text}`);
	if (nodes.length > 1) return [{text: painted(plural(nodes.length, 'node')), shorter: []}];
	const isReady = first.state === 'ready';
	const word = toSafeText(isReady ? 'unreachable' : first.state);
	const short = safe`${first.name} ${word}`;
	// While it is down an engine says nothing new of it: its last change was that.
	const since =
		isReady || first.updatedAt === 0 ? short : safe`${short} ${ages.read(first.updatedAt, {inSeconds: false})}`;
	return [{text: painted(safe`node ${since}`), shorter: [{text: painted(short), rank: 3}]}];
}

/** `quorum lost: 1 of 3 managers reachable, 2 needed`: then nothing else can be changed. `2/3 managers, 0 can be lost`. */
export function quorumTrouble({managers, reachable, needed, tolerated, leader}: Quorum, theme: Theme): Segment[] {
	if (tolerated < 0) {
		const long = safe`quorum lost: ${reachable} of ${managers} managers reachable, ${needed} needed`;
		const short = safe`quorum lost ${reachable}/${managers}`;
		return [{text: paint(theme, 'failing', long), shorter: [{text: paint(theme, 'failing', short), rank: 7}]}];
	}
	if (leader === undefined) return [{text: paint(theme, 'failing', toSafeText('no leader')), shorter: []}];
	if (reachable === managers) return [];
	const role: Role = tolerated === 0 ? 'failing' : 'warning';
	const spare = safe`${tolerated} can be lost`;
	return [
		{
			text: paint(theme, role, safe`${reachable}/${managers} managers, ${spare}`),
			shorter: [{text: paint(theme, role, spare), rank: 10}],
		},
	];
}
