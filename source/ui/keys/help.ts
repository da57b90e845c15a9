/** The help screen: the keymap, as a text. */
import {fitCells} from '../../text/fit.ts';
import {type SafeText, type StyledText, safe, styled, toSafeText} from '../../text/safe-text.ts';
import type {App} from '../app/capabilities.ts';
import {kindIds} from '../kinds/registry.ts';
import {isView, type PaneId} from '../layout/pane.ts';
import type {TextDocument} from '../text-view/text-document.ts';
import {paint, type Theme} from '../theme/theme.ts';
import {type KeyBinding, type KeyScope, scopesOf} from './binding.ts';
import {shownKeys} from './key-name.ts';
import type {Keymap} from './keymap.ts';

/** The parts of the help and of docs/keys.md, in their order. */
export const helpParts: readonly {readonly scope: KeyScope; readonly title: string}[] = [
	{scope: 'services', title: 'Services'},
	{scope: 'nodes', title: 'Nodes'},
	{scope: 'tasks', title: 'Tasks'},
	{scope: 'logs', title: 'Logs'},
	{scope: 'list', title: 'Every list'},
	{scope: 'everywhere', title: 'Everywhere'},
	{scope: 'guide', title: 'Panes and texts'},
	{scope: 'always', title: 'Always, whatever is open'},
	{scope: 'activity', title: 'Activity'},
	{scope: 'inspect', title: 'Inspect'},
	{scope: 'text', title: 'Texts: help, inspect, details'},
	{scope: 'dialog', title: 'Dialogs'},
	{scope: 'chooser', title: 'Choices'},
	{scope: 'prompt', title: 'Prompts'},
	{scope: 'form', title: 'Forms'},
	{scope: 'formChoice', title: 'Forms, where something is chosen'},
	...kindIds.filter(isView).map((scope) => ({scope, title: capitalised(scope)})),
];

function capitalised(word: string): string {
	return word.charAt(0).toUpperCase() + word.slice(1);
}

type HelpLine = {readonly plain: SafeText; readonly paint: (theme: Theme) => StyledText};

const keyCells = 24;
const twoColumnsFrom = 130;

/** What has keys at the focus comes first. In two columns where there is room, so that most of it is on one screen. */
export function helpDocument(keymap: Keymap, width: number, focus: PaneId): TextDocument {
	const here: readonly KeyScope[] = scopesOf(focus).filter((scope) => scope !== 'always');
	const place = ({scope}: {readonly scope: KeyScope}): number =>
		here.includes(scope) ? here.indexOf(scope) : here.length;
	const parts = helpParts
		.toSorted((a, b) => place(a) - place(b))
		.map(({scope, title}) => {
			const bindings = keymap.of(scope);
			return partLines(title, here.includes(scope) ? bindings.map((each) => asBound(each, keymap, focus)) : bindings);
		});
	parts.splice(here.length, 0, legend());
	const lines = width >= twoColumnsFrom ? sideBySide(parts, Math.floor(width / 2)) : parts.flat();
	return {
		title: toSafeText('help: every key there is'),
		lines: lines.map(({plain}) => plain),
		paintLine: (index, theme) => lines[index]?.paint(theme) ?? toSafeText(''),
	};
}

/** What the pane gives another meaning to is not said to work there. */
function asBound(binding: KeyBinding<App>, keymap: Keymap, focus: PaneId): KeyBinding<App> {
	const keys = binding.keys.filter((key) => keymap.bindingFor(key, scopesOf(focus)) === binding);
	if (keys.length > 0 || binding.keys.length === 0) return {...binding, keys};
	return {...binding, title: safe`(not in ${toSafeText(focus)}) ${binding.title}`};
}

function partLines(title: string, bindings: readonly KeyBinding<App>[]): HelpLine[] {
	const heading = toSafeText(title);
	return [
		{plain: heading, paint: (theme) => paint(theme, 'title', heading)},
		...bindings.map((binding): HelpLine => {
			const keys = fitCells(safe`  ${shownKeys(binding.keys)}`, keyCells);
			return {
				plain: safe`${keys} ${binding.title}`,
				paint: (theme) => styled`${paint(theme, 'key', keys)} ${binding.title}`,
			};
		}),
		{plain: toSafeText(''), paint: () => toSafeText('')},
	];
}

function legend(): HelpLine[] {
	const meanings = [
		['healthy', 'as desired'],
		['converging', 'converging: starting, moving, updating'],
		['failing', 'failing'],
		['idle', 'idle on purpose: scaled to 0, drained, complete'],
		['unknown', 'not known'],
	] as const;
	const title = toSafeText('Signs');
	return [
		{plain: title, paint: (theme) => paint(theme, 'title', title)},
		...meanings.map(([health, meaning]): HelpLine => {
			const text = toSafeText(`  ${health} ${meaning}`);
			return {
				plain: text,
				paint: (theme) => styled`  ${paint(theme, health, theme.glyphs.health[health])}  ${toSafeText(meaning)}`,
			};
		}),
		{plain: toSafeText(''), paint: () => toSafeText('')},
	];
}

/** Whole parts beside each other, the columns about as long as each other. */
function sideBySide(parts: readonly HelpLine[][], width: number): HelpLine[] {
	const total = parts.reduce((sum, part) => sum + part.length, 0);
	const left: HelpLine[] = [];
	const right: HelpLine[] = [];
	for (const part of parts) (left.length + part.length / 2 <= total / 2 ? left : right).push(...part);
	return Array.from({length: Math.max(left.length, right.length)}, (_, index) => {
		const a = left[index];
		const b = right[index];
		const plainLeft = fitCells(a?.plain ?? toSafeText(''), width);
		return {
			plain: safe`${plainLeft}${b?.plain ?? toSafeText('')}`,
			paint: (theme: Theme) =>
				styled`${fitCells(a?.paint(theme) ?? toSafeText(''), width)}${b?.paint(theme) ?? toSafeText('')}`,
		};
	});
}
