/** Numbers as stack files write them. Each gives undefined for a text that it can't read. */

const unitNs: Readonly<Record<string, number>> = {
	ns: 1,
	us: 1e3,
	µs: 1e3,
	ms: 1e6,
	s: 1e9,
	m: 60e9,
	h: 3600e9,
};

/** `10s`, `1m30s`, `1.5h`: Go's durations, in nanoseconds. */
export function parseDuration(text: string): number | undefined {
	if (text === '0') return 0;
	if (!/^(\d+(\.\d+)?(ns|us|µs|ms|s|m|h))+$/.test(text)) return undefined;
	let total = 0;
	for (const [, amount, unit] of text.matchAll(/(\d+(?:\.\d+)?)(ns|us|µs|ms|s|m|h)/g)) {
		total += Number(amount) * (unitNs[unit ?? ''] ?? 0);
	}
	return Math.round(total);
}

/** `64M`, `1.5g`, `512kb`, `1048576`: bytes, with units of 1024 (docker/go-units RAMInBytes). */
export function parseBytes(text: string | number): number | undefined {
	const match = /^(\d+(?:\.\d+)?) ?([kmgtp]?)i?b?$/i.exec(String(text).trim());
	if (!match) return undefined;
	const power = ['', 'k', 'm', 'g', 't', 'p'].indexOf((match[2] ?? '').toLowerCase());
	return Math.floor(Number(match[1]) * 1024 ** power);
}

/** `0.5`: thousand-millionths of a CPU. */
export function parseCpus(text: string | number): number | undefined {
	const cpus = Number(text);
	return Number.isFinite(cpus) && cpus >= 0 && String(text).trim() !== '' ? Math.round(cpus * 1e9) : undefined;
}
