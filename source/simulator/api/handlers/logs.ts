import type {Control} from '../../contract.ts';
import {type Answer, type Call, controlOf, type Handler, param} from '../call.ts';
import {containerOf} from '../containers/find.ts';
import {toNanoseconds} from '../go/time.ts';
import {contentTypeOf, type LogFormat} from '../logs/frames.ts';
import {LogPump} from '../logs/pump.ts';
import {containerLogRequest, type LogRequest, requireStream, serviceLogRequest} from '../logs/request.ts';
import {type LogSelector, pumpServiceLogs} from '../logs/service-logs.ts';
import {lookUp} from '../lookup.ts';
import {type Route, route} from '../router.ts';

/** Logs of services, tasks and containers. */

const formatOf = (tty: boolean, {timestamps, details}: LogRequest): LogFormat => ({
	isFramed: !tty,
	timestamps,
	details,
});

/** Whether the service's spec has a terminal decides for all of its tasks. */
const serviceLogs: Handler = (call) =>
	logsOf(call, 'service', (id, {store}) => {
		const service = lookUp(store, 'service', id);
		return {id: service.id, tty: service.spec.TaskTemplate.ContainerSpec?.TTY ?? false};
	});

const taskLogs: Handler = (call) =>
	logsOf(call, 'task', (id, {store}) => {
		const task = lookUp(store, 'task', id);
		return {id: task.id, tty: task.spec.ContainerSpec?.TTY ?? false};
	});

async function logsOf(
	call: Call,
	kind: LogSelector['kind'],
	find: (reference: string, control: Control) => {id: string; tty: boolean},
): Promise<Answer> {
	requireStream(call);
	const control = await controlOf(call, 'read');
	const {id, tty} = find(param(call, 'id'), control);
	const request = serviceLogRequest(call);
	const format = formatOf(tty, request);
	const {clock} = call.host;
	return {
		kind: 'stream',
		contentType: contentTypeOf(format, call.minor),
		run: (sink) => pumpServiceLogs({control, clock, selector: {kind, id}, request, format}, sink),
	};
}

/** Followed, a container's log ends with the container. */
const containerLogs: Handler = (call) => {
	const request = containerLogRequest(call);
	const container = containerOf(call);
	const format = formatOf(container.tty, request);
	return {
		kind: 'stream',
		contentType: contentTypeOf(format, call.minor),
		run: (sink) => {
			const until = request.until ?? (request.follow ? undefined : toNanoseconds(call.host.clock.now()));
			const pump = new LogPump(sink, format);
			pump.add(container.openLog(request.query), '', until);
			return pump.run({forEver: false});
		},
	};
};

export const logRoutes: readonly Route[] = [
	route('GET', '/services/{id}/logs', serviceLogs),
	route('GET', '/tasks/{id}/logs', taskLogs),
	route('GET', '/containers/{id}/logs', containerLogs),
];
