import {failed, ok} from '../runtime/result.ts';
import {tellsFraming} from './api-version.ts';
import type {Calls} from './calls.ts';
import type {Answer, EventOptions, LogOptions, LogStream, StreamHandle} from './client.ts';
import {EngineStream} from './engine-stream.ts';
import {filtersQuery} from './filters.ts';
import {JsonStreamParser} from './json-scanner.ts';
import {orBadJson} from './read-answer.ts';
import type {Request} from './requests.ts';
import {readerOf} from './shapes.ts';

const framedType = 'application/vnd.docker.multiplexed-stream';

/** GET /events. Ends with `bad-answer` at the first thing that is no event. */
export function openEvents(calls: Calls, options: EventOptions): Answer<StreamHandle> {
	const {filters, since, until} = options;
	const query = {filters: filtersQuery(filters), since: since?.toFixed(9), until: until?.toFixed(9)};
	const parser = new JsonStreamParser();
	const readEvent = readerOf('event');
	const eventsIn = (chunk: Buffer) => orBadJson(() => parser.push(chunk).map(readEvent));
	return openStream(calls, {method: 'GET', path: '/events', query}, options, () => (chunk) => {
		for (const event of eventsIn(chunk)) options.onEvent(event);
	});
}

/**
 * GET /services/{id}/logs or /tasks/{id}/logs, given by `path`. `isTty` asks the spec, for engines whose answer doesn't
 * tell framed from raw.
 */
export async function openLogs(
	calls: Calls,
	path: string,
	options: LogOptions,
	isTty: () => Answer<boolean>,
): Answer<LogStream> {
	const negotiated = await calls.negotiation.current(options);
	if (!negotiated.ok) return negotiated;
	const tty = tellsFraming(negotiated.value.apiVersion) ? undefined : await isTty();
	if (tty && !tty.ok) return tty;
	let isFramed = tty ? !tty.value : false;
	const stream = await openStream(calls, {method: 'GET', path, query: logQuery(options)}, options, (contentType) => {
		if (!tty) isFramed = contentType === framedType;
		return options.onData;
	});
	return stream.ok ? ok(Object.assign(stream.value, {isFramed})) : stream;
}

function logQuery({follow, stdout = true, stderr = true, timestamps, details, tail, since}: LogOptions) {
	return {
		stdout: flag(stdout),
		stderr: flag(stderr),
		follow: flag(follow),
		timestamps: flag(timestamps),
		details: flag(details),
		tail: tail === undefined ? 'all' : String(tail),
		since,
	};
}

function flag(isSet: boolean | undefined): string | undefined {
	return isSet ? 'true' : undefined;
}

async function openStream(
	calls: Calls,
	request: Request,
	options: EventOptions | LogOptions,
	sinkFor: (contentType: string) => (chunk: Buffer) => void,
): Answer<EngineStream> {
	const {requests} = calls;
	const deadline = requests.deadline(request.method, options);
	const opened = await calls.stream(request, options, deadline);
	if (!opened.ok) {
		requests.release(deadline);
		return failed(opened.error);
	}
	const host = {
		errorOf: (cause: unknown) => requests.errorOf(cause, request.path, deadline),
		release: () => requests.release(deadline),
	};
	return ok(new EngineStream(opened.value, deadline, host, sinkFor(opened.value.headers['content-type'] ?? '')));
}
