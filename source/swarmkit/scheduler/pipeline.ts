import type {TaskObject} from '../state/objects.ts';
import {type Check, type Filter, filters} from './filters.ts';
import type {NodeInfo} from './node-info.ts';

/**
 * The filters that apply to one task (or to a group of the same spec), and a count of the nodes that failed each since
 * the last that passed all (swarmkit manager/scheduler/pipeline.go). That is why a placement that found room for some of
 * its tasks may tell less than the whole truth about the rest.
 */
export class Pipeline {
	readonly #stages: {readonly filter: Filter; readonly check: Check; failures: number}[] = [];

	constructor(task: TaskObject) {
		for (const filter of filters) {
			const check = filter.checkFor(task);
			if (check) this.#stages.push({filter, check, failures: 0});
		}
	}

	passes(node: NodeInfo): boolean {
		for (const stage of this.#stages) {
			if (stage.check(node)) continue;
			stage.failures++;
			return false;
		}
		for (const stage of this.#stages) stage.failures = 0;
		return true;
	}

	/** Why nodes failed, the most frequent reason first; '' when none did. */
	explain(): string {
		return this.#stages
			.filter((stage) => stage.failures > 0)
			.sort((a, b) => b.failures - a.failures)
			.map((stage) => stage.filter.explain(stage.failures))
			.join('; ');
	}
}
