import {stackLabel} from '../cluster/entities/service.ts';
import {exportRunning} from '../cluster/stack/stack-export.ts';
import {toSafeLines} from '../text/safe-text.ts';
import {helpOf} from './command-line/help.ts';
import {seeHelp} from './command-line/messages.ts';
import {closest} from './command-line/suggest.ts';
import {type GetIo, processIo} from './get-io.ts';
import {exitStatus, openClient, sentences} from './open-client.ts';
import {parseStackOptions, stackCommand} from './stack-options.ts';

/** `swarmtop stack export NAME`. Gives the exit status. */
export async function runStack(argv: readonly string[], io: GetIo = processIo()): Promise<number> {
	const complain = (status: number, message: string): number => {
		io.err(`swarmtop: ${message}`);
		return status;
	};
	const options = parseStackOptions(argv);
	if (!options.ok) return complain(exitStatus.wrongUse, `${options.error} ${seeHelp('stack')}`);
	if (options.value === 'help') {
		io.out(helpOf(stackCommand));
		return exitStatus.fine;
	}
	const {name, connection} = options.value;
	const client = await openClient(connection, io.surroundings);
	if (!client.ok) return complain(client.error.status, client.error.message);
	try {
		const [services, networks] = await Promise.all([client.value.services(), client.value.networks()]);
		if (!services.ok) return complain(exitStatus.failed, sentences(services.error));
		if (!networks.ok) return complain(exitStatus.failed, sentences(networks.error));
		const found = exportRunning(name, services.value, networks.value);
		if (!found) {
			const stacks = new Set(services.value.flatMap(({Spec}) => Spec.Labels?.[stackLabel] ?? []));
			const meant = closest(name, [...stacks]);
			return complain(
				exitStatus.failed,
				`There is no stack "${name}".${meant === undefined ? '' : ` Did you mean ${meant}?`}`,
			);
		}
		for (const note of found.notes) io.err(`swarmtop: ${note}`);
		// On a terminal nothing that an engine says may drive it; a file holds it as it is.
		io.out(io.terminal ? toSafeLines(found.text).join('\n').trimEnd() : found.text.trimEnd());
		return exitStatus.fine;
	} finally {
		await client.value.close();
	}
}
