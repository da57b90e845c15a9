/** Saves a log to a file: what, where, and never over another file without asking. */
import {homedir} from 'node:os';
import path from 'node:path';
import {exportLine} from '../../logs/export.ts';
import type {LogEntry} from '../../logs/log-buffer.ts';
import {saveLines} from '../../logs/save.ts';
import type {Clock} from '../../runtime/clock.ts';
import {count} from '../../text/format.ts';
import {safe, toSafeText} from '../../text/safe-text.ts';
import type {App} from '../app/capabilities.ts';
import {completePath} from '../prompt/paths.ts';
import type {LogReader} from './log-reader.ts';

type SaverOptions = {
	readonly app: Pick<App, 'prompts' | 'messages'>;
	readonly clock: Clock;
	/** Something has been said later than the key that asked for it. */
	readonly onNews: () => void;
};

export class LogSaver {
	readonly #options: SaverOptions;

	constructor(options: SaverOptions) {
		this.#options = options;
	}

	/** Asks which lines where there is a choice, then for the path. */
	ask(reader: LogReader): void {
		const {app} = this.#options;
		const {buffer} = reader.source;
		const {shown} = reader;
		if (buffer.length === 0) app.messages.say('warning', toSafeText('Nothing to save: there are no lines yet.'));
		else if (shown.length === buffer.length) this.#askPath(reader, buffer.slice(0, buffer.length));
		else {
			app.prompts.choose({
				title: toSafeText('Save which lines?'),
				choices: [
					{
						key: 'm',
						label: toSafeText('what is shown'),
						detail: safe`${count(shown.length)} lines`,
						isPresent: true,
						run: () => this.#askPath(reader, shown.slice(0, shown.length)),
					},
					{
						key: 'a',
						label: toSafeText('all that is loaded'),
						detail: safe`${count(buffer.length)} lines`,
						isPresent: false,
						run: () => this.#askPath(reader, buffer.slice(0, buffer.length)),
					},
				],
			});
		}
	}

	#askPath(reader: LogReader, entries: readonly LogEntry[], typed = this.#suggestion(reader)): void {
		this.#options.app.prompts.open({
			label: safe`Save ${count(linesOf(entries))} lines as`,
			hint: toSafeText('.ndjson writes JSON lines'),
			initial: typed,
			complete: (text) => completePath(text),
			onSubmit: (text) => {
				if (text.trim() === '') return toSafeText('a file name');
				void this.#save(reader, entries, text.trim(), false);
				return undefined;
			},
		});
	}

	/** `web-20261121-140503.log`, in the folder that the program was started in. */
	#suggestion({source}: LogReader): string {
		const name = source.target.name.replace(/[^\p{L}\p{N}._-]+/gu, '-').slice(0, 60);
		const now = new Date(this.#options.clock.now())
			.toISOString()
			.slice(0, 19)
			.replaceAll(/[-:]/g, '')
			.replace('T', '-');
		return `${name}-${now}.log`;
	}

	async #save(reader: LogReader, entries: readonly LogEntry[], typed: string, mayOverwrite: boolean): Promise<void> {
		const {app, onNews} = this.#options;
		const file = path.resolve(typed.replace(/^~(?=\/|$)/, homedir()));
		const saved = await saveLines(file, exported(reader, entries, file), {mayOverwrite});
		if (saved.ok) app.messages.say('good', safe`Saved ${count(linesOf(entries))} lines to ${toSafeText(file)}.`);
		else if (saved.error.kind === 'failed')
			app.messages.say('danger', safe`Not saved: ${toSafeText(saved.error.message)}`);
		else this.#askAgain(reader, entries, typed);
		onNews();
	}

	#askAgain(reader: LogReader, entries: readonly LogEntry[], typed: string): void {
		this.#options.app.prompts.choose({
			title: safe`${toSafeText(typed)} exists already`,
			isConsent: true,
			choices: [
				{
					key: 'n',
					label: toSafeText('another name'),
					detail: toSafeText('leave it as it is'),
					isPresent: true,
					run: () => this.#askPath(reader, entries, typed),
				},
				{
					key: 'o',
					label: toSafeText('overwrite'),
					detail: toSafeText('its contents will be lost'),
					isPresent: false,
					run: () => void this.#save(reader, entries, typed, true),
				},
			],
		});
	}
}

const linesOf = (entries: readonly LogEntry[]): number =>
	entries.reduce((sum, entry) => sum + (entry.kind === 'line' ? 1 : 0), 0);

function* exported({source}: LogReader, entries: readonly LogEntry[], file: string): Generator<string> {
	const format = /\.(?:ndjson|jsonl|json)$/i.test(file) ? 'json' : 'text';
	const clean = (text: string): string => text;
	for (const entry of entries) {
		if (entry.kind === 'line') yield exportLine(entry.line, {format, hasTimestamps: true, names: source.names, clean});
	}
}
