import {type Before, concernedServices, hasFailed, rememberBefore} from './concerned.ts';
import type {ChangeIo} from './io.ts';
import {flapped} from './messages.ts';
import {type ChangeSession, until} from './session.ts';

/** Whether what has converged stays so: a task that fails meanwhile says that it does not. */

export type Flapping = {
	/** IDs of the services. */
	readonly services: ReadonlySet<string>;
	readonly causes: readonly string[];
};

/**
 * Goes by the IDs of failed tasks: no clock of an engine has to be trusted.
 * @returns undefined where all has stayed as it was until the time was over, or the person interrupted
 */
export async function watchForFlapping(
	{store, actions, clock}: ChangeSession,
	withinMs: number,
	{interrupted}: ChangeIo,
): Promise<Flapping | undefined> {
	const before: Before = rememberBefore(store.getState());
	let flapping: Flapping | undefined;
	const isFlapping = (): boolean => {
		const state = store.getState();
		const names = new Map(concernedServices(actions.progress(), state).map(({id, name}) => [id, name]));
		const failed = [...state.tasks.values()].filter(
			(task) => names.has(task.serviceId) && hasFailed(task.state) && !before.hadEnded(task.id),
		);
		if (failed.length === 0) return false;
		flapping = {
			services: new Set(failed.map(({serviceId}) => serviceId)),
			causes: [...new Set(failed.map(({serviceId, error}) => flapped(names.get(serviceId) ?? '', error)))],
		};
		return true;
	};
	await until(clock, withinMs, store, isFlapping, interrupted);
	return flapping;
}
