import {failed, ok, type Result, unreachable} from '../../runtime/result.ts';
import type {WorldHost} from './host.ts';
import type {World} from './world.ts';

/** What can be done to a world from outside: by people, by tests, by a fixture's timeline. */

type PlainAction = 'stop' | 'start' | 'cut' | 'heal' | 'freeze' | 'thaw' | 'mend';

type NodeFault =
	| {readonly action: PlainAction; readonly node: string}
	/** Every answer of the node's API takes that much longer. */
	| {readonly action: 'slow'; readonly node: string; readonly delayMs: number}
	/** Every answer of the node's API is that error. */
	| {readonly action: 'break'; readonly node: string; readonly status: number};

/** Everything that was broken is well again, but for what has been lost. */
type WorldFault = {readonly action: 'registry-down' | 'registry-up' | 'repair'};

export type Fault =
	| NodeFault
	| WorldFault
	/** The task's container is killed, as by the kernel when memory is short. `task`: its ID, or `web.1`. */
	| {readonly action: 'kill'; readonly task: string}
	/** The network falls into two parts: those nodes are on the smaller one. */
	| {readonly action: 'split'; readonly nodes: readonly string[]};

type Parameters = {
	readonly usage: string;
	readonly parse: (node: string, rest: readonly string[]) => Fault | undefined;
};

const onNode = (action: PlainAction): Parameters => ({
	usage: `${action} NODE`,
	parse: (node, rest) => (rest.length === 0 ? {action, node} : undefined),
});

/** The faults as they are written: `stop w1`, `slow m1 500`, `registry-down`. */
const faults: Readonly<Record<NodeFault['action'], Parameters>> = {
	stop: onNode('stop'),
	start: onNode('start'),
	cut: onNode('cut'),
	heal: onNode('heal'),
	freeze: onNode('freeze'),
	thaw: onNode('thaw'),
	slow: {
		usage: 'slow NODE [MILLISECONDS]',
		parse: (node, rest) => withNumber(rest, 2000, (delayMs) => ({action: 'slow', node, delayMs})),
	},
	break: {
		usage: 'break NODE [STATUS]',
		parse: (node, rest) =>
			withNumber(rest, 500, (status) => (status >= 400 && status <= 599 ? {action: 'break', node, status} : undefined)),
	},
	mend: onNode('mend'),
};

/** One line for each fault, for a usage text. */
export const faultUsages: readonly string[] = [
	...Object.values(faults).map(({usage}) => usage),
	'kill TASK',
	'split NODE…',
	'registry-down',
	'registry-up',
	'repair',
];

const ofTheWorld: readonly string[] = ['registry-down', 'registry-up', 'repair'] satisfies WorldFault['action'][];

function isOfTheWorld(action: string): action is WorldFault['action'] {
	return ofTheWorld.includes(action);
}

/** Reads a fault as people write it, or says in a sentence what is wrong with it. */
export function parseFault(words: readonly string[]): Result<Fault, string> {
	const [action = '', node, ...rest] = words;
	if (isOfTheWorld(action)) return node === undefined ? ok({action}) : failed(`"${action}" takes no node.`);
	if (action === 'kill') {
		return node !== undefined && rest.length === 0
			? ok({action, task: node})
			: failed('A task is killed with "kill TASK".');
	}
	if (action === 'split') {
		return node === undefined
			? failed('A split names the nodes of one side: "split NODE…".')
			: ok({action, nodes: [node, ...rest]});
	}
	const known = Object.hasOwn(faults, action) ? faults[action as keyof typeof faults] : undefined;
	if (!known) {
		const names = [...Object.keys(faults), 'kill', 'split', ...ofTheWorld].join(', ');
		return failed(`${action === '' ? 'No fault was named' : `There is no fault "${action}"`}: one of ${names}.`);
	}
	const fault = node === undefined ? undefined : known.parse(node, rest);
	return fault ? ok(fault) : failed(`A fault of this kind is written "${known.usage}".`);
}

function withNumber(
	words: readonly string[],
	otherwise: number,
	make: (value: number) => NodeFault | undefined,
): NodeFault | undefined {
	const [word, ...tooMany] = words;
	if (tooMany.length > 0 || (word !== undefined && !/^\d+$/.test(word))) return undefined;
	return make(word === undefined ? otherwise : Number(word));
}

/** Does it to the world, or says in a sentence why it can't be done. */
export function applyFault(world: World, fault: Fault): Result<void, string> {
	if ('node' in fault) return onHosts(world, [fault.node], (host) => applyTo(host, fault));
	if ('nodes' in fault) return onHosts(world, fault.nodes, (host) => host.setCut(true));
	if ('task' in fault) return kill(world, fault.task);
	if (fault.action !== 'repair') world.setRegistryDown(fault.action === 'registry-down');
	else {
		world.setRegistryDown(false);
		for (const host of world.hosts) repair(host);
	}
	return ok(undefined);
}

function onHosts(world: World, names: readonly string[], apply: (host: WorldHost) => void): Result<void, string> {
	const missing = names.find((name) => !world.host(name));
	if (missing !== undefined)
		return failed(`There is no node "${missing}": one of ${world.hosts.map(({name}) => name).join(', ')}.`);
	for (const name of names) {
		const host = world.host(name);
		if (host) apply(host);
	}
	return ok(undefined);
}

function kill(world: World, task: string): Result<void, string> {
	for (const {containers, isRunning} of world.hosts) {
		// A container of a task is called web.1.ID.
		const found = containers
			.list()
			.find(
				({taskId, name, state}) => state === 'running' && taskId && (taskId === task || name === `${task}.${taskId}`),
			);
		if (!found || !isRunning) continue;
		found.kill('KILL');
		return ok(undefined);
	}
	return failed(`No running task is called "${task}".`);
}

function repair(host: WorldHost): void {
	host.start();
	host.setFrozen(false);
	host.setCut(false);
	host.setTrouble(undefined);
}

function applyTo(host: WorldHost, fault: NodeFault): void {
	switch (fault.action) {
		case 'stop':
			host.stop();
			break;
		case 'start':
			host.start();
			break;
		case 'cut':
		case 'heal':
			host.setCut(fault.action === 'cut');
			break;
		case 'freeze':
		case 'thaw':
			host.setFrozen(fault.action === 'freeze');
			break;
		case 'slow':
			host.setTrouble({kind: 'slow', delayMs: fault.delayMs});
			break;
		case 'break':
			host.setTrouble({kind: 'broken', refusal: {status: fault.status, message: 'the simulated API is broken'}});
			break;
		case 'mend':
			host.setTrouble(undefined);
			break;
		default:
			unreachable(fault);
	}
}
