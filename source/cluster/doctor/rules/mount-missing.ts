import {safe, toSafeText} from '../../../text/safe-text.ts';
import {tasksOfServices} from '../../tasks-of.ts';
import {few, updateService} from '../commands.ts';
import {serviceRule} from '../service-rules.ts';

export const mountMissing = serviceRule({
	id: 'mount-missing',
	severity: 'danger',
	title: 'a path that is mounted and that a node does not have',
	why: 'A task that comes to that node is rejected, again and again.',
	check(service, {state}) {
		const rejected = (tasksOfServices(state.tasks).get(service.id) ?? []).filter(({error}) =>
			/bind source path does not exist|bind mount source.*not exist/i.test(error),
		);
		const [first] = rejected;
		if (!first) return undefined;
		const nodes = [...new Set(rejected.map(({nodeName}) => nodeName))];
		const path = /not exist: (\S+)/i.exec(first.error)?.[1] ?? '';
		return {
			evidence: safe`${toSafeText(path === '' ? 'the path' : path)} is missing on ${few(nodes)}`,
			remedy: safe`make it there, or keep the service away: ${updateService('--constraint-add CONSTRAINT', service, state)}`,
		};
	},
});
