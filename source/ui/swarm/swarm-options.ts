import type {App} from '../app/capabilities.ts';
import type {ScreenModel} from '../app/screen-model.ts';
import type {SimulatedSwarm} from '../simulator/simulated-swarm.ts';
import type {TextVerbs} from '../text-view/text-verbs.ts';

export type SwarmVerbsOptions = {
	readonly app: Pick<App, 'cluster' | 'consent' | 'forms' | 'prompts' | 'messages' | 'keymap'> & {
		readonly texts: Pick<TextVerbs, 'copy' | 'open' | 'showFirstSteps'>;
	};
	readonly model: Pick<ScreenModel, 'state'>;
	/** Set where the swarm is known to be a simulated one. */
	readonly simulated?: SimulatedSwarm | undefined;
	/** Something has been said later than the key that asked for it. */
	readonly onNews: () => void;
};
