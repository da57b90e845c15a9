import {duration} from '../../../text/format.ts';
import {safe, toSafeText} from '../../../text/safe-text.ts';
import {updateService} from '../commands.ts';
import {containerOf, isServing, serviceRule} from '../service-rules.ts';

const nanosPerMs = 1e6;
/** Docker's own where the spec says nothing. */
const usualMonitorMs = 5000;

export const monitorTooShort = serviceRule({
	id: 'monitor-too-short',
	severity: 'warning',
	title: 'an update is watched for less time than a task takes to start',
	why: 'A task that fails after that is not counted: the update goes on, and no rollback comes.',
	check(service, {state}) {
		const {UpdateConfig: update} = service.raw.Spec;
		const startMs = (containerOf(service).Healthcheck?.StartPeriod ?? 0) / nanosPerMs;
		const monitorMs = update?.Monitor ? update.Monitor / nanosPerMs : usualMonitorMs;
		if (!isServing(service) || startMs <= monitorMs) return undefined;
		return {
			evidence: safe`it may take ${duration(startMs)} to start, and is watched for ${duration(monitorMs)}`,
			remedy: updateService(toSafeText(`--update-monitor ${Math.ceil(startMs / 1000) + 5}s`), service, state),
		};
	},
});
