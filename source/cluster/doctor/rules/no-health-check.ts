import {toSafeText} from '../../../text/safe-text.ts';
import {updateService} from '../commands.ts';
import {containerOf, isServing, serviceRule} from '../service-rules.ts';

export const noHealthCheck = serviceRule({
	id: 'no-health-check',
	severity: 'note',
	title: 'a service without a health check of its own',
	why: 'A program that hangs goes on counting as running, and gets its share of the requests, unless its image has a check.',
	check(service, {state}) {
		const [first] = containerOf(service).Healthcheck?.Test ?? [];
		if (!isServing(service) || (first !== undefined && first !== 'NONE')) return undefined;
		return {
			evidence: toSafeText(first === 'NONE' ? 'its health check is switched off' : 'its spec has none'),
			remedy: updateService('--health-cmd COMMAND', service, state),
		};
	},
});
