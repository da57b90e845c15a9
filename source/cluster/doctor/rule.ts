/** What a rule of the doctor is: it looks at the swarm as it stands and says what is wrong, or will be. */
import {type SafeText, toSafeText} from '../../text/safe-text.ts';
import type {DiskUsage} from '../../wire/disk.ts';
import type {ClusterInfo, SystemInfo} from '../../wire/swarm.ts';
import type {ClusterState, Labels, NodeEntity, ServiceEntity} from '../model.ts';

/** danger: something is lost or stands still; warning: it will be when the next thing fails; note: it could be better. */
export const severities = ['danger', 'warning', 'note'] as const;
export type Severity = (typeof severities)[number];

export const areas = ['managers', 'capacity', 'services', 'leftovers', 'nodes'] as const;
export type Area = (typeof areas)[number];

/** What one node's own engine says of itself. */
export type NodeInside = {
	readonly info?: SystemInfo;
	readonly disk?: DiskUsage;
	/** Ports of the swarm that did not answer: `7946/tcp`. */
	readonly closedPorts?: readonly string[];
};

/** All that the rules look at; what is not known they are silent about. */
export type Subject = {
	readonly state: ClusterState;
	/** The settings of the swarm; undefined where the engine does not tell. */
	readonly swarm: ClusterInfo | undefined;
	/** Milliseconds since the epoch. */
	readonly now: number;
	/** Nodes whose own engine was asked, by ID. */
	readonly inside: ReadonlyMap<string, NodeInside>;
	/** A swarm of many tasks is judged without what takes the scheduler seconds. */
	readonly isQuick: boolean;
};

export type TargetKind = 'swarm' | 'node' | 'service' | 'network' | 'secret' | 'config' | 'volume';

/** What a finding is about. */
export type Target = {
	readonly kind: TargetKind;
	readonly id: string;
	readonly name: SafeText;
	readonly labels: Labels;
};

export type Found = {
	readonly on: Target;
	/** What was seen. */
	readonly evidence: SafeText;
	/** The command that mends it, or what to do. */
	readonly remedy: SafeText;
	/** Where it is graver, or less grave, than the rule usually is. */
	readonly severity?: Severity;
};

export type Rule = {
	/** As `ignore` and the label name it. */
	readonly id: string;
	readonly area: Area;
	readonly severity: Severity;
	/** What it finds, in a few words. */
	readonly title: string;
	/** Why that matters: one sentence. */
	readonly why: string;
	readonly find: (subject: Subject) => readonly Found[];
};

export const theSwarm: Target = {kind: 'swarm', id: '', name: toSafeText('swarm'), labels: []};
export const theNode = ({id, name, labels}: NodeEntity): Target => ({kind: 'node', id, name, labels});
export const theService = ({id, name, labels}: ServiceEntity): Target => ({kind: 'service', id, name, labels});

/** Of things that have a name, an ID and labels of their own. */
export const theThing = (
	kind: Exclude<TargetKind, 'swarm' | 'node' | 'service'>,
	{id, name, labels}: {readonly id: string; readonly name: SafeText; readonly labels: Labels},
): Target => ({kind, id, name, labels});
