/** A job that fails over and over: how often, where, and with what. Pure. */
import {plural} from '../../text/format.ts';
import {joinSafe, type SafeText, safe, toSafeText} from '../../text/safe-text.ts';
import {isJob} from '../entities/health.ts';
import type {ServiceEntity, TaskEntity} from '../model.ts';

/** `30 failures on 2 nodes, last exit 3`, as far as the engine keeps them; undefined where none is known. */
export function jobFailureWords(
	{mode}: Pick<ServiceEntity, 'mode'>,
	tasks: readonly TaskEntity[],
): SafeText | undefined {
	if (!isJob(mode)) return undefined;
	const failures = tasks.filter(({state}) => state === 'failed' || state === 'rejected');
	const [first] = failures;
	if (!first) return undefined;
	const last = failures.reduce((newest, task) => (task.since > newest.since ? task : newest), first);
	const nodes = new Set(failures.map(({nodeId}) => nodeId).filter(Boolean)).size;
	const places = nodes === 0 ? [] : [safe`on ${plural(nodes, 'node')}`];
	const count = joinSafe([plural(failures.length, 'failure'), ...places], ' ');
	const code = last.exitCode;
	return safe`${count}, last ${code ? safe`exit ${code}` : last.error || toSafeText(last.state)}`;
}
