import type {Answer, SwarmClient} from '../../engine/client.ts';
import type {EngineError} from '../../engine/error.ts';
import type {NodeEngine, Prunable} from '../../engine/node-engine.ts';
import type {RegistryLogins} from '../../engine/registry-logins.ts';
import type {Result} from '../../runtime/result.ts';
import type {ForecastChange} from '../../swarmkit/forecast/input.ts';
import {type SafeText, toSafeText} from '../../text/safe-text.ts';
import type {SwarmNode} from '../../wire/node.ts';
import type {Service} from '../../wire/service.ts';
import type {DockerCommand} from '../docker-command/service-command.ts';
import type {Dropped} from '../edit/newer-fields.ts';
import type {Unused} from '../entities/unused.ts';
import type {ClusterState} from '../model.ts';
import type {Basis, Conflict, ConsentKind, PlanDiffLine, PlanLine} from '../plan-line.ts';
import type {TaskLookup} from './task-lookup.ts';

/**
 * All that is to be known about one action, in one file: what a plan says, what is sent, when it has come about. What
 * carries actions out (cluster/pipeline) knows no action by its name: it asks this.
 */

/** What an action is about, by the ID of the object. */
export type ServiceSubject = {readonly serviceId: string};
export type NodeSubject = {readonly nodeId: string};
/** Networks, secrets, configs, volumes; `name` is left out where the ID says it. */
export type ObjectSubject = {readonly objectId: string; readonly kind: string; readonly name?: string};

/** An intent is an action's name, its object, and what else there is to say. */
export type AnyIntent = {readonly action: string} & (ServiceSubject | NodeSubject | ObjectSubject);

/** @template Undo the intents that take it back */
export interface Action<I extends AnyIntent, Undo extends AnyIntent = I> {
	/** What the yes of its dialog is called. */
	verb(intent: I): string;
	/** What will happen, what consent it wants, why it can't be done, what takes it back. */
	plan(intent: I, state: ClusterState, circumstances: Circumstances): Draft<Undo>;
	/** The docker command that does the same. */
	command(intent: I, state: ClusterState): DockerCommand;
	/** Where docker takes several names: the command without them, and the name of this one. */
	operand?(intent: I, state: ClusterState): Operand;
	/** In a list of several: `web 3 → 5`. Default: the name of its object. */
	summary?(intent: I, state: ClusterState): SafeText;
	/**
	 * The part of the object that it changes. Without it, or when undefined: nothing that somebody else could have changed
	 * otherwise.
	 */
	basis?(intent: I, target: Target): Basis | undefined;
	/** Asks the engine for it. */
	send(intent: I, sending: Sending): Promise<Result<Applied, SendError>>;
	/** Whether an answer like that can be another one in a moment: then it is sent again for a while. */
	isTemporary?(error: EngineError): boolean;
	/** How far it has come. */
	judge(watched: Watched<I>, state: ClusterState, tasks: TaskLookup): Verdict;
	/** How long what it brought about must last to be believed. Without it: at once. */
	steadyMs?(intent: I): number;
	/** What it is to a forecast; without it, or when undefined: nothing to foresee. */
	forecast?(intent: I, state: ClusterState): ForecastChange | undefined;
	/** Whether tasks that are wanted now are stopped by it for good. */
	stopsTasks?(intent: I, state: ClusterState): boolean;
	/** What an engine that speaks that API version would leave out of it. */
	dropped?(intent: I, state: ClusterState, apiVersion: string): readonly Dropped[];
	/** What of its object it settles: with a later action that settles the same, nothing is left to wait for. */
	readonly settles?: 'replicas' | 'settings' | 'availability' | 'role';
	/** Its object is gone afterwards. */
	readonly isRemoval?: boolean;
	/** Of several, each is planned on what those before it leave. */
	after?(intent: I, state: ClusterState): ClusterState;
	/** Several of it are done one after another. */
	readonly isOneByOne?: boolean;
	/** Two in a row come to one. */
	merge?(first: I, second: I): I;
	/** Nothing is left of it. */
	isVoid?(intent: I): boolean;
	/** How many replicas its service has afterwards. */
	replicasAfter?(intent: I, before: number): number;
	/** As the audit trail has it, where something of it is secret. */
	audited?(intent: I): object;
}

/** What else a plan depends on. */
export type Circumstances = {
	/** Of the docker context in use, where there is one. */
	readonly contextName?: SafeText | undefined;
	/** It is one of several under one plan, which says by itself what all of them move and what that does to the quorum. */
	readonly isPart?: boolean | undefined;
	/** The IDs of what others of them remove before it. */
	readonly removed?: ReadonlySet<string> | undefined;
};

/** What a plan is made from. */
export type Draft<Undo extends AnyIntent = AnyIntent> = {
	readonly title: SafeText;
	/** What of it a forecast says better: which tasks move, and what that does to their services. */
	readonly moving?: () => readonly PlanLine[];
	/** The managers before and after, where it touches one; of several plans together, said once. */
	readonly quorum?: () => readonly PlanLine[];
	readonly lines?: readonly PlanLine[];
	readonly diff?: readonly PlanDiffLine[];
	/** Default: none. */
	readonly consent?: ConsentKind;
	readonly refusal?: SafeText | undefined;
	readonly undo?: Undo | undefined;
};

export type Operand = {readonly command: readonly string[]; readonly word: string};

/** What is seen of a part of an object: see {@link Basis}. */
export type Part = Pick<Basis, 'key' | 'words'>;

export const plainPart = (text: string): Part => ({key: text, words: toSafeText(text)});

/** An object as the engine has it, or as it was just written. */
export type Target = {readonly service?: Service | undefined; readonly node?: SwarmNode | undefined};

/** What the nodes' own engines can be asked for. */
export type NodeActs = {
	/** Removes what nothing on the node uses. */
	readonly prune: (nodeId: string, what: Prunable) => Promise<Result<Unused, EngineError>>;
};

export type Sending = {
	readonly client: SwarmClient;
	/** What the plan was made from. */
	readonly basis: Basis | undefined;
	readonly logins: RegistryLogins;
	/** The ways to machines that are in no swarm yet. */
	readonly machines?: Machines | undefined;
	/** Undefined where no ways to nodes are known. */
	readonly nodes?: NodeActs | undefined;
};

/** A machine whose engine can be reached, and which is no node of this swarm. */
export type Machine = {
	readonly name: string;
	/** What the docker CLI takes for its engine. */
	readonly dockerHost: string;
	/** Why it can't join; undefined where it can. */
	readonly problem: SafeText | undefined;
};

/** An address of a machine, and the network that it is in. */
export type OwnAddress = {readonly address: string; readonly interface: string; readonly network: string};

export type MachineEngine = Pick<NodeEngine, 'info' | 'membership'>;

export interface Machines {
	/** Asks all that a way leads to, and gives those that are no nodes of this swarm, by the IDs of its nodes. */
	list(members: ReadonlySet<string>): Promise<readonly Machine[]>;
	/** Of the machine of the engine on the screen. */
	ownAddresses(): readonly OwnAddress[];
	/** Does something with the engine of one. */
	use<T>(name: string, work: (engine: MachineEngine) => Answer<T>): Answer<T>;
}

/** What was written, and upon which version of the object: what the watch waits for is newer than that. */
export type Applied = Target & {
	readonly version: number;
	/** The ID that the engine gave to what was made. */
	readonly createdId?: string;
	/** What has come of it, where the answer says that. */
	readonly outcome?: SafeText;
};

/** With both sides where somebody else changed what the intent changes. */
export type SendError = EngineError & {readonly conflict?: Conflict};

/** What the watch knows besides the state. */
export type Watched<I extends AnyIntent = AnyIntent> = {
	readonly intent: I;
	/** The version that the object had before; converged is judged on what came after. */
	readonly versionBefore: number;
	/** Of a removed service, or a drained node: how many tasks it had. */
	readonly tasksBefore: number;
	/** See {@link Applied}. */
	readonly outcome?: SafeText | undefined;
};

/** How far an action has come. */
export type Verdict = {
	readonly state: 'running' | 'stuck' | 'converged' | 'failed';
	readonly done: number;
	readonly total: number;
	/** `4/6`, `moving 3 tasks`. */
	readonly detail: SafeText;
};

export const verdict = (state: Verdict['state'], done: number, total: number, detail: SafeText): Verdict => ({
	state,
	done,
	total,
	detail,
});
