import path from 'node:path';
import {describeProblem} from '../documents/document.ts';
import {type Fixture, loadFixture} from '../simulator/fixtures/fixture.ts';
import {fixturePath} from '../simulator/fixtures/locate.ts';
import {controlSocketName, listenForControl, sendControl} from '../simulator/world/control-socket.ts';
import {faultUsages} from '../simulator/world/faults.ts';
import {type Simulation, startSimulation} from '../simulator/world/simulation.ts';
import {simulateFault} from './simulate-fault.ts';
import {parseSimulate, type SimulateOptions, simulateUsage} from './simulate-options.ts';

/** Where a command writes, and how it learns that it is to end. */
export type CommandIo = {
	readonly out: (line: string) => void;
	readonly err: (line: string) => void;
	/** Resolves when the user interrupts. */
	readonly interrupted: () => Promise<void>;
};

/** `swarmtop simulate`: runs until it is interrupted; gives back the exit status (0 fine, 1 failed, 2 wrong use). */
export async function simulate(argv: readonly string[], io: CommandIo): Promise<number> {
	const command = parseSimulate(argv);
	if (!command.ok) return refuse(io, command.error);
	switch (command.value.kind) {
		case 'help':
			io.out(`${simulateUsage}\n${faultUsages.map((usage) => `  ${usage}`).join('\n')}`);
			return 0;
		case 'fault': {
			const {status, problem} = await simulateFault(command.value.options);
			if (problem !== undefined) io.err(problem);
			return status;
		}
		case 'serve':
			return serve(command.value.options, io);
	}
}

function refuse(io: CommandIo, problem: string): number {
	io.err(problem);
	return 2;
}

async function serve(options: SimulateOptions, io: CommandIo): Promise<number> {
	const fixture = await loadFixture(fixturePath(options.fixture ?? 'demo'));
	if (!fixture.ok) {
		for (const problem of fixture.error) io.err(describeProblem(problem));
		return 2;
	}
	const controlPath = options.sockets === undefined ? undefined : path.join(options.sockets, controlSocketName);
	if (controlPath !== undefined && (await isListening(controlPath))) {
		return refuse(io, `A simulator runs with its sockets in ${options.sockets} already.`);
	}
	const simulation = await begin(fixture.value, options, io);
	if (!simulation) return 1;
	const control = controlPath === undefined ? undefined : await listenForControl(controlPath, simulation.fault);
	for (const {name, dockerHost} of simulation.hosts) io.out(`${name}\tDOCKER_HOST=${dockerHost}`);
	io.out('ready');
	await io.interrupted();
	await control?.close();
	await simulation.close();
	return 0;
}

async function begin(fixture: Fixture, options: SimulateOptions, io: CommandIo): Promise<Simulation | undefined> {
	const {sockets, listen, speed, seed, apiVersion} = options;
	const where = listen ? {tcp: listen} : {sockets: sockets ?? ''};
	try {
		return await startSimulation({fixture, speed, seed, apiVersion, where});
	} catch (error) {
		io.err(error instanceof Error ? error.message : String(error));
		return undefined;
	}
}

async function isListening(controlPath: string): Promise<boolean> {
	return sendControl(controlPath, []).then(
		() => true,
		() => false,
	);
}
