/** Key bindings written as rows of a table, for the keys that are always possible. */
import {toSafeText} from '../../text/safe-text.ts';
import type {App} from '../app/capabilities.ts';
import {always, type KeyBinding, type KeyGroup, type KeyScope} from './binding.ts';

export type KeyRow = readonly [
	id: string,
	keys: readonly string[],
	title: string,
	run: (app: App) => void,
	footer?: readonly [label: string, rank: number],
];

export function keyRows(scope: KeyScope, group: KeyGroup, table: readonly KeyRow[]): KeyBinding<App>[] {
	return table.map(([id, keys, title, run, footer]) => ({
		id,
		keys,
		scope,
		group,
		title: toSafeText(title),
		...(footer && {footer: {label: toSafeText(footer[0]), rank: footer[1]}}),
		enabled: always,
		run,
	}));
}
