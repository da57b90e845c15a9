/** The first line of the screen: whose swarm this is and whether all is well. */
import type {ClusterState, Freshness, Quorum} from '../../cluster/model.ts';
import {fitCells} from '../../text/fit.ts';
import {count, plural} from '../../text/format.ts';
import {type SafeText, type StyledText, safe, styled, toSafeText} from '../../text/safe-text.ts';
import type {AgeReader} from '../table/age-reader.ts';
import {paint, type Role, type Theme} from '../theme/theme.ts';
import {joinSegments, type Segment} from './segments.ts';
import type {Summary} from './summary.ts';

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
		...(cluster.quorum ? [quorumSegment(cluster.quorum, theme)] : []),
		...(cluster.engine ? counts(summary, theme) : []),
		freshness(facts, theme),
		...(facts.isReadOnly ? [fixed(paint(theme, 'warning', toSafeText('READ-ONLY')))] : []),
	];
	return fitCells(styled` ${joinSegments(segments, '  ', width - 2)}`, width);
}

function fixed(text: StyledText): Segment {
	return {forms: [text], priority: 0};
}

function identity({cluster, label}: HeaderFacts, theme: Theme): Segment {
	const name = paint(theme, 'title', label);
	const engine = cluster.engine;
	if (!engine) return {forms: [name], priority: 1};
	const version = paint(theme, 'dim', safe`${engine.engineVersion}`);
	const isNamed = label.includes(engine.name);
	const long = isNamed ? styled`${name} ${version}` : styled`${name} ${paint(theme, 'accent', engine.name)} ${version}`;
	const short = isNamed ? name : styled`${name} ${paint(theme, 'accent', engine.name)}`;
	return {forms: [long, short, name], priority: 8};
}

/** `3 managers, leader m1, 1 can be lost`: what a manager's loss would mean, before it happens. */
function quorumSegment(quorum: Quorum, theme: Theme): Segment {
	const {managers, reachable, needed, tolerated, leader} = quorum;
	const who = leader === undefined ? toSafeText('no leader') : safe`leader ${leader}`;
	const shortWho = safe`${theme.glyphs.leader} ${leader ?? toSafeText('none')}`;
	if (tolerated < 0) {
		const lost = paint(
			theme,
			'failing',
			safe`quorum lost: ${reachable} of ${managers} managers reachable, ${needed} needed`,
		);
		return {forms: [lost, paint(theme, 'failing', safe`quorum lost ${reachable}/${managers}`)], priority: 2};
	}
	const spare = tolerated === 0 ? 'none can be lost' : `${tolerated} can be lost`;
	const role: Role = leader === undefined ? 'failing' : tolerated === 0 ? 'warning' : 'text';
	const say = (text: SafeText): StyledText => paint(theme, role, text);
	const unreachable = managers - reachable;
	const missing =
		unreachable > 0 ? styled`, ${paint(theme, 'failing', safe`${unreachable} unreachable`)}` : toSafeText('');
	return {
		forms: [
			styled`${say(safe`${plural(managers, 'manager')}, ${who}, ${toSafeText(spare)}`)}${missing}`,
			styled`${say(safe`${managers} mgr, ${shortWho}, ${toSafeText(spare)}`)}${missing}`,
			say(safe`${managers} mgr ${shortWho} -${tolerated}`),
			say(shortWho),
		],
		priority: 5,
	};
}

function counts({nodes, services, tasks}: Summary, theme: Theme): Segment[] {
	const part = (long: string, short: string, have: number, all: number, bad: Role, priority: number): Segment => {
		const numbers = paint(theme, have < all ? bad : 'healthy', safe`${count(have)}/${count(all)}`);
		return {forms: [styled`${toSafeText(long)} ${numbers}`, styled`${toSafeText(short)} ${numbers}`], priority};
	};
	return [
		part('nodes', 'no', nodes.ready, nodes.total, 'failing', 6),
		part('services', 'svc', services.converged, services.total, services.failing > 0 ? 'failing' : 'converging', 6),
		...(tasks ? [part('tasks', 'tsk', tasks.running, tasks.desired, 'converging', 6)] : []),
	];
}

/** `live` while everything on the screen is as fresh as it gets, else the age of the oldest of it. */
function freshness({cluster, ages}: HeaderFacts, theme: Theme): Segment {
	const {connection} = cluster;
	if (connection.state === 'connecting' && !cluster.engine) {
		return {forms: [paint(theme, 'converging', toSafeText('connecting…'))], priority: 1};
	}
	const oldest = oldestStale(cluster);
	if (connection.state === 'connected' && oldest === undefined) {
		return {forms: [paint(theme, 'dim', toSafeText('live')), toSafeText('')], priority: 9};
	}
	if (oldest === undefined) return {forms: [paint(theme, 'failing', toSafeText('no data'))], priority: 1};
	const age = ages.read(oldest, {inSeconds: true});
	return {
		forms: [paint(theme, 'failing', safe`data ${age} old`), paint(theme, 'failing', safe`${age} old`)],
		priority: 7,
	};
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
