/** The colours of a terminal, by name for tests to read and by value for pictures. */
import {attributesOf} from '../../../source/text/sgr.ts';

const names = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'] as const;

/** A quiet dark theme, the same sixteen for every picture. */
const sixteen = [
	...['#1d1f21', '#d75f5f', '#87af5f', '#d7af5f', '#5f87d7', '#af87d7', '#5fafaf', '#c5c8c6'],
	...['#707880', '#ff7a7a', '#a8d46f', '#ffd787', '#87afff', '#d7afff', '#87d7d7', '#ffffff'],
];

export const screenColours = {foreground: '#c5c8c6', background: '#16181a'};

/** `bold bright-red on blue`, `''` for a style that sets nothing. */
export function styleName(style: string): string {
	const {foreground, background, ...switches} = attributesOf(style);
	const words = Object.entries(switches)
		.filter(([, isOn]) => isOn)
		.map(([name]) => name);
	if (foreground !== '') words.push(colourName(foreground));
	if (background !== '') words.push(`on ${colourName(background)}`);
	return words.join(' ');
}

/** The colours to draw a style with, inverse applied. Undefined background: the screen's own. */
export function drawnColours(style: string): {foreground: string; background: string | undefined} {
	const {foreground, background, inverse} = attributesOf(style);
	const front = foreground === '' ? screenColours.foreground : hex(foreground);
	const back = background === '' ? undefined : hex(background);
	return inverse
		? {foreground: back ?? screenColours.background, background: front}
		: {foreground: front, background: back};
}

function colourName(parameters: string): string {
	const index = paletteIndex(parameters);
	if (index === undefined || index >= 16) return hex(parameters);
	return `${index >= 8 ? 'bright-' : ''}${names[index % 8]}`;
}

function hex(parameters: string): string {
	const index = paletteIndex(parameters);
	if (index === undefined) return rgb(parameters.split(';').slice(2).map(Number));
	if (index < 16) return sixteen[index] ?? screenColours.foreground;
	if (index >= 232) return rgb([8, 8, 8].map((base) => base + (index - 232) * 10));
	const cube = index - 16;
	return rgb(
		[Math.floor(cube / 36), Math.floor(cube / 6) % 6, cube % 6].map((level) => (level === 0 ? 0 : 55 + level * 40)),
	);
}

/** Undefined for a colour given by its parts. */
function paletteIndex(parameters: string): number | undefined {
	const [kind = '', form, index] = parameters.split(';');
	if (form === '5') return Number(index);
	if (form === '2') return undefined;
	const code = Number(kind);
	return code >= 90 ? (code % 10) + 8 : code % 10;
}

function rgb(parts: readonly number[]): string {
	return `#${parts.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}
