import type {Forecast} from '../../../source/swarmkit/forecast/input.ts';
import type {Observed} from './observed.ts';

/** What a plan foretold beside what came of it, and where they differ. */

export type Played = {
	readonly words: string;
	readonly foretold: Forecast;
	readonly observed: Observed;
	/** The slots that waited for a place already: `service/slot/node`. */
	readonly waitedBefore: ReadonlySet<string>;
	/** Services that are in a crash loop: where and when their tasks run is nobody's to say. */
	readonly looping: ReadonlySet<string>;
};

export type Judged = {
	readonly words: string;
	readonly stops: string;
	readonly placements: string;
	readonly unplaced: string;
	readonly down: string;
	/** '' within the range; undefined where nothing was timed. */
	readonly time: string | undefined;
};

/** Outages of less than this are over before anybody could have seen them. */
const noticedMs = 400;
/** What reading the swarm takes. */
const slackMs = 1000;

/** Each field is '' where the plan was right, else both sides. */
export function judged({words, foretold, observed, waitedBefore, looping}: Played): Judged {
	const isSteady = ({serviceId}: {readonly serviceId: string}): boolean => !looping.has(serviceId);
	const stops = foretold.stops.filter(isSteady).map(({taskId}) => taskId);
	const starts = foretold.starts.filter(isSteady);
	const happened = observed.starts.filter(isSteady);
	const unplaced = foretold.unplaced.filter(isSteady).map(({serviceId, reason}) => `${serviceId} ${kindsOf(reason)}`);
	const waiting = observed.waiting
		.filter((task) => isSteady(task) && !waitedBefore.has(`${task.serviceId}/${task.slot}/${task.nodeId}`))
		.map(({serviceId, error}) => `${serviceId} ${kindsOf(error)}`);
	const down = foretold.outages
		.filter(({ms, isLasting, serviceId}) => !looping.has(serviceId) && (isLasting || ms.least > noticedMs))
		.map(({serviceId}) => serviceId);
	const maybeDown = new Set(foretold.outages.map(({serviceId}) => serviceId));
	const wasDown = [...observed.down].filter(([id]) => !looping.has(id));
	return {
		words,
		stops: difference(
			stops,
			observed.stops.filter(isSteady).map(({id}) => id),
		),
		placements: fits(starts, happened)
			? ''
			: `said ${starts.map(({serviceId, slot, nodeId, equals}) => `${serviceId.slice(0, 5)}.${slot}@${[nodeId, ...equals].map((id) => id.slice(0, 5)).join('|')}`).join(' ')}; saw ${happened.map(({serviceId, slot, nodeId}) => `${serviceId.slice(0, 5)}.${slot}@${nodeId.slice(0, 5)}`).join(' ')}`,
		unplaced: difference(unplaced, waiting),
		down: difference(
			down.filter((id) => !observed.down.has(id)),
			wasDown.flatMap(([id, ms]) => (maybeDown.has(id) || ms < noticedMs ? [] : [id])),
		),
		time: timeOf(foretold, observed),
	};
}

/** What stands against it, in the scheduler's words; on how many nodes, the other group's nodes have a say in. */
function kindsOf(reason: string): string {
	const [, list = reason] = /\((.*)\)/.exec(reason) ?? [];
	const kinds = list.split('; ').map((each) => each.replace(/ on \d+ nodes?$|\d+ nodes? /, ''));
	return kinds
		.filter((kind) => !kind.startsWith('not available'))
		.sort()
		.join(', ');
}

function timeOf({took, starts, stops}: Forecast, {tookMs}: Observed): string | undefined {
	if (starts.length + stops.length === 0 || tookMs === undefined) return undefined;
	const isWithin = tookMs >= took.least - slackMs && tookMs <= took.most + slackMs;
	return isWithin ? '' : `said ${seconds(took.least)} to ${seconds(took.most)}, took ${seconds(tookMs)}`;
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)}s`;

function difference(said: readonly string[], saw: readonly string[]): string {
	const [a, b] = [said.toSorted().join(), saw.toSorted().join()];
	return a === b ? '' : `said [${a}]; saw [${b}]`;
}

type At = {readonly serviceId: string; readonly nodeId: string};

/** Whether each task came to be where one of its service's was said to: which slot goes where is chance. */
function fits(said: readonly Forecast['starts'][number][], saw: readonly At[]): boolean {
	if (said.length !== saw.length) return false;
	const takenBy = new Map<number, number>();
	const place = (index: number, tried: Set<number>): boolean => {
		const task = saw[index];
		return said.some(({serviceId, nodeId, equals}, slot) => {
			if (!task || serviceId !== task.serviceId || tried.has(slot)) return false;
			if (nodeId !== task.nodeId && !equals.includes(task.nodeId)) return false;
			tried.add(slot);
			const other = takenBy.get(slot);
			if (other !== undefined && !place(other, tried)) return false;
			takenBy.set(slot, index);
			return true;
		});
	};
	return saw.every((_, index) => place(index, new Set()));
}
