import {changesBetween, editedImage} from '../../../cluster/edit/changes.ts';
import type {Intent} from '../../../cluster/intent.ts';
import {batchOf} from '../../../cluster/pipeline/batch-of.ts';
import {failed, ok} from '../../../runtime/result.ts';
import {plural} from '../../../text/format.ts';
import {safe} from '../../../text/safe-text.ts';
import {exitStatus} from '../../open-client.ts';
import {findAll, findService} from '../find.ts';
import {changeWhat, nameOne, nothingToDo} from '../messages.ts';
import {hasChanges, updatedSpec, flags as updateFlags} from '../update/update-flags.ts';
import type {Verb} from '../verb.ts';

/** Too many for a screen, and known from docker. */
const listedUnder = 'What to change, as docker service update has it:';
const flags = Object.fromEntries(Object.entries(updateFlags).map(([name, flag]) => [name, {...flag, listedUnder}]));

const operands = 'SERVICE...';

export const update: Verb<typeof flags> = {
	name: 'update',
	title: 'change the settings of a service',
	operands,
	about:
		"Takes the flags of docker service update. An image is pinned to its registry's digest, with your login where there is one.",
	flags,
	example: 'update --image nginx:1.27 web',
	words: [{kind: 'live', list: 'services'}],
	asks: 'Update',
	read(values, words, io) {
		if (words.length === 0) return failed({status: exitStatus.wrongUse, message: nameOne('services', operands)});
		if (!hasChanges(values)) return failed({status: exitStatus.wrongUse, message: changeWhat});
		return ok({
			async request({store, actions}) {
				const services = findAll(words, (word) => findService(word, store.getState()));
				if (!services.ok) return failed({kind: 'failed', message: services.error});
				const intents: Intent[] = [];
				const reasons: string[] = [];
				for (const service of services.value) {
					const {Spec} = service.raw;
					const next = updatedSpec(Spec, values, io.surroundings);
					if (!next.ok) return failed({kind: 'failed', message: next.error});
					const changes = changesBetween(Spec, next.value);
					const image = editedImage(changes);
					if (image !== undefined && changes.length === 1) {
						const intent = await actions.preparations.image(service, image);
						if (intent.ok) intents.push(intent.value);
						else reasons.push(intent.error);
					} else if (changes.length > 0)
						intents.push(await actions.preparations.edit({action: 'service.edit', serviceId: service.id, changes}));
				}
				if (intents.length === 0) return failed({kind: 'nothing', message: [...reasons, nothingToDo][0] ?? ''});
				return ok(batchOf(intents, {title: safe`Update ${plural(intents.length, 'service')}`, verb: 'Update'}));
			},
		});
	},
};
