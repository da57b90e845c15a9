import type {SafeText} from '../../text/safe-text.ts';
import {actionOf, type Intent} from '../actions/registry.ts';
import type {ActionRequest, Batch} from '../intent.ts';

/** One intent for each of several objects; the same as that intent where there is only one. */
export function batchOf(
	intents: readonly Intent[],
	{title, verb, word}: {readonly title: SafeText; readonly verb: string; readonly word?: SafeText | undefined},
): ActionRequest {
	const [first] = intents;
	if (first && intents.length === 1) return first;
	const stages = first && actionOf(first).isOneByOne ? intents.map((intent) => [intent]) : [intents];
	return {action: 'batch', title, verb, stages, ...(word === undefined ? {} : {word})};
}

/** Stages that follow each other, those that have nothing to do left out. */
export function batchOfStages(
	stages: readonly (readonly Intent[])[],
	words: Pick<Batch, 'title' | 'verb' | 'notes'>,
): Batch {
	return {action: 'batch', ...words, stages: stages.filter((stage) => stage.length > 0)};
}
