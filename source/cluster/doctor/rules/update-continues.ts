import {toSafeText} from '../../../text/safe-text.ts';
import {updateService} from '../commands.ts';
import {isServing, serviceRule} from '../service-rules.ts';

export const updateContinues = serviceRule({
	id: 'update-continues',
	severity: 'warning',
	title: 'an update that goes on although its tasks fail',
	why: 'It replaces every task that works with one that does not.',
	check(service, {state}) {
		if (!isServing(service) || service.raw.Spec.UpdateConfig?.FailureAction !== 'continue') return undefined;
		return {
			evidence: toSafeText('failure action continue'),
			remedy: updateService('--update-failure-action rollback', service, state),
		};
	},
});
