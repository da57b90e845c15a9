/** JSON that is safe to print and stays what it is. */
import {withNumbers} from './hazards.ts';

/** As JSON.stringify has it; what JSON itself lets pass of control characters, and what reorders or hides text, is escaped. */
export const jsonText = (value: unknown, indent?: number): string =>
	withNumbers(JSON.stringify(value, undefined, indent) ?? 'null', byNumber);

/** What is beyond the first plane is written as the two halves of a pair. */
function byNumber(code: number): string {
	const units = String.fromCodePoint(code);
	return [...Array(units.length).keys()]
		.map((at) => `\\u${units.charCodeAt(at).toString(16).padStart(4, '0')}`)
		.join('');
}
