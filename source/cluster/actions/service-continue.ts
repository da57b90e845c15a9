import {safe} from '../../text/safe-text.ts';
import type {ServiceEntity} from '../model.ts';
import {line} from '../plan-line.ts';
import type {Draft} from './action.ts';
import {replacementLines} from './replacement.ts';
import {serviceAction} from './service-action.ts';
import {restartsPart, withRestart} from './service-restart.ts';

export type ContinueIntent = {readonly action: 'service.continue'; readonly serviceId: string};

/** Goes on with an update or a rollback that is paused. */
export const serviceContinue = serviceAction<ContinueIntent, never>({
	settles: 'settings',
	verb: () => 'Continue',
	// What paused goes on for a new spec alone: one that changes nothing is taken, and nothing happens (20.10, 26.1).
	change: (_, spec) => withRestart(spec),
	planFor: (_, service) => draftOf(service),
	partOf: (_, service) => restartsPart(service),
	rollback: 'outcome',
});

function draftOf(service: ServiceEntity): Draft<never> {
	const {name, update} = service;
	const title = safe`Continue the update of ${name}`;
	if (update?.state !== 'paused' && update?.state !== 'rollback_paused')
		return {title, refusal: safe`${name} has no update that is paused.`};
	return {
		title,
		lines: [
			line('warning', safe`It was paused: ${update.message}`),
			line(
				'plain',
				safe`It starts over and also replaces tasks that are up to date: a paused update can only continue that way.`,
			),
			line('warning', safe`A rollback after that returns to these settings, not to the ones before.`),
			...replacementLines(service),
		],
		consent: {kind: 'dialog'},
	};
}
