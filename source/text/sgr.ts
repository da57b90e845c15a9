/**
 * Text attributes as ANSI terminals know them (ECMA-48 SGR): how a sequence of `CSI … m` parameters changes what is
 * written next, and how to write it down again in one canonical form.
 */

/**
 * Attributes in canonical form: the parameters of the one SGR sequence that sets them from nothing, in a fixed order,
 * `''` when nothing is set (`'1;31'` is bold red). Equal attributes are equal strings.
 */
export type Style = string;

export const noStyle: Style = '';

/** What a {@link Style} says, one by one. */
type Attributes = {
	bold: boolean;
	dim: boolean;
	italic: boolean;
	underline: boolean;
	inverse: boolean;
	strike: boolean;
	/** SGR parameters of the colour (`31`, `38;5;208`, `38;2;255;0;0`), '' for the terminal's own. */
	foreground: string;
	background: string;
};

type Switch = 'bold' | 'dim' | 'italic' | 'underline' | 'inverse' | 'strike';

/** In canonical order. Bold and dim share their off code. */
const switches: readonly {readonly name: Switch; readonly on: number; readonly off: number}[] = [
	{name: 'bold', on: 1, off: 22},
	{name: 'dim', on: 2, off: 22},
	{name: 'italic', on: 3, off: 23},
	{name: 'underline', on: 4, off: 24},
	{name: 'inverse', on: 7, off: 27},
	{name: 'strike', on: 9, off: 29},
];

const doubleUnderline = 21;

export function attributesOf(style: Style): Readonly<Attributes> {
	return parametersApplied(plain(), style);
}

/** The canonical form of attributes. */
export function styleOf(attributes: Readonly<Attributes>): Style {
	const parameters: (number | string)[] = switches.filter(({name}) => attributes[name]).map(({on}) => on);
	if (attributes.foreground !== '') parameters.push(attributes.foreground);
	if (attributes.background !== '') parameters.push(attributes.background);
	return parameters.join(';');
}

/**
 * The style after `CSI parameters m` has been read under `style`. Blink, conceal, fonts and whatever else is not an
 * attribute of {@link Style} changes nothing; a malformed colour ends the sequence, as it does in xterm.
 */
export function applySgr(style: Style, parameters: string): Style {
	if (parameters === '' || parameters === '0') return noStyle;
	return styleOf(parametersApplied(style === noStyle ? plain() : {...attributesOf(style)}, parameters));
}

/** The shortest escape sequence that leads from one style to another, '' when they are equal. */
export function sgrTransition(from: Style, to: Style): string {
	if (from === to) return '';
	if (to === noStyle) return '\u001b[m';
	const changes = changedParameters(attributesOf(from), attributesOf(to));
	const afresh = `0;${to}`;
	return `\u001b[${changes.length < afresh.length ? changes : afresh}m`;
}

/** The same style with text that would be invisible (foreground = background) made visible again. */
export function withoutHiddenText(style: Style): Style {
	const attributes = attributesOf(style);
	const isHidden = attributes.foreground !== '' && colourOf(attributes.foreground) === colourOf(attributes.background);
	return isHidden ? styleOf({...attributes, foreground: ''}) : style;
}

function plain(): Attributes {
	return {
		bold: false,
		dim: false,
		italic: false,
		underline: false,
		inverse: false,
		strike: false,
		foreground: '',
		background: '',
	};
}

function parametersApplied(attributes: Attributes, parameters: string): Attributes {
	const list = parameters.split(';');
	for (let index = 0; index < list.length; index++) {
		const parameter = list[index] ?? '';
		if (parameter.includes(':')) {
			applySubparameters(attributes, parameter.split(':'));
			continue;
		}
		const code = Number(parameter);
		if (code === 38 || code === 48 || code === 58) {
			const colour = extendedColour(list.slice(index + 1, index + 5));
			if (!colour) break;
			setColour(attributes, code, colour.value);
			index += colour.parameters;
			continue;
		}
		applyCode(attributes, code);
	}
	return attributes;
}

function applyCode(attributes: Attributes, code: number): void {
	if (code === 0) Object.assign(attributes, plain());
	else if (code === doubleUnderline) attributes.underline = true;
	else if ((code >= 30 && code <= 37) || (code >= 90 && code <= 97)) attributes.foreground = String(code);
	else if ((code >= 40 && code <= 47) || (code >= 100 && code <= 107)) attributes.background = String(code);
	else if (code === 39) attributes.foreground = '';
	else if (code === 49) attributes.background = '';
	else {
		for (const {name, on, off} of switches) {
			if (code === on) attributes[name] = true;
			else if (code === off) attributes[name] = false;
		}
	}
}

/** The colon forms of ISO 8613-6: `4:3` (kinds of underline), `38:5:n`, `38:2:r:g:b`, `38:2:space:r:g:b`. */
function applySubparameters(attributes: Attributes, parts: readonly string[]): void {
	const code = Number(parts[0]);
	if (code === 4) attributes.underline = parts[1] !== '0';
	if (code !== 38 && code !== 48) return;
	const values = parts.slice(1);
	// A colour space may stand between the 2 and the three values.
	if (values[0] === '2' && values.length >= 5) values.splice(1, 1);
	const colour = extendedColour(values);
	if (colour) setColour(attributes, code, colour.value);
}

/** Reads `5;n` or `2;r;g;b`. */
function extendedColour(parts: readonly string[]): {value: string; parameters: number} | undefined {
	const size = parts[0] === '5' ? 1 : parts[0] === '2' ? 3 : 0;
	const values = parts.slice(1, 1 + size).map(Number);
	const isValid = size > 0 && values.length === size && values.every((value) => value >= 0 && value <= 255);
	return isValid ? {value: `${parts[0]};${values.join(';')}`, parameters: size + 1} : undefined;
}

function setColour(attributes: Attributes, code: 38 | 48 | 58, value: string): void {
	if (code === 38) attributes.foreground = `38;${value}`;
	if (code === 48) attributes.background = `48;${value}`;
	// 58 colours the underline: read, so that its values are not taken for other codes, and left out.
}

function changedParameters(from: Attributes, to: Attributes): string {
	const off = new Set<number>();
	const on: (number | string)[] = [];
	for (const change of switches) if (from[change.name] && !to[change.name]) off.add(change.off);
	for (const {name, on: code, off: offCode} of switches) {
		if (to[name] && (!from[name] || off.has(offCode))) on.push(code);
	}
	if (from.foreground !== to.foreground) on.push(to.foreground === '' ? 39 : to.foreground);
	if (from.background !== to.background) on.push(to.background === '' ? 49 : to.background);
	return [...off, ...on].join(';');
}

/** What a colour's parameters stand for, the same for foreground and background, so that the two can be compared. */
function colourOf(parameters: string): string {
	const extended = /^[34]8;(.*)$/.exec(parameters);
	if (extended?.[1] !== undefined) return extended[1].replace(/^5;(1?\d)$/, '$1');
	const code = Number(parameters);
	if (parameters === '') return '';
	return String(code >= 100 ? code - 92 : code >= 90 ? code - 82 : code >= 40 ? code - 40 : code - 30);
}
