/** A node of the wire as the screens see it. */
import {type SafeText, safe, toSafeText} from '../../text/safe-text.ts';
import type {SwarmNode} from '../../wire/node.ts';
import type {Amount, NodeEntity} from '../model.ts';
import {cleanWord, labelsOf, timeOf} from './common.ts';
import {nodeHealth} from './health.ts';

/** What a node's own object doesn't tell: its host name's twins and its tasks. */
type NodeJoins = {
	readonly isDuplicate: boolean;
	readonly reserved: Amount | undefined;
	readonly tasks: NodeEntity['tasks'];
	readonly isTallied?: true;
};

/** What belongs to the node's object alone. */
export type NodeFacts = Omit<NodeEntity, keyof NodeJoins | 'name' | 'health'>;

/** Cleans and reshapes; everything that does not depend on other objects. */
export function nodeFacts(raw: SwarmNode): NodeFacts {
	const {Description: description, ManagerStatus: manager} = raw;
	const {Platform: platform, Resources: resources} = description;
	return {
		id: cleanWord(raw.ID),
		version: raw.Version.Index,
		hostname: toSafeText(description.Hostname ?? ''),
		role: cleanWord(raw.Spec.Role),
		manager: manager && {
			isLeader: manager.Leader === true,
			reachability: cleanWord(manager.Reachability),
			address: toSafeText(manager.Addr),
		},
		state: cleanWord(raw.Status.State),
		stateMessage: toSafeText(raw.Status.Message ?? ''),
		availability: cleanWord(raw.Spec.Availability),
		address: toSafeText(raw.Status.Addr ?? ''),
		engineVersion: toSafeText(description.Engine?.EngineVersion ?? ''),
		platform: toSafeText([platform?.OS, platform?.Architecture].filter(Boolean).join('/')),
		labels: labelsOf(raw.Spec.Labels),
		engineLabels: labelsOf(description.Engine?.Labels),
		capacity: {nanoCpus: resources?.NanoCPUs ?? 0, memoryBytes: resources?.MemoryBytes ?? 0},
		createdAt: timeOf(raw.CreatedAt),
		updatedAt: timeOf(raw.UpdatedAt),
		raw,
	};
}

const [shortId, shortestId] = [12, 5];

function nodeName({id, hostname}: NodeFacts, isDuplicate: boolean): SafeText {
	if (hostname === '') return toSafeText(id.slice(0, shortId));
	return isDuplicate ? safe`${hostname} ${toSafeText(id.slice(0, shortestId))}` : hostname;
}

export function nodeEntity(facts: NodeFacts, joins: NodeJoins): NodeEntity {
	return {
		...facts,
		...joins,
		name: nodeName(facts, joins.isDuplicate),
		health: nodeHealth({
			state: facts.state,
			availability: facts.availability,
			role: facts.role,
			reachability: facts.manager?.reachability,
			runningTasks: joins.tasks?.running,
		}),
	};
}
