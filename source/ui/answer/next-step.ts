/** What one can do about a service that is not as desired, with the keys for it. Pure. */
import {isWanted} from '../../cluster/entities/health.ts';
import type {ServiceEntity, TaskEntity} from '../../cluster/model.ts';
import {joinSafe, type SafeText, safe, toSafeText} from '../../text/safe-text.ts';
import type {KeyOf} from '../keys/binding.ts';

/** Of those tasks the one whose container ended last with a failure, by its ID. */
export function lastEnded(tasks: readonly TaskEntity[]): string | undefined {
	const failed = tasks.filter(({state, containerId}) => state === 'failed' && containerId !== '');
	return failed.toSorted((a, b) => b.since - a.since)[0]?.id;
}

/** @param tasks those of the service */
export function nextStep(service: ServiceEntity, tasks: readonly TaskEntity[], keyOf: KeyOf): SafeText {
	const {update, health, restarts, hasPreviousSpec} = service;
	if (health !== 'failing') return toSafeText('');
	const step = (id: string, words: string): SafeText[] => {
		const key = keyOf(id);
		return key === '' ? [] : [safe`${key} ${toSafeText(words)}`];
	};
	const back = hasPreviousSpec ? step('service.rollback', 'rolls it back') : [];
	if (update?.state === 'paused') return joined([...back, ...step('service.continue', 'continues the update')]);
	if (update?.state === 'rollback_paused') return joined(step('service.continue', 'continues the rollback'));
	if (tasks.some((task) => task.state === 'pending' && isWanted(task.desired) && task.error !== '')) {
		const label = safe`give a node what it needs (${keyOf('node.labels')} on a node sets its labels)`;
		return joined([label, ...step('service.edit', 'changes what it asks for')]);
	}
	if (tasks.some(({state, isCurrent}) => state === 'rejected' && isCurrent))
		return joined([...step('service.image', 'sets another image'), ...back]);
	if (restarts || tasks.some(({state}) => state === 'failed'))
		return joined([...step('service.logs', 'shows its logs'), ...back, ...step('service.edit', 'edits its spec')]);
	return toSafeText('');
}

const joined = (steps: readonly SafeText[]): SafeText => joinSafe(steps, '; ');
