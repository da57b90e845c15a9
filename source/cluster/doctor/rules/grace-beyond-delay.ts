import {duration} from '../../../text/format.ts';
import {safe, toSafeText} from '../../../text/safe-text.ts';
import {updateService} from '../commands.ts';
import {containerOf, isServing, serviceRule} from '../service-rules.ts';

const nanosPerMs = 1e6;
const usualGraceMs = 10_000;

export const graceBeyondDelay = serviceRule({
	id: 'grace-beyond-delay',
	severity: 'note',
	title: 'an update goes on before the task that it replaced has stopped',
	why: 'Old tasks that take their time to stop pile up beside the new ones, and take their room.',
	check(service, {state}) {
		const {Delay: delay = 0, Order: order} = service.raw.Spec.UpdateConfig ?? {};
		const {StopGracePeriod: grace} = containerOf(service);
		const graceMs = grace === undefined ? usualGraceMs : grace / nanosPerMs;
		// With stop-first the next one waits for the stop; without a delay nobody has asked for a pause.
		if (!isServing(service) || order !== 'start-first' || delay === 0 || graceMs <= delay / nanosPerMs)
			return undefined;
		return {
			evidence: safe`a stop may take ${duration(graceMs)}, the next step comes after ${duration(delay / nanosPerMs)}`,
			remedy: updateService(toSafeText(`--update-delay ${Math.ceil(graceMs / 1000)}s`), service, state),
		};
	},
});
