import type {ActionRequest} from '../../../cluster/intent.ts';
import {stacksIn} from '../../../cluster/inventory.ts';
import type {ClusterState} from '../../../cluster/model.ts';
import {batchOf} from '../../../cluster/pipeline/batch-of.ts';
import {removalRequest} from '../../../cluster/stack/stack-removal.ts';
import {failed, ok, type Result} from '../../../runtime/result.ts';
import {plural} from '../../../text/format.ts';
import {safe, toSafeText} from '../../../text/safe-text.ts';
import {words as oneOf} from '../../command-line/declaration.ts';
import {closest} from '../../command-line/suggest.ts';
import {exitStatus} from '../../open-client.ts';
import {findAll, findNode, findService} from '../find.ts';
import {nameOne, noSuch, removeWhat} from '../messages.ts';
import type {Verb} from '../verb.ts';

const kinds = ['service', 'node', 'stack'] as const;
type Kind = (typeof kinds)[number];

const flags = {force: {short: 'f', title: 'remove a node that is up, or a manager that is down'}} as const;

export const remove: Verb<typeof flags> = {
	name: 'remove',
	title: 'remove services, nodes or a stack',
	operands: 'service|node|stack NAME...',
	about:
		'Removes what docker service rm, docker node rm and docker stack rm remove, and waits until its tasks have stopped.',
	flags,
	example: 'remove service web',
	words: [oneOf(...kinds), {kind: 'live-of-first'}],
	asks: 'Remove',
	read({force = false}, [word, ...names]) {
		const kind = kinds.find((each) => each === word || `${each}s` === word);
		if (!kind) return failed({status: exitStatus.wrongUse, message: removeWhat});
		if (names.length === 0) return failed({status: exitStatus.wrongUse, message: nameOne(`${kind}s`, 'NAME...')});
		return ok({
			async request({store, list}) {
				if (kind === 'stack') await list(['networks', 'secrets', 'configs']);
				const request = requestFor(kind, names, force, store.getState());
				return request.ok ? request : failed({kind: 'failed', message: request.error});
			},
		});
	},
};

function requestFor(
	kind: Kind,
	names: readonly string[],
	force: boolean,
	state: ClusterState,
): Result<ActionRequest, string> {
	switch (kind) {
		case 'service': {
			const services = findAll(names, (word) => findService(word, state));
			if (!services.ok) return services;
			const intents = services.value.map(({id}) => ({action: 'service.remove', serviceId: id}) as const);
			return ok(batchOf(intents, {title: safe`Remove ${plural(intents.length, 'service')}`, verb: 'Remove'}));
		}
		case 'node': {
			const nodes = findAll(names, (word) => findNode(word, state));
			if (!nodes.ok) return nodes;
			const intents = nodes.value.map(({id}) => ({action: 'node.remove', nodeId: id, force}) as const);
			return ok(batchOf(intents, {title: safe`Remove ${plural(intents.length, 'node')}`, verb: 'Remove'}));
		}
		case 'stack':
			return stackRemoval(names, state);
		default:
			return kind satisfies never;
	}
}

function stackRemoval(names: readonly string[], state: ClusterState): Result<ActionRequest, string> {
	const stacks = stacksIn(state);
	const requests = [];
	for (const name of new Set(names)) {
		const stack = stacks.get(name);
		if (!stack) return failed(noSuch('stack', name, closest(name, [...stacks.keys()])));
		requests.push(removalRequest(stack.name, stack.services, state));
	}
	const [first, ...others] = requests;
	if (!first) return failed(removeWhat);
	if (others.length === 0) return ok(first);
	const {command: _, word: __, ...rest} = first;
	return ok({
		...rest,
		title: safe`Remove ${plural(requests.length, 'stack')}`,
		word: toSafeText(names.join(' ')),
		stages: requests.flatMap(({stages}) => stages),
	});
}
