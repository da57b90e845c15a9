/** What the store keeps of a task: its facts, and what counts and capacity need beside them. */
import type {TaskRow} from '../../engine/task-row.ts';
import {nothing} from '../capacity.ts';
import {type TaskFacts, taskFacts} from '../entities/task.ts';
import type {Amount} from '../model.ts';

export type TaskRecord = {
	readonly id: string;
	readonly version: number;
	/** The whole entity once that is derived: it holds the same facts, and 100,000 tasks don't need them twice. */
	facts: TaskFacts;
	readonly reserved: Amount;
	readonly jobIteration: number | undefined;
};

/** Far more than a swarm has services, nodes and images. */
const rememberedTexts = 50_000;

/**
 * Makes records whose repeated texts are one string each: rows that come out of a worker thread bring a copy of every
 * image name and node ID per task, some 25 MB at 100,000 tasks.
 */
export function taskRecorder(): (row: TaskRow) => TaskRecord {
	const known = new Map<string, string>();
	const amounts = new Map<string, Amount>();
	const shared = <T extends string>(text: T): T => {
		const found = known.get(text);
		if (found !== undefined) return found as T;
		// Nodes, images and messages come and go; those of today are soon known again.
		if (known.size >= rememberedTexts) known.clear();
		known.set(text, text);
		return text;
	};
	const amount = (nanoCpus: number, memoryBytes: number): Amount => {
		if (nanoCpus === 0 && memoryBytes === 0) return nothing;
		const key = `${nanoCpus} ${memoryBytes}`;
		const found = amounts.get(key) ?? {nanoCpus, memoryBytes};
		amounts.set(key, found);
		return found;
	};
	return (row) => {
		const facts = taskFacts(row);
		return {
			id: facts.id,
			version: facts.version,
			facts: {
				...facts,
				serviceId: shared(facts.serviceId),
				nodeId: shared(facts.nodeId),
				image: shared(facts.image),
				state: shared(facts.state),
				desired: shared(facts.desired),
				message: shared(facts.message),
			},
			reserved: amount(row.reservedNanoCpus, row.reservedMemoryBytes),
			jobIteration: row.jobIteration,
		};
	};
}
