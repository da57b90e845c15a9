import type {Plan} from '../../cluster/intent.ts';
import {type SafeText, safe, toSafeText} from '../../text/safe-text.ts';

/** Where the docker command of something goes, and what is said of it. */
type CommandCopying = {
	readonly copy: (text: SafeText, done: SafeText) => void;
	readonly say: (role: 'warning', words: SafeText) => void;
};

/** Copies the command with the word of what it leaves out; where there is none, that is said instead. */
export function copyCommand(
	{command, commandNote}: Pick<Plan, 'command' | 'commandNote'>,
	{copy, say}: CommandCopying,
): void {
	if (command === '') say('warning', commandNote ?? toSafeText('No docker command does this.'));
	else copy(command, commandNote === undefined ? safe`Copied: ${command}` : safe`Copied: ${command}. ${commandNote}`);
}
