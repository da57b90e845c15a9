import type {Result} from '../../runtime/result.ts';
import type {SafeText} from '../../text/safe-text.ts';

/**
 * Puts a text into the clipboard of the person at the terminal. Gives what there is to know of where it went, '' for the
 * clipboard itself; fails with why it can't be copied.
 */
export type Copy = (text: string) => Result<SafeText, SafeText>;
