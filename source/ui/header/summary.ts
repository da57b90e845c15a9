/** The numbers in the header, counted once per change of the cluster. */
import type {ClusterState} from '../../cluster/model.ts';

export type Summary = {
	readonly nodes: {readonly ready: number; readonly total: number};
	/** Converged: as many tasks run as are meant to, and no update is under way or stuck. */
	readonly services: {readonly converged: number; readonly total: number; readonly failing: number};
	/** Undefined while no service's counts are known. */
	readonly tasks: {readonly running: number; readonly desired: number} | undefined;
};

export function summarize({nodes, services}: ClusterState): Summary {
	let ready = 0;
	for (const {state} of nodes.values()) if (state === 'ready') ready++;
	let converged = 0;
	let failing = 0;
	let running = 0;
	let desired = 0;
	let isCounted = false;
	for (const {health, counts} of services.values()) {
		if (health === 'healthy' || health === 'idle') converged++;
		if (health === 'failing') failing++;
		if (!counts) continue;
		isCounted = true;
		running += counts.running;
		desired += counts.desired;
	}
	return {
		nodes: {ready, total: nodes.size},
		services: {converged, total: services.size, failing},
		tasks: isCounted ? {running, desired} : undefined,
	};
}
