import {type SafeText, toSafeText} from '../../text/safe-text.ts';

/** As a shell takes it. */
export function quoted(text: string): SafeText {
	return toSafeText(/^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`);
}
