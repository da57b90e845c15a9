/** What `swarmtop doctor` says besides what it finds. */

export const unknownFormat = (format: string, formats: readonly string[]): string =>
	`-o ${format}: the formats are ${formats.join(', ')}.`;
export const unknownSeverity = (severity: string, severities: readonly string[]): string =>
	`--fail-on ${severity}: it is one of ${severities.join(', ')}.`;
export const noObjects = (word: string): string =>
	`"${word}": doctor judges the whole swarm. --ignore leaves things out.`;

export const allIsWell = 'Nothing is wrong with this swarm, as far as swarmtop can see.';
export const total = (counts: readonly string[]): string => `${counts.join(', ')}.`;
export const notTriedFromHere =
	'The ports were not tried: that takes a manager, asked through its own socket on this machine.';
