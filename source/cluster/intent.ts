import type {Result} from '../runtime/result.ts';
import type {Forecast, Place} from '../swarmkit/forecast/input.ts';
import type {SafeText} from '../text/safe-text.ts';
import type {NodeRole} from '../wire/node.ts';
import type {ServiceSpec} from '../wire/service.ts';
import type {ClusterInfo} from '../wire/swarm.ts';
import type {Machine, OwnAddress} from './actions/action.ts';
import type {Intent} from './actions/registry.ts';
import type {ServiceEntity} from './model.ts';
import type {Basis, Conflict, ConsentKind, PlanDiffLine, PlanLine} from './plan-line.ts';
import type {StackFile} from './stack-file.ts';

export type {Intent} from './actions/registry.ts';
export type {Basis, Conflict, PlanDiffLine, PlanLine} from './plan-line.ts';

/**
 * Several intents under one plan and one consent: what is marked, what a stack is made of. Stages follow each other, each
 * when all of the one before has come about; the intents of one stage are done side by side.
 */
export type Batch = {
	readonly action: 'batch';
	/** `Restart 3 services`. */
	readonly title: SafeText;
	/** What the yes of its dialog is called: `Restart`. */
	readonly verb: string;
	readonly stages: readonly (readonly Intent[])[];
	/** What must be typed to consent, where a button is not enough. */
	readonly word?: SafeText;
	/** Where docker has one command for all of it. */
	readonly command?: SafeText;
	/** What else is to be known before consenting. */
	readonly notes?: readonly PlanLine[];
};

/** What a person may ask for with one key. */
export type ActionRequest = Intent | Batch;

export const intentsOf = (request: ActionRequest): readonly Intent[] =>
	request.action === 'batch' ? request.stages.flat() : [request];

/** The part of a forecast that has a place on the map. */
export type Moves = {readonly starts: readonly Place[]} & Pick<Forecast, 'stops' | 'unplaced'>;

export type Plan = {
	readonly intent: ActionRequest;
	/** The plan of each intent of a batch, in their order. */
	readonly steps?: readonly Plan[];
	/** `Drain node w1`, `Scale web from 3 to 6`. */
	readonly title: SafeText;
	/** What will happen, most important first. */
	readonly lines: readonly PlanLine[];
	/** What stands behind the lines, for those who ask why: below everything else. */
	readonly details?: readonly PlanLine[] | undefined;
	/** What it changes in the object's spec, where that is more than the title says. */
	readonly diff?: readonly PlanDiffLine[] | undefined;
	/** Whether the lines come from a forecast, or one is still being made; none where there is nothing to foresee. */
	readonly forecast: 'none' | 'pending' | 'ready';
	readonly consent: ConsentKind;
	/** Set when it can't or must not be done: the sentence that says why. */
	readonly refusal: SafeText | undefined;
	/** The docker command that does the same, for a shell; empty where docker's command line has none. */
	readonly command: SafeText;
	/** What the command leaves out, or why there is none. */
	readonly commandNote?: SafeText | undefined;
	/** What takes it back, if anything does. */
	readonly undo: Intent | undefined;
	/** Where its tasks will stop and start, once the forecast is ready: the topology draws it. */
	readonly moves?: Moves | undefined;
	/** What the plan was made from. An action is refused when somebody else has changed just that since. */
	readonly basis?: Basis | undefined;
};

export type Progress = {
	readonly id: number;
	readonly intent: Intent;
	readonly title: SafeText;
	readonly command: SafeText;
	readonly commandNote?: SafeText | undefined;
	readonly startedAt: number;
	readonly finishedAt: number | undefined;
	/**
	 * waiting: its turn in its batch has not come; stuck: still trying, `detail` says on what; done: converged; failed: refused
	 * or given up, `detail` says why; held: left undone because another of its batch failed, or since it can't be done; superseded: a later
	 * action on the same object has settled otherwise what it was to settle.
	 */
	readonly state: 'waiting' | 'running' | 'stuck' | 'done' | 'failed' | 'held' | 'superseded';
	/** `4/6`, `moving 3 tasks`, `converged in 3 s`, or the error with its next step. */
	readonly detail: SafeText;
	readonly done: number;
	readonly total: number;
	readonly undo: Intent | undefined;
	/** The batch that it is one of. */
	readonly batch?:
		| {readonly id: number; readonly title: SafeText; readonly verb: string; readonly stage: number}
		| undefined;
	/** Set when it failed because somebody else changed the same: nothing was sent, and it can be asked about again. */
	readonly conflict?: Conflict;
};

/** As the flags of `docker stack deploy` say. */
export type DeployOptions = {
	/** When registries are asked for the digest of an image. */
	readonly resolveImage: 'always' | 'changed' | 'never';
	/** Whether the person's login goes to the registries that are asked, and to the nodes that pull. */
	readonly sendsLogin: boolean;
	/** Whether services that the file does not have are removed. */
	readonly isPruning: boolean;
};

export type DeployProblem = {
	/** nothing: all is as the file says; obstacle: it can't be done as it is; engine: it could not be found out. */
	readonly kind: 'nothing' | 'obstacle' | 'engine';
	readonly message: SafeText;
};

/** What has to be asked before some things can be planned: registries about images, the engine about what there is. */
export interface Preparations {
	/** What deploying the stack comes to, or why it can't be done, or that there is nothing to do. Changes nothing. */
	deployment(stack: StackFile, options?: Partial<DeployOptions>): Promise<Result<Batch, DeployProblem>>;
	/** The change to an image with its newest digest; the sentence that says why there is none to be made. Changes nothing. */
	image(service: ServiceEntity, image: string): Promise<Result<Intent, SafeText>>;
	/** The new service as it is to be made: its image with the newest digest, and the login that nodes need. Changes nothing. */
	creation(spec: ServiceSpec): Promise<Intent>;
	/** The same edit, with the newest digest of an image that it names anew without one. Changes nothing. */
	edit(edit: Extract<Intent, {readonly action: 'service.edit'}>): Promise<Intent>;
	readonly swarm: SwarmQuestions;
}

/** What is asked of the engine about its swarm when a person wants to see it, and kept nowhere. */
export interface SwarmQuestions {
	/** The tokens to join with. */
	tokens(): Promise<Result<Readonly<Record<NodeRole, string>>, SafeText>>;
	/** '' while autolock is off. */
	unlockKey(): Promise<Result<string, SafeText>>;
	settings(): Promise<Result<ClusterInfo, SafeText>>;
	/** Where the engine's machine can be reached; empty where that can't be told from here. */
	addresses(): readonly OwnAddress[];
	/** The machines that a way leads to and that are in no swarm, or in another one. */
	machines(): Promise<readonly Machine[]>;
}

/** The action pipeline: intent, plan, consent (the screen's part), act, watch until converged. */
export interface Actions {
	/**
	 * Computed from the present state; cheap enough to call while a dialog is open and the state changes. What takes longer
	 * is computed aside: subscribers are told, and the next call has it.
	 */
	plan(request: ActionRequest): Plan;
	/** Grows when a plan of before may read differently now although the state is the same. */
	readonly plansRevision: number;
	/** Acts and watches; the progress appears in `progress()` and changes with it. Never throws. @returns its ID there, or the batch's */
	act(plan: Plan): number;
	/** All actions of this session, newest first. */
	progress(): readonly Progress[];
	subscribe(listener: () => void): () => void;
	readonly preparations: Preparations;
}
