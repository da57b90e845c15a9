/** Gives every speaker of a log a colour: the same one each time the log is opened, and none twice while there are enough. */
import {colourOf} from '../../logs/display.ts';
import type {LogReader} from './log-reader.ts';

export class Speakers {
	readonly #colours: number;
	readonly #numbers = new Map<string, number>();
	readonly #taken = new Map<number, number>();

	/** @param colours how many there are */
	constructor(colours: number) {
		this.#colours = Math.max(1, colours);
	}

	/** The number of its colour. */
	numberOf(speaker: string): number {
		const known = this.#numbers.get(speaker);
		if (known !== undefined) return known;
		const number = this.#leastTaken(colourOf(speaker, this.#colours));
		this.#numbers.set(speaker, number);
		this.#taken.set(number, (this.#taken.get(number) ?? 0) + 1);
		return number;
	}

	/** From the colour that it should have onwards. */
	#leastTaken(from: number): number {
		let best = from;
		for (let step = 1; step < this.#colours; step++) {
			const number = (from + step) % this.#colours;
			if ((this.#taken.get(number) ?? 0) < (this.#taken.get(best) ?? 0)) best = number;
		}
		return best;
	}
}

const known = new WeakMap<LogReader, {readonly colours: number; readonly speakers: Speakers}>();

/** Those of a log: they keep their colours for as long as it is open, whatever is shown in between. */
export function speakersOf(reader: LogReader, colours: number): Speakers {
	const before = known.get(reader);
	if (before?.colours === colours) return before.speakers;
	const speakers = new Speakers(colours);
	known.set(reader, {colours, speakers});
	return speakers;
}
