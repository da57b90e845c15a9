import {age} from '../../../text/format.ts';
import {safe, toSafeText} from '../../../text/safe-text.ts';
import {onService} from '../commands.ts';
import {serviceRule} from '../service-rules.ts';
import {isPaused} from './trouble.ts';

const forgottenMs = 24 * 3_600_000;

export const updatePaused = serviceRule({
	id: 'update-paused',
	severity: 'warning',
	title: 'an update or a rollback that has paused',
	why: 'The service runs in two versions, or too few tasks, until somebody decides.',
	check(service, {state, now}) {
		const {update} = service;
		if (!isPaused(service) || !update) return undefined;
		// The engine does not say since when it is paused.
		const sinceBegunMs = update.startedAt === undefined ? 0 : now - update.startedAt;
		return {
			evidence: safe`${toSafeText(update.state.replace('_', ' '))}, begun ${age(sinceBegunMs)} ago: ${update.message}`,
			remedy: onService('rollback', service, state),
			// A day is enough for anybody who means to come back to it.
			...(sinceBegunMs > forgottenMs && {severity: 'danger'}),
		};
	},
});
