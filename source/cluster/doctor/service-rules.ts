/** What the rules about services share. */
import {constraintsOf, meetsConstraints} from '../../swarmkit/scheduler/constraints.ts';
import type {SafeText} from '../../text/safe-text.ts';
import type {ContainerSpec} from '../../wire/task.ts';
import {isJob, isTerminal, isWanted} from '../entities/health.ts';
import type {ClusterState, NodeEntity, ServiceEntity, TaskEntity} from '../model.ts';
import {tasksOfServices} from '../tasks-of.ts';
import {type Found, type Rule, type Severity, type Subject, theService} from './rule.ts';

type Seen = {readonly evidence: SafeText; readonly remedy: SafeText; readonly severity?: Severity};

/** A rule that looks at one service at a time. */
export const serviceRule = ({
	check,
	...rule
}: Omit<Rule, 'find' | 'area'> & {
	readonly check: (service: ServiceEntity, subject: Subject) => Seen | undefined;
}): Rule => ({
	...rule,
	area: 'services',
	find: (subject) =>
		[...subject.state.services.values()].flatMap((service): Found[] => {
			const seen = check(service, subject);
			return seen ? [{on: theService(service), ...seen}] : [];
		}),
});

/** It is meant to run on and on, and something of it is meant to run now. */
export const isServing = ({mode, replicas}: ServiceEntity): boolean => !isJob(mode) && replicas !== 0;

export const containerOf = ({raw}: ServiceEntity): ContainerSpec => raw.Spec.TaskTemplate.ContainerSpec ?? {};

/** Nodes on which its constraints hold, whatever their state. */
export function nodesFor({raw}: ServiceEntity, nodes: ClusterState['nodes']): NodeEntity[] {
	const constraints = constraintsOf(raw.Spec.TaskTemplate.Placement?.Constraints);
	if (constraints.length === 0) return [...nodes.values()];
	return [...nodes.values()].filter((node) => {
		const {ID: id, Spec: spec, Description: description, Status: status} = node.raw;
		return meetsConstraints(constraints, {id, role: spec.Role, spec, description, status});
	});
}

/** What runs of it, or is meant to. */
export const liveTasks = ({id}: ServiceEntity, {tasks}: Pick<ClusterState, 'tasks'>): TaskEntity[] =>
	(tasksOfServices(tasks).get(id) ?? []).filter(({state, desired}) => isWanted(desired) && !isTerminal(state));
