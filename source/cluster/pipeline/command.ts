import {joinSafe} from '../../text/safe-text.ts';
import {shellLine} from '../../text/shell-words.ts';
import {actionOf, type Intent} from '../actions/registry.ts';
import {type DockerCommand, operands, wholeCommand} from '../docker-command/service-command.ts';
import type {ClusterState} from '../model.ts';

/** The docker command that does the same as intents: shown with every plan and audited, so that people learn and can check. */

export const dockerCommand = (intent: Intent, state: ClusterState): DockerCommand =>
	actionOf(intent).command(intent, state);

/** One line that does all of it: docker takes several names where it can. */
export function dockerCommands(intents: readonly Intent[], state: ClusterState): DockerCommand {
	const together = oneForAll(intents, state);
	if (together) return together;
	const commands = intents.map((intent) => dockerCommand(intent, state));
	const notes = [...new Set(commands.flatMap(({note}) => note ?? []))];
	return {
		line: joinSafe(
			commands.map(({line}) => line).filter((line) => line !== ''),
			' && ',
		),
		note: notes.length === 0 ? undefined : joinSafe(notes, ' '),
	};
}

/** Where all are of a kind that one command does. */
function oneForAll(intents: readonly Intent[], state: ClusterState): DockerCommand | undefined {
	const parts = intents.map((intent) => actionOf(intent).operand?.(intent, state));
	const commands = new Set(parts.map((part) => part && shellLine(part.command)));
	const [first] = parts;
	if (!first || commands.size !== 1) return undefined;
	return wholeCommand(...first.command, ...operands(...parts.flatMap((part) => part?.word ?? [])));
}
