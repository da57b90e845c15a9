import type {Resources} from '../../wire/node.ts';
import type {TaskSpec} from '../../wire/task.ts';
import {constraintsOf, meetsConstraints} from '../scheduler/constraints.ts';
import {FreeResources, reservationsOf} from '../scheduler/resources.ts';
import type {Controller, ControllerSurroundings} from '../state/controller.ts';
import type {NodeObject, TaskObject} from '../state/objects.ts';
import type {Store} from '../state/store.ts';
import {compareStates, isTerminal} from '../state/task-state.ts';

/**
 * Rejects tasks whose node has changed so that it no longer meets their constraints or holds their reservations (swarmkit
 * manager/orchestrator/constraintenforcer). It sets the observed state: what follows is the orchestrator's to decide.
 */
export function startConstraintEnforcer({store, isContinuing}: ControllerSurroundings): Controller {
	if (!isContinuing) for (const node of store.all('node')) enforce(store, node);
	const unwatch = store.watch((commit) => {
		for (const change of commit.changes) {
			if (change.kind === 'node' && change.action === 'update') enforce(store, change.object);
		}
	});
	return {stop: unwatch};
}

function enforce(store: Store, node: NodeObject): void {
	// A drained node is emptied by the orchestrators, a paused one keeps what it has.
	if (node.spec.Availability !== 'active') return;
	const rejected = noncompliantTasks(store, node);
	if (rejected.length === 0) return;
	store.update((tx) => {
		for (const {id} of rejected) {
			const task = tx.get('task', id);
			if (!task || !isMeantToBeThere(task)) continue;
			tx.put({
				...task,
				status: {
					...task.status,
					state: 'rejected',
					timestamp: tx.now,
					message: 'task rejected by constraint enforcer',
					err: 'assigned node no longer meets constraints',
				},
			});
		}
	});
}

function noncompliantTasks(store: Store, node: NodeObject): TaskObject[] {
	const free = new FreeResources(node.description.Resources);
	return store.tasksOfNode(node.id).filter((task) => {
		if (!isMeantToBeThere(task)) return false;
		// The service's constraints, not the task's: an update of nothing but them leaves tasks where they may stay.
		const current: TaskSpec = store.get('service', task.serviceId)?.spec.TaskTemplate ?? task.spec;
		if (!meetsConstraints(constraintsOf(current.Placement?.Constraints), node)) return true;
		const reserved: Resources | undefined = reservationsOf(task.spec);
		if (!free.canHold(reserved)) return true;
		free.hold(reserved, task.genericResources);
		return false;
	});
}

const isMeantToBeThere = ({desiredState, status}: TaskObject): boolean =>
	!isTerminal(status.state) &&
	compareStates(desiredState, 'assigned') >= 0 &&
	compareStates(desiredState, 'complete') <= 0;
