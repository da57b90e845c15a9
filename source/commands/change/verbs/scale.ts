import type {Intent} from '../../../cluster/intent.ts';
import type {ClusterState} from '../../../cluster/model.ts';
import {batchOf} from '../../../cluster/pipeline/batch-of.ts';
import {failed, ok} from '../../../runtime/result.ts';
import {plural} from '../../../text/format.ts';
import {safe} from '../../../text/safe-text.ts';
import {exitStatus} from '../../open-client.ts';
import {findService} from '../find.ts';
import {nameOne, noScale, nothingToDo, twice} from '../messages.ts';
import type {ReadChange, Verb} from '../verb.ts';

const operands = 'SERVICE=REPLICAS...';

type Wanted = {readonly word: string; readonly replicas: number};

export const scale: Verb = {
	name: 'scale',
	title: 'change the number of replicas',
	operands,
	about: 'Scales services as docker service scale does. Services that have their replicas already are left alone.',
	flags: {},
	example: 'scale web=5 db=2',
	words: [{kind: 'live', list: 'services'}],
	asks: 'Scale',
	read(_, words) {
		if (words.length === 0) return failed({status: exitStatus.wrongUse, message: nameOne('services', operands)});
		const wanted: Wanted[] = [];
		for (const word of words) {
			const match = /^(.+)=(\d{1,9})$/.exec(word);
			if (!match) return failed({status: exitStatus.wrongUse, message: noScale(word)});
			wanted.push({word: match[1] ?? '', replicas: Number(match[2])});
		}
		return ok({request: async ({store}) => requestFor(wanted, store.getState())});
	},
};

function requestFor(wanted: readonly Wanted[], state: ClusterState): Awaited<ReturnType<ReadChange['request']>> {
	const named = new Set<string>();
	const changes: Intent[] = [];
	for (const {word, replicas} of wanted) {
		const service = findService(word, state);
		if (!service.ok) return failed({kind: 'failed', message: service.error});
		const {id, name} = service.value;
		if (named.has(id)) return failed({kind: 'failed', message: twice(name)});
		named.add(id);
		if (service.value.replicas !== replicas) changes.push({action: 'service.scale', serviceId: id, replicas});
	}
	if (changes.length === 0) return failed({kind: 'nothing', message: nothingToDo});
	return ok(batchOf(changes, {title: safe`Scale ${plural(changes.length, 'service')}`, verb: 'Scale'}));
}
