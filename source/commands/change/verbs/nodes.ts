import type {Intent} from '../../../cluster/intent.ts';
import type {NodeEntity} from '../../../cluster/model.ts';
import {batchOf} from '../../../cluster/pipeline/batch-of.ts';
import {failed, ok} from '../../../runtime/result.ts';
import {plural} from '../../../text/format.ts';
import {safe, toSafeText} from '../../../text/safe-text.ts';
import type {NodeAvailability, NodeRole} from '../../../wire/node.ts';
import {exitStatus} from '../../open-client.ts';
import {findAll, findNode} from '../find.ts';
import {nameOne, nothingToDo} from '../messages.ts';
import type {Verb} from '../verb.ts';

/** Verbs whose operands are nodes, and which do the same to each. */

const operands = 'NODE...';

type NodeVerb = Pick<Verb, 'name' | 'title' | 'about' | 'example' | 'asks'> & {
	readonly isSo: (node: NodeEntity) => boolean;
	readonly intent: (nodeId: string) => Intent;
};

const nodeVerb = ({intent, isSo, ...verb}: NodeVerb): Verb => ({
	...verb,
	operands,
	flags: {},
	words: [{kind: 'live', list: 'nodes'}],
	read(_, words) {
		if (words.length === 0) return failed({status: exitStatus.wrongUse, message: nameOne('nodes', operands)});
		return ok({
			async request({store}) {
				const nodes = findAll(words, (word) => findNode(word, store.getState()));
				if (!nodes.ok) return failed({kind: 'failed', message: nodes.error});
				const intents = nodes.value.filter((node) => !isSo(node)).map(({id}) => intent(id));
				if (intents.length === 0) return failed({kind: 'nothing', message: nothingToDo});
				return ok(
					batchOf(intents, {title: safe`${toSafeText(verb.asks)} ${plural(intents.length, 'node')}`, verb: verb.asks}),
				);
			},
		});
	},
});

const availabilityVerb = (
	availability: NodeAvailability,
	verb: Pick<Verb, 'name' | 'title' | 'about' | 'example' | 'asks'>,
): Verb =>
	nodeVerb({
		...verb,
		isSo: (node) => node.availability === availability,
		intent: (nodeId) => ({action: 'node.availability', nodeId, availability}),
	});

const roleVerb = (role: NodeRole, verb: Pick<Verb, 'name' | 'title' | 'about' | 'example' | 'asks'>): Verb =>
	nodeVerb({
		...verb,
		isSo: (node) => node.role === role,
		intent: (nodeId) => ({action: 'node.role', nodeId, role}),
	});

export const drain = availabilityVerb('drain', {
	name: 'drain',
	title: 'move the tasks of a node elsewhere',
	about: 'Drains nodes, and waits until no task is left on them.',
	example: 'drain w1',
	asks: 'Drain',
});

export const pause = availabilityVerb('pause', {
	name: 'pause',
	title: 'keep new tasks from a node',
	about: 'The tasks of the node stay; it takes no new ones.',
	example: 'pause w1',
	asks: 'Pause',
});

export const activate = availabilityVerb('active', {
	name: 'activate',
	title: 'let a node take tasks again',
	about: 'Nothing moves back by itself, except global services.',
	example: 'activate w1',
	asks: 'Activate',
});

export const promote = roleVerb('manager', {
	name: 'promote',
	title: 'make a node a manager',
	about: 'Promotes nodes one after the other: each changes the quorum for the next.',
	example: 'promote w1',
	asks: 'Promote',
});

export const demote = roleVerb('worker', {
	name: 'demote',
	title: 'make a manager a worker',
	about: 'Demotes managers one after the other, and refuses what would lose the quorum.',
	example: 'demote m3',
	asks: 'Demote',
});
