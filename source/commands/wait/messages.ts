/** What `swarmtop wait` says. */

export const noCondition = (text: string): string =>
	`--until ${text}: use running=desired, running=N, updated, gone, ready or down.`;
export const nameWhat = 'Name what to wait for: swarmtop wait SERVICE.';
export const noTime = (value: string): string => `--timeout ${value}: a time is 30s, 5m or 1h.`;
export const unknownFormat = (format: string, formats: readonly string[]): string =>
	`-o ${format}: the formats are ${formats.join(', ')}.`;
export const tasksRunning = (running: number | undefined, wanted: number | undefined, reason: string): string =>
	`${running ?? '?'}/${wanted ?? '?'}${reason === '' ? '' : `: ${reason}`}`;
export const stateOfNode = (state: string, message: string): string =>
	message === '' ? state : `${state}: ${message}`;
export const notThere = (time: string): string => `Not there after ${time}.`;
export const interrupted = 'Interrupted.';
export const hopeless = 'It will not come about by itself.';
