/** Colours that a terminal lacks, replaced by the nearest it has; none at all where none are wanted (NO_COLOR). */
import {attributesOf, type Style, styleOf} from '../text/sgr.ts';
import type {ColourDepth} from './capabilities.ts';

type Rgb = readonly [red: number, green: number, blue: number];

/** xterm's defaults: every theme differs, but keeps to their hues. */
const sixteen: readonly Rgb[] = [
	[0, 0, 0],
	[205, 0, 0],
	[0, 205, 0],
	[205, 205, 0],
	[0, 0, 238],
	[205, 0, 205],
	[0, 205, 205],
	[229, 229, 229],
	[127, 127, 127],
	[255, 0, 0],
	[0, 255, 0],
	[255, 255, 0],
	[92, 92, 255],
	[255, 0, 255],
	[0, 255, 255],
	[255, 255, 255],
];

/** The six levels of each part in the 256-colour cube. */
const levels = [0, 95, 135, 175, 215, 255];
const cubeStart = 16;
const greyStart = 232;

/** The style in the colours of `depth`. Weights, underlines and inverse stay in any depth. */
export function reduceStyle(style: Style, depth: ColourDepth): Style {
	if (depth === 'truecolor' || style === '') return style;
	const attributes = attributesOf(style);
	const {foreground, background} = attributes;
	if (depth === 'none') return styleOf({...attributes, foreground: '', background: ''});
	return styleOf({
		...attributes,
		foreground: reduced(foreground, depth, 30),
		background: reduced(background, depth, 40),
	});
}

/** `base` is 30 for a foreground, 40 for a background. */
function reduced(colour: string, depth: '16' | '256', base: 30 | 40): string {
	const [, form, ...values] = colour.split(';');
	if (form === undefined) return colour;
	const numbers = values.map(Number);
	const [index = 0] = numbers;
	if (depth === '256') return form === '5' ? colour : `${base + 8};5;${nearestOf256(asRgb(numbers))}`;
	const nearest = form === '5' && index < 16 ? index : nearestOf16(form === '5' ? paletteRgb(index) : asRgb(numbers));
	return String(nearest < 8 ? base + nearest : base + 60 + nearest - 8);
}

function asRgb([red = 0, green = 0, blue = 0]: readonly number[]): Rgb {
	return [red, green, blue];
}

function paletteRgb(index: number): Rgb {
	if (index < cubeStart) return sixteen[index] ?? [0, 0, 0];
	if (index >= greyStart) {
		const grey = 8 + (index - greyStart) * 10;
		return [grey, grey, grey];
	}
	const cube = index - cubeStart;
	return asRgb([Math.floor(cube / 36), Math.floor(cube / 6) % 6, cube % 6].map((level) => levels[level] ?? 0));
}

function nearestOf256(colour: Rgb): number {
	const [red, green, blue] = colour.map(nearestLevel);
	const cube = cubeStart + 36 * (red ?? 0) + 6 * (green ?? 0) + (blue ?? 0);
	const brightness = (colour[0] + colour[1] + colour[2]) / 3;
	const grey = greyStart + Math.min(23, Math.max(0, Math.round((brightness - 8) / 10)));
	return distance(paletteRgb(grey), colour) < distance(paletteRgb(cube), colour) ? grey : cube;
}

function nearestLevel(value: number): number {
	return indexOfLeast(levels.map((level) => Math.abs(level - value)));
}

function nearestOf16(colour: Rgb): number {
	return indexOfLeast(sixteen.map((candidate) => distance(candidate, colour)));
}

function distance(a: Rgb, b: Rgb): number {
	return (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 + (a[2] - b[2]) ** 2;
}

function indexOfLeast(values: readonly number[]): number {
	return values.indexOf(Math.min(...values));
}
