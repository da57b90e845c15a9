import {toSafeText} from '../../../text/safe-text.ts';
import {onService} from '../commands.ts';
import {serviceRule} from '../service-rules.ts';

export const oneReplica = serviceRule({
	id: 'one-replica',
	severity: 'note',
	title: 'a service of one task',
	why: 'Whenever its node fails, or it is updated with stop-first, it is down until the next task runs.',
	check(service, {state}) {
		if (service.mode !== 'replicated' || service.replicas !== 1) return undefined;
		return {evidence: toSafeText('1 replica'), remedy: toSafeText(`${onService('scale', service, state)}=2`)};
	},
});
