/** What the command line says of how it was used. */

const question = (suggestion: string | undefined, dashes = ''): string =>
	suggestion === undefined ? '' : ` Did you mean ${dashes}${suggestion}?`;

export const unknownFlag = (flag: string, suggestion: string | undefined): string =>
	`There is no flag ${flag}.${question(suggestion)}`;

export const flagNeedsValue = (flag: string, value: string): string => `${flag} needs a value: ${flag} ${value}.`;

export const flagTakesNoValue = (flag: string): string => `${flag} takes no value.`;

export const unknownCommand = (word: string, names: readonly string[], suggestion: string | undefined): string =>
	`There is no command "${word}".${question(suggestion)} The commands are ${names.join(', ')}.`;

/** Where the help stands, behind what was wrong. */
export const seeHelp = (command: string): string => `See swarmtop ${command === '' ? '' : `${command} `}--help.`;

export const outputLost = (problem: string): string => `the output could not be written: ${problem}.`;
