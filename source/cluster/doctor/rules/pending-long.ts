import {age} from '../../../text/format.ts';
import {safe} from '../../../text/safe-text.ts';
import {onService} from '../commands.ts';
import {serviceRule} from '../service-rules.ts';
import {waitsForLong} from './trouble.ts';

export const pendingLong = serviceRule({
	id: 'pending-long',
	severity: 'danger',
	title: 'a task that has found no node for minutes',
	why: 'It will not find one by itself: something has to change first.',
	check(service, {state, now}) {
		const task = waitsForLong(service, state, now);
		if (!task) return undefined;
		const reason = task.error === '' ? task.message : task.error;
		return {
			evidence: safe`${task.name} has been pending for ${age(now - task.createdAt)}: ${reason}`,
			remedy: onService('ps --no-trunc', service, state),
		};
	},
});
