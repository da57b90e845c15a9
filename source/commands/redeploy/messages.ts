/** What `swarmtop redeploy` says; why a registry tells nothing is said by cluster/stack/messages.ts. */
import {duration} from '../../text/format.ts';

export const bothModes = '--watch goes on for ever, --once and --dry-run end: leave out one of them.';
export const noTime = (flag: string, value: string): string => `--${flag} ${value}: a time is 30s, 5m or 1h.`;
export const tooOften = (least: number): string =>
	`--every asks registries for each image: the least is ${duration(least)}.`;
export const noLabel = (text: string): string => `--label ${text}: it is KEY or KEY=VALUE.`;
export const unknownFormat = (format: string, formats: readonly string[]): string =>
	`-o ${format}: the formats are ${formats.join(', ')}.`;
export const notKept = (file: string, problem: string): string =>
	`What failed could not be kept in ${file}: ${problem}. After a restart it would be tried again.`;

export const pinned = 'it is pinned to a digest without a tag: there is no newer one';
export const isJob = 'it is a job: a new image is for its next run';
export const underWay = (state: string): string => `an update of it is ${state}`;
export const triedBefore = 'this digest has failed before: the next one will be tried';
export const notYetPinned = 'it was not pinned to a digest before';
export const notReached = (time: string): string => `not there after ${time}`;
export const noEngine = 'the engine does not answer';
export const endedBy = 'interrupted: what the engine has taken goes on';
