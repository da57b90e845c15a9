import type {Failing, Forecast, Place, Span, Start, UnderWay} from './input.ts';
import type {Downtime} from './running-watch.ts';

/** What a swarm does by itself, taken from what it does after a change: what is left comes of the change. Pure. */

/** One run ahead. */
export type Course = Pick<
	Forecast,
	'starts' | 'stops' | 'unplaced' | 'fewest' | 'updates' | 'failing' | 'untested' | 'graceMs' | 'isSettled'
> & {
	readonly outages: readonly Downtime[];
	/** When something of each service moved last, counted from the change. */
	readonly movedAfter: ReadonlyMap<string, number>;
	readonly commits: number;
	/** The services whose tasks have a node instead of a slot. */
	readonly perNode: ReadonlySet<string>;
};

export type Courses = {
	readonly course: Course;
	readonly without: Course;
	/** The same as `course` if every task starts and stops as fast, and as slowly, as it may. */
	readonly quickest: Course;
	readonly slowest: Course;
	/** The services that the change is about. */
	readonly changed: ReadonlySet<string>;
};

export function difference({course, without, quickest, slowest, changed}: Courses): Forecast {
	const stopsAnyway = new Set(without.stops.map(({taskId}) => taskId));
	const startsAnyway = placesOf(without.starts, without);
	const waitsAnyway = placesOf(without.unplaced, without);
	const outagesAnyway = new Map(without.outages.map((outage) => [outage.serviceId, outage]));
	const updatesAnyway = new Map(without.updates.map(({serviceId, state}) => [serviceId, state]));
	const isNew = (outage: Downtime): boolean => isWorse(outage, outagesAnyway.get(outage.serviceId));
	const stops = course.stops.filter(({taskId}) => !stopsAnyway.has(taskId));
	const starts = course.starts.filter((start) => !startsAnyway.has(keyOf(start, course)));
	const concerned = new Set([...changed, ...[...stops, ...starts].map(({serviceId}) => serviceId)]);
	// The other two move at another pace: what the change has altered shows beside a course of the same pace alone.
	const altered = [...concerned].filter((id) => without.movedAfter.get(id) !== course.movedAfter.get(id));
	const took = (run: Course): number => tookMs(run, altered.length > 0 ? new Set(altered) : concerned);
	return {
		stops,
		starts: starts.map((start) => withOtherCourses(start, [quickest, slowest])),
		unplaced: course.unplaced.filter((each) => !waitsAnyway.has(keyOf(each, course))),
		outages: course.outages.filter(isNew).map(({serviceId, ms, isLasting}) => {
			const inRun = (run: Course): number => run.outages.find((each) => each.serviceId === serviceId)?.ms ?? ms;
			return {serviceId, ms: spanOf(inRun(quickest), ms, inRun(slowest)), isLasting};
		}),
		fewest: course.fewest,
		updates: course.updates.filter(
			({serviceId, state}) => changed.has(serviceId) || updatesAnyway.get(serviceId) !== state,
		),
		failing: course.failing.filter(({serviceId}) => changed.has(serviceId)),
		untested: course.untested,
		took: spanOf(took(quickest), took(course), took(slowest)),
		graceMs: stops.length > 0 ? course.graceMs : 0,
		isSettled: course.isSettled || !without.isSettled,
		underWay: underWayIn(without, changed),
	};
}

/** Where it comes to be when tasks stop in another order is as open as a choice among equals. */
function withOtherCourses(start: Start, others: readonly Course[]): Start {
	const same = others.flatMap((other) => other.starts.find((each) => keyOf(each, other) === keyOf(start, other)) ?? []);
	const nodes = new Set(same.flatMap(({nodeId, equals}) => [nodeId, ...equals]));
	return {...start, equals: [...new Set([...start.equals, ...nodes])].filter((id) => id !== start.nodeId)};
}

/** A crash loop, a task that finds a place in the end: they go on as they would have. */
function underWayIn({starts, stops, failing}: Course, changed: ReadonlySet<string>): UnderWay {
	return {
		starts: starts.length,
		stops: stops.length,
		serviceIds: [...new Set([...starts, ...stops].map(({serviceId}) => serviceId))],
		failing: failing.filter(({serviceId}) => !changed.has(serviceId)),
	};
}

type Placed = Pick<Place, 'serviceId' | 'slot' | 'nodeId'>;

/** What a task and its successor have in common. */
const keyOf = ({serviceId, slot, nodeId}: Placed, {perNode}: Course): string =>
	`${serviceId}/${perNode.has(serviceId) ? nodeId : slot}`;

const placesOf = (places: readonly Placed[], course: Course): ReadonlySet<string> =>
	new Set(places.map((place) => keyOf(place, course)));

function isWorse({isLasting, ms}: Downtime, anyway: Downtime | undefined): boolean {
	if (!anyway) return true;
	if (anyway.isLasting) return false;
	return isLasting || ms > anyway.ms;
}

/** Until the last of these services moves; those in a crash loop never come to rest. */
function tookMs(run: Course, services: ReadonlySet<string>): number {
	const loops = new Set(run.failing.map(({serviceId}: Failing) => serviceId));
	const moves = [...run.movedAfter].filter(([id]) => services.has(id) && !loops.has(id));
	return Math.max(0, ...moves.map(([, after]) => after));
}

/** A slower start may end sooner, when it keeps something else from happening. */
function spanOf(quickest: number, usual: number, slowest: number): Span {
	return {least: Math.min(quickest, usual), usual, most: Math.max(slowest, usual)};
}
