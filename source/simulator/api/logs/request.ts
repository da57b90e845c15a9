import type {LogQuery} from '../../contract.ts';
import type {Call} from '../call.ts';
import {laxBool, parseIntegerError} from '../go/parse.ts';
import {parseTimestamp} from '../go/time.ts';
import {badRequest, serverError} from '../refusal.ts';

/** What a request for logs asks for. The engine checks services' and containers' requests with different words. */

export type LogRequest = {
	readonly query: LogQuery;
	readonly follow: boolean;
	/** Nanoseconds since the epoch; only containers' logs can be cut off at an end. */
	readonly until?: bigint;
	readonly timestamps: boolean;
	readonly details: boolean;
};

const flagsOf = ({query}: Call) => ({
	follow: laxBool(query, 'follow'),
	timestamps: laxBool(query, 'timestamps'),
	details: laxBool(query, 'details'),
});

const streamsOf = ({query}: Call) => ({stdout: laxBool(query, 'stdout'), stderr: laxBool(query, 'stderr')});

const noStream = 'Bad parameters: you must choose at least one stream';

/** The first thing that is checked of a request for a service's logs. @throws Refused 500 */
export function requireStream(call: Call): void {
	const {stdout, stderr} = streamsOf(call);
	if (!stdout && !stderr) throw serverError(noStream);
}

/** @throws Refused 500 for a bad tail or since, after the service has been found (moby daemon/cluster/services.go) */
export function serviceLogRequest(call: Call): LogRequest {
	const tail = call.query.get('tail') ?? '';
	const isAll = tail === '' || tail === 'all';
	if (!isAll && parseIntegerError(tail, 'ParseInt'))
		throw serverError('tail value must be a positive integer or "all"');
	if (Number(tail) < 0) throw serverError('negative tail values not supported');
	const since = call.query.get('since') ?? '';
	const from = since === '' ? undefined : parseTimestamp(since);
	if (from && 'error' in from) throw serverError(`could not parse since timestamp: ${from.error}`);
	return {
		query: {...streamsOf(call), ...(isAll ? {} : {tail: Number(tail)}), ...(from ? {since: from.nanoseconds} : {})},
		...flagsOf(call),
	};
}

/** @throws Refused 400 without a stream, 500 for a bad time; a tail that is no number means everything (moby daemon/logs.go) */
export function containerLogRequest(call: Call): LogRequest {
	const streams = streamsOf(call);
	if (!streams.stdout && !streams.stderr) throw badRequest(noStream);
	const tail = call.query.get('tail') ?? '';
	const since = containerTime(call, 'since');
	const until = containerTime(call, 'until');
	return {
		query: {...streams, ...(/^\d+$/.test(tail) ? {tail: Number(tail)} : {}), ...(since === undefined ? {} : {since})},
		...(until === undefined ? {} : {until}),
		...flagsOf(call),
	};
}

function containerTime({query}: Call, name: 'since' | 'until'): bigint | undefined {
	const text = query.get(name) ?? '';
	if (text === '' || text === '0') return undefined;
	const parsed = parseTimestamp(text);
	if ('error' in parsed) throw serverError(parsed.error);
	return parsed.nanoseconds;
}
