import {toSafeText} from '../../../text/safe-text.ts';
import {updateService} from '../commands.ts';
import {isServing, serviceRule} from '../service-rules.ts';

export const noLimits = serviceRule({
	id: 'no-limits',
	severity: 'note',
	title: 'a service without a memory limit',
	why: 'A leak in one task takes the memory of all others on its node, the engine’s too.',
	check(service, {state}) {
		if (!isServing(service) || (service.raw.Spec.TaskTemplate.Resources?.Limits?.MemoryBytes ?? 0) > 0)
			return undefined;
		return {
			evidence: toSafeText('no memory limit'),
			remedy: updateService('--limit-memory BYTES', service, state),
		};
	},
});
