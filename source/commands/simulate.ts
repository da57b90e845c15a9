import {helpOf} from './command-line/help.ts';
import {simulateFault} from './simulate-fault.ts';
import {type CommandIo, processCommandIo} from './simulate-io.ts';
import {parseSimulate, simulateCommand} from './simulate-options.ts';

/** `swarmtop simulate`: runs until it is interrupted; gives back the exit status (0 fine, 1 failed, 2 wrong use). */
export async function runSimulate(argv: readonly string[], io: CommandIo = processCommandIo()): Promise<number> {
	const command = parseSimulate(argv);
	if (!command.ok) return refuse(io, command.error);
	switch (command.value.kind) {
		case 'help':
			io.out(helpOf(simulateCommand));
			return 0;
		case 'fault': {
			const {status, problem} = await simulateFault(command.value.options);
			if (problem !== undefined) io.err(problem);
			return status;
		}
		case 'serve': {
			const {serve} = await import('./simulate-serve.ts');
			return serve(command.value.options, io);
		}
	}
}

function refuse(io: CommandIo, problem: string): number {
	io.err(problem);
	return 2;
}
