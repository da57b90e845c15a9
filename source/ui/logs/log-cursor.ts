/** Where one is in the logs: follows the newest line, or stands at one; goes from hit to hit. */
import type {LogPlace} from '../../logs/entry-list.ts';
import type {LogEntry} from '../../logs/log-buffer.ts';
import type {Motion} from '../app/motion.ts';
import type {ScreenModel} from '../app/screen-model.ts';
import type {LogReader} from './log-reader.ts';
import {bodyHeight, layoutOf, standOf} from './log-view.ts';
import {type CursorMove, moveCursor} from './log-window.ts';
import type {LogsState} from './logs-state.ts';

type CursorOptions = {
	readonly model: ScreenModel;
	readonly reader: () => LogReader | undefined;
};

export class LogCursor {
	readonly #options: CursorOptions;
	/** The last log that was stopped by itself, for whoever does not want to follow. */
	#stoodIn: LogReader | undefined;

	constructor(options: CursorOptions) {
		this.#options = options;
	}

	move(motion: Motion): void {
		const reader = this.#options.reader();
		if (!reader || reader.shown.length === 0) return;
		const isAtEnd = motion.type === 'last' || (motion.type !== 'first' && motion.by > 0 && this.#isAtLast(reader));
		if (isAtEnd) this.follow();
		else this.#stand(reader, (from, layout, height) => moveCursor(from, motion, layout, height));
	}

	toggleFollow(): void {
		const reader = this.#options.reader();
		if (this.#state.stand) this.follow();
		else if (reader && reader.shown.length > 0) this.#stand(reader, (from) => from);
	}

	follow(): void {
		this.#options.model.dispatch({type: 'logs/changed', change: {stand: undefined}});
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

	/** To the first line at or after that place. */
	goTo(reader: LogReader, place: LogPlace): void {
		const index = Math.min(reader.shown.indexOf(place), reader.shown.length - 1);
		this.#stand(reader, (from, layout, height) => {
			const by = index - from.cursor;
			return moveCursor(from, {type: 'move', by}, layout, height);
		});
	}

	/**
	 * To the next hit of the search from a place on; `wrapped` where it began again at the other end.
	 * @param isBeyond the hit at the place itself doesn't count
	 */
	goToHit(by: 1 | -1, from: LogPlace, isBeyond: boolean): 'none' | 'found' | 'wrapped' {
		const reader = this.#options.reader();
		reader?.update(this.#state);
		const hits = reader?.hits;
		if (!reader || !hits || hits.length === 0) return 'none';
		const at = hits.indexOf(from);
		const isHere = hits.at(at)?.id === from.id;
		const next = by === 1 ? at + (isHere && isBeyond ? 1 : 0) : isHere && !isBeyond ? at : at - 1;
		const index = (next + hits.length) % hits.length;
		const hit = hits.at(index);
		if (!hit) return 'none';
		this.goTo(reader, placeOf(hit));
		return index === next ? 'found' : 'wrapped';
	}

	/** What the cursor is on. */
	get entry(): LogEntry | undefined {
		const reader = this.#options.reader();
		reader?.update(this.#state);
		const {stand} = this.#state;
		if (!reader) return undefined;
		const last = reader.shown.length - 1;
		return reader.shown.at(stand ? Math.min(reader.shown.indexOf(stand.cursor), last) : last);
	}

	get place(): LogPlace | undefined {
		const {entry} = this;
		return entry && placeOf(entry);
	}

	get #state(): LogsState {
		return this.#options.model.state.logs;
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
		const {model} = this.#options;
		const rect = model.rectOf('logs');
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
		const stand = {cursor: placeOf(at), top: placeOf(top), skip: window.skip, newestId};
		model.dispatch({type: 'logs/changed', change: {stand}});
	}
}

const placeOf = ({stamp, id}: LogEntry): LogPlace => ({stamp, id});

const newestIdOf = (entries: readonly LogEntry[]): number => entries.reduce((most, {id}) => Math.max(most, id), 0);
