import type {ClusterState} from '../../cluster/model.ts';
import {concernedServices} from './concerned.ts';
import type {ChangeIo} from './io.ts';
import {flapped} from './messages.ts';
import type {ChangeSession} from './session.ts';
import {until} from './session.ts';

/** Whether what has converged stays so: a task that fails meanwhile says that it does not. */

const hasFailed = (state: string): boolean => state === 'failed' || state === 'rejected';

/** By ID: no clock of an engine has to be trusted. */
export const failedTasks = ({tasks}: ClusterState): ReadonlySet<string> =>
	new Set([...tasks.values()].filter(({state}) => hasFailed(state)).map(({id}) => id));

/** @returns the causes, or undefined where all has stayed as it was */
export async function watchForFlapping(
	{store, actions, clock}: ChangeSession,
	{withinMs, known}: {readonly withinMs: number; readonly known: ReadonlySet<string>},
	io: ChangeIo,
): Promise<readonly string[] | undefined> {
	let isInterrupted = false;
	void io.interrupted.then(() => {
		isInterrupted = true;
	});
	let causes: string[] = [];
	const isDecided = (): boolean => {
		const state = store.getState();
		const services = new Map(concernedServices(actions, state).map(({id, name}) => [id, name]));
		causes = [...state.tasks.values()].flatMap(({id, serviceId, state: taskState, error}) => {
			const name = services.get(serviceId);
			return name !== undefined && hasFailed(taskState) && !known.has(id) ? [flapped(name, error)] : [];
		});
		return causes.length > 0 || isInterrupted;
	};
	await until(clock, withinMs, store, isDecided);
	return causes.length > 0 ? [...new Set(causes)] : undefined;
}
