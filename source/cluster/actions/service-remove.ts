import {toSafeText} from '../../text/safe-text.ts';
import {serviceWord} from '../docker-command/names.ts';
import {operands, wholeCommand} from '../docker-command/service-command.ts';
import type {ClusterState, ServiceEntity} from '../model.ts';
import {type Action, type Draft, type Verdict, verdict} from './action.ts';
import {gone, removal} from './messages.ts';
import {serviceName} from './names.ts';
import {isThere} from './service-progress.ts';
import type {TaskLookup} from './task-lookup.ts';
import {unversioned} from './write.ts';

export type RemoveServiceIntent = {readonly action: 'service.remove'; readonly serviceId: string};

/** Removes a service with all of its tasks. */
export const serviceRemove: Action<RemoveServiceIntent, never> = {
	verb: () => 'Remove',
	plan({serviceId}, state, {isPart = false}) {
		const service = state.services.get(serviceId);
		const name = serviceName(serviceId, state);
		return service ? draftOf(service, isPart) : {title: name, refusal: gone.service(name)};
	},
	command: (intent, state) =>
		wholeCommand('docker', 'service', 'rm', ...operands(serviceWord(intent.serviceId, state))),
	operand: ({serviceId}, state) => ({command: ['docker', 'service', 'rm'], word: serviceWord(serviceId, state)}),
	send: async ({serviceId}, {client}) => unversioned(await client.removeService(serviceId)),
	judge: ({intent, tasksBefore}, state, tasks) => judge(intent.serviceId, tasksBefore, state, tasks),
	forecast({serviceId}, {services}) {
		return services.has(serviceId) ? {kind: 'remove-service', serviceId} : undefined;
	},
	stopsTasks: () => true,
	isRemoval: true,
};

/** @param isPart what stays is then for the whole to say */
function draftOf({name, counts, ports}: ServiceEntity, isPart: boolean): Draft<never> {
	const running = counts?.running ?? 0;
	const published = ports
		.filter(({publishedPort}) => publishedPort > 0)
		.map(({publishedPort}) => toSafeText(`${publishedPort}`));
	return {
		title: removal.title(name),
		lines: [
			...(running > 0 ? [removal.stops(running)] : []),
			...(published.length > 0 ? [removal.ports(published)] : []),
			...(isPart ? [] : [removal.keeps]),
			removal.forGood,
		],
		consent: {kind: 'dialog'},
	};
}

function judge(serviceId: string, tasksBefore: number, state: ClusterState, tasks: TaskLookup): Verdict {
	if (state.services.has(serviceId)) return verdict('running', 0, tasksBefore, removal.removing);
	const left = tasks.ofService(serviceId).filter((task) => isThere(task, state)).length;
	if (left === 0) return verdict('converged', tasksBefore, tasksBefore, removal.removed);
	const done = Math.max(0, tasksBefore - left);
	return verdict('running', done, tasksBefore, removal.stopping(left));
}
