/** Numbers as stack files write them. Each gives undefined for a text that it can't read. */

const unitNs: Readonly<Record<string, bigint>> = {
	ns: 1n,
	us: 1_000n,
	µs: 1_000n,
	μs: 1_000n,
	ms: 1_000_000n,
	s: 1_000_000_000n,
	m: 60_000_000_000n,
	h: 3_600_000_000_000n,
};

const durationPart = /(\d*)(?:\.(\d*))?(ns|us|µs|μs|ms|s|m|h)/g;
const longest = 2n ** 63n;

/** `10s`, `1m30s`, `1.5h`, `-1s`: Go's durations, in nanoseconds. */
export function parseDuration(text: string): number | undefined {
	const [, sign = '', body = ''] = /^([-+]?)(.*)$/s.exec(text) ?? [];
	if (body === '0') return 0;
	let total = 0n;
	let end = 0;
	for (const match of body.matchAll(durationPart)) {
		const [whole, amount = '', fraction = '', unit = ''] = match;
		if (match.index !== end || (amount === '' && fraction === '')) return undefined;
		end += whole.length;
		const scale = unitNs[unit] ?? 0n;
		total += BigInt(amount || '0') * scale + fractionOf(fraction, scale);
	}
	if (body === '' || end !== body.length || total > longest || (total === longest && sign !== '-')) return undefined;
	return Number(sign === '-' ? -total : total);
}

const fractionOf = (digits: string, scale: bigint): bigint =>
	digits === '' ? 0n : (BigInt(digits) * scale) / 10n ** BigInt(digits.length);

/** A decimal number as Go's ParseFloat takes it; not one that has no end. */
export function parseFloat64(text: string): number | undefined {
	if (!/^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text)) return undefined;
	const value = Number(text);
	return Number.isFinite(value) ? value : undefined;
}

const powers: Readonly<Record<string, number>> = {b: 0, k: 1, m: 2, g: 3, t: 4, p: 5};

/** `64M`, `1.5 GiB`, `512kb`, `1048576`: bytes, with units of 1024 (docker/go-units RAMInBytes). */
export function parseBytes(text: string | number): number | undefined {
	const whole = String(text);
	const end = Math.max(...[...'0123456789. '].map((character) => whole.lastIndexOf(character)));
	const isSpaced = whole[end] === ' ';
	const value = parseFloat64(whole.slice(0, isSpaced ? end : end + 1));
	const suffix = whole.slice(end + 1).toLowerCase();
	if (value === undefined || value < 0) return undefined;
	if (suffix !== '' && !/^(b|[kmgtp](i?b)?)$/.test(suffix)) return undefined;
	const bytes = Math.trunc(value * 1024 ** (powers[suffix[0] ?? 'b'] ?? 0));
	return bytes;
}

/** `0.5`: thousand-millionths of a CPU; a part of one of those is refused. */
export function parseCpus(text: string | number): number | undefined {
	const match = /^(\+?\d*)(?:\.(\d*))?(?:e([-+]?\d+))?$/i.exec(String(text).trim());
	const [, whole = '', fraction = '', exponent = '0'] = match ?? [];
	if (!match || whole.length + fraction.length === 0 || Math.abs(Number(exponent)) > 30) return undefined;
	const digits = `${whole.replace('+', '')}${fraction}`.replace(/0+$/, (zeros) => '0'.repeat(zeros.length));
	const power = Number(exponent) - fraction.length + 9;
	const value = BigInt(digits || '0');
	if (power >= 0) return Number(value * 10n ** BigInt(power));
	const divisor = 10n ** BigInt(-power);
	return value % divisor === 0n ? Number(value / divisor) : undefined;
}
