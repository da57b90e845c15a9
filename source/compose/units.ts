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

/** A decimal number as Go's ParseFloat takes it, underscores between its digits as well; not one that has no end. */
export function parseFloat64(text: string): number | undefined {
	const plain = text.replaceAll(/(?<=\d)_(?=\d)/g, '');
	if (!/^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(plain)) return undefined;
	const value = Number(plain);
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

/** `0.5`, `1/4`: thousand-millionths of a CPU; a part of one of those is refused. */
export function parseCpus(text: string | number): number | undefined {
	const ratio = parseRatio(String(text));
	if (!ratio) return undefined;
	const [over, under] = [ratio[0] * 1_000_000_000n, ratio[1]];
	return over % under === 0n ? Number(over / under) : undefined;
}

/** A number as Go's big.Rat takes it: a fraction, or a decimal. */
function parseRatio(text: string): readonly [bigint, bigint] | undefined {
	const fraction = /^([-+]?)(\w+)\/(\w+)$/.exec(text);
	if (fraction) {
		const [over, under] = [parseWhole(fraction[2] ?? ''), parseWhole(fraction[3] ?? '')];
		if (over === undefined || !under) return undefined;
		return [fraction[1] === '-' ? -over : over, under];
	}
	const [, sign, whole = '', digits = '', exponent = '0'] =
		/^([-+]?)(\w*?)(?:\.(\d*))?(?:e([-+]?\d+))?$/i.exec(text) ?? [];
	const isDecimal = /^\d*$/.test(whole) && (whole + digits).length > 0;
	const value = isDecimal ? BigInt(whole + digits) : digits === '' ? parseWhole(whole) : undefined;
	if (value === undefined || Math.abs(Number(exponent)) > 100) return undefined;
	const power = Number(exponent) - digits.length;
	const signed = sign === '-' ? -value : value;
	return power >= 0 ? [signed * 10n ** BigInt(power), 1n] : [signed, 10n ** BigInt(-power)];
}

/** A whole number, in another base with its mark before it. */
function parseWhole(text: string): bigint | undefined {
	if (/^0[0-7]+$/.test(text)) return BigInt(`0o${text}`);
	return /^(\d+|0x[\da-f]+|0b[01]+|0o[0-7]+)$/i.test(text) ? BigInt(text.toLowerCase()) : undefined;
}
