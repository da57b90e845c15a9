import type {Edited} from '../../cluster/edit/spec-text.ts';
import type {ActionRequest, Preparations, Progress} from '../../cluster/intent.ts';
import type {Result} from '../../runtime/result.ts';
import type {SafeText} from '../../text/safe-text.ts';
import type {ServiceSpec} from '../../wire/service.ts';

/** From a request to what is done. */
export interface Consent {
	/** Plans it, asks where asking is due, acts, and shows how it goes. */
	ask(request: ActionRequest, onClose?: (isConsented: boolean) => void): void;
	/** The same, but its plan is shown before anything is done, also where no consent is due. */
	propose(request: ActionRequest): void;
	/** Opens the spec in the person's editor; what that changes is planned and asked about. */
	editSpec(object: Edited): void;
	/** Opens the settings of a service that is not there yet; `take` gets what became of them. */
	editNew(spec: ServiceSpec, take: (spec: ServiceSpec) => void): void;
	/** Opens a text that is no object of the swarm; gives it as it was saved. No file is left behind. */
	editText(fileName: string, text: string): Promise<Result<string, SafeText>>;
	/** What the question on top asks now is on the screen as a whole; see {@link questionOf}. */
	wasDrawn(question: object): void;
	/** Takes back what the message line offers to take back, else the last action that can be. */
	undo(): void;
	/** The message line offers to take back what it tells of. */
	readonly isOffering: boolean;
	/** What has to be asked before some things can be planned. */
	readonly preparations: Preparations;
	/** What has been done in this session, newest first. */
	readonly actions: readonly Progress[];
}
