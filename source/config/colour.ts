/** Colours by name or number, as the style that sets them as a foreground. */
import type {Style} from '../text/sgr.ts';

const colourNames = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'] as const;

const brightPrefix = 'bright-';

/** All names: the eight and their bright forms. The terminal's own palette says how they look. */
export const allColourNames: readonly string[] = [
	...colourNames,
	...colourNames.map((name) => `${brightPrefix}${name}`),
];

/** `red`, `bright-red` or `#d7005f` (SGR 30-37, 90-97, 38;2); undefined for what is no colour. */
export function foregroundStyle(colour: string): Style | undefined {
	const hex = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(colour);
	if (hex)
		return `38;2;${hex
			.slice(1)
			.map((part) => Number.parseInt(part, 16))
			.join(';')}`;
	const index = allColourNames.indexOf(colour);
	if (index < 0) return undefined;
	return String(index < colourNames.length ? 30 + index : 90 + index - colourNames.length);
}
