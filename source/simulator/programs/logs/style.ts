import type {Dice} from './dice.ts';

/** What a program's log looks like: one record after the other, each of one line or more. */
export type Style = {
	/** What it says when it begins. */
	readonly opening?: (time: number, dice: Dice) => readonly Text[];
	/** A record at a time, in milliseconds since the epoch. */
	readonly record: (time: number, dice: Dice) => Text | readonly Text[];
	/** What it says when it dies with a code other than 0. */
	readonly lastWords?: (time: number, dice: Dice) => readonly Text[];
};

/** A line on stdout, or one that says where it goes. */
export type Text = string | {readonly stderr: string};

export const onStderr = (text: string): Text => ({stderr: text});
