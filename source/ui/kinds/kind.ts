/** What the screen has to know of a kind of object: one entry per kind, in a file of its own. */
import type {ContentKind} from '../../cluster/entities/inside.ts';
import type {ClusterState, InventoryKind, TaskScope} from '../../cluster/model.ts';
import type {Used} from '../../cluster/usage-sums.ts';
import type {SafeText, StyledText} from '../../text/safe-text.ts';
import type {App} from '../app/capabilities.ts';
import type {Environment} from '../app/environment.ts';
import type {SpecHistory} from '../inspect/inspect-document.ts';
import type {KeyBinding, KeyOf} from '../keys/binding.ts';
import type {KeyWords} from '../keys/keys-of.ts';
import type {LogTarget} from '../logs/log-feed.ts';
import type {Role} from '../theme/theme.ts';
import type {Listing} from './listing.ts';
import type {Listed, ListScope, ServiceScope} from './scope.ts';

/** A line of the details: what has no value is left out. */
export type Detail = readonly [label: string, value: SafeText, role?: Role | undefined];

/** A listing as a view of the screen, with its keys. */
export type Kind<Row extends Listed> = Listing<Row> & {
	/** What `swarmtop get` prints of it; not there where only a screen can show it. */
	readonly get?: Listing<Row>;
	/** The key that shows its list from everywhere; none: the palette alone does. */
	readonly openedBy: Pick<KeyWords, 'keys' | 'title'>;
	/** Where the objects come from. */
	readonly source: (state: ClusterState) => ReadonlyMap<string, Row>;
	/** Which lists of the node that one went into it shows. */
	readonly ofNode?: readonly ContentKind[];
	/** What its title calls it; default: its ID. */
	readonly heading?: (cluster: ClusterState) => SafeText;
	/** What has to be listed for it while it is on the screen. */
	readonly needs?: readonly InventoryKind[];
	/** What it shows of all nodes at once while it is on the screen; none: what is listed of them. */
	readonly ofAllNodes?: 'sums' | 'tasks';
	/** The newest rows come first: while the cursor is on the first row, it stays on the first. */
	readonly isFeed?: boolean;
	/** Which of them are in the list; `key` names the rule. */
	readonly inScope: (scope: ListScope) => {readonly key: string; readonly test: (row: Row) => boolean};
	/** What has taken the place of an object that left the list, where the row stands for more than the object. */
	readonly successor?: (row: Row, state: ClusterState) => Row | undefined;
	/** What stands below the list in its view: how many lines of the room it takes, and what they are. */
	readonly below?: {
		readonly height: (cluster: ClusterState, room: number) => number;
		readonly lines: (environment: Environment, size: {width: number; height: number}) => StyledText[];
	};
	/** What going to it by its name does; default: the cursor goes to it in its list. */
	readonly open?: (row: Row, app: App) => void;
	/** The tasks to show beside it. */
	readonly tasksOf?: (row: Row) => TaskScope;
	/** The services to go to from it. */
	readonly servicesOf?: (row: Row) => ServiceScope;
	/** The logs to show of it. */
	readonly logsOf?: (row: Row) => LogTarget;
	/** Its spec as it is and as it was before the last update, where the engine keeps that. */
	readonly previously?: (row: Row) => SpecHistory | undefined;
	/** What is worth copying of it besides its name and its ID: the key that chooses it, what it is, the text. */
	readonly copies?: (row: Row) => readonly (readonly [key: string, label: string, text: SafeText])[];
	/** What inspect shows, as YAML or JSON. */
	readonly inspect: (row: Row, cluster: ClusterState) => unknown;
	/** What it uses now, where engines were asked. */
	readonly usage?: (row: Row, cluster: ClusterState) => Used | undefined;
	/** What the details show. */
	readonly details?: (
		row: Row,
		cluster: ClusterState,
		how?: {readonly isRevealed?: boolean | undefined},
	) => readonly Detail[];
	/** Why it is not as desired: labels and values; `now` in milliseconds since the epoch. */
	readonly why?: (
		row: Row,
		cluster: ClusterState,
		now: number,
	) => readonly (readonly [label: string, value: SafeText])[];
	/** The task whose end tells the most of why it is not as desired, by its ID. */
	readonly lastEnded?: (row: Row, cluster: ClusterState) => string | undefined;
	/** What one can do about it, with the keys for it; '' where nothing helps. */
	readonly next?: (row: Row, cluster: ClusterState, keyOf: KeyOf) => SafeText;
	/** What an empty list says: what it means and what to do about it. */
	readonly emptyNote: (state: ClusterState, scope: ListScope, keyOf: KeyOf) => string;
	/** Its own keys: actions and views. */
	readonly keys: readonly KeyBinding<App>[];
};
