/** The last line: the keys that do something here and now, out of the keymap. */
import {fitCells} from '../../text/fit.ts';
import {joinStyled, type StyledText, styled} from '../../text/safe-text.ts';
import {cellWidth} from '../../text/width.ts';
import type {App} from '../app/capabilities.ts';
import type {KeyBinding, KeyScope} from '../keys/binding.ts';
import {shownKey} from '../keys/key-name.ts';
import {paint, type Theme} from '../theme/theme.ts';

/** The keys that do something now and have a word in the footer: first what the selected row asks for, then by importance. */
export function footerBindings(scopes: readonly KeyScope[], app: App): readonly KeyBinding<App>[] {
	return app.keymap.bindings
		.filter(({scope, footer, keys}) => footer !== undefined && keys.length > 0 && scopes.includes(scope))
		.filter((binding) => app.keymap.bindingFor(binding.keys[0] ?? '', scopes) === binding)
		.filter(({enabled}) => enabled(app) === true)
		.map((binding) => ({binding, isWanted: binding.isWanted?.(app) === true, rank: binding.footer?.rank ?? 0}))
		.sort((a, b) => Number(b.isWanted) - Number(a.isWanted) || a.rank - b.rank)
		.map(({binding}) => binding);
}

/** As many as there is room for; those of help and quit always find it. */
export function footerLine(shown: readonly KeyBinding<App>[], theme: Theme, width: number): StyledText {
	const indispensable = shown.filter(({footer}) => (footer?.rank ?? 0) >= 90);
	const chosen = new Set(indispensable);
	let left = width - 2 - indispensable.reduce((sum, binding) => sum + cellsOf(binding), 0);
	for (const binding of shown) {
		if (chosen.has(binding)) continue;
		const cells = cellsOf(binding);
		if (cells > left) break;
		chosen.add(binding);
		left -= cells;
	}
	const parts = shown.filter((binding) => chosen.has(binding)).map((binding) => part(binding, theme));
	return fitCells(styled` ${joinStyled(parts, gap)}`, width);
}

const gap = '  ';

function part({keys, footer}: KeyBinding<App>, theme: Theme): StyledText {
	const key = paint(theme, 'key', shownKey(keys[0] ?? ''));
	return footer ? styled`${key} ${paint(theme, 'dim', footer.label)}` : key;
}

function cellsOf({keys, footer}: KeyBinding<App>): number {
	return cellWidth(shownKey(keys[0] ?? '')) + 1 + cellWidth(footer?.label ?? '') + gap.length;
}
