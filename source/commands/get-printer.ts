import type {Selection} from './get-select.ts';

/** Prints selections of one list, in one format. */
export interface Printer {
	/** All of it. Gives what is wrong with the format, in one sentence, where it does not fit what is there. */
	print(selection: Selection): string | undefined;
	/** What is different from the last time, as the format has it; nothing when nothing is. */
	printChanges(selection: Selection): string | undefined;
}
