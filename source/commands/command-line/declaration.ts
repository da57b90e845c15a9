/**
 * What a command declares of its command line, once. From it come the parsing (`read.ts`), `--help` (`help.ts`), the manual
 * page (`man.ts`) and the completions of the shells (`../completion-*.ts`).
 */

/** What a value or a word can be, for completions. */
export type Words =
	| {readonly kind: 'words'; readonly words: readonly string[]}
	/** Names of what there is now, by the kind of list; several are joined by `+`. */
	| {readonly kind: 'live'; readonly list: string}
	/** Names of the kind that the word before says: `get svc …`. */
	| {readonly kind: 'live-of-first'}
	| {readonly kind: 'file'}
	| {readonly kind: 'directory'}
	| {readonly kind: 'any'};

export type FlagDeclaration = {
	/** One letter. */
	readonly short?: string;
	/** What it does, in a few words: completions show it too. */
	readonly title: string;
	/** More than the title, for the help alone. */
	readonly detail?: string;
	/** What the help calls its value, `FILE`; a flag without one stands alone. */
	readonly value?: string;
	/** What the value can be; anything when left out. */
	readonly completes?: Words;
	/** It may be given several times, and all its values count; otherwise the last one does. */
	readonly isMultiple?: true;
	/** It may stand without its value. */
	readonly isValueOptional?: true;
	/** The help has its name alone, under this heading with the others of its kind; the manual says more. */
	readonly listedUnder?: string;
	/** It says which engine: whoever completes names from there has to be told the same. */
	readonly isConnection?: true;
};

/** By the long name, without dashes. */
export type FlagDeclarations = Readonly<Record<string, FlagDeclaration>>;

export type CommandDeclaration<F extends FlagDeclarations = FlagDeclarations> = {
	/** '' for the dashboard. */
	readonly name: string;
	/** What it does, in a few words. */
	readonly title: string;
	/** What follows `swarmtop` in each way to call it. */
	readonly usage: readonly string[];
	/** Paragraphs of the help, above the flags. */
	readonly about: readonly string[];
	readonly flags: F;
	/** Lines of the help below the flags: examples and what else one has to know. */
	readonly notes?: readonly string[];
	/** What its words can be, one by one; the last one repeats. */
	readonly words: readonly Words[];
};

/** The values of a command's flags as they were typed, by long name. */
export type FlagValues<F extends FlagDeclarations> = {
	readonly [K in keyof F]?: F[K] extends {readonly value: string}
		? F[K] extends {readonly isMultiple: true}
			? readonly string[]
			: string
		: boolean;
};

export const words = (...list: readonly string[]): Words => ({kind: 'words', words: list});

/** The flag as it is typed: `--output`, `-o`. */
export const spellings = (name: string, {short}: FlagDeclaration): string[] => [
	`--${name}`,
	...(short === undefined ? [] : [`-${short}`]),
];

/** Every command has it. */
export const helpFlag = {help: {short: 'h', title: 'show this help'}} as const satisfies FlagDeclarations;
