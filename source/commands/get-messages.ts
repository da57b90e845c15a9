/** What `swarmtop get` says of how it was used, beyond the command line's own messages. */

const question = (suggestion: string | undefined): string =>
	suggestion === undefined ? '' : ` Did you mean ${suggestion}?`;

export const unknownKind = (word: string, kinds: readonly string[], suggestion: string | undefined): string =>
	`There is no kind "${word}".${question(suggestion)} The kinds are ${kinds.join(', ')}.`;

export const unknownField = (
	field: string,
	kind: string,
	fields: readonly string[],
	suggestion: string | undefined,
): string =>
	`--filter ${field}=: ${kind} have no field ${field}.${question(suggestion)} The fields are ${fields.join(', ')}.`;

export const unknownTemplateField = (
	field: string,
	kind: string,
	fields: readonly string[],
	suggestion: string | undefined,
): string =>
	`--format: ${kind} have no field .${field}.${question(suggestion === undefined ? undefined : `.${suggestion}`)} The fields are ${fields.map((each) => `.${each}`).join(', ')}.`;

export const brokenTemplate = (problem: string): string => `--format: ${problem}.`;

export const noDockerFormat = (kind: string): string => `--format: docker lists no ${kind}. Use -o.`;

export const noDockerTable = (kind: string): string => `--format table: docker has no table of ${kind}. Use -o table.`;

export const oneFormat = (flags: readonly string[]): string => `Give one of ${flags.join(' and ')}.`;
