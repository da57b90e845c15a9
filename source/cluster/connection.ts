import type {EngineErrorKind} from '../engine/error.ts';
import type {SafeText} from '../text/safe-text.ts';

/** The connection as a person would want it told. */
export type Connection =
	| {readonly state: 'connecting'}
	| {readonly state: 'connected'}
	| {
			readonly state: 'lost';
			/** What is wrong, one sentence. */
			readonly problem: SafeText;
			/** What to do about it, one sentence; may be ''. */
			readonly nextStep: SafeText;
			/** An engine that is in no swarm can begin one, a locked one can be unlocked. */
			readonly reason?: EngineErrorKind;
			readonly since: number;
			/** When the next try is due. */
			readonly retryAt: number | undefined;
	  };
