/**
 * What the palette offers for what has been typed: views and actions by their names, and objects behind the name of their
 * kind: `svc web`, `node w1 drain`.
 */
import {go} from 'fuzzysort';
import {safe, toSafeText} from '../../text/safe-text.ts';
import type {App} from '../app/capabilities.ts';
import type {Suggestion} from '../app/overlay.ts';
import {runBinding} from '../app/router.ts';
import type {KeyBinding, KeyScope} from '../keys/binding.ts';
import {shownKey} from '../keys/key-name.ts';
import type {KindId} from '../kinds/kind-id.ts';
import {findListing, wordsFor} from '../kinds/listings.ts';
import {isKindId, kindIds, kindOf} from '../kinds/registry.ts';
import {isView, type PaneId} from '../layout/layout.ts';
import {compareNatural} from '../table/natural.ts';
import {themes} from '../theme/themes.ts';

/** A suggestion and the words that it is found by. */
type Entry = Suggestion & {readonly words: readonly string[]};

/** How well the letters must fit, from 0 (in that order, however far apart) to 1. */
const leastScore = 0.35;
/** More than anybody reads. */
const mostEntries = 60;
/** Of so many objects the actions are offered when an action is typed behind a name. */
const objectsActedOn = 3;

/** What editors and other dashboards call them. */
const otherNames: Readonly<Record<string, readonly string[]>> = {
	'program.quit': ['q', 'q!', 'quit', 'exit'],
	'program.help': ['h', 'help'],
	'pane.logs': ['logs', 'log'],
};

/** The best first; for nothing typed all views and what can be done here. */
export function suggestionsFor(text: string, app: App): readonly Suggestion[] {
	const [first = '', ...rest] = text.trimStart().split(/\s+/);
	const kind = rest.length > 0 ? findListing(first) : undefined;
	const typed = text.trim();
	const entries = [...views(app), ...actions(app), ...orders(app), ...looks(app)];
	if (!kind) return best(typed, entries);
	// "Tasks of the node" is what a key does, though it begins like the name of a kind.
	return [...objectsOf(kind, rest, app), ...containing(typed, entries)];
}

function best(typed: string, entries: readonly Entry[]): readonly Suggestion[] {
	if (typed === '') return entries.slice(0, mostEntries);
	const exact = entries.filter(({words}) => words.includes(typed));
	const similar = go(typed, entries, {
		keys: [({label}) => label, ({words}) => words.join(' ')],
		threshold: leastScore,
		limit: mostEntries,
	}).map(({obj}) => obj);
	// What fuzzy search thinks little of, a few letters in a long name, still is what was typed.
	return [...new Set([...exact, ...similar, ...containing(typed, entries)])].slice(0, mostEntries);
}

function containing(typed: string, entries: readonly Entry[]): readonly Entry[] {
	const lower = typed.toLowerCase();
	return entries.filter(({label}) => label.toLowerCase().includes(lower));
}

function views(app: App): Entry[] {
	return kindIds.map((id) => ({
		label: toSafeText(id),
		detail: safe`view  ${toSafeText(kindOf(id).shortNames.join(' '))}`,
		key: app.keymap.keyOf(isView(id) ? `view.${id}` : `pane.${id}`),
		words: wordsFor(id),
		run: () => app.navigation.show(id),
	}));
}

/** The columns that the list in focus can be sorted by. */
function orders(app: App): Entry[] {
	const {focus} = app.navigation;
	if (!isKindId(focus)) return [];
	return app.lists.orders(focus).map(({id, title}) => ({
		label: safe`Sort by ${title}`,
		detail: toSafeText(focus),
		key: app.keymap.keyOf('list.sort'),
		words: [`sort ${id}`],
		run: () => app.lists.sortBy(focus, id),
	}));
}

function looks(app: App): Entry[] {
	const chosen = themes.map(({id, title}) => ({id, title}));
	return [...chosen, {id: 'auto', title: toSafeText("By the terminal's background")}].map(({id, title}) => ({
		label: toSafeText(`theme ${id}`),
		detail: title,
		key: toSafeText(''),
		words: [`theme ${id}`, `skin ${id}`],
		run: () => app.program.chooseTheme(id),
	}));
}

/** What keys do here and in the panes: what moves comes last, and a view that isn't shown has nothing selected to act on. */
function actions(app: App): Entry[] {
	const offered = app.keymap.bindings.filter(
		({id, scope}) => isOffered(scope, app.navigation.focus) && !isListedAsView(id),
	);
	const rank = ({scope, group}: KeyBinding<App>): number =>
		group === 'move' ? 3 : scope === app.navigation.focus ? 0 : scope === 'everywhere' ? 1 : 2;
	return offered
		.toSorted((a, b) => rank(a) - rank(b))
		.map((binding) => ({
			label: binding.title,
			detail: toSafeText(isPane(binding.scope) ? binding.scope : ''),
			key: shownKey(binding.keys[0] ?? ''),
			words: [binding.id, ...(otherNames[binding.id] ?? [])],
			run: () => runThere(binding, app),
		}));
}

function isOffered(scope: KeyScope, focus: PaneId): boolean {
	if (scope === focus || scope === 'everywhere' || scope === 'always') return true;
	if (scope === 'list') return isKindId(focus);
	return isPane(scope) && !isView(scope);
}

function isPane(scope: KeyScope): scope is PaneId {
	return scope === 'logs' || isKindId(scope);
}

function isListedAsView(bindingId: string): boolean {
	return kindIds.some((id) => bindingId === `view.${id}` || bindingId === `pane.${id}`);
}

/** In the pane that it belongs to, so that one sees what it does. */
function runThere(binding: KeyBinding<App>, app: App): void {
	const {scope} = binding;
	if (isPane(scope) && scope !== app.navigation.focus) app.navigation.focusOn(scope);
	runBinding(binding, app);
}

function objectsOf(kind: KindId, [name = '', verb]: readonly string[], app: App): readonly Suggestion[] {
	const objects = objectEntries(kind, app);
	const found = best(name, name === '' ? objects.toSorted((a, b) => compareNatural(a.label, b.label)) : objects);
	return verb === undefined
		? found
		: found.slice(0, objectsActedOn).flatMap((object) => verbsOf(kind, object, verb, app));
}

function objectEntries(kind: KindId, app: App): Entry[] {
	const {source, name, isPast, singular, open} = kindOf(kind);
	return [...source(app.cluster).values()]
		.filter((row) => !isPast?.(row))
		.map((row) => ({
			label: name(row),
			detail: singular,
			key: toSafeText(''),
			words: [name(row)],
			run: () => (open ? open(row, app) : app.navigation.goTo(kind, row.id)),
		}));
}

function verbsOf(kind: KindId, object: Suggestion, verb: string, app: App): readonly Suggestion[] {
	const entries = app.keymap.of(kind).map(
		(binding): Entry => ({
			label: safe`${object.label}: ${binding.title}`,
			detail: object.detail,
			key: shownKey(binding.keys[0] ?? ''),
			words: [binding.id.slice(binding.id.indexOf('.') + 1)],
			run() {
				object.run();
				runBinding(binding, app);
			},
		}),
	);
	const exact = entries.filter(({words}) => words.some((word) => word.startsWith(verb)));
	return exact.length > 0 ? exact : best(verb, entries);
}
