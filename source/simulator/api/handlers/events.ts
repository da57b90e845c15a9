import type {EngineEvent} from '../../../wire/event.ts';
import type {Answer, Call, Handler, Sink} from '../call.ts';
import {type Filters, parseFilters} from '../filters.ts';
import {parseTimestamp, toNanoseconds} from '../go/time.ts';
import {badRequest, serverError} from '../refusal.ts';
import {type Route, route} from '../router.ts';

/** GET /events (moby api/server/router/system getEvents, daemon/events). */

const stream: Handler = (call) => {
	const since = instantOf(call, 'since');
	const until = instantOf(call, 'until');
	if (since !== undefined && until !== undefined && since > until) {
		throw badRequest(
			`\`since\` time (${call.query.get('since')}) cannot be after \`until\` time (${call.query.get('until')})`,
		);
	}
	const isWanted = eventFilter(parseFilters(call.query));
	return {
		kind: 'stream',
		contentType: 'application/json',
		run: (sink) => run(call, {since, until, isWanted}, sink),
	} satisfies Answer;
};

/** @throws Refused 500 for a text that is no time */
function instantOf({query}: Call, name: 'since' | 'until'): bigint | undefined {
	const text = query.get(name) ?? '';
	if (text === '') return undefined;
	const parsed = parseTimestamp(text);
	if ('error' in parsed) throw serverError(parsed.error);
	return parsed.nanoseconds;
}

type Window = {
	readonly since: bigint | undefined;
	readonly until: bigint | undefined;
	readonly isWanted: (event: EngineEvent) => boolean;
};

/**
 * First what the engine remembers, if either end of a window was given; then what comes, until the end of the window. What
 * waits for a slow reader is bounded by what a quick one would have been sent meanwhile: the oldest go first.
 */
async function run({host, minor}: Call, {since, until, isWanted}: Window, sink: Sink): Promise<void> {
	const isReplay = since !== undefined || until !== undefined;
	const waiting = isReplay
		? host.events.recent().filter((event) => {
				const time = BigInt(Math.round(event.timeNano));
				return (since === undefined || time >= since) && (until === undefined || time <= until) && isWanted(event);
			})
		: [];
	let wake: () => void = () => undefined;
	const nextChange = () =>
		new Promise<void>((resolve) => {
			wake = resolve;
		});
	let isOver = false;
	const end = () => {
		isOver = true;
		wake();
	};
	const stop = host.events.subscribe((event) => {
		if (!isWanted(event)) return;
		waiting.push(event);
		if (waiting.length > mostWaiting) waiting.shift();
		wake();
	});
	const now = toNanoseconds(host.clock.now());
	const timer = until === undefined ? undefined : host.clock.after(Math.max(0, Number(until - now) / 1e6), end);
	if (until !== undefined && until <= now) isOver = true;
	sink.signal.addEventListener('abort', end, {once: true});
	try {
		for (;;) {
			const text = waiting.splice(0).map((event) => `${JSON.stringify(renderEvent(event, minor))}\n`);
			if (text.length > 0 && !(await sink.write(text.join('')))) return;
			if (waiting.length > 0) continue;
			if (isOver) return;
			await nextChange();
		}
	} finally {
		stop();
		timer?.cancel();
		sink.signal.removeEventListener('abort', end);
	}
}

const mostWaiting = 4096;

/** Until API 1.52 containers' and images' events carry three keys from before there were others. */
function renderEvent(event: EngineEvent, minor: number): EngineEvent {
	const {Type, Action, Actor, scope, time, timeNano} = event;
	const rest = {Type, Action, Actor, scope: scope ?? 'local', time, timeNano};
	if (minor >= 52 || (Type !== 'container' && Type !== 'image')) return rest;
	const from = Type === 'container' ? Actor.Attributes['image'] : undefined;
	return {status: Action, id: Actor.ID, ...(from ? {from} : {}), ...rest};
}

const typesWithNames = ['daemon', 'container', 'plugin', 'volume', 'network', 'node', 'service', 'secret', 'config'];

/** Unknown keys are no mistake here. The value for an object's type matches the beginning of its ID or name. */
function eventFilter(filters: Filters): (event: EngineEvent) => boolean {
	return (event) => {
		const {ID: id, Attributes: attributes} = event.Actor;
		const begins = (key: string) => filters.beginsWith(key, id) || filters.beginsWith(key, attributes['name'] ?? '');
		return (
			matchesAction(filters, event.Action) &&
			filters.isOneOf('type', event.Type) &&
			filters.isOneOf('scope', event.scope ?? 'local') &&
			typesWithNames.every(begins) &&
			matchesImage(filters, event) &&
			filters.matchesLabels('label', attributes)
		);
	};
}

const openActions = ['health_status', 'exec_create', 'exec_start'];

/** Actions with something behind a colon match by their first part. */
function matchesAction(filters: Filters, action: string): boolean {
	if (openActions.some((open) => filters.get('event').includes(open))) return filters.beginsWith('event', action);
	return filters.isOneOf('event', action);
}

function matchesImage(filters: Filters, {Type, Actor}: EngineEvent): boolean {
	const name = Actor.Attributes[Type === 'image' ? 'name' : 'image'] ?? '';
	return [Actor.ID, name, withoutTag(Actor.ID), withoutTag(name)].some((text) => filters.isOneOf('image', text));
}

const withoutTag = (reference: string): string => reference.replace(/:[^/:]*$/, '');

export const eventRoutes: readonly Route[] = [route('GET', '/events', stream)];
