/** What keys can do in the logs, done: every verb as a change of the logs' state. */
import type {LogPlace} from '../../logs/entry-list.ts';
import {parseLogFilter} from '../../logs/log-filter.ts';
import type {LogLine} from '../../logs/log-line.ts';
import type {Clock} from '../../runtime/clock.ts';
import {count} from '../../text/format.ts';
import {type SafeText, safe, toSafeText} from '../../text/safe-text.ts';
import type {App, LogControls} from '../app/capabilities.ts';
import type {Copy} from '../app/copy.ts';
import type {Motion} from '../app/motion.ts';
import type {TextSource} from '../app/overlay.ts';
import type {ScreenModel} from '../app/screen-model.ts';
import type {TextVerbs} from '../text-view/text-verbs.ts';
import {LogCursor} from './log-cursor.ts';
import {LogRanges} from './log-ranges.ts';
import type {LogReader} from './log-reader.ts';
import {LogSaver} from './log-saver.ts';
import {type LogsState, nextPrefix, nextTime} from './logs-state.ts';

type LogVerbsOptions = {
	readonly model: ScreenModel;
	readonly reader: () => LogReader | undefined;
	readonly clock: Clock;
	readonly app: Pick<App, 'prompts' | 'messages' | 'keymap'> & {readonly texts: Pick<TextVerbs, 'open'>};
	/** Puts it into the clipboard of the person at the terminal. */
	readonly copy: Copy;
	readonly onNews: () => void;
};

export class LogVerbs implements LogControls {
	readonly #options: LogVerbsOptions;
	readonly #saver: LogSaver;
	readonly #cursor: LogCursor;
	readonly #ranges: LogRanges;
	#marks = 0;

	constructor(options: LogVerbsOptions) {
		this.#options = options;
		this.#saver = new LogSaver(options);
		this.#cursor = new LogCursor(options);
		this.#ranges = new LogRanges({...options, cursor: this.#cursor});
	}

	move(motion: Motion): void {
		this.#cursor.move(motion);
	}

	toggleFollow(): void {
		this.#cursor.toggleFollow();
	}

	/** Lines have come. */
	arrived(): void {
		this.#cursor.arrived();
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
		const key = this.#options.app.keymap.keyOf('logs.stopped');
		this.#say(safe`Lines of tasks that have stopped are hidden; ${key} shows them.`);
	}

	openFilter(): void {
		const before = this.#state.filterText;
		this.#options.app.prompts.open({
			id: 'logs filter',
			label: toSafeText('Filter'),
			hint: toSafeText('text  /regex/  !without  one|other  @node'),
			initial: before,
			onChange: (filterText) => this.#change({filterText}),
			onSubmit: problemOf,
			onCancel: () => this.#change({filterText: before}),
		});
	}

	openSearch(): void {
		const {keymap} = this.#options.app;
		const {searchText, stand} = this.#state;
		const from = this.#cursor.place;
		this.#options.app.prompts.open({
			id: 'logs search',
			label: toSafeText('Search'),
			hint: safe`text  /regex/  one|other; then ${keymap.keyOf('logs.next')} and ${keymap.keyOf('logs.previous')}`,
			initial: '',
			onChange: (text) => {
				this.#change({searchText: text, stand});
				if (from) this.#goToHit(-1, from, false);
			},
			onSubmit: (text) => problemOf(text) ?? this.#reportHits(),
			onCancel: () => this.#change({searchText, stand}),
		});
	}

	search(searchText: string): void {
		this.#change({searchText});
	}

	searchNext(by: 1 | -1): void {
		const from = this.#cursor.place;
		if (this.#state.searchText === '') this.openSearch();
		else if (!from || !this.#goToHit(by, from, true)) this.#reportHits();
	}

	chooseRange(): void {
		this.#ranges.choose();
	}

	askTime(): void {
		this.#ranges.askTime();
	}

	mark(): void {
		const now = toSafeText(new Date(this.#options.clock.now()).toISOString().slice(11, 19));
		this.#options.reader()?.source.mark(safe`mark ${++this.#marks}, ${now} UTC`);
	}

	/** Empties the pane; nothing is lost that the engine still has. */
	clear(): void {
		this.#options.reader()?.source.buffer.clear();
		this.#cursor.follow();
		this.#say(safe`Cleared; ${this.#options.app.keymap.keyOf('logs.since')} reads it again.`);
	}

	copyLine(): void {
		const entry = this.#cursor.entry;
		if (!entry) return;
		const text = entry.kind === 'line' ? entry.line.text : entry.notice.text;
		const copied = this.#options.copy(text);
		if (copied.ok) this.#say(copied.value === '' ? toSafeText('The line was sent to the clipboard.') : copied.value);
		else this.#options.app.messages.say('warning', copied.error);
	}

	save(): void {
		const reader = this.#options.reader();
		if (reader) this.#saver.ask(reader);
	}

	/** The whole line, however long, with who said it when. */
	showLine(): void {
		const reader = this.#options.reader();
		const entry = this.#cursor.entry;
		if (reader && entry?.kind === 'line') this.#options.app.texts.open(lineText(entry.line, reader));
	}

	/** Takes the search away, then the filter; false when there is neither. */
	back(): boolean {
		const {searchText, filterText} = this.#state;
		if (searchText !== '') this.#change({searchText: ''});
		else if (filterText !== '') this.#change({filterText: ''});
		else return false;
		return true;
	}

	get #state(): LogsState {
		return this.#options.model.state.logs;
	}

	#change(change: Partial<LogsState>): void {
		this.#options.model.dispatch({type: 'logs/changed', change});
	}

	#say(text: SafeText): void {
		this.#options.app.messages.say('plain', text);
	}

	#look(change: Partial<LogsState['look']>): void {
		this.#change({look: {...this.#state.look, ...change}});
	}

	/** False when there is no hit at all. */
	#goToHit(by: 1 | -1, from: LogPlace, isBeyond: boolean): boolean {
		const hit = this.#cursor.goToHit(by, from, isBeyond);
		const end = by === 1 ? 'top' : 'bottom';
		if (hit === 'wrapped') this.#say(toSafeText(`Search continues from the ${end}.`));
		return hit !== 'none';
	}

	#reportHits(): undefined {
		const reader = this.#options.reader();
		reader?.update(this.#state);
		if (reader?.hits?.length === 0) {
			this.#options.app.messages.say('warning', safe`No line has ${toSafeText(this.#state.searchText)}.`);
		}
	}
}

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
