import {type SafeText, toSafeText} from '../../text/safe-text.ts';
import type {NodeAvailability} from '../../wire/node.ts';
import type {ClusterState, TaskEntity} from '../model.ts';
import {type Draft, plainPart, type Verdict, verdict, type Watched} from './action.ts';
import {progress, availability as words} from './messages.ts';
import {movingLines} from './moving-tasks.ts';
import {type NamedNode, nodeAction} from './node-action.ts';
import {quorumLines} from './quorum-lines.ts';
import {isThere} from './service-progress.ts';
import type {TaskLookup} from './task-lookup.ts';

export type AvailabilityIntent = {
	readonly action: 'node.availability';
	readonly nodeId: string;
	readonly availability: NodeAvailability;
};

/** Whether a node takes new tasks, keeps those it has, or gives them up. */
export const nodeAvailability = nodeAction<AvailabilityIntent>({
	verb: ({availability}) => ({active: 'Activate', pause: 'Pause', drain: 'Drain'})[availability],
	change: ({availability}, spec) => ({...spec, Availability: availability}),
	planFor: ({availability}, named, state) => draftOf(availability, named, state),
	partOf: (_, {Availability}) => plainPart(Availability),
	wanted: ({availability}) => toSafeText(availability),
	judge,
	forecast: ({nodeId, availability}, {nodes}) =>
		nodes.has(nodeId) ? {kind: 'availability', nodeId, availability} : undefined,
	settles: 'availability',
	stopsTasks: ({availability}) => availability === 'drain',
});

function draftOf(
	availability: NodeAvailability,
	{node, name}: NamedNode,
	state: ClusterState,
): Draft<AvailabilityIntent> {
	const undo = {action: 'node.availability', nodeId: node.id, availability: node.availability} as const;
	if (node.availability === availability) return {title: name, refusal: words.already(name, availability)};
	switch (availability) {
		case 'drain':
			return {
				title: words.drain(name),
				moving: () => movingLines(node, state),
				lines: [words.drainLeaves],
				...(node.manager && {quorum: () => quorumLines(state, state)}),
				consent: {kind: 'dialog'},
				undo,
			};
		case 'pause':
			return {
				title: words.pause(name),
				lines: [words.pauseKeeps],
				undo,
			};
		case 'active':
			return {
				title: words.activate(name),
				lines: [words.activateTakes],
				undo,
			};
		default:
			return availability satisfies never;
	}
}

function judge(
	{intent: {nodeId, availability}, tasksBefore, versionBefore}: Watched<AvailabilityIntent>,
	state: ClusterState,
	tasks: TaskLookup,
): Verdict {
	const node = state.nodes.get(nodeId);
	if (!node) return verdict('failed', 0, 0, progress.nodeGone);
	if (node.availability !== availability) {
		// Its version says that what was sent has arrived: somebody has sent something else after it.
		const isOverwritten = node.version > versionBefore;
		return isOverwritten
			? verdict('failed', 0, 0, words.overwritten(node.availability))
			: verdict('running', 0, Math.max(1, tasksBefore), progress.sent);
	}
	if (availability !== 'drain') return verdict('converged', 1, 1, toSafeText(availability));
	if (node.tasks === undefined || node.isTallied) return verdict('running', 0, 1, words.tasksUnknown);
	const left = tasks.onNode(nodeId).filter((task) => isThere(task, state));
	const total = Math.max(1, tasksBefore, left.length);
	if (left.length === 0) return verdict('converged', total, total, words.drained);
	return verdict('running', total - left.length, total, drainWords(left, state));
}

/** A job's task stays on a drained node until it is done (engines 20.10 and 26.1). */
function drainWords(left: readonly TaskEntity[], {services}: ClusterState): SafeText {
	const isJob = ({serviceId}: TaskEntity) => services.get(serviceId)?.mode.endsWith('job') ?? false;
	return words.left(left.length, left.every(isJob));
}
