import type {Clock} from '../../runtime/clock.ts';
import {HotSet} from './hot-set.ts';
import type {Activity} from './pace.ts';

/** How long an object is polled fast after something was done to it, or happened to it. */
const hotMs = 15_000;
/** So many nodes that changed together are asked for one by one; more as a list. */
export const hotNodesAtMost = 4;
/** So many hot services are polled by themselves; more are left to the lists. */
export const hotServicesAtMost = 20;
/** What is going on in the swarm, and with which of its objects: how often to ask follows from it. */
export class SwarmActivity {
	readonly services: HotSet;
	readonly nodes: HotSet;

	constructor(clock: Clock) {
		this.services = new HotSet({clock, lastsMs: hotMs, atMost: hotServicesAtMost});
		this.nodes = new HotSet({clock, lastsMs: hotMs, atMost: hotNodesAtMost});
	}

	get isHot(): boolean {
		return this.services.ids().length > 0 || this.nodes.ids().length > 0;
	}

	get activity(): Activity {
		return this.isHot ? 'hot' : 'quiet';
	}
}
