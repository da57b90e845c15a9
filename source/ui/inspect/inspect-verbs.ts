/** What keys can do while an object is inspected: fold, change between YAML and JSON, compare, copy. */
import {stringify} from 'yaml';
import {truncate} from '../../text/fit.ts';
import {type SafeText, safe, toSafeText} from '../../text/safe-text.ts';
import type {Messages} from '../app/capabilities.ts';
import type {TextSource} from '../app/overlay.ts';
import type {KeyOf} from '../keys/binding.ts';
import type {TextDocument} from '../text-view/text-document.ts';
import type {TextState} from '../text-view/text-state.ts';
import type {InspectView} from './inspect-document.ts';
import {foldablePaths, parentPath, type TreeLine} from './tree-lines.ts';

export type InspectSource = Extract<TextSource, {kind: 'inspect'}>;

/** An object that is being inspected: what is shown of it and where the cursor is. */
export type Inspection = {
	readonly source: InspectSource;
	readonly state: TextState;
	readonly document: TextDocument;
	/** The whole object. */
	readonly value: unknown;
	/** Whether its spec has one before it to be compared with. */
	readonly hasHistory: boolean;
};

export type InspectVerbsOptions = {
	/** What is inspected on top of everything; undefined while nothing is. */
	readonly inspection: () => Inspection | undefined;
	/** Shows it so, with the cursor on the line of that path, or where it was. */
	readonly change: (view: InspectView, path: string | undefined) => void;
	/** Puts it into the clipboard and says so. */
	readonly copy: (text: string, done: SafeText) => void;
	readonly say: Messages['say'];
	readonly keyOf: KeyOf;
};

const mostSaidCells = 60;

export class InspectVerbs {
	readonly #options: InspectVerbsOptions;

	constructor(options: InspectVerbsOptions) {
		this.#options = options;
	}

	/** Folds what begins on the line, or what the line is part of; unfolds what is folded there. */
	toggleFold(): void {
		this.#onNode((line, {view}) => {
			const path = line.fold ?? parentPath(line.path);
			this.#fold(view, path, !view.folded.has(path));
		});
	}

	fold(): void {
		this.#onNode((line, {view}) => {
			const path = line.fold !== undefined && !view.folded.has(line.fold) ? line.fold : parentPath(line.path);
			this.#fold(view, path, true);
		});
	}

	unfold(): void {
		this.#onNode((line, {view}) => {
			if (line.fold !== undefined) this.#fold(view, line.fold, false);
		});
	}

	foldAll(): void {
		this.#onNode((line, {view, value}) => {
			const [, first = ''] = /^(\.(?:[A-Za-z_]\w*|\[[^\]]*\]))/.exec(line.path) ?? [];
			this.#options.change({...view, folded: new Set(foldablePaths(value))}, first);
		});
	}

	unfoldAll(): void {
		this.#onNode((line, {view}) => this.#options.change({...view, folded: new Set()}, line.path));
	}

	toggleFormat(): void {
		const open = this.#options.inspection();
		if (!open) return;
		const {view} = open.source;
		const path = open.document.nodeAt?.(open.state.cursor)?.path;
		this.#options.change({...view, format: view.format === 'yaml' ? 'json' : 'yaml'}, path);
	}

	toggleDiff(): void {
		const open = this.#options.inspection();
		if (!open) return;
		const {view, name} = open.source;
		if (open.hasHistory) this.#options.change({...view, isDiff: !view.isDiff}, '.');
		else this.#options.say('plain', safe`The engine keeps no spec of ${name} from before.`);
	}

	copyValue(): void {
		this.#onNode(({value}, {view}) => {
			const isText = typeof value === 'string';
			const text = isText
				? value
				: view.format === 'json'
					? JSON.stringify(value, null, 2)
					: stringify(value).trimEnd();
			this.#copy(text);
		});
	}

	copyPath(): void {
		this.#onNode(({path}) => this.#copy(path));
	}

	#copy(text: string): void {
		const [first = ''] = text.split('\n');
		this.#options.copy(text, safe`Copied: ${truncate(toSafeText(first), mostSaidCells)}`);
	}

	#fold(view: InspectView, path: string, isFolded: boolean): void {
		if (path === '.') return;
		const folded = new Set(view.folded);
		if (isFolded) folded.add(path);
		else folded.delete(path);
		this.#options.change({...view, folded}, path);
	}

	#onNode(act: (line: TreeLine, open: {readonly view: InspectView; readonly value: unknown}) => void): void {
		const open = this.#options.inspection();
		const line = open?.document.nodeAt?.(open.state.cursor);
		if (open && line) act(line, {view: open.source.view, value: open.value});
		else
			this.#options.say(
				'plain',
				safe`There is nothing to fold or copy here; ${this.#options.keyOf('inspect.diff')} shows the whole object.`,
			);
	}
}
