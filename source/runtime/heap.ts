import {PerformanceObserver} from 'node:perf_hooks';
import {getHeapSpaceStatistics, getHeapStatistics, setFlagsFromString} from 'node:v8';

/** What young objects may take, in bytes, both halves of the nursery together. Of a frame's garbage it holds dozens. */
const enoughNurseryBytes = 16 * 1024 * 1024;

/** From here on a heap is large. At the start of the program, when it grows fast, looking for garbage would cost time. */
const largeHeapBytes = 64 * 1024 * 1024;

/** By how much a large heap may grow until garbage is looked for; V8 by itself lets it grow to twice to four times. */
const largeHeapGrowthPercent = 30;

/**
 * Keeps V8 from holding much more memory than is in use. A running V8 takes no limits any more, but looks up by what
 * factor to grow each time it has collected garbage; so the factors are switched as the heap gets there, and back.
 *
 * - The nursery stays at 16 MB. It would grow to 64, most of it garbage that nobody has looked for yet.
 * - A large heap grows by a third at a time. With 100,000 tasks loaded, log lines that live for two seconds would fill
 *   the old space to twice and more of what is in use before they are looked for.
 */
export function keepHeapSmall(): void {
	const nursery = new Switch((isOn) => `--semi-space-growth-factor=${isOn ? 1 : 2}`);
	const growth = new Switch((isOn) => `--heap-growing-percent=${isOn ? largeHeapGrowthPercent : 0}`);
	new PerformanceObserver(() => {
		nursery.set(nurseryBytes() >= enoughNurseryBytes);
		growth.set(getHeapStatistics().used_heap_size >= largeHeapBytes);
	}).observe({type: 'gc'});
}

/** A flag of V8 that is set only when it has to change. */
class Switch {
	#isOn = false;
	readonly #flag: (isOn: boolean) => string;

	constructor(flag: (isOn: boolean) => string) {
		this.#flag = flag;
	}

	set(isOn: boolean): void {
		if (isOn === this.#isOn) return;
		this.#isOn = isOn;
		setFlagsFromString(this.#flag(isOn));
	}
}

function nurseryBytes(): number {
	return getHeapSpaceStatistics().find(({space_name: name}) => name === 'new_space')?.space_size ?? 0;
}
