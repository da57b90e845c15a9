import {failed, ok, type Result} from '../../runtime/result.ts';
import {Timestamp, type YamlValue} from './values.ts';

/**
 * What a scalar means, as go-yaml v3 takes it: YAML 1.2, but octal numbers of 1.1 as well (`0440`), underscores in numbers, dates,
 * and no yes/no/on/off.
 */

const prefix = 'tag:yaml.org,2002:';
const words: ReadonlyMap<string, readonly [Kind, YamlValue]> = new Map(
	(
		[
			['bool', true, 'true True TRUE'],
			['bool', false, 'false False FALSE'],
			['null', null, '~ null Null NULL'],
			['float', Number.NaN, '.nan .NaN .NAN'],
			['float', Number.POSITIVE_INFINITY, '.inf .Inf .INF +.inf +.Inf +.INF'],
			['float', Number.NEGATIVE_INFINITY, '-.inf -.Inf -.INF'],
		] as const
	).flatMap(([kind, value, list]) => list.split(' ').map((word) => [word, [kind, value]] as const)),
);

type Kind = 'str' | 'bool' | 'int' | 'float' | 'null' | 'timestamp';

const kinds: ReadonlySet<string> = new Set(['str', 'bool', 'int', 'float', 'null', 'timestamp']);

/** The short name of a tag: `int` for `!!int`, undefined for none and for one that is not YAML's own. */
const shortTag = (tag: string | undefined): string | undefined =>
	tag?.startsWith(prefix) ? tag.slice(prefix.length) : undefined;

/** The value of a scalar with its tag, if it has one; tags of applications say nothing. */
export function resolveScalar(
	text: string,
	{tag, isPlain}: {readonly tag: string | undefined; readonly isPlain: boolean},
): Result<YamlValue, string> {
	const wanted = shortTag(tag);
	if (tag !== undefined && tag !== '!') {
		if (wanted === 'binary') return decodeBinary(text);
		if (wanted === undefined || !kinds.has(wanted) || wanted === 'str') return ok(text);
	} else if (!isPlain || tag === '!') return ok(text);
	const [kind, value] = resolvePlain(text, wanted);
	if (typeof value === 'number' && !Number.isFinite(value)) return failed(`${text} is no number that can be sent`);
	if (wanted === undefined || wanted === kind) return ok(value);
	if (wanted === 'float' && kind === 'int') return ok(Number(value));
	return failed(`cannot decode !!${kind} \`${text}\` as a !!${wanted}`);
}

function decodeBinary(text: string): Result<YamlValue, string> {
	const bare = text.replaceAll(/[\r\n]/g, '');
	if (bare.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(bare)) {
		return failed('!!binary value contains invalid base64 data');
	}
	return ok(Buffer.from(bare, 'base64').toString('utf8'));
}

function resolvePlain(text: string, wanted: string | undefined): readonly [Kind, YamlValue] {
	if (text === '') return ['null', null];
	const word = words.get(text);
	if (word) return word;
	if (text.startsWith('.')) {
		const value = Number(text);
		return /^\.\d+([eE][-+]?\d+)?$/.test(text) && Number.isFinite(value) ? ['float', value] : ['str', text];
	}
	if (!/^[-+\d]/.test(text)) return ['str', text];
	const time = wanted === undefined || wanted === 'timestamp' ? parseTimestamp(text) : undefined;
	return time ? ['timestamp', time] : resolveNumber(text);
}

const digits: ReadonlyMap<string, RegExp> = new Map([
	['0b', /^[01]+$/],
	['0o', /^[0-7]+$/],
	['0x', /^[\da-f]+$/i],
]);

function resolveNumber(text: string): readonly [Kind, YamlValue] {
	const plain = text.replaceAll('_', '');
	const [, sign = '', body = ''] = /^([-+]?)(.*)$/s.exec(plain) ?? [];
	const integer = parseInteger(body);
	if (integer !== undefined) {
		const value = sign === '-' ? -integer : integer;
		const isSmall = value >= -(2n ** 63n) && value < (sign === '' ? 2n ** 64n : 2n ** 63n);
		if (isSmall) return ['int', value];
	}
	if (/^[-+]?(\.\d+|\d+(\.\d*)?)([eE][-+]?\d+)?$/.test(plain)) {
		const value = Number(plain);
		if (Number.isFinite(value)) return ['float', value];
	}
	return ['str', text];
}

/** As Go's base 0: `0x1f`, `0b1`, `0o17`, and `017` for octal. */
function parseInteger(body: string): bigint | undefined {
	const start = body.slice(0, 2).toLowerCase();
	const allowed = digits.get(start);
	if (allowed) return allowed.test(body.slice(2)) ? BigInt(start + body.slice(2)) : undefined;
	if (/^0[0-7]+$/.test(body)) return BigInt(`0o${body.slice(1)}`);
	return /^(0|[1-9]\d*)$/.test(body) ? BigInt(body) : undefined;
}

/** The four forms that go-yaml takes; undefined for a day that no month has. */
function parseTimestamp(text: string): Timestamp | undefined {
	const match =
		/^(\d{4})-(\d\d?)-(\d\d?)(?:(?:[Tt](\d\d?):(\d\d?):(\d\d?)(?:[.,](\d+))?(Z|[-+]\d\d:\d\d))|(?: (\d\d?):(\d\d?):(\d\d?)(?:[.,](\d+))?))?$/.exec(
			text,
		);
	if (!match) return undefined;
	const [, year = '', month = '', day = '', h1, m1, s1, f1, zone, h2, m2, s2, f2] = match;
	const two = (part: string | undefined) => (part ?? '0').padStart(2, '0');
	const [hour, minute, second] = [two(h1 ?? h2), two(m1 ?? m2), two(s1 ?? s2)];
	const days = new Date(Date.UTC(2000, Number(month), 0)).getUTCDate();
	const isLeap = Number(year) % 4 === 0 && (Number(year) % 100 !== 0 || Number(year) % 400 === 0);
	const last = Number(month) === 2 && !isLeap ? 28 : days;
	if (Number(month) < 1 || Number(month) > 12 || Number(day) < 1 || Number(day) > last) return undefined;
	if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
	const fraction = (f1 ?? f2 ?? '').slice(0, 9).replace(/0+$/, '');
	const date = `${year}-${two(month)}-${two(day)} ${hour}:${minute}:${second}${fraction === '' ? '' : `.${fraction}`}`;
	if (zone === undefined || zone === 'Z' || /^[-+]00:00$/.test(zone)) return new Timestamp(`${date} +0000 UTC`);
	const offset = zone.replace(':', '');
	return new Timestamp(`${date} ${offset} ${offset}`);
}
