/** What is listed, and which of it. */
import type {Health, TaskScope} from '../../cluster/model.ts';
import type {SafeText} from '../../text/safe-text.ts';

/** What every listed object has. */
export type Listed = {readonly id: string; readonly health: Health};

/** Which services the list of services shows. */
export type ServiceScope =
	| {readonly kind: 'all'}
	| {readonly kind: 'stack'; readonly name: SafeText}
	/** Those that use a network, a secret or a config. */
	| {readonly kind: 'users'; readonly of: SafeText; readonly id: string; readonly name: SafeText};

/** What decides which objects of a kind are in the list. */
export type ListScope = {
	readonly services: ServiceScope;
	readonly tasks: TaskScope;
	/** Tasks: the older ones of each slot too. */
	readonly hasHistory: boolean;
	/** The doctor's findings: what is left out, as the configuration says. */
	readonly ignoring: readonly string[];
};
