import {describe, expect, it} from 'vitest';
import {reduceStyle} from '../../../source/terminal/colour-depth.ts';
import {styled, toSafeText} from '../../../source/text/safe-text.ts';
import {attributesOf} from '../../../source/text/sgr.ts';
import {withSelection} from '../../../source/ui/table/table-lines.ts';
import {paint, type Role} from '../../../source/ui/theme/theme.ts';
import {themeFor, themes} from '../../../source/ui/theme/themes.ts';

const coloured = themes.filter(({id}) => id !== 'no-colour').map(({id}) => id);

/** xterm's, the Linux console's and a quiet dark theme's: red, green, blue of each of the sixteen. */
const palettes: readonly (readonly string[])[] = [
	'000000 cd0000 00cd00 cdcd00 0000ee cd00cd 00cdcd e5e5e5 7f7f7f ff0000 00ff00 ffff00 5c5cff ff00ff 00ffff ffffff',
	'000000 aa0000 00aa00 aa5500 0000aa aa00aa 00aaaa aaaaaa 555555 ff5555 55ff55 ffff55 5555ff ff55ff 55ffff ffffff',
	'1d1f21 d75f5f 87af5f d7af5f 5f87d7 af87d7 5fafaf c5c8c6 707880 ff7a7a a8d46f ffd787 87afff d7afff 87d7d7 ffffff',
].map((line) => line.split(' '));

const indexOf = (colour: string): number => {
	const code = Number(colour);
	return code >= 90 ? (code % 10) + 8 : code % 10;
};

function luminance(hex: string): number {
	const [red = 0, green = 0, blue = 0] = [0, 2, 4].map((at) => {
		const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
		return value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
	});
	return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** The least of all palettes. */
function contrast(foreground: string, background: string): number {
	const ratios = palettes.map((palette) => {
		const [a = 0, b = 0] = [foreground, background].map((colour) => luminance(palette[indexOf(colour)] ?? '000000'));
		return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
	});
	return Math.min(...ratios);
}

const inSixteen = (id: string, role: Role): {foreground: string; background: string; bold: boolean} => {
	const {styles} = themeFor({colours: '16', environment: {}, chosen: id});
	return attributesOf(reduceStyle(styles[role], '16'));
};

describe.each(coloured)('%s in sixteen colours', (id) => {
	it('keeps every cell of the selected row readable: all of it in one look, and no colour', () => {
		const theme = themeFor({colours: '16', environment: {}, chosen: id});
		const roles = Object.keys(theme.styles) as Role[];
		const words = roles.map((role) => paint(theme, role, toSafeText(role)));
		const line = withSelection(
			words.reduce((all, word) => styled`${all} ${word}`),
			'here',
			theme,
		);
		const looks = [...line.matchAll(/\u001b\[([\d;]+)m/g)].map(([, style = '']) => reduceStyle(style, '16'));
		expect(new Set(looks.filter((style) => style !== '0'))).toEqual(new Set(['1;7']));
	});

	it('has red for what fails or is dangerous only', () => {
		const isRed = (role: Role): boolean =>
			['31', '91'].includes(inSixteen(id, role).foreground) || ['41', '101'].includes(inSixteen(id, role).background);
		const {styles} = themeFor({colours: '16', environment: {}, chosen: id});
		const red = (Object.keys(styles) as Role[]).filter(isRed).toSorted();
		expect(red).toEqual(['banner', 'danger', 'failing']);
	});

	it('can be read where it lies on a colour of its own', () => {
		const {styles} = themeFor({colours: '16', environment: {}, chosen: id});
		for (const role of Object.keys(styles) as Role[]) {
			const {foreground, background, bold} = inSixteen(id, role);
			if (background === '') continue;
			expect(foreground, role).not.toBe('');
			expect(contrast(foreground, background), role).toBeGreaterThan(3);
			// As many terminals show what is bold.
			const bright = bold && Number(foreground) < 90 ? `9${foreground.at(-1)}` : foreground;
			expect(contrast(bright, background), role).toBeGreaterThan(3);
		}
	});

	it('can be read on the background that it is for', () => {
		for (const role of ['healthy', 'converging', 'failing', 'warning', 'danger', 'accent', 'key'] as const) {
			const {foreground, background} = inSixteen(id, role);
			if (background !== '' || foreground === '') continue;
			expect(contrast(foreground, id === 'light' ? '97' : '30'), role).toBeGreaterThan(id === 'light' ? 1.9 : 2);
		}
	});
});
