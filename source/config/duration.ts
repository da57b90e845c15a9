/** Durations as the configuration has them: `500ms`, `2s`, `1.5m`, `1h`. */

const unitMs: Readonly<Record<string, number>> = {ms: 1, s: 1000, m: 60_000, h: 3_600_000};

/** What a duration looks like; the first group is the number, the second the unit. */
export const durationPattern = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/;

/** Milliseconds; undefined for what is no duration. */
export function parseDuration(text: string): number | undefined {
	const match = durationPattern.exec(text);
	return match ? Number(match[1]) * (unitMs[match[2] ?? ''] ?? 0) : undefined;
}
