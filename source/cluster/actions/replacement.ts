import type {ServiceEntity} from '../model.ts';
import type {PlanLine} from '../plan-line.ts';
import {replacing} from './messages.ts';

/** How the tasks are replaced: how many at a time, in which order, and whether nobody serves meanwhile. */
export function replacementLines({name, mode, counts, raw}: ServiceEntity): PlanLine[] {
	if (mode === 'replicated-job' || mode === 'global-job') return [replacing.jobAgain(name)];
	const running = counts?.running ?? 0;
	const {Parallelism = 1, Order = 'stop-first', Delay = 0} = raw.Spec.UpdateConfig ?? {};
	const atOnce = Parallelism === 0 ? running : Math.min(Parallelism, running);
	const isNewFirst = Order === 'start-first';
	const isDown = running > 0 && atOnce >= running && !isNewFirst;
	return [
		replacing.order(running, atOnce, Math.round(Delay / 1e9), isNewFirst),
		...(isDown ? [replacing.isDown(name)] : []),
	];
}
