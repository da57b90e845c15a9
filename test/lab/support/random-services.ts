import type {Intent} from '../../../source/cluster/intent.ts';
import type {ClusterState, NodeEntity, ServiceEntity} from '../../../source/cluster/model.ts';

/** Services and actions drawn from a seed: the same seed, the same ones. */

export type Draw = {
	/** A whole number from `from` to `to`. */
	readonly number: (from: number, to: number) => number;
	readonly one: <T>(from: readonly T[]) => T;
};

/** A linear congruential generator: good enough to choose, and the same everywhere. */
export function drawFrom(seed: number): Draw {
	let state = seed >>> 0;
	const next = (): number => {
		state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
		return state / 2 ** 32;
	};
	const number = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1));
	return {
		number,
		one: (from) => {
			const found = from[number(0, from.length - 1)];
			if (found === undefined) throw new Error('nothing to choose from');
			return found;
		},
	};
}

const runs = ['busybox:lab', 'sleep', '100000'];
const fails = ['busybox:lab', 'sh', '-c', 'sleep 2; exit 1'];

/** The flags of `docker service create` for one service of each kind. */
export function servicesFor({
	number,
	one,
}: Draw): readonly {readonly name: string; readonly flags: readonly string[]}[] {
	const replicas = (from: number, to: number): string[] => ['--replicas', String(number(from, to))];
	const update = (): string[] => [
		...['--update-monitor', '1s', '--rollback-monitor', '1s'],
		...['--update-parallelism', String(number(1, 2)), '--update-order', one(['stop-first', 'start-first'])],
	];
	return [
		{name: 'plain', flags: [...replicas(1, 4), ...update(), ...runs]},
		{name: 'single', flags: [...replicas(1, 1), ...update(), ...runs]},
		{name: 'big', flags: [...replicas(1, 3), ...update(), '--reserve-cpu', one(['0.5', '1']), ...runs]},
		{name: 'spread', flags: [...replicas(2, 4), ...update(), '--placement-pref', 'spread=node.labels.zone', ...runs]},
		{name: 'capped', flags: [...replicas(1, 3), ...update(), '--replicas-max-per-node', '1', ...runs]},
		{
			name: 'ported',
			flags: [...replicas(1, 3), '--update-monitor', '1s', '--publish', 'mode=host,published=8080,target=80', ...runs],
		},
		{name: 'zoned', flags: [...replicas(1, 3), ...update(), '--constraint', 'node.labels.zone!=b', ...runs]},
		{name: 'agent', flags: ['--mode', 'global', ...update(), ...runs]},
		{name: 'slow', flags: [...replicas(1, 2), '--update-monitor', '1s', '--stop-grace-period', '4s', ...runs]},
		{name: 'loop', flags: [...replicas(1, 2), '--update-monitor', '4s', '--restart-delay', '1s', ...fails]},
		{name: 'job', flags: ['--mode', 'replicated-job', '--max-concurrent', '2', '--replicas', '2', ...runs]},
	];
}

/** Something to do to one of them, or to one of their nodes. */
export function actionOn(
	services: readonly ServiceEntity[],
	nodes: readonly NodeEntity[],
	{number, one}: Draw,
	_state: ClusterState,
): Intent {
	const node = one(nodes);
	const isOut = node.availability !== 'active';
	const kind = number(0, 9);
	if (isOut && kind < 5) return {action: 'node.availability', nodeId: node.id, availability: 'active'};
	if (kind === 0 && !nodes.some(({availability}) => availability !== 'active'))
		return {action: 'node.availability', nodeId: node.id, availability: one(['drain', 'drain', 'pause'])};
	if (kind === 1) return {action: 'node.labels', nodeId: node.id, set: {zone: one(['a', 'b'])}, remove: []};
	const service = one(services);
	const serviceId = service.id;
	const isScalable = service.mode === 'replicated';
	if (isScalable && kind < 6) return {action: 'service.scale', serviceId, replicas: number(0, 5)};
	if (kind === 9 && service.hasPreviousSpec && isScalable) return {action: 'service.rollback', serviceId};
	if (kind === 8 && isScalable) return edit(service, ['Resources', 'Reservations', 'NanoCPUs'], one([0, 2.5e8, 5e8]));
	if (kind === 7 && isScalable) return edit(service, ['Placement', 'MaxReplicas'], number(0, 2));
	return {action: 'service.restart', serviceId};
}

function edit({id, raw}: ServiceEntity, path: readonly string[], to: unknown): Intent {
	let from: unknown = raw.Spec.TaskTemplate;
	for (const key of path) from = (from as Record<string, unknown> | undefined)?.[key];
	return {action: 'service.edit', serviceId: id, changes: [{path: ['TaskTemplate', ...path], from, to}]};
}
