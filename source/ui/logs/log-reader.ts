/** A source as it is being read: what the filter lets through, where the search hits, who speaks in which colour. */
import {type PrefixMode, showPrefix} from '../../logs/display.ts';
import {type LogFilter, parseLogFilter, searchedText} from '../../logs/log-filter.ts';
import type {LogLine} from '../../logs/log-line.ts';
import {LogSelection} from '../../logs/log-selection.ts';
import {type SafeText, toSafeText} from '../../text/safe-text.ts';
import type {LogSource} from './log-feed.ts';
import type {LogsState} from './logs-state.ts';

const noFilter = matchingAll();
const noTasks: ReadonlySet<string> = new Set();

export class LogReader {
	readonly source: LogSource;
	#filterText = '';
	#searchText = '';
	#filter = noFilter;
	#search = noFilter;
	#problem = toSafeText('');
	#hidden: ReadonlySet<string> = noTasks;
	#hiddenTasks = 0;
	#startStamp = '';
	#prefix: PrefixMode = 'full';
	#prefixWidth = 0;
	#shown: LogSelection;
	#hits: LogSelection | undefined;

	constructor(source: LogSource) {
		this.source = source;
		this.#shown = this.#select();
	}

	/** What is to be seen, filtered. */
	get shown(): LogSelection {
		return this.#shown;
	}

	/** The lines in which the search finds something; undefined when nothing is searched for. */
	get hits(): LogSelection | undefined {
		return this.#hits;
	}

	get filter(): LogFilter {
		return this.#filter;
	}

	get search(): LogFilter {
		return this.#search;
	}

	/** What is wrong with the filter or the search as it stands; '' when nothing is. The last good one still holds. */
	get problem(): SafeText {
		return this.#problem;
	}

	/** How many tasks are hidden because they have stopped, of those that have said something. */
	get hiddenTasks(): number {
		return this.#hiddenTasks;
	}

	/** The first line's time, whatever becomes of that line: relative times count from it. */
	get startStamp(): string {
		this.#startStamp ||= this.source.buffer.at(0)?.stamp ?? '';
		return this.#startStamp;
	}

	/** The widest prefix seen so far, in cells: lines start at the same column and don't jump while one scrolls. */
	get prefixWidth(): number {
		return this.#prefixWidth;
	}

	widenPrefix(cells: number): void {
		this.#prefixWidth = Math.max(this.#prefixWidth, cells);
	}

	/** Whose colour a line's prefix has: the task's; where several services speak, the service's. */
	speakerOf({origin}: LogLine): string {
		const {kind, parts} = this.source.target;
		const areServices = kind === 'stack' || (kind === 'several' && parts?.some((part) => part.kind !== 'task'));
		return areServices ? origin.serviceId || origin.taskId : origin.taskId;
	}

	/** `web.3@w1` in full, whatever is shown of it. */
	nameOf(line: LogLine): SafeText {
		return showPrefix(line, 'full', this.source.names);
	}

	/** Brings what is shown in line with the state. Costs nothing while that is the same. */
	update({filterText, searchText, look}: LogsState): void {
		const hidden = look.hidesStopped ? this.source.stoppedTasks : noTasks;
		const filter = filterText === this.#filterText ? this.#filter : this.#parse(filterText, this.#filter);
		const search = searchText === this.#searchText ? this.#search : this.#parse(searchText, this.#search);
		if (look.prefix !== this.#prefix) this.#prefixWidth = 0;
		this.#prefix = look.prefix;
		this.#filterText = filterText;
		this.#searchText = searchText;
		const isSame = filter === this.#filter && hidden === this.#hidden;
		const isSameSearch = search === this.#search;
		this.#filter = filter;
		this.#search = search;
		this.#hidden = hidden;
		if (!isSame) {
			this.#shown.close();
			this.#shown = this.#select();
			this.#hiddenTasks = this.#countHidden();
		}
		if (isSame && isSameSearch) return;
		this.#hits?.close();
		this.#hits = search.isEmpty ? undefined : this.#selectHits();
	}

	close(): void {
		this.#shown.close();
		this.#hits?.close();
		this.source.close();
	}

	/** The filter of that text; the one before when it can't be read, so that typing one never empties the pane. */
	#parse(text: string, before: LogFilter): LogFilter {
		const parsed = parseLogFilter(text);
		this.#problem = toSafeText(parsed.ok ? '' : parsed.error);
		return parsed.ok ? parsed.value : before;
	}

	#select(): LogSelection {
		const isShown = this.#isShown;
		return new LogSelection(this.source.buffer, (entry) => entry.kind === 'notice' || isShown(entry.line));
	}

	#countHidden(): number {
		if (this.#hidden.size === 0) return 0;
		const {buffer} = this.source;
		const speaking = new Set<string>();
		for (const entry of buffer.slice(0, buffer.length))
			if (entry.kind === 'line') speaking.add(entry.line.origin.taskId);
		return [...this.#hidden].filter((id) => speaking.has(id)).length;
	}

	#selectHits(): LogSelection {
		const isShown = this.#isShown;
		const {matches} = this.#search;
		const isHit = (line: LogLine): boolean => matches(searchedText(line), () => this.nameOf(line));
		return new LogSelection(
			this.source.buffer,
			(entry) => entry.kind === 'line' && isShown(entry.line) && isHit(entry.line),
		);
	}

	/** What it holds now stays, whatever becomes of this reader. */
	get #isShown(): (line: LogLine) => boolean {
		const {matches, isEmpty} = this.#filter;
		const hidden = this.#hidden;
		return (line) =>
			!hidden.has(line.origin.taskId) && (isEmpty || matches(searchedText(line), () => this.nameOf(line)));
	}
}

function matchingAll(): LogFilter {
	const parsed = parseLogFilter('');
	if (!parsed.ok) throw new Error(parsed.error);
	return parsed.value;
}

/** How many have come since, by the order in which they came. */
export function countNewerThan(id: number, shown: LogSelection): number {
	let count = 0;
	for (let index = shown.length - 1; index >= 0; index--) if ((shown.at(index)?.id ?? 0) > id) count++;
	return count;
}
