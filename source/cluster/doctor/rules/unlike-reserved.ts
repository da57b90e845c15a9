import {bytes} from '../../../text/format.ts';
import {safe, toSafeText} from '../../../text/safe-text.ts';
import {updateService} from '../commands.ts';
import {type Found, type Rule, theService} from '../rule.ts';
import {isServing, liveTasks} from '../service-rules.ts';

/** So many times what is used is too much. */
const farAbove = 4;
/** Less than that is not worth a word. */
const worthBytes = 256 * 2 ** 20;

export const unlikeReserved: Rule = {
	id: 'unlike-reserved',
	area: 'capacity',
	severity: 'note',
	title: 'a service reserves far more memory than it uses, or uses more than it reserves',
	why: 'The scheduler goes by what is reserved: what is reserved for nothing others can’t have, what is not reserved is missing.',
	find({state}) {
		const usage = state.inside?.usage;
		if (!usage) return [];
		return [...state.services.values()].filter(isServing).flatMap((service): Found[] => {
			const reserved = service.raw.Spec.TaskTemplate.Resources?.Reservations?.MemoryBytes ?? 0;
			const used = liveTasks(service, state).flatMap(({id}) => usage.get(id)?.memoryBytes ?? []);
			if (used.length === 0 || reserved === 0) return [];
			const most = Math.max(...used);
			const isTooMuch = reserved > farAbove * most && reserved - most > worthBytes;
			const isTooLittle = most > reserved * 1.5 && most - reserved > worthBytes;
			if (!isTooMuch && !isTooLittle) return [];
			const wanted = Math.ceil((most * 1.25) / 2 ** 20);
			return [
				{
					on: theService(service),
					evidence: safe`${bytes(reserved)} reserved for each task, ${bytes(most)} used by the one that uses the most`,
					remedy: updateService(toSafeText(`--reserve-memory ${wanted}M`), service, state),
				},
			];
		});
	},
};
