import path from 'node:path';
import {describeProblem} from '../documents/document.ts';
import {type Fixture, loadFixture} from '../simulator/fixtures/fixture.ts';
import {fixturePath} from '../simulator/fixtures/locate.ts';
import {controlSocketName, listenForControl, sendControl} from '../simulator/world/control-socket.ts';
import {type Simulation, startSimulation} from '../simulator/world/simulation.ts';
import type {CommandIo} from './simulate-io.ts';
import type {SimulateOptions} from './simulate-options.ts';

/** `swarmtop simulate FIXTURE`: apart from the command itself, so that a fault does not load the whole simulator. */

/** Serves the fixture's world until interrupted; the exit status. */
export async function serve(options: SimulateOptions, io: CommandIo): Promise<number> {
	const fixture = await loadFixture(fixturePath(options.fixture ?? 'demo'));
	if (!fixture.ok) {
		for (const problem of fixture.error) io.err(describeProblem(problem));
		return 2;
	}
	const controlPath = options.sockets === undefined ? undefined : path.join(options.sockets, controlSocketName);
	if (controlPath !== undefined && (await isListening(controlPath))) {
		io.err(`A simulator runs with its sockets in ${options.sockets} already.`);
		return 2;
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
