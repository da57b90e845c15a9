import {plural} from '../../text/format.ts';
import {safe, toSafeText} from '../../text/safe-text.ts';
import type {ServiceEntity} from '../model.ts';
import {line, type PlanLine} from '../plan-line.ts';

/** How the tasks are replaced: how many at a time, in which order, and whether nobody serves meanwhile. */
export function replacementLines({name, mode, counts, raw}: ServiceEntity): PlanLine[] {
	if (mode === 'replicated-job' || mode === 'global-job')
		return [line('warning', safe`The job ${name} runs again from the start.`)];
	const running = counts?.running ?? 0;
	const {Parallelism = 1, Order = 'stop-first', Delay = 0} = raw.Spec.UpdateConfig ?? {};
	const atOnce = Parallelism === 0 ? running : Math.min(Parallelism, running);
	const pause = Delay > 0 ? safe`, ${Math.round(Delay / 1e9)} s apart` : toSafeText('');
	const order = Order === 'start-first' ? toSafeText('the new one first') : toSafeText('the old one is stopped first');
	const lines = [
		line('plain', safe`${plural(running, 'task')} will be replaced, ${atOnce} at a time${pause}; ${order}.`),
	];
	if (running > 0 && atOnce >= running && Order === 'stop-first') {
		lines.push(line('danger', safe`Nothing of ${name} runs meanwhile.`));
	}
	return lines;
}
