/** What everything that is drawn may read: the cluster, the moment, the looks. One per frame. */
import type {ClusterState} from '../../cluster/model.ts';
import type {TrendReader} from '../../cluster/trends.ts';
import type {SafeText} from '../../text/safe-text.ts';
import type {KeyOf} from '../keys/binding.ts';
import type {AgeReader} from '../table/age-reader.ts';
import type {Theme} from '../theme/theme.ts';

export type Environment = {
	readonly cluster: ClusterState;
	readonly theme: Theme;
	/** Milliseconds since the epoch. */
	readonly now: number;
	/** Collects when the frame will read differently by the passing of time alone. */
	readonly ages: AgeReader;
	/** How the swarm has done since the program began to look. */
	readonly trends: TrendReader;
	/** What the doctor is not to tell of. */
	readonly ignoring: readonly string[];
	/** Sentences ask it for the keys that they name. */
	readonly keyOf: KeyOf;
	/** What an action in progress says about an object. */
	readonly progressOf: (objectId: string) => SafeText | undefined;
};
