/** One line as the engine sent it, with where and when it was written. */
export type LogLine = {
	/** RFC 3339 with nine digits and Z, 30 characters: sorts as text. '' when the stream gave none. */
	readonly stamp: string;
	readonly stream: 'stdout' | 'stderr';
	readonly origin: LogOrigin;
	/** The line's own text without its end, untouched: never print it but through `displayText`. */
	readonly text: string;
	/** It came after lines of a later time had been shown, and was put in its place. */
	readonly isLate: boolean;
	/** The engine may have cut its beginning off: of a tail it counts pieces of 16 KiB, not lines. */
	readonly isCut?: boolean;
};

/** Who wrote it. IDs are '' where the engine did not say. */
export type LogOrigin = {readonly taskId: string; readonly nodeId: string; readonly serviceId: string};

const unknownOrigin: LogOrigin = {taskId: '', nodeId: '', serviceId: ''};

/** A line as it was cut from the stream: a long one comes in parts of 16 KiB, only the last ends with a newline. */
export type LinePart = {
	readonly stamp: string;
	readonly stream: 'stdout' | 'stderr';
	readonly origin: LogOrigin;
	readonly bytes: Buffer;
	readonly endsLine: boolean;
};

const stampLength = 30;
const stampPattern = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z$/;
const space = 0x20;

/** Reads `timestamp details text` off payloads; remembers the few distinct details there are. */
export class PayloadParser {
	readonly #origins = new Map<string, LogOrigin>();

	/** `hasDetails`: the stream was asked for with details, as all of ours are. */
	parse(payload: Buffer, stream: 'stdout' | 'stderr', hasDetails = true): LinePart {
		let at = 0;
		let stamp = '';
		const first = payload.toString('latin1', 0, stampLength);
		if (stampPattern.test(first) && (payload.length === stampLength || payload[stampLength] === space)) {
			stamp = first;
			at = Math.min(payload.length, stampLength + 1);
		}
		let origin = unknownOrigin;
		const detailsEnd = hasDetails ? payload.indexOf(space, at) : -1;
		if (detailsEnd !== -1) {
			const found = this.#origin(payload.toString('latin1', at, detailsEnd));
			if (found) {
				origin = found;
				at = detailsEnd + 1;
			}
		}
		const endsLine = payload[payload.length - 1] === 0x0a;
		return {stamp, stream, origin, bytes: payload.subarray(at, payload.length - (endsLine ? 1 : 0)), endsLine};
	}

	#origin(details: string): LogOrigin | undefined {
		const known = this.#origins.get(details);
		if (known) return known;
		if (!details.includes('com.docker.swarm.task.id=')) return undefined;
		const values = new Map<string, string>();
		for (const pair of details.split(',')) {
			const equals = pair.indexOf('=');
			if (equals !== -1) values.set(decode(pair.slice(0, equals)), decode(pair.slice(equals + 1)));
		}
		const origin = {
			taskId: values.get('com.docker.swarm.task.id') ?? '',
			nodeId: values.get('com.docker.swarm.node.id') ?? '',
			serviceId: values.get('com.docker.swarm.service.id') ?? '',
		};
		this.#origins.set(details, origin);
		return origin;
	}
}

/** Query-unescapes as Go does; what is not escaped properly stays as it is. */
function decode(text: string): string {
	try {
		return decodeURIComponent(text.replaceAll('+', ' '));
	} catch (error) {
		if (error instanceof URIError) return text;
		throw error;
	}
}

/** Milliseconds since the epoch of a stamp; NaN for ''. */
export const stampToMs = (stamp: string): number => Date.parse(`${stamp.slice(0, 23)}Z`);

/** A stamp for a time in milliseconds. */
export const msToStamp = (ms: number): string => `${new Date(ms).toISOString().slice(0, 23)}000000Z`;

/** The stamp as the `since` parameter wants it: seconds and nanoseconds since the epoch. */
export function stampToSince(stamp: string): string {
	const seconds = Date.parse(`${stamp.slice(0, 19)}Z`) / 1000;
	return `${seconds}.${stamp.slice(20, 29)}`;
}

/** By time; lines without one stay where they came. */
export function compareStamps(a: LogLine, b: LogLine): number {
	if (a.stamp === '' || b.stamp === '' || a.stamp === b.stamp) return 0;
	return a.stamp < b.stamp ? -1 : 1;
}
