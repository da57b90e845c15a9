/** The configuration as the program uses it: everything filled in, durations in milliseconds, chords in one spelling. */
import type {Style} from '../text/sgr.ts';
import type {CustomCommand} from './custom-command.ts';

/** See terminal/notification.ts. */
export type Notifying = 'off' | 'bell' | 'osc9' | 'osc777';

export type Config = {
	/** A theme's ID, or `auto`: by what the terminal tells of its background. */
	readonly theme: string;
	readonly glyphs: 'auto' | 'unicode' | 'ascii';
	/** Whether clicks and the wheel come to the program; off leaves selecting text to the terminal. */
	readonly mouse: boolean;
	/** How one is told that an action has ended while the terminal is not looked at. */
	readonly notify: Notifying;
	/** Chords by the ID of the action, for the actions that are bound otherwise than by default. None: not bound. */
	readonly keys: ReadonlyMap<string, readonly string[]>;
	/** By the view's ID. */
	readonly columns: ReadonlyMap<string, ColumnArrangement>;
	readonly refresh: {readonly fastestMs: number; readonly slowestMs: number};
	readonly logs: LogDefaults;
	/** In the order of the file, see contexts.ts. */
	readonly contexts: readonly ContextRule[];
	/** Where nodes' engines are; the first that fits a node counts. */
	readonly nodes: readonly NodeRule[];
	/** What a shell in a container is; empty for the first that exists of the usual ones. */
	readonly shell: readonly string[];
	/** What the doctor leaves out: `RULE` or `RULE=OBJECT`, with `*` for any characters. */
	readonly ignore: readonly string[];
	readonly commands: readonly CustomCommand[];
};

/** Both hold column IDs. */
export type ColumnArrangement = {
	/** These come first, in this order; the others follow in their own. */
	readonly order: readonly string[];
	readonly hidden: readonly string[];
};

export type LogDefaults = {
	/** Lines to begin with. */
	readonly tail: number;
	/** Begin with what was written in the last so many milliseconds, instead of with a number of lines. */
	readonly sinceMs: number | undefined;
	/** Kept in memory: so many lines, and no more bytes than that. */
	readonly lines: number;
	readonly bytes: number;
	readonly timestamps: 'off' | 'time' | 'full' | 'relative';
	/** `web.3@w1`, `3@w1` or nothing before each line. */
	readonly prefix: 'full' | 'short' | 'none';
	readonly follow: boolean;
	readonly wrap: boolean;
	/** JSON lines as level, message and fields. */
	readonly json: boolean;
};

export type ContextSettings = {
	/** The colour of the header and the borders. */
	readonly accent: Style | undefined;
	readonly isReadOnly: boolean;
	/** Everything dangerous asks for a typed word. */
	readonly isProtected: boolean;
};

/** Settings for the contexts and hosts that fit `pattern`. What is undefined leaves it to the other rules. */
export type ContextRule = {
	readonly pattern: string;
	readonly accent: Style | undefined;
	readonly isReadOnly: boolean | undefined;
	readonly isProtected: boolean | undefined;
};

/** `engine` holds fields of the node in braces. */
export type NodeRule = {readonly match: string; readonly engine: string};

/** What holds without a file, as a constant: the schema is not loaded where there is nothing to check. */
export const defaultConfig: Config = {
	theme: 'auto',
	glyphs: 'auto',
	mouse: true,
	notify: 'off',
	keys: new Map(),
	columns: new Map(),
	refresh: {fastestMs: 1000, slowestMs: 60_000},
	logs: {
		tail: 500,
		sinceMs: undefined,
		lines: 50_000,
		bytes: 64 << 20,
		timestamps: 'off',
		prefix: 'full',
		follow: true,
		wrap: false,
		json: false,
	},
	contexts: [],
	nodes: [],
	shell: [],
	ignore: [],
	commands: [],
};
