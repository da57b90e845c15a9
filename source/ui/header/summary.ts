/** The numbers in the header, counted once per change of the cluster. */
import {isWell} from '../../cluster/entities/health.ts';
import type {ClusterState, NodeEntity} from '../../cluster/model.ts';

export type Summary = {
	/** Failing: those that are down, or that the other managers can't reach. */
	readonly nodes: {readonly ready: number; readonly total: number; readonly failing: readonly NodeEntity[]};
	/** Converged: as many tasks run as are meant to, and no update is under way or stuck. */
	readonly services: {
		readonly converged: number;
		readonly total: number;
		readonly failing: number;
		readonly converging: number;
	};
	/** Undefined while no service's counts are known. */
	readonly tasks: {readonly running: number; readonly desired: number} | undefined;
};

export function summarize({nodes, services}: ClusterState): Summary {
	let ready = 0;
	const down: NodeEntity[] = [];
	for (const node of nodes.values()) {
		if (node.state === 'ready') ready++;
		if (node.health === 'failing') down.push(node);
	}
	let converged = 0;
	let failing = 0;
	let converging = 0;
	let running = 0;
	let desired = 0;
	let isCounted = false;
	for (const {health, counts} of services.values()) {
		if (isWell({health})) converged++;
		if (health === 'failing') failing++;
		if (health === 'converging') converging++;
		if (!counts) continue;
		isCounted = true;
		running += counts.running;
		desired += counts.desired;
	}
	return {
		nodes: {ready, total: nodes.size, failing: down},
		services: {converged, total: services.size, failing, converging},
		tasks: isCounted ? {running, desired} : undefined,
	};
}
