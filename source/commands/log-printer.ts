import {type ExportOptions, exportLine, speakerOf} from '../logs/export.ts';
import {type LogFilter, withoutColours} from '../logs/log-filter.ts';
import type {LogLine} from '../logs/log-line.ts';
import type {LineOutput} from './line-output.ts';
import type {EngineNames} from './log-names.ts';

type LogPrinterOptions = {
	readonly output: LineOutput;
	readonly names: EngineNames;
	readonly filter: LogFilter;
	readonly format: Omit<ExportOptions, 'names'>;
};

/**
 * Prints log lines in the order in which they come, each with the names of who wrote it: those that are not known yet hold
 * the lines up until the engine has been asked.
 */
export class LogPrinter {
	readonly #options: LogPrinterOptions;
	#batches: readonly LogLine[][] = [];
	#printing: Promise<void> | undefined;

	constructor(options: LogPrinterOptions) {
		this.#options = options;
	}

	print(lines: readonly LogLine[]): void {
		if (!this.#printing && this.#options.names.knows(lines)) {
			this.#write(lines);
			return;
		}
		this.#batches = [...this.#batches, [...lines]];
		this.#printing ??= this.#printAll();
	}

	/** Once all that was given has been printed, and the reader has taken most of it. */
	async done(): Promise<void> {
		await this.#printing;
		await this.#options.output.flushed();
	}

	async #printAll(): Promise<void> {
		for (let [batch] = this.#batches; batch; [batch] = this.#batches) {
			await this.#options.names.learn(batch);
			this.#write(batch);
			this.#batches = this.#batches.slice(1);
		}
		this.#printing = undefined;
	}

	#write(lines: readonly LogLine[]): void {
		const {output, names, filter, format} = this.#options;
		for (const line of lines) {
			const isWanted = filter.isEmpty || filter.matches(withoutColours(line.text), () => speakerOf(line, names));
			if (isWanted) output.write(exportLine(line, {...format, names}));
		}
	}
}
