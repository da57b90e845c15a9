/**
 * What the palette offers for what has been typed: views and actions by their names, and objects behind the name of their
 * kind: `svc web`, `node w1 drain`.
 */
import {go} from 'fuzzysort';
import {safe, toSafeText} from '../../text/safe-text.ts';
import type {App} from '../app/capabilities.ts';
import type {Suggestion} from '../app/overlay.ts';
import {runBinding} from '../app/router.ts';
import {matches, parseFilter} from '../filter/filter.ts';
import type {KeyBinding, KeyScope} from '../keys/binding.ts';
import {shownKey} from '../keys/key-name.ts';
import type {KindId} from '../kinds/kind-id.ts';
import {findListing, wordsFor} from '../kinds/listings.ts';
import {isKindId, kindIds, kindOf} from '../kinds/registry.ts';
import {isView, type PaneId} from '../layout/pane.ts';
import {nodeSuggestions} from '../nodes/node-commands.ts';
import {compareNatural} from '../table/natural.ts';
import {themes} from '../theme/themes.ts';
import {commandSuggestions} from './commands.ts';
import {rowsNamed} from './names.ts';

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
	'swarm.menu': ['swarm'],
	'swarm.init': ['init', 'swarm init'],
	'swarm.join': ['join', 'swarm join'],
	'swarm.leave': ['leave', 'swarm leave'],
	'swarm.unlock': ['unlock', 'swarm unlock'],
	'swarm.tokens': ['tokens', 'token', 'join-token', 'swarm join-token'],
	'swarm.unlock-key': ['unlock-key', 'swarm unlock-key'],
	'swarm.certificates': ['ca', 'swarm ca'],
};

/** The best first; for nothing typed all views and what can be done here. */
export function suggestionsFor(text: string, app: App): readonly Suggestion[] {
	const command = nodeSuggestions(text, app);
	if (command) return command;
	const [first = '', ...rest] = text.trimStart().split(/\s+/);
	const kind = rest.length > 0 ? findListing(first) : undefined;
	const typed = text.trim();
	const entries = [...views(app), ...actions(app), ...faults(app), ...orders(app), ...looks(app)];
	const commanded = rest.length > 0 ? commandSuggestions(first, rest, app) : undefined;
	if (commanded) return [...commanded, ...containing(typed, entries)];
	if (!kind) return best(typed, entries);
	const last = rest.at(-1) ?? '';
	if (last.startsWith('/')) return searched(kind, rest.slice(0, -1), last.slice(1), app);
	// "Tasks of the node" is what a key does, though it begins like the name of a kind.
	return [...objectsOf(kind, rest, app), ...containing(typed, entries)];
}

/** What can be broken in a simulated swarm. */
function faults(app: App): Entry[] {
	return app.simulator.entries.map((entry) => ({
		label: toSafeText(entry.label),
		detail: toSafeText('simulator'),
		key: toSafeText(''),
		words: [entry.action, `break ${entry.action}`],
		run: () => app.simulator.begin(entry),
	}));
}

/**
 * `svc web /error`: the list with that filter where it shows something, else what the named object says in its logs; both
 * are offered, where both can be.
 */
function searched(kind: KindId, names: readonly string[], text: string, app: App): readonly Suggestion[] {
	const typed = [...names, text].join(' ').trim();
	const listed: Entry = {
		label: safe`${toSafeText(kind)} with ${toSafeText(typed)}`,
		detail: toSafeText('filter'),
		key: app.keymap.keyOf('list.filter'),
		words: [],
		run: () => app.lists.filter(kind, typed),
	};
	const {source, filterable, logsOf, name} = kindOf(kind);
	const filter = parseFilter(typed);
	const isFound = [...source(app.cluster).values()].some((row) => matches(filter, row, filterable));
	const spoken = (names[0] === undefined ? [] : rowsNamed(kind, names[0], app.cluster)).flatMap((row): Entry[] => {
		const target = logsOf?.(row);
		return target
			? [
					{
						label: safe`Logs of ${name(row)}, searched for ${toSafeText(text)}`,
						detail: toSafeText('logs'),
						key: toSafeText(''),
						words: [],
						run() {
							app.navigation.showLogs(target);
							app.logs.search(text);
						},
					},
				]
			: [];
	});
	return isFound ? [listed, ...spoken] : [...spoken, listed];
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

/** Those of a node's inside only once somebody has gone into one. */
function views(app: App): Entry[] {
	const isInside = app.cluster.inside?.contents !== undefined;
	const shown = kindIds.filter((id) => isInside || kindOf(id).ofNode === undefined);
	return shown.map((id) => ({
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
	if (scope === focus || scope === 'everywhere' || scope === 'guide' || scope === 'always') return true;
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
				// Who names an object means it alone, whatever is marked.
				app.selection.unmarkAll();
				runBinding(binding, app);
			},
		}),
	);
	const exact = entries.filter(({words}) => words.some((word) => word.startsWith(verb)));
	return exact.length > 0 ? exact : best(verb, entries);
}
