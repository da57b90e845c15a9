import type {Call, Program} from '../shell/routine.ts';
import {instant, type Output} from './call.ts';

/** C's escapes, as `echo -e` and printf understand them. */
export function unescaped(text: string): string {
	return text.replace(/\\(0?[0-7]{1,3}|x[0-9a-fA-F]{1,2}|[abefnrtv\\])/g, (_whole, code: string) => {
		const simple = {a: '\x07', b: '\b', e: '\x1b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v', '\\': '\\'}[code];
		if (simple !== undefined) return simple;
		const byte = code.startsWith('x') ? Number.parseInt(code.slice(1), 16) : Number.parseInt(code, 8);
		return byteMark(byte & 255);
	});
}

/** Bytes above 127 stand as private characters until the text is whole: several may be one character of UTF-8. */
const byteMark = (byte: number): string => String.fromCharCode(byte < 128 ? byte : 0xf700 + byte);

/** Puts the bytes together as the log driver does: what is not UTF-8 becomes U+FFFD. */
function decoded(text: string): string {
	if (!/[\uf780-\uf7ff]/.test(text)) return text;
	return text.replace(/[\uf780-\uf7ff]+/g, (marks) =>
		Buffer.from([...marks].map((mark) => mark.charCodeAt(0) - 0xf700)).toString('utf8'),
	);
}

function format(template: string, parameters: readonly string[]): string {
	const rest = [...parameters];
	let text = '';
	do {
		text += unescaped(template).replace(
			/%(-?)(0?)([0-9]*)(?:\.([0-9]+))?([sdiuxXobcf%])/g,
			(_whole, ...groups: string[]) => {
				const [left = '', zero = '', width = '', precision, kind = 's'] = groups;
				if (kind === '%') return '%';
				const value = converted(rest.shift() ?? '', kind, precision);
				const size = Number(width || 0);
				return left ? value.padEnd(size) : value.padStart(size, zero || ' ');
			},
		);
	} while (rest.length > 0 && /%-?[0-9.]*[sdiuxXobcf]/.test(template));
	return decoded(text);
}

function converted(value: string, kind: string, precision: string | undefined): string {
	if (kind === 's') return precision === undefined ? value : value.slice(0, Number(precision));
	if (kind === 'b') return unescaped(value);
	if (kind === 'c') return value.slice(0, 1);
	const number = Number(value) || 0;
	if (kind === 'f') return number.toFixed(Number(precision ?? 6));
	if (kind === 'x') return Math.trunc(number).toString(16);
	if (kind === 'X') return Math.trunc(number).toString(16).toUpperCase();
	return kind === 'o' ? Math.trunc(number).toString(8) : String(Math.trunc(number));
}

function echo(_call: Call, parameters: readonly string[]): Output {
	let rest = parameters;
	let hasNewline = true;
	let isEscaped = false;
	for (let [flag] = rest; flag && /^-[neE]+$/.test(flag); [flag] = rest) {
		if (flag.includes('n')) hasNewline = false;
		if (flag.includes('e')) isEscaped = true;
		rest = rest.slice(1);
	}
	const text = rest.join(' ');
	return {out: `${isEscaped ? decoded(unescaped(text)) : text}${hasNewline ? '\n' : ''}`};
}

export const printingApplets: Readonly<Record<string, Program>> = {
	echo: instant(echo),
	printf: instant((_call, [template = '', ...parameters]) => ({out: format(template, parameters)})),
};
