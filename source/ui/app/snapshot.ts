/** All that the screen shows, at one moment: what components select their slices from. Replaced as a whole, never changed. */
import type {Plan, Progress} from '../../cluster/intent.ts';
import type {ClusterState} from '../../cluster/model.ts';
import type {TrendReader} from '../../cluster/trends.ts';
import type {Clock} from '../../runtime/clock.ts';
import type {SafeText} from '../../text/safe-text.ts';
import type {Answer} from '../answer/answer.ts';
import type {Summary} from '../header/summary.ts';
import type {KeyScope} from '../keys/binding.ts';
import type {KindId} from '../kinds/kind-id.ts';
import type {Layout} from '../layout/layout.ts';
import type {ColumnFitter} from '../table/column-fitter.ts';
import type {Documents} from '../text-view/documents.ts';
import type {Theme} from '../theme/theme.ts';
import type {App} from './capabilities.ts';
import type {ShownRows} from './lists.ts';
import type {OpenedLogs} from './log-desk.ts';
import type {ScreenState} from './state.ts';

export type ScreenSnapshot = {
	readonly state: ScreenState;
	readonly cluster: ClusterState;
	readonly layout: Layout;
	readonly theme: Theme;
	readonly rows: ReadonlyMap<KindId, ShownRows>;
	readonly logs: OpenedLogs;
	/** What the pane below the lists shows. */
	readonly answer: Answer;
	readonly summary: Summary;
	/** Of the confirmation on top. */
	readonly plan: Plan | undefined;
	/** All actions of this session, newest first. */
	readonly history: readonly Progress[];
	/** What actions under way say of each object. */
	readonly progress: ReadonlyMap<string, SafeText>;
	/** The message line offers to take back what it tells of. */
	readonly isOffering: boolean;
	readonly scopes: readonly KeyScope[];
	readonly fixed: ScreenFixtures;
};

/** What stays the same for as long as the screen lives. */
export type ScreenFixtures = {
	readonly app: App;
	/** How the user named the engine. */
	readonly label: SafeText;
	readonly clock: Clock;
	readonly trends: TrendReader;
	readonly documents: Documents;
	/** The text in the pane below the lists. */
	readonly answers: Documents;
	/** How the columns of a list fit the screen. */
	readonly fitter: (kind: KindId) => ColumnFitter;
};

/** Where components get it from. */
export type SnapshotSource = {
	readonly getSnapshot: () => ScreenSnapshot;
	readonly subscribe: (listener: () => void) => () => void;
};

/** The rows of a list, and where they stand. */
export function rowsOf({rows}: Pick<ScreenSnapshot, 'rows'>, kind: KindId): ShownRows {
	const shown = rows.get(kind);
	if (!shown) throw new Error(`no list of ${kind}`);
	return shown;
}
