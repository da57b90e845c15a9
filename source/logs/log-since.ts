import {failed, ok, type Result} from '../runtime/result.ts';
import {msToStamp} from './log-line.ts';

/** Where a log begins: at a time, and with so many lines at most, counted over all its tasks. */
export type LogStart = {
	readonly tail: number | undefined;
	/** A stamp, inclusive. */
	readonly since: string | undefined;
};

export const wholeLog: LogStart = {tail: undefined, since: undefined};

const unitMs: Readonly<Record<string, number>> = {s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000};

/**
 * The stamp that is meant by `10m`, `2h`, `1h30m`, `45` (seconds ago), an RFC 3339 time, `2026-11-21` or `14:05` (today,
 * UTC); undefined for `all`.
 */
export function parseSince(text: string, nowMs: number): Result<string | undefined, string> {
	const wanted = text.trim();
	if (wanted === 'all') return ok(undefined);
	const duration = /^(?:(\d+(?:\.\d+)?)d)?(?:(\d+(?:\.\d+)?)h)?(?:(\d+(?:\.\d+)?)m)?(?:(\d+(?:\.\d+)?)s?)?$/.exec(
		wanted,
	);
	if (wanted !== '' && duration) {
		const [days, hours, minutes, seconds] = duration.slice(1).map((part) => Number(part ?? 0));
		const ms = (days ?? 0) * day + (hours ?? 0) * hour + (minutes ?? 0) * minute + (seconds ?? 0) * second;
		return ok(msToStamp(nowMs - ms));
	}
	const clock = /^(\d{1,2}):(\d\d)(?::(\d\d))?$/.exec(wanted);
	const time = clock ? today(nowMs, clock) : /^\d{4}-\d\d-\d\d/.test(wanted) ? Date.parse(wanted) : Number.NaN;
	if (!Number.isNaN(time)) return ok(msToStamp(time));
	return failed(`"${wanted}" is no time: write 10m, 2h, 14:05 or 2026-11-21T14:05:00Z`);
}

const {s: second = 0, m: minute = 0, h: hour = 0, d: day = 0} = unitMs;

function today(nowMs: number, clock: RegExpExecArray): number {
	const [hours = '0', minutes = '0', seconds = '0'] = clock.slice(1).map((part) => part ?? '0');
	return Date.parse(
		`${new Date(nowMs).toISOString().slice(0, 10)}T${hours.padStart(2, '0')}:${minutes}:${seconds.padStart(2, '0')}Z`,
	);
}
