import type {ServiceEntity} from '../model.ts';
import type {Draft} from './action.ts';
import {continuing} from './messages.ts';
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
	const title = continuing.title(name);
	if (update?.state !== 'paused' && update?.state !== 'rollback_paused')
		return {title, refusal: continuing.notPaused(name)};
	return {
		title,
		lines: [
			continuing.why(update.message),
			continuing.startsOver,
			continuing.laterRollback,
			...replacementLines(service),
		],
		consent: {kind: 'dialog'},
	};
}
