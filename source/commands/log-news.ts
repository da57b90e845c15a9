import type {LogStatus} from '../logs/log-session.ts';
import type {EngineNames} from './log-names.ts';

/** Says beside a followed log what becomes of it: what is wrong, whose lines are missing, that they are back. Each once. */
export class LogNews {
	readonly #names: EngineNames;
	readonly #say: (sentence: string) => void;
	#problem: string | undefined;
	#missing: readonly string[] = [];
	/** Names have to be asked for: what is said later waits. */
	#saying: Promise<void> = Promise.resolve();

	constructor(names: EngineNames, say: (sentence: string) => void) {
		this.#names = names;
		this.#say = say;
	}

	tell(sentence: string): void {
		this.#saying = this.#saying.then(() => this.#say(sentence));
	}

	look({problem, missingNodeIds}: LogStatus): void {
		if (problem !== this.#problem && problem !== undefined) this.tell(problem);
		this.#problem = problem;
		const gone = missingNodeIds.filter((id) => !this.#missing.includes(id));
		const back = this.#missing.filter((id) => !missingNodeIds.includes(id));
		this.#missing = missingNodeIds;
		this.#tellOf(gone, (nodes) => `no lines from ${nodes}: unreachable now; missing lines are fetched later`);
		this.#tellOf(back, (nodes) => `lines from ${nodes} again`);
	}

	#tellOf(ids: readonly string[], sentence: (nodes: string) => string): void {
		if (ids.length === 0) return;
		this.#saying = this.#saying.then(async () => {
			const names = await this.#names.nodeNames(ids);
			this.#say(sentence(names.join(', ')));
		});
	}
}
