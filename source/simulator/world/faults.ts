import {failed, ok, type Result, unreachable} from '../../runtime/result.ts';
import type {Fault, NodeFault} from '../fixtures/fault.ts';
import type {WorldHost} from './host.ts';
import type {World} from './world.ts';

/** What can be done to a world from outside, done. */

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
