/** A flood of numbered lines from several tasks of a swarm, read as a log, and counted. */
import type {SwarmClient} from '../../source/engine/client.ts';
import {engineLogOpener} from '../../source/logs/engine-opener.ts';
import type {LogLimits} from '../../source/logs/log-buffer.ts';
import {createLogSession} from '../../source/logs/log-session.ts';
import {wholeLog} from '../../source/logs/log-since.ts';
import {systemClock} from '../../source/runtime/clock.ts';

export type Flood = {
	readonly name: string;
	readonly tasks: number;
	readonly linesEach: number;
	readonly linesPerSecondEach: number;
	/** What the log keeps. */
	readonly limits: LogLimits;
	/** How long it may be until all has come. */
	readonly deadlineMs: number;
};

export type FloodCount = {
	readonly sent: number;
	/** In the ring at the end, and counted as let go from it. */
	readonly kept: number;
	readonly dropped: number;
	/** Lines that were let through out of their task's order, twice, or not at all. */
	readonly wrong: number;
	/** Whether the ring is in the order of time. */
	readonly isOrdered: boolean;
};

/** Starts the service, follows it until every line has come or the deadline has passed. */
export async function countFlood(client: SwarmClient, flood: Flood): Promise<FloodCount> {
	const {name, tasks, linesEach, linesPerSecondEach, limits, deadlineMs} = flood;
	const script = `i=0; while [ $i -lt ${linesEach} ]; do i=$((i+1)); echo $i; sleep ${1 / linesPerSecondEach}; done; sleep 100000`;
	const created = await client.createService({
		Name: name,
		Labels: {},
		Mode: {Replicated: {Replicas: tasks}},
		TaskTemplate: {ContainerSpec: {Image: 'busybox:latest', Command: ['sh', '-c', script]}},
	});
	if (!created.ok) throw new Error(created.error.message);
	const sent = tasks * linesEach;
	const last = new Map<string, number>();
	let count = 0;
	let wrong = 0;
	const all = Promise.withResolvers<void>();
	const session = createLogSession({
		targets: [{kind: 'service', id: created.value.ID}],
		start: wholeLog,
		isFollowing: true,
		opener: engineLogOpener(client),
		clock: systemClock(),
		limits,
		onLines(lines) {
			for (const {origin, text} of lines) {
				const number = Number(text);
				if (number !== (last.get(origin.taskId) ?? 0) + 1) wrong++;
				last.set(origin.taskId, number);
			}
			count += lines.length;
			if (count >= sent) all.resolve();
		},
	});
	const timer = setTimeout(all.resolve, deadlineMs);
	await all.promise;
	clearTimeout(timer);
	const {buffer} = session;
	const entries = buffer.slice(0, buffer.length);
	const kept = entries.filter(({kind}) => kind === 'line').length;
	const isOrdered = entries.every(({stamp}, index) => stamp >= (entries[index - 1]?.stamp ?? ''));
	session.close();
	return {sent, kept, dropped: buffer.dropped, wrong, isOrdered};
}
