import type {Intent} from '../../../cluster/intent.ts';
import {batchOf} from '../../../cluster/pipeline/batch-of.ts';
import {failed, ok} from '../../../runtime/result.ts';
import {plural} from '../../../text/format.ts';
import {safe, toSafeText} from '../../../text/safe-text.ts';
import {exitStatus} from '../../open-client.ts';
import {findAll, findService} from '../find.ts';
import {nameOne} from '../messages.ts';
import type {Verb} from '../verb.ts';

/** Verbs whose operands are services, and which do the same to each. */

const operands = 'SERVICE...';

type ServiceVerb = Pick<Verb, 'name' | 'title' | 'about' | 'example' | 'asks'> & {
	readonly intent: (serviceId: string) => Intent;
};

const serviceVerb = ({intent, ...verb}: ServiceVerb): Verb => ({
	...verb,
	operands,
	flags: {},
	words: [{kind: 'live', list: 'services'}],
	read(_, words) {
		if (words.length === 0) return failed({status: exitStatus.wrongUse, message: nameOne('services', operands)});
		return ok({
			async request({store}) {
				const services = findAll(words, (word) => findService(word, store.getState()));
				if (!services.ok) return failed({kind: 'failed', message: services.error});
				const intents = services.value.map(({id}) => intent(id));
				const title = safe`${toSafeText(verb.asks)} ${plural(intents.length, 'service')}`;
				return ok(batchOf(intents, {title, verb: verb.asks}));
			},
		});
	},
});

export const restart = serviceVerb({
	name: 'restart',
	title: 'replace every task of a service',
	about: 'Starts every task anew, as docker service update --force does: by the rules of the service for updates.',
	example: 'restart web',
	asks: 'Restart',
	intent: (serviceId) => ({action: 'service.restart', serviceId}),
});

export const rollback = serviceVerb({
	name: 'rollback',
	title: 'go back to the previous settings of a service',
	about: 'Does what docker service rollback does.',
	example: 'rollback web',
	asks: 'Roll back',
	intent: (serviceId) => ({action: 'service.rollback', serviceId}),
});
