/** IPv4 subnets as spans of numbers. */

export type Span = {readonly first: number; readonly last: number};

/** Undefined for what is no IPv4 subnet. */
export function spanOf(cidr: string | undefined): Span | undefined {
	const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(cidr ?? '');
	if (!match) return undefined;
	const bits = Number(match[5]);
	const parts = match.slice(1, 5).map(Number);
	if (bits > 32 || parts.some((part) => part > 255)) return undefined;
	const at = parts.reduce((sum, part) => sum * 256 + part, 0);
	const size = 2 ** (32 - bits);
	const first = Math.floor(at / size) * size;
	return {first, last: first + size - 1};
}

export const sizeOf = ({first, last}: Span): number => last - first + 1;
export const overlap = (a: Span, b: Span): boolean => a.first <= b.last && b.first <= a.last;
