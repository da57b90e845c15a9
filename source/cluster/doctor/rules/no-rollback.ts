import {toSafeText} from '../../../text/safe-text.ts';
import {updateService} from '../commands.ts';
import {isServing, serviceRule} from '../service-rules.ts';

export const noRollback = serviceRule({
	id: 'no-rollback',
	severity: 'note',
	title: 'an update that fails is not rolled back',
	why: 'It stops half done, with fewer tasks than wanted, until somebody comes.',
	check(service, {state}) {
		const action = service.raw.Spec.UpdateConfig?.FailureAction || 'pause';
		if (!isServing(service) || action !== 'pause') return undefined;
		return {
			evidence: toSafeText('failure action pause'),
			remedy: updateService('--update-failure-action rollback', service, state),
		};
	},
});
