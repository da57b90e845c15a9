import {type Answer, type Call, empty, type Handler, json, list, param, type Sink} from '../call.ts';
import {containerFilter} from '../containers/filter.ts';
import {containerOf} from '../containers/find.ts';
import {inspectContainer} from '../containers/inspect.ts';
import {renderStats, type StatsSample, takeSample} from '../containers/stats.ts';
import {summarise} from '../containers/summary.ts';
import {parseFilters} from '../filters.ts';
import {laxBool, parseIntegerError} from '../go/parse.ts';
import {Refused, serverError} from '../refusal.ts';
import {type Route, route} from '../router.ts';

/** /containers: those that the node's tasks run in, and those made by hand (moby api/server/router/container). */

const listContainers: Handler = (call) => {
	const filters = parseFilters(call.query);
	const isWanted = containerFilter(call, filters);
	const limit = integerOf(call.query.get('limit') ?? '');
	const wantsAll = laxBool(call.query, 'all') || limit > 0 || filters.has('status') || filters.has('exited');
	const found = call.host.containers
		.list()
		.filter((container) => (wantsAll || container.state === 'running') && isWanted(container))
		.sort((a, b) => b.createdAt - a.createdAt);
	return list((limit > 0 ? found.slice(0, limit) : found).map((container) => summarise(call, container)));
};

/** @throws Refused 500 with Go's words for a text that is no whole number; nothing at all is 0 */
function integerOf(text: string): number {
	if (text === '') return 0;
	const error = parseIntegerError(text, 'ParseInt');
	if (error) throw serverError(error.replace('ParseInt', 'Atoi'));
	return Number(text);
}

const inspect: Handler = (call) => json(inspectContainer(call, containerOf(call)));

/** One sample at once, one with the one before it a second earlier, or with `stream` one a second. */
const stats: Handler = async (call): Promise<Answer> => {
	const container = containerOf(call);
	const isStream = call.query.get('stream') === null || laxBool(call.query, 'stream');
	if (!isStream) {
		const isOneShot = call.minor >= 41 && laxBool(call.query, 'one-shot');
		const before = isOneShot || container.state !== 'running' ? undefined : takeSample(call, container);
		if (before) await pause(call, 1000);
		return json(renderStats(call, container, takeSample(call, container), before));
	}
	const run = async (sink: Sink) => {
		let before: StatsSample | undefined;
		for (;;) {
			const sample = takeSample(call, container);
			if (!(await sink.write(`${JSON.stringify(renderStats(call, container, sample, before))}\n`))) return;
			if (container.state !== 'running') return;
			before = sample;
			await pause(call, 1000);
		}
	};
	return {kind: 'stream', contentType: 'application/json', run};
};

const pause = ({host, signal}: Call, ms: number): Promise<void> =>
	new Promise((resolve) => {
		const timer = host.clock.after(ms, done);
		function done() {
			timer.cancel();
			signal.removeEventListener('abort', done);
			resolve();
		}
		signal.addEventListener('abort', done, {once: true});
	});

/** The one process that every simulated container has. */
const top: Handler = (call) => {
	const container = containerOf(call);
	if (container.state !== 'running') throw new Refused(409, `container ${container.id} is not running`);
	const user = container.task?.spec.ContainerSpec?.User || 'root';
	const started = new Date(container.startedAt ?? call.host.clock.now()).toISOString().slice(11, 16);
	return json({
		Processes: [[user, String(container.pid), '1', '0', started, '?', '00:00:00', container.command.join(' ')]],
		Titles: ['UID', 'PID', 'PPID', 'C', 'STIME', 'TTY', 'TIME', 'CMD'],
	});
};

/** The grace period is the request's, the spec's, or ten seconds; a container that has ended is not stopped again. */
const stop: Handler = async (call) => {
	const container = containerOf(call);
	const asked = call.query.get('t') ?? '';
	const seconds = integerOf(asked);
	if (container.state !== 'running') return empty(304);
	const ofSpec = container.task?.spec.ContainerSpec?.StopGracePeriod;
	await container.stop(asked === '' ? (ofSpec ?? 1e10) / 1e6 : seconds * 1000);
	return empty(204);
};

const signals =
	/^(SIG)?(ABRT|ALRM|BUS|CHLD|CLD|CONT|FPE|HUP|ILL|INT|IO|IOT|KILL|PIPE|POLL|PROF|PWR|QUIT|SEGV|STKFLT|STOP|SYS|TERM|TRAP|TSTP|TTIN|TTOU|URG|USR1|USR2|VTALRM|WINCH|XCPU|XFSZ|RTMIN(\+\d+)?|RTMAX(-\d+)?)$/i;

const kill: Handler = (call) => {
	const reference = param(call, 'id');
	const cannot = (status: number, why: string) => new Refused(status, `cannot kill container: ${reference}: ${why}`);
	const container = call.host.containers.find(reference);
	if (!container) throw cannot(404, `No such container: ${reference}`);
	const signal = call.query.get('signal') || 'SIGKILL';
	if (/^\d+$/.test(signal) ? Number(signal) > 64 : !signals.test(signal)) {
		const isNumber = /^\d+$/.test(signal);
		throw cannot(400, isNumber ? `the linux daemon does not support signal ${signal}` : `invalid signal: ${signal}`);
	}
	if (container.state !== 'running') throw cannot(409, `container ${container.id} is not running`);
	container.kill(signal);
	return empty(204);
};

const remove: Handler = async (call) => {
	const container = containerOf(call);
	const removed = await call.host.containers.remove(container.id, {force: laxBool(call.query, 'force')});
	if (!removed.ok) throw new Refused(removed.error.status, removed.error.message);
	return empty(204);
};

const prune: Handler = async (call) => {
	parseFilters(call.query).accept('label', 'label!', 'until');
	const ended = call.host.containers.list().filter(({state}) => state !== 'running');
	const deleted: string[] = [];
	for (const {id} of ended) {
		const removed = await call.host.containers.remove(id, {force: false});
		if (removed.ok) deleted.push(id);
	}
	return json({ContainersDeleted: deleted.length > 0 ? deleted : null, SpaceReclaimed: 0});
};

const changeKinds = {changed: 0, added: 1, deleted: 2} as const;

/** None are told as `null`. */
const changes: Handler = (call) => {
	const found = containerOf(call).changes();
	return json(found.length === 0 ? null : found.map(({path: Path, kind}) => ({Path, Kind: changeKinds[kind]})));
};

/** What people do to containers of their own; a task's container is its agent's. */
const notSimulated: Handler = (call) => {
	containerOf(call);
	throw new Refused(501, 'not simulated');
};

const unsimulated = ['restart', 'rename', 'pause', 'unpause', 'update'].map((verb) =>
	route('POST', `/containers/{id}/${verb}`, notSimulated),
);

export const containerRoutes: readonly Route[] = [
	route('GET', '/containers/json', listContainers),
	route('POST', '/containers/prune', prune),
	route('GET', '/containers/{id}/json', inspect),
	route('GET', '/containers/{id}/stats', stats),
	route('GET', '/containers/{id}/top', top),
	route('POST', '/containers/{id}/stop', stop),
	route('POST', '/containers/{id}/kill', kill),
	route('DELETE', '/containers/{id}', remove),
	route('GET', '/containers/{id}/changes', changes),
	...unsimulated,
];
