/** What `swarmtop completion` says. */

export const installed = (file: string, line: string | undefined): string =>
	line === undefined
		? `The completions are in ${file}. Open a new shell to have them.`
		: `The completions are in ${file}. Put this line into ~/.zshrc, before compinit, and open a new shell: ${line}`;

export const notWritable = (file: string, why: string): string => `${file} can't be written: ${why}.`;

export const whichShell = 'For which shell? bash, zsh or fish.';

export const unknownShell = (word: string): string => `There are no completions for "${word}": bash, zsh or fish.`;
