/** From when on logs are read, and the way to a time in them. */
import type {LogEntry} from '../../logs/log-buffer.ts';
import {parseSince} from '../../logs/log-since.ts';
import type {Clock} from '../../runtime/clock.ts';
import {type SafeText, safe, toSafeText} from '../../text/safe-text.ts';
import type {App} from '../app/capabilities.ts';
import type {Choice} from '../app/overlay.ts';
import type {ScreenModel} from '../app/screen-model.ts';
import type {LogCursor} from './log-cursor.ts';
import type {LogReader} from './log-reader.ts';
import {agoRange, allRange, type LogRange, sinceRange, tailRange} from './logs-state.ts';
import {quickRanges} from './quick-ranges.ts';

type RangeOptions = {
	readonly model: ScreenModel;
	readonly reader: () => LogReader | undefined;
	readonly cursor: LogCursor;
	readonly clock: Clock;
	readonly app: Pick<App, 'prompts' | 'messages' | 'keymap'>;
};

export class LogRanges {
	readonly #options: RangeOptions;

	constructor(options: RangeOptions) {
		this.#options = options;
	}

	/** From when on the logs are read: a few usual spans, or a time of one's own. */
	choose(): void {
		const {habits, range} = this.#options.model.state.logs;
		const choice = (key: string, {title, ...rest}: LogRange): Choice => ({
			key,
			label: title,
			detail: toSafeText(''),
			isPresent: title === range.title,
			run: () => this.#read({title, ...rest}),
		});
		this.#options.app.prompts.choose({
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
		this.#options.app.prompts.open({
			id: 'logs since',
			label: toSafeText('Logs since'),
			hint: toSafeText('10m  2h  14:05 (UTC)  2026-11-21T14:05:00Z  all'),
			initial: '',
			onSubmit: (text) => {
				const since = parseSince(text, this.#options.clock.now());
				if (!since.ok) return toSafeText(since.error);
				const {habits} = this.#options.model.state.logs;
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
		this.#options.app.prompts.open({
			id: 'logs time',
			label: toSafeText('Go to'),
			hint: toSafeText('14:05 (UTC)  14:05:30  10m ago  2026-11-21T14:05:00Z'),
			initial: '',
			onSubmit: (text) => {
				const time = parseSince(text.trim().replace(/\s+ago$/, ''), this.#options.clock.now());
				if (!time.ok || time.value === undefined) return toSafeText(time.ok ? 'a time' : time.error);
				this.#options.cursor.goTo(reader, {stamp: time.value, id: 0});
				if (time.value < first.stamp) {
					this.#options.app.messages.say(
						'plain',
						safe`The first line here is of ${timeOf(first)}; ${this.#options.app.keymap.keyOf('logs.since')} reads from an earlier time on.`,
					);
				}
				return undefined;
			},
		});
	}

	#read(range: LogRange): void {
		// Another object, so that the same range is read again, too.
		this.#options.model.dispatch({type: 'logs/changed', change: {range: {...range}, stand: undefined}});
	}
}

const timeOf = ({stamp}: LogEntry): SafeText => toSafeText(`${stamp.slice(11, 19)} UTC`);
