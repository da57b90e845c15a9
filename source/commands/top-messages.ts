/** What `swarmtop top` says. */
import {plural} from '../text/format.ts';

export const noSuchKind = (word: string, kinds: readonly string[]): string =>
	`There is no usage of "${word}": it is known of ${kinds.join(', ')}.`;

export const noSuchTopFormat = (word: string, formats: readonly string[]): string =>
	`-o ${word}: the formats are ${formats.join(', ')}.`;

export const noSuchOrder = (word: string, orders: readonly string[]): string =>
	`--sort ${word}: the orders are ${orders.join(', ')}.`;

/** The line above the table. */
export const topTitle = (time: string, asked: number, nodes: number, order: string): string =>
	`${time}  ${plural(asked, 'running task')} on ${plural(nodes, 'node')}, by ${order}; Ctrl-C ends`;

export const nothingRuns = 'Nothing runs.';

export const moreUnreached = (nodes: number): string => `The engines of ${nodes} more nodes could not be reached.`;
