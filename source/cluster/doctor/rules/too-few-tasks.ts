import {safe} from '../../../text/safe-text.ts';
import {issuesIn} from '../../issues.ts';
import {onService} from '../commands.ts';
import {type Found, type Rule, theService} from '../rule.ts';
import {isLooping, isPaused, waitsForLong} from './trouble.ts';

export const tooFewTasks: Rule = {
	id: 'too-few-tasks',
	area: 'services',
	severity: 'danger',
	title: 'fewer tasks of a service run than it wants',
	why: 'What is left carries all of the load, or there is nothing left.',
	find({state, now}) {
		return [...issuesIn(state).values()].flatMap((issue): Found[] => {
			const service = issue.kind === 'service' ? state.services.get(issue.objectId) : undefined;
			// What another rule says more exactly is not said twice.
			const isTold =
				service && (isLooping(service) || isPaused(service) || waitsForLong(service, state, now) !== undefined);
			if (!service || isTold || issue.health !== 'failing') return [];
			return [
				{
					on: theService(service),
					evidence: safe`${issue.state}: ${issue.reason}`,
					remedy: onService('ps --no-trunc', service, state),
				},
			];
		});
	},
};
