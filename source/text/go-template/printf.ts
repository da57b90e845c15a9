import {TemplateError} from './syntax.ts';
import {valueText} from './values.ts';

/** Go's fmt, as far as a list of a command has use for it. */

const verb = /%(?<flags>[-+ 0#]*)(?<width>\d+)?(?:\.(?<precision>\d+))?(?<verb>[\s\S])/g;

type Form = {readonly flags: string; readonly precision: number | undefined};

const verbs: Readonly<Record<string, (value: unknown, form: Form) => string>> = {
	v: (value) => valueText(value),
	s: (value, {precision}) =>
		precision === undefined ? valueText(value) : [...valueText(value)].slice(0, precision).join(''),
	d: (value, {flags}) => signed(Math.trunc(Number(value)).toString(), flags),
	q: (value) => JSON.stringify(valueText(value)),
	t: (value) => String(value),
	f: (value, {flags, precision = 6}) => signed(Number(value).toFixed(precision), flags),
	g: (value, {flags}) => signed(String(Number(value)), flags),
	x: (value) => (typeof value === 'number' ? value.toString(16) : Buffer.from(valueText(value)).toString('hex')),
	X: (value) =>
		(typeof value === 'number' ? value.toString(16) : Buffer.from(valueText(value)).toString('hex')).toUpperCase(),
};

const signed = (digits: string, flags: string): string =>
	digits.startsWith('-') ? digits : `${flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : ''}${digits}`;

export function printf(format: string, args: readonly unknown[]): string {
	let next = 0;
	const text = format.replaceAll(verb, (...parts) => {
		const groups = parts.at(-1) as Readonly<Record<string, string | undefined>>;
		const {flags = '', width, precision, verb: name = ''} = groups;
		if (name === '%') return '%';
		const write = verbs[name];
		if (!write) throw new TemplateError(`printf has no %${name} here`);
		if (next >= args.length) return `%!${name}(MISSING)`;
		const written = write(args[next++], {flags, precision: precision === undefined ? undefined : Number(precision)});
		return padded(written, flags, Number(width ?? 0), name);
	});
	const rest = args.slice(next);
	return rest.length === 0 ? text : `${text}%!(EXTRA ${rest.map((each) => `string=${valueText(each)}`).join(', ')})`;
}

function padded(text: string, flags: string, width: number, name: string): string {
	const missing = Math.max(0, width - [...text].length);
	if (flags.includes('-')) return text + ' '.repeat(missing);
	if (!flags.includes('0') || !'dfgxX'.includes(name)) return ' '.repeat(missing) + text;
	const sign = /^[-+]/.exec(text)?.[0] ?? '';
	return sign + '0'.repeat(missing) + text.slice(sign.length);
}

/** `print`: a space between two of which neither is a string. */
export function print(args: readonly unknown[]): string {
	return args
		.map((value, index) => {
			const isSpaced = index > 0 && typeof value !== 'string' && typeof args[index - 1] !== 'string';
			return `${isSpaced ? ' ' : ''}${valueText(value)}`;
		})
		.join('');
}

export const println = (args: readonly unknown[]): string => `${args.map(valueText).join(' ')}\n`;
