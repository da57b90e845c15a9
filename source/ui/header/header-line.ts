/** The first line of the screen: whose swarm this is and whether all is well. */
import {engineHint, shortVersion} from '../../cluster/engines.ts';
import type {ClusterState, Freshness, Quorum} from '../../cluster/model.ts';
import {quorumHints} from '../../cluster/quorum.ts';
import {fitCells} from '../../text/fit.ts';
import {count, plural} from '../../text/format.ts';
import {joinSafe, type SafeText, type StyledText, safe, styled, toSafeText} from '../../text/safe-text.ts';
import type {AgeReader} from '../table/age-reader.ts';
import {paint, type Role, type Theme} from '../theme/theme.ts';
import {joinSegments, type Segment} from './segments.ts';
import type {Summary} from './summary.ts';
import {quorumTrouble, troubleSegments} from './trouble.ts';

export type HeaderFacts = {
	readonly cluster: ClusterState;
	readonly summary: Summary;
	/** How the user named the engine: a context, a host, `demo`. */
	readonly label: SafeText;
	readonly isReadOnly: boolean;
	readonly ages: AgeReader;
};

export function headerLine(facts: HeaderFacts, theme: Theme, width: number): StyledText {
	const {cluster, summary} = facts;
	const segments = [
		identity(facts, theme),
		...(cluster.quorum ? quorumTrouble(cluster.quorum, theme) : []),
		...(isKnown(cluster) ? troubleSegments(summary, facts.ages, theme) : []),
		...(isKnown(cluster) ? counts(summary, theme) : []),
		freshness(facts, theme),
		...(facts.isReadOnly ? [fixed(paint(theme, 'warning', toSafeText('READ-ONLY')))] : []),
		...hintsAbout(cluster).map((hint) => hintSegment(hint, theme)),
		...(cluster.quorum ? quorumSegment(cluster.quorum, theme) : []),
	];
	return fitCells(styled` ${joinSegments(segments, '  ', width - 2)}`, width);
}

/** Whether the first lists have come: before that every count would be a wrong 0. */
function isKnown({engine, isLoading, nodes}: ClusterState): boolean {
	return engine !== undefined && (!isLoading || nodes.size > 0);
}

function fixed(text: StyledText): Segment {
	return {text, shorter: []};
}

/** `prod m1 26.1.5`: a context's or a host's name says most; a socket's path says least and comes last. */
function identity({cluster, label}: HeaderFacts, theme: Theme): Segment {
	const {engine} = cluster;
	const bold = paint(theme, 'swarm', label);
	if (!engine) return fixed(bold);
	const version = paint(theme, 'dim', shortVersion(engine.engineVersion));
	if (label.includes('/')) {
		const name = paint(theme, 'swarm', engine.name);
		return {
			text: styled`${name} ${version} ${paint(theme, 'dim', label)}`,
			shorter: [
				{text: styled`${name} ${version}`, rank: 10},
				{text: name, rank: 9},
			],
		};
	}
	const named = label === engine.name ? bold : styled`${bold} ${paint(theme, 'accent', engine.name)}`;
	return {
		text: styled`${named} ${version}`,
		shorter: [
			{text: named, rank: 9},
			{text: bold, rank: 6},
		],
	};
}

/** `3 managers, 2 needed, leader m1, 1 can be lost`: what a manager's loss would mean, before it happens. */
function quorumSegment({managers, reachable, needed, tolerated, leader}: Quorum, theme: Theme): Segment[] {
	if (tolerated < 0) return [];
	const spare = toSafeText(tolerated === 0 ? 'none can be lost' : `${tolerated} can be lost`);
	const role: Role = tolerated === 0 ? 'warning' : 'text';
	// What is missing has been said in the first words.
	const isWhole = reachable === managers;
	const say = (text: SafeText): StyledText => paint(theme, isWhole ? role : 'text', text);
	const star = leader === undefined ? [] : [safe`${theme.glyphs.leader} ${leader}`];
	const said = (parts: readonly SafeText[]): StyledText => say(joinSafe(parts, ', '));
	return [
		{
			text: said([
				plural(managers, 'manager'),
				safe`${needed} needed`,
				...(leader === undefined ? [] : [safe`leader ${leader}`]),
				...(isWhole ? [spare] : []),
			]),
			shorter: [
				{text: said([safe`${managers} mgr`, ...star, ...(isWhole ? [spare] : [])]), rank: 12},
				{text: said([...star, ...(isWhole ? [spare] : [])]), rank: 9},
				{text: tolerated === 0 && isWhole ? say(spare) : said(star), rank: 4},
				{text: toSafeText(''), rank: 2},
			],
		},
	];
}

function hintsAbout({nodes}: ClusterState): readonly SafeText[] {
	const engines = engineHint(nodes);
	return engines === undefined ? quorumHints(nodes) : [...quorumHints(nodes), engines];
}

/** Gives way to everything else: plans and the overview say it too. */
function hintSegment(hint: SafeText, theme: Theme): Segment {
	return {text: paint(theme, 'warning', safe`! ${hint}`), shorter: [{text: toSafeText(''), rank: 11}]};
}

function counts({nodes, services, tasks}: Summary, theme: Theme): Segment[] {
	const part = (long: string, short: string, have: number, all: number, bad: Role): Segment => {
		const numbers = paint(theme, have < all ? bad : 'healthy', safe`${count(have)}/${count(all)}`);
		const text = (word: string): StyledText => styled`${toSafeText(word)} ${numbers}`;
		return {text: text(long), shorter: [{text: text(short), rank: 6}]};
	};
	return [
		part('nodes', 'n', nodes.ready, nodes.total, 'failing'),
		part('services', 's', services.converged, services.total, services.failing > 0 ? 'failing' : 'converging'),
		...(tasks ? [part('tasks', 't', tasks.running, tasks.desired, 'converging')] : []),
	];
}

/** `live` while everything on the screen is as fresh as it gets, else the age of the oldest of it. */
function freshness(facts: HeaderFacts, theme: Theme): Segment {
	const {cluster, ages} = facts;
	const {connection} = cluster;
	if (connection.state === 'connecting' && !cluster.engine) {
		return fixed(paint(theme, 'converging', toSafeText('connecting…')));
	}
	if (connection.state === 'connected' && !isKnown(cluster)) {
		return fixed(paint(theme, 'converging', toSafeText('reading the swarm…')));
	}
	const oldest = oldestStale(cluster);
	if (connection.state === 'connected' && oldest === undefined) {
		return {
			text: paint(theme, 'dim', safe`live${hidden(facts)}`),
			shorter: [
				{text: paint(theme, 'dim', toSafeText('live')), rank: 12},
				{text: toSafeText(''), rank: 8},
			],
		};
	}
	if (oldest === undefined) return fixed(paint(theme, 'failing', toSafeText('no data')));
	const age = ages.read(oldest, {inSeconds: true});
	return {
		text: paint(theme, 'failing', safe`data ${age} old`),
		shorter: [{text: paint(theme, 'failing', safe`${age} old`), rank: 5}],
	};
}

/** Services that are not on the screen take turns in being asked for: how old their counts may be. */
function hidden({cluster, ages}: HeaderFacts): SafeText {
	const {hiddenSince} = cluster.freshness;
	if (hiddenSince === undefined) return toSafeText('');
	return safe`, hidden rows ${ages.read(hiddenSince, {inSeconds: false})} old`;
}

/** When the least fresh of the data was true, where any of it is stale. */
function oldestStale({freshness, connection}: ClusterState): number | undefined {
	const isLost = connection.state === 'lost';
	const stale = [freshness.nodes, freshness.services, freshness.tasks].filter(
		(part: Freshness) => part.fetchedAt !== undefined && (isLost || part.isStale),
	);
	const times = stale.flatMap(({fetchedAt}) => (fetchedAt === undefined ? [] : [fetchedAt]));
	return times.length === 0 ? undefined : Math.min(...times);
}
