/** What keys can do in the logs, done: every verb as a change of the logs' state. */
import type {LogPlace} from '../../logs/entry-list.ts';
import type {LogEntry} from '../../logs/log-buffer.ts';
import {parseLogFilter} from '../../logs/log-filter.ts';
import type {LogLine} from '../../logs/log-line.ts';
import {parseSince} from '../../logs/log-since.ts';
import type {Clock} from '../../runtime/clock.ts';
import type {Result} from '../../runtime/result.ts';
import {count} from '../../text/format.ts';
import {type SafeText, safe, toSafeText} from '../../text/safe-text.ts';
import type {App} from '../app/capabilities.ts';
import type {Motion} from '../app/motion.ts';
import type {Choice, TextSource} from '../app/overlay.ts';
import type {PaneRect} from '../layout/layout.ts';
import type {LogReader} from './log-reader.ts';
import {LogSaver} from './log-saver.ts';
import {bodyHeight, layoutOf, standOf} from './log-view.ts';
import {type CursorMove, moveCursor} from './log-window.ts';
import {
	agoRange,
	allRange,
	type LogRange,
	type LogsState,
	nextPrefix,
	nextTime,
	sinceRange,
	tailRange,
} from './logs-state.ts';
import {quickRanges} from './quick-ranges.ts';

export type LogVerbsOptions = {
	readonly state: () => LogsState;
	readonly change: (change: Partial<LogsState>) => void;
	readonly reader: () => LogReader | undefined;
	/** Where the logs are on the screen; undefined when they are not. */
	readonly rect: () => PaneRect | undefined;
	readonly clock: Clock;
	readonly dialogs: Pick<App, 'prompts' | 'messages' | 'keymap'>;
	readonly showText: (source: TextSource) => void;
	/** Puts it into the clipboard of the person at the terminal. */
	readonly copy: (text: string) => Result<void, SafeText>;
	readonly onNews: () => void;
};

export class LogVerbs {
	readonly #options: LogVerbsOptions;
	readonly #saver: LogSaver;
	#marks = 0;
	/** The last log that was stopped by itself, for whoever does not want to follow. */
	#stoodIn: LogReader | undefined;

	constructor(options: LogVerbsOptions) {
		this.#options = options;
		this.#saver = new LogSaver(options);
	}

	move(motion: Motion): void {
		const reader = this.#options.reader();
		if (!reader || reader.shown.length === 0) return;
		const isAtEnd = motion.type === 'last' || (motion.type !== 'first' && motion.by > 0 && this.#isAtLast(reader));
		if (isAtEnd) this.#follow();
		else this.#stand(reader, (from, layout, height) => moveCursor(from, motion, layout, height));
	}

	toggleFollow(): void {
		const reader = this.#options.reader();
		if (this.#state.stand) this.#follow();
		else if (reader && reader.shown.length > 0) this.#stand(reader, (from) => from);
	}

	/** Something has come: who does not want to follow stands still from the first lines on. */
	arrived(): void {
		const reader = this.#options.reader();
		const {habits, stand} = this.#state;
		if (habits.follow || stand || !reader || reader === this.#stoodIn) return;
		if (reader.source.status.state === 'opening' || reader.shown.length === 0) return;
		this.#stoodIn = reader;
		this.#stand(reader, (from) => from);
	}

	cycleTime(): void {
		const time = nextTime(this.#state.look.time);
		this.#look({time});
		const words = {off: 'off', time: 'the time of day, UTC', full: 'in full', relative: 'since the first line'};
		this.#say(safe`Timestamps: ${toSafeText(words[time])}.`);
	}

	cyclePrefix(): void {
		const prefix = nextPrefix(this.#state.look.prefix);
		this.#look({prefix});
		const words = {full: 'service.slot@node', short: 'slot@node', none: 'none'};
		this.#say(safe`Prefix: ${toSafeText(words[prefix])}.`);
	}

	toggleWrap(): void {
		this.#look({isWrapped: !this.#state.look.isWrapped});
	}

	toggleStructured(): void {
		const isStructured = !this.#state.look.isStructured;
		this.#look({isStructured});
		this.#say(toSafeText(isStructured ? 'JSON lines as level, message and fields.' : 'Lines as they were written.'));
	}

	toggleStopped(): void {
		const hidesStopped = !this.#state.look.hidesStopped;
		this.#look({hidesStopped});
		if (!hidesStopped) return;
		const key = this.#options.dialogs.keymap.keyOf('logs.stopped');
		this.#say(safe`Lines of tasks that have stopped are hidden; ${key} shows them.`);
	}

	openFilter(): void {
		const before = this.#state.filterText;
		this.#options.dialogs.prompts.open({
			id: 'logs filter',
			label: toSafeText('Filter'),
			hint: toSafeText('text  /regex/  !without  one|other  @node'),
			initial: before,
			onChange: (filterText) => this.#options.change({filterText}),
			onSubmit: problemOf,
			onCancel: () => this.#options.change({filterText: before}),
		});
	}

	openSearch(): void {
		const {searchText, stand} = this.#state;
		const from = this.#cursorPlace();
		this.#options.dialogs.prompts.open({
			id: 'logs search',
			label: toSafeText('Search'),
			hint: toSafeText('text  /regex/  one|other; then n and N'),
			initial: '',
			onChange: (text) => {
				this.#options.change({searchText: text, stand});
				if (from) this.#goToHit(-1, from, false);
			},
			onSubmit: (text) => problemOf(text) ?? this.#reportHits(),
			onCancel: () => this.#options.change({searchText, stand}),
		});
	}

	search(searchText: string): void {
		this.#options.change({searchText});
	}

	searchNext(by: 1 | -1): void {
		const from = this.#cursorPlace();
		if (this.#state.searchText === '') this.openSearch();
		else if (!from || !this.#goToHit(by, from, true)) this.#reportHits();
	}

	/** From when on the logs are read: a few usual spans, or a time of one's own. */
	chooseRange(): void {
		const {habits, range} = this.#state;
		const choice = (key: string, {title, ...rest}: LogRange): Choice => ({
			key,
			label: title,
			detail: toSafeText(''),
			isPresent: title === range.title,
			run: () => this.#read({title, ...rest}),
		});
		this.#options.dialogs.prompts.choose({
			title: toSafeText('Logs since when?'),
			choices: [
				...quickRanges.map(({key, minutes, title}) =>
					choice(key, agoRange(toSafeText(title), minutes * 60_000, habits)),
				),
				choice('0', tailRange(habits)),
				choice('a', allRange(habits)),
				{
					key: 's',
					label: toSafeText('since…'),
					detail: toSafeText('10m, 2h, 14:05, 2026-11-21T14:05:00Z'),
					isPresent: false,
					run: () => this.#askSince(),
				},
			],
		});
	}

	#askSince(): void {
		this.#options.dialogs.prompts.open({
			id: 'logs since',
			label: toSafeText('Logs since'),
			hint: toSafeText('10m  2h  14:05 (UTC)  2026-11-21T14:05:00Z  all'),
			initial: '',
			onSubmit: (text) => {
				const since = parseSince(text, this.#options.clock.now());
				if (!since.ok) return toSafeText(since.error);
				const {habits} = this.#state;
				if (since.value === undefined) this.#read(allRange(habits));
				else this.#read(sinceRange(toSafeText(text.trim()), since.value, habits));
				return undefined;
			},
		});
	}

	/** Goes to the first line at or after a time. */
	askTime(): void {
		const reader = this.#options.reader();
		const first = reader?.shown.at(0);
		if (!reader || !first) return;
		this.#options.dialogs.prompts.open({
			id: 'logs time',
			label: toSafeText('Go to'),
			hint: toSafeText('14:05 (UTC)  14:05:30  10m ago  2026-11-21T14:05:00Z'),
			initial: '',
			onSubmit: (text) => {
				const time = parseSince(text.trim().replace(/\s+ago$/, ''), this.#options.clock.now());
				if (!time.ok || time.value === undefined) return toSafeText(time.ok ? 'a time' : time.error);
				this.#goTo(reader, {stamp: time.value, id: 0});
				if (time.value < first.stamp) {
					this.#say(safe`The first line here is of ${timeOf(first)}; S reads from an earlier time on.`);
				}
				return undefined;
			},
		});
	}

	mark(): void {
		const now = toSafeText(new Date(this.#options.clock.now()).toISOString().slice(11, 19));
		this.#options.reader()?.source.mark(safe`mark ${++this.#marks}, ${now} UTC`);
	}

	/** Empties the pane; nothing is lost that the engine still has. */
	clear(): void {
		this.#options.reader()?.source.buffer.clear();
		this.#follow();
		this.#say(safe`Cleared; ${this.#options.dialogs.keymap.keyOf('logs.since')} reads it again.`);
	}

	copyLine(): void {
		const entry = this.#cursorEntry();
		if (!entry) return;
		const text = entry.kind === 'line' ? entry.line.text : entry.notice.text;
		const copied = this.#options.copy(text);
		if (copied.ok) this.#say(toSafeText('The line was sent to the clipboard.'));
		else this.#options.dialogs.messages.say('warning', copied.error);
	}

	save(): void {
		const reader = this.#options.reader();
		if (reader) this.#saver.ask(reader);
	}

	/** The whole line, however long, with who said it when. */
	showLine(): void {
		const reader = this.#options.reader();
		const entry = this.#cursorEntry();
		if (reader && entry?.kind === 'line') this.#options.showText(lineText(entry.line, reader));
	}

	/** Takes the search away, then the filter; false when there is neither. */
	back(): boolean {
		const {searchText, filterText} = this.#state;
		if (searchText !== '') this.#options.change({searchText: ''});
		else if (filterText !== '') this.#options.change({filterText: ''});
		else return false;
		return true;
	}

	get #state(): LogsState {
		return this.#options.state();
	}

	#say(text: SafeText): void {
		this.#options.dialogs.messages.say('plain', text);
	}

	#look(change: Partial<LogsState['look']>): void {
		this.#options.change({look: {...this.#state.look, ...change}});
	}

	#follow(): void {
		this.#options.change({stand: undefined});
	}

	#read(range: LogRange): void {
		// Another object, so that the same range is read again, too.
		this.#options.change({range: {...range}, stand: undefined});
	}

	#isAtLast(reader: LogReader): boolean {
		const {stand} = this.#state;
		return !stand || reader.shown.indexOf(stand.cursor) >= reader.shown.length - 1;
	}

	/** Holds the window and the cursor where `move` puts them. */
	#stand(
		reader: LogReader,
		move: (from: CursorMove, layout: ReturnType<typeof layoutOf>, height: number) => CursorMove,
	): void {
		const rect = this.#options.rect();
		if (!rect) return;
		const state = this.#state;
		const layout = layoutOf(reader, state, rect);
		const height = bodyHeight(reader, rect);
		const {cursor, window} = move(standOf(layout, state, height), layout, height);
		const at = reader.shown.at(cursor);
		const top = reader.shown.at(window.top);
		if (!at || !top) return;
		const {buffer} = reader.source;
		const newestId = state.stand?.newestId ?? newestIdOf(buffer.slice(0, buffer.length));
		this.#options.change({stand: {cursor: placeOf(at), top: placeOf(top), skip: window.skip, newestId}});
	}

	#goTo(reader: LogReader, place: LogPlace): void {
		const index = Math.min(reader.shown.indexOf(place), reader.shown.length - 1);
		this.#stand(reader, (from, layout, height) => {
			const by = index - from.cursor;
			return moveCursor(from, {type: 'move', by}, layout, height);
		});
	}

	/** False when there is no hit at all. */
	#goToHit(by: 1 | -1, from: LogPlace, isBeyond: boolean): boolean {
		const reader = this.#options.reader();
		reader?.update(this.#state);
		const hits = reader?.hits;
		if (!reader || !hits || hits.length === 0) return false;
		const at = hits.indexOf(from);
		const isHere = hits.at(at)?.id === from.id;
		const next = by === 1 ? at + (isHere && isBeyond ? 1 : 0) : isHere && !isBeyond ? at : at - 1;
		const index = (next + hits.length) % hits.length;
		const hit = hits.at(index);
		if (!hit) return false;
		this.#goTo(reader, placeOf(hit));
		if (index !== next)
			this.#say(toSafeText(by === 1 ? 'Search continues from the top.' : 'Search continues from the bottom.'));
		return true;
	}

	#reportHits(): undefined {
		const reader = this.#options.reader();
		reader?.update(this.#state);
		if (reader?.hits?.length === 0) {
			this.#options.dialogs.messages.say('warning', safe`No line has ${toSafeText(this.#state.searchText)}.`);
		}
	}

	#cursorEntry(): LogEntry | undefined {
		const reader = this.#options.reader();
		reader?.update(this.#state);
		const {stand} = this.#state;
		if (!reader) return undefined;
		return reader.shown.at(
			stand ? Math.min(reader.shown.indexOf(stand.cursor), reader.shown.length - 1) : reader.shown.length - 1,
		);
	}

	#cursorPlace(): LogPlace | undefined {
		const entry = this.#cursorEntry();
		return entry && placeOf(entry);
	}
}

const placeOf = ({stamp, id}: LogEntry): LogPlace => ({stamp, id});

const timeOf = ({stamp}: LogEntry): SafeText => toSafeText(`${stamp.slice(11, 19)} UTC`);

const newestIdOf = (entries: readonly LogEntry[]): number => entries.reduce((most, {id}) => Math.max(most, id), 0);

/** What is wrong with what was typed keeps the prompt open. */
function problemOf(text: string): SafeText | undefined {
	const parsed = parseLogFilter(text);
	return parsed.ok ? undefined : toSafeText(parsed.error);
}

function lineText(line: LogLine, reader: LogReader): TextSource {
	const {origin, stamp, stream, isLate, text} = line;
	const {names} = reader.source;
	const late = isLate ? 'arrived late' : '';
	return {
		kind: 'logLine',
		name: reader.nameOf(line),
		details: [
			['time', toSafeText(stamp)],
			['task', toSafeText(origin.taskId)],
			['node', names.node(origin.nodeId) ?? toSafeText(origin.nodeId)],
			['stream', toSafeText(stream)],
			['late', toSafeText(late)],
			['length', safe`${count(text.length)} characters`],
		],
		text,
	};
}
