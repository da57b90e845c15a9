/**
 * The values of a YAML document as Go has them, which the docker CLI is written in: an integer is not a float, whatever its size
 * (`bigint` beside `number`), a mapping keeps its keys apart from JavaScript's own, and a timestamp is neither text nor number.
 */
export type YamlValue = null | boolean | bigint | number | string | Timestamp | readonly YamlValue[] | YamlMap;

export type YamlMap = ReadonlyMap<string, YamlValue>;

/** A date or a time, as Go prints it: `2020-01-01 00:00:00 +0000 UTC`. */
export class Timestamp {
	readonly text: string;
	constructor(text: string) {
		this.text = text;
	}
}

export const isYamlMap = (value: YamlValue | undefined): value is YamlMap => value instanceof Map;

export const isYamlList = (value: YamlValue | undefined): value is readonly YamlValue[] => Array.isArray(value);

/** A value as Go prints it with `%v`: what becomes of a number or a date where a text is wanted. */
export function printed(value: YamlValue): string {
	if (typeof value === 'number') return printedFloat(value);
	if (value === null) return '<nil>';
	if (value instanceof Timestamp) return value.text;
	if (isYamlList(value)) return `[${value.map(printed).join(' ')}]`;
	if (isYamlMap(value)) {
		const entries = [...value].toSorted(([a], [b]) => (a < b ? -1 : 1));
		return `map[${entries.map(([key, each]) => `${key}:${printed(each)}`).join(' ')}]`;
	}
	return String(value);
}

/** As short as it can be, with an exponent below 1e-4 and from 1e6 on. */
function printedFloat(value: number): string {
	if (Number.isNaN(value)) return 'NaN';
	if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf';
	if (value === 0) return Object.is(value, -0) ? '-0' : '0';
	const [mantissa = '', exponent = '0'] = value.toExponential().split('e');
	const power = Number(exponent);
	if (power < -4 || power >= 6) {
		return `${mantissa}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
	}
	return String(value);
}

/** Values that came from elsewhere, as a part of a fixture did: whole numbers are integers. */
export function toYamlValue(value: unknown): YamlValue {
	if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : value;
	if (value === undefined || value === null) return null;
	if (Array.isArray(value)) return value.map(toYamlValue);
	if (typeof value === 'object') {
		return new Map(Object.entries(value).map(([key, each]) => [key, toYamlValue(each)]));
	}
	if (typeof value === 'string' || typeof value === 'boolean' || typeof value === 'bigint') return value;
	return String(value);
}
