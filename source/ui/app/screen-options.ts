/** What a screen is made of, and what it may do outside of itself. */
import type {Actions} from '../../cluster/intent.ts';
import type {ClusterStore, Sync, TaskEntity} from '../../cluster/model.ts';
import type {LogDefaults} from '../../config/config.ts';
import type {InsideListener} from '../../nodes/contents-sync.ts';
import type {NodeEngines} from '../../nodes/node-engines.ts';
import type {Clock} from '../../runtime/clock.ts';
import type {TextEditor} from '../../terminal/text-editor.ts';
import type {SafeText} from '../../text/safe-text.ts';
import type {LogFeed} from '../logs/log-feed.ts';
import type {LendTerminal} from '../nodes/terminal.ts';
import type {SimulatedSwarm} from '../simulator/simulated-swarm.ts';
import type {Theme} from '../theme/theme.ts';
import type {Contexts} from './contexts.ts';
import type {Copy} from './copy.ts';
import type {RunProgram, SwarmAccess} from './custom-commands.ts';
import type {Memory} from './memory.ts';
import type {ScreenConfig} from './screen-config.ts';
import type {Size} from './state.ts';

export type ScreenOptions = {
	readonly store: ClusterStore;
	readonly actions: Actions;
	readonly sync: Pick<Sync, 'show' | 'showRows' | 'showInventory' | 'lookAt' | 'refresh'>;
	readonly feed: LogFeed;
	/** How logs open. */
	readonly logs?: LogDefaults;
	readonly clock: Clock;
	readonly theme: Theme;
	readonly size: Size;
	/** How the user named the engine. */
	readonly label: SafeText;
	readonly isReadOnly: boolean;
	/** Default: none of the user's own. */
	readonly config?: ScreenConfig;
	/** Runs a custom command's program. */
	readonly runProgram: RunProgram;
	/** How such programs reach the swarm. */
	readonly access: SwarmAccess;
	/** Set where the swarm is known to be a simulated one. */
	readonly simulated?: SimulatedSwarm | undefined;
	/** The ways to the nodes' own engines; default: there are none. */
	readonly nodes?: NodeEngines | undefined;
	/** Told whose usage is on the screen; default: nobody's is. */
	readonly watchUsage?: ((tasks: readonly TaskEntity[]) => void) | undefined;
	/** The inside of one node at a time; default: there is none to be had. */
	readonly contents?: InsideListener | undefined;
	/** What a shell in a container is; default: the first of the usual ones. */
	readonly shell?: readonly string[] | undefined;
	/** Default: there is no terminal to lend. */
	readonly lendTerminal?: LendTerminal | undefined;
	readonly contexts: Contexts;
	/** Default: forgets all of it at the end. */
	readonly memory?: Memory;
	/** Looks like that theme from now on, by its ID; `auto` is the terminal's own choice. */
	readonly chooseTheme: (id: string) => void;
	/** Puts a text into the clipboard of the person at the terminal. */
	readonly copy: Copy;
	readonly isMouseOn: boolean;
	readonly setMouse: (isOn: boolean) => void;
	/** Where specs are edited. */
	readonly editor: TextEditor;
	/** Tells who is not looking; default: nobody is told. */
	readonly notify?: (text: SafeText) => void;
	readonly onRedraw: () => void;
	/** Ctrl-Z: back to the shell until `fg`. */
	readonly onSuspend: () => void;
	readonly onQuit: () => void;
};
