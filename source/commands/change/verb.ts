import type {ActionRequest} from '../../cluster/intent.ts';
import type {PlanLine} from '../../cluster/plan-line.ts';
import type {Result} from '../../runtime/result.ts';
import type {SafeText} from '../../text/safe-text.ts';
import type {FlagDeclarations, FlagValues, Words} from '../command-line/declaration.ts';
import type {ChangeIo} from './io.ts';
import type {ChangeSession, Refusal} from './session.ts';

/**
 * What can be changed from the command line: `swarmtop VERB …` does it, `swarmtop plan VERB …` says what it would do. A verb
 * is one file in `verbs/` and one line in `verbs/registry.ts`.
 */
export type Verb<F extends FlagDeclarations = FlagDeclarations> = {
	readonly name: string;
	/** What it does, in a few words, as in a list of commands. */
	readonly title: string;
	/** What follows the name: `SERVICE=REPLICAS...`. */
	readonly operands: string;
	/** A paragraph for its help. */
	readonly about: string;
	/** Besides those of every verb. */
	readonly flags: F;
	/** `update --image nginx:1.27 web`. */
	readonly example: string;
	readonly words: readonly Words[];
	/** What the question calls it: `Drain`. */
	readonly asks: string;
	/** Only `plan` knows it: nothing of the kind can be done. */
	readonly isOnlyPlanned?: true;
	/** The operands and flags, checked as far as that needs no swarm. An error is what to print, with the exit status. */
	read(flags: FlagValues<F>, words: readonly string[], io: ChangeIo): Result<ReadVerb, Refusal>;
};

/** A verb whose command line is understood. */
export type ReadVerb = ReadChange | ReadReport;

export type ReadChange = {
	/** Of a stack's deployment: its name goes into the JSON. */
	readonly stack?: string;
	/** What is to be known although nothing is to be done. */
	readonly warnings?: readonly string[];
	/** Standard input is read: nobody can answer there. */
	readonly readsInput?: boolean;
	request(session: ChangeSession): Promise<Result<ActionRequest, RequestProblem>>;
};

/** What can only be planned: nobody can ask a swarm for it. */
export type ReadReport = {
	readonly report: (session: ChangeSession) => Promise<Result<Report, RequestProblem>>;
	/** Where it is about a swarm that is only imagined. */
	readonly reportWithoutSwarm?: () => Promise<Result<Report, RequestProblem>>;
};

export type Report = {
	readonly title: SafeText;
	readonly lines: readonly PlanLine[];
	/** What is told below the rest: why a task finds no place, node by node. */
	readonly details: readonly PlanLine[];
	/** Whether anything would change. */
	readonly changes: boolean;
};

/** nothing: the swarm is as it is wanted; failed: it can't be. */
export type RequestProblem = {readonly kind: 'nothing' | 'failed'; readonly message: string};
