/** Under the header while no engine answers: what is wrong, what to do, how old the data are, when the next try is due. */
import type {ClusterState} from '../../cluster/model.ts';
import {fitCells} from '../../text/fit.ts';
import {joinSafe, type SafeText, type StyledText, safe, toSafeText} from '../../text/safe-text.ts';
import {cellWidth} from '../../text/width.ts';
import type {KeyOf} from '../keys/binding.ts';
import type {AgeReader} from '../table/age-reader.ts';
import {paint, type Theme} from '../theme/theme.ts';

type Lost = Extract<ClusterState['connection'], {readonly state: 'lost'}>;

/** How many lines the banner has, before it is known what they say. */
export function bannerHeight({connection}: ClusterState): number {
	return connection.state === 'lost' ? 2 : 0;
}

/** @param now milliseconds since the epoch */
export function bannerLines(
	cluster: ClusterState,
	ages: AgeReader,
	now: number,
	theme: Theme,
	width: number,
	keyOf: KeyOf,
): StyledText[] {
	const {connection} = cluster;
	if (connection.state !== 'lost') return [];
	const times = [safe`lost ${ages.read(connection.since, {inSeconds: true})} ago`];
	const {retryAt} = connection;
	if (retryAt !== undefined) times.push(retry(retryAt, ages, now));
	const right = joinSafe(times, ', ');
	const room = width - cellWidth(right) - 5;
	const first = safe` ${theme.glyphs.health.failing} ${connection.problem}`;
	const second = safe`   ${fitCells(nextStepOf(connection, cluster.nodes.size === 0, keyOf), Math.max(0, room))} ${right}`;
	return [paint(theme, 'banner', fitCells(first, width)), paint(theme, 'banner', fitCells(second, width))];
}

/** What can be done about it here is done here; where a swarm was shown a moment ago, another manager is what helps. */
function nextStepOf({reason, nextStep}: Lost, isEmpty: boolean, keyOf: KeyOf): SafeText {
	switch (reason) {
		case 'not-in-swarm':
			if (!isEmpty) return nextStep;
			return safe`${keyOf('swarm.menu')} begins a swarm here, or joins one.`;
		case 'locked':
			return safe`${keyOf('swarm.menu')} unlocks it.`;
		default:
			return nextStep;
	}
}

function retry(retryAt: number, ages: AgeReader, now: number): SafeText {
	const seconds = Math.ceil((retryAt - now) / 1000);
	if (seconds <= 0) return toSafeText('trying again');
	ages.expire(retryAt - (seconds - 1) * 1000);
	return safe`next try in ${seconds}s`;
}
