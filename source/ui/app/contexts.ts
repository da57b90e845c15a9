/** The way to other swarms: docker's contexts, which are listed in the cluster's state. */
import type {Result} from '../../runtime/result.ts';
import type {SafeText} from '../../text/safe-text.ts';

export type Contexts = {
	/** Reads which there are; asks no engine. */
	readonly read: () => void;
	/** Somebody looks at the list: asks each engine how it is; `anew` also those that have said so just now. */
	readonly ask: (anew: boolean) => void;
	/**
	 * Shows that context's swarm in place of this one; docker's own current context stays what it is. Fails with the sentence
	 * that says why there is nothing to show; an engine that doesn't answer is told on its own screen.
	 */
	readonly show: (name: string) => Promise<Result<void, SafeText>>;
};
