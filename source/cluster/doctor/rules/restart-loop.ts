import {age} from '../../../text/format.ts';
import {safe, toSafeText} from '../../../text/safe-text.ts';
import {onService} from '../commands.ts';
import {serviceRule} from '../service-rules.ts';
import {isLooping} from './trouble.ts';

export const restartLoop = serviceRule({
	id: 'restart-loop',
	severity: 'danger',
	title: 'tasks that fail and are started again, over and over',
	why: 'The service does little or nothing, and its node is busy with starting it.',
	check(service, {state, now}) {
		const {restarts} = service;
		if (!isLooping(service) || !restarts) return undefined;
		const exit =
			restarts.exitCode === undefined ? toSafeText('') : safe`, the last with exit code ${restarts.exitCode}`;
		return {
			evidence: safe`${restarts.count} failures in ${age(now - restarts.since)}${exit}`,
			remedy: onService('logs', service, state),
		};
	},
});
