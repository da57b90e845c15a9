import {PerformanceObserver} from 'node:perf_hooks';
import {getHeapSpaceStatistics, setFlagsFromString} from 'node:v8';

/** What young objects may take, in bytes, both halves of the nursery together. Of a frame's garbage it holds dozens. */
const enoughBytes = 16 * 1024 * 1024;

/**
 * Keeps V8's nursery from growing to its usual 64 MB, most of which would hold garbage that nobody has looked for yet. A
 * running V8 takes no limit for it any more, but looks up by what factor to grow it each time; so the factor is switched
 * as the nursery gets there, and back when V8 has shrunk it after a rest. Costs some microseconds per collection.
 */
export function keepNurserySmall(): void {
	let isCapped = false;
	new PerformanceObserver(() => {
		const isEnough = nurseryBytes() >= enoughBytes;
		if (isEnough === isCapped) return;
		isCapped = isEnough;
		setFlagsFromString(`--semi-space-growth-factor=${isCapped ? 1 : 2}`);
	}).observe({type: 'gc'});
}

function nurseryBytes(): number {
	return getHeapSpaceStatistics().find(({space_name: name}) => name === 'new_space')?.space_size ?? 0;
}
