import type {Clock} from '../../runtime/clock.ts';
import {HotSet} from './hot-set.ts';
import type {Activity} from './pace.ts';

/** How long an object is polled fast after something was done to it, or happened to it. */
const hotMs = 15_000;
/** So many nodes that changed together are asked for one by one; more as a list. */
export const hotNodesAtMost = 4;
/** So many hot services are polled by themselves; more are left to the lists. */
export const hotServicesAtMost = 20;
/** A swarm in which nothing has happened for so long is idle. */
export const idleAfterMs = 60_000;

/** What is going on in the swarm, and with which of its objects: how often to ask follows from it. */
export class SwarmActivity {
	readonly services: HotSet;
	readonly nodes: HotSet;
	readonly #clock: Clock;
	#lastChangeAt: number;

	constructor(clock: Clock) {
		this.#clock = clock;
		this.#lastChangeAt = clock.now();
		this.services = new HotSet({clock, lastsMs: hotMs, atMost: hotServicesAtMost});
		this.nodes = new HotSet({clock, lastsMs: hotMs, atMost: hotNodesAtMost});
	}

	/** Something has changed just now. */
	changed(): void {
		this.#lastChangeAt = this.#clock.now();
	}

	get isHot(): boolean {
		return this.services.ids().length > 0 || this.nodes.ids().length > 0;
	}

	get activity(): Activity {
		if (this.isHot) return 'hot';
		return this.#clock.now() - this.#lastChangeAt > idleAfterMs ? 'idle' : 'quiet';
	}
}
