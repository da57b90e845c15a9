import {failed, ok, type Result} from '../../runtime/result.ts';

/** Variables as the shell has them; undefined where there is none. */
export type Lookup = (name: string) => string | undefined;

// `$$`, `$NAME` with what may stand after a name even without braces, `${NAME…}`, or a `$` that begins nothing.
const variable = /\$(?:(\$)|([_a-z][_a-z0-9]*(?::?[-?][^}]*)?)|\{([_a-z][_a-z0-9]*(?::?[-?][^}]*)?)\}|)/gi;

/**
 * Fills variables into a text: `$NAME`, `${NAME}`, `${NAME:-default}` (also when empty), `${NAME-default}`, `${NAME:?message}` and
 * `${NAME?message}`; `$$` is a dollar sign. What is filled in is not looked at again.
 */
export function fillIn(text: string, lookup: Lookup, onUnset: (name: string) => void): Result<string, string> {
	let problem: string | undefined;
	const filled = text.replace(variable, (_whole, dollar?: string, bare?: string, braced?: string) => {
		if (dollar) return '$';
		const inside = bare ?? braced;
		if (inside === undefined) {
			problem ??= `"${text}" has a $ that begins no variable: a plain dollar is written $$`;
			return '';
		}
		const value = substitute(inside, lookup, onUnset);
		if (value.ok) return value.value;
		problem ??= value.error;
		return '';
	});
	return problem === undefined ? ok(filled) : failed(problem);
}

const operators = [':-', '-', ':?', '?'] as const;

/** The first operator that the text has anywhere decides, in this order, as docker looks for them. */
function substitute(inside: string, lookup: Lookup, onUnset: (name: string) => void): Result<string, string> {
	const operator = operators.find((each) => inside.includes(each));
	if (operator === undefined) {
		const value = lookup(inside);
		if (value === undefined) onUnset(inside);
		return ok(value ?? '');
	}
	const at = inside.indexOf(operator);
	const name = inside.slice(0, at);
	const argument = inside.slice(at + operator.length);
	const value = lookup(name);
	const isThere = value !== undefined && (value !== '' || !operator.startsWith(':'));
	if (isThere) return ok(value);
	if (operator.endsWith('-')) return ok(argument);
	return failed(`${name} must be set: ${argument || 'it is required'}`);
}
