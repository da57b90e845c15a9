/** What the commands that change something say; what happens to the swarm is said by its plans. */

const list = (names: readonly string[]): string => names.join(', ');

export const nothingToDo = 'Nothing to do: the swarm is as you want it.';
export const notChanged = 'Nothing was changed.';
export const nobodyToAsk = 'There is no terminal to ask on. Add --yes to go ahead.';
export const interrupted = 'Interrupted. What was already sent to the swarm continues.';
export const timedOut = (time: string): string =>
	`Not converged after ${time}. What was already sent to the swarm continues.`;
/** A task is starting until its health check has passed once. */
export const stillStarting = (words: string, tasks: readonly string[]): string =>
	`${words}; ${list(tasks)} ${tasks.length === 1 ? 'is' : 'are'} starting: the health check has not passed yet`;
export const notAllDone = 'Not everything succeeded.';
export const nothingWatched =
	'--detach returns before anything can fail: leave out --rollback-on-failure and --detect-flapping.';

export const nameOne = (kind: string, operands: string): string => `Name the ${kind}: ${operands}`;
export const noSuch = (kind: string, name: string, suggestion: string | undefined): string =>
	`There is no ${kind} "${name}".${suggestion === undefined ? '' : ` Did you mean ${suggestion}?`}`;
export const ambiguous = (kind: string, name: string, ids: readonly string[]): string =>
	`"${name}" can be ${ids.length} ${kind}s: ${list(ids)}. Name one by its ID.`;

export const planWhat = (verbs: readonly string[]): string => `Plan what? ${list(verbs)}.`;
export const notPlanned = (word: string, verbs: readonly string[], suggestion: string | undefined): string =>
	`There is no "plan ${word}".${suggestion === undefined ? '' : ` Did you mean ${suggestion}?`} It is one of ${list(verbs)}.`;
export const unknownFormat = (format: string, formats: readonly string[]): string =>
	`-o ${format}: the formats are ${list(formats)}.`;
export const noTime = (flag: string, value: string): string => `--${flag} ${value}: a time is 30s, 5m or 1h.`;

// ---- after a failure

export const rollsBack = (names: readonly string[]): string => `Rolling back ${list(names)}.`;
export const rolledBack = (names: readonly string[]): string => `Rolled back: ${list(names)}.`;
export const notRolledBack = (names: readonly string[]): string => `The rollback of ${list(names)} has not completed.`;
export const nothingBefore = (names: readonly string[]): string =>
	`${list(names)} can't be rolled back: there are no previous settings.`;
export const watchesForFlapping = (time: string): string => `Watching for ${time} whether it stays up.`;
export const flapped = (service: string, error: string): string =>
	`${service} did not stay up: a task failed${error === '' ? '' : `: ${error}`}`;

// ---- scale

export const noScale = (word: string): string => `"${word}": write SERVICE=REPLICAS, as in web=5.`;
export const twice = (name: string): string => `${name} is named twice.`;

// ---- update

export const changeWhat = 'Say what to change, for instance --image. See swarmtop update --help.';
export const badValue = (flag: string, value: string, wanted: string): string =>
	`--${flag} ${value}: it must be ${wanted}.`;
export const notInJobs = (flag: string, service: string): string =>
	`--${flag} is for replicated services, and ${service} is not one.`;

// ---- what can only be planned

export const nameTheFile = 'Name the stack file: -c FILE.';
export const machineNeeds = 'A machine has --cpus and --memory, for instance --cpus 4 --memory 8g.';
export const notForeseen = 'It could not be worked out: the tasks of some nodes are not known.';

// ---- remove

export const removeWhat = 'Remove what? service, node or stack, then the names.';
