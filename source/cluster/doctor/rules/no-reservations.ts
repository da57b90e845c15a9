import {toSafeText} from '../../../text/safe-text.ts';
import {updateService} from '../commands.ts';
import {isServing, serviceRule} from '../service-rules.ts';

export const noReservations = serviceRule({
	id: 'no-reservations',
	severity: 'note',
	title: 'a service that reserves nothing',
	why: 'The scheduler takes its tasks for weightless: it puts any number of them on a node.',
	check(service, {state}) {
		const {
			NanoCPUs = 0,
			MemoryBytes = 0,
			GenericResources = [],
		} = service.raw.Spec.TaskTemplate.Resources?.Reservations ?? {};
		if (!isServing(service) || NanoCPUs + MemoryBytes > 0 || GenericResources.length > 0) return undefined;
		return {
			evidence: toSafeText('neither CPU nor memory'),
			remedy: updateService('--reserve-memory BYTES --reserve-cpu CPUS', service, state),
		};
	},
});
