import {diagnose, hasAtLeast} from '../../cluster/doctor/doctor.ts';
import type {NodeInside, Subject} from '../../cluster/doctor/rule.ts';
import type {ClusterState} from '../../cluster/model.ts';
import {defaultConfig} from '../../config/config.ts';
import {loadConfig} from '../../config/load.ts';
import {configFile} from '../../config/paths.ts';
import {describeProblem} from '../../documents/document.ts';
import type {SwarmClient} from '../../engine/client.ts';
import type {EngineError} from '../../engine/error.ts';
import type {NodeRule} from '../../nodes/subject.ts';
import {systemClock} from '../../runtime/clock.ts';
import {capabilitiesOf} from '../../terminal/capabilities.ts';
import {readSwarm} from '../cluster-snapshot.ts';
import {helpOf} from '../command-line/help.ts';
import {seeHelp} from '../command-line/messages.ts';
import {type GetIo, processIo} from '../get-io.ts';
import {readNodeAccess} from '../node-access.ts';
import {exitStatus, openClient, sentences} from '../open-client.ts';
import {vocabulary} from '../vocabulary.ts';
import {askNodes, type Inside, tryPorts} from './inside.ts';
import {type DoctorOptions, doctorCommand, parseDoctorOptions} from './options.ts';
import {jsonOf, junitOf, markdownOf, textOf} from './print.ts';

/** `swarmtop doctor`: what is wrong with the swarm, and what will be. Gives the exit status. */
export async function runDoctor(argv: readonly string[], io: GetIo = processIo()): Promise<number> {
	const options = parseDoctorOptions(argv);
	if (!options.ok) return complain(io, exitStatus.wrongUse, `${options.error} ${seeHelp('doctor')}`);
	if (options.value === 'help') {
		io.out(helpOf(doctorCommand));
		return exitStatus.fine;
	}
	const config = await loadConfig(configFile(io.surroundings), vocabulary);
	if (!config.ok) {
		const [problem] = config.error;
		return complain(io, exitStatus.wrongUse, problem ? describeProblem(problem) : '');
	}
	const {ignore, nodes} = config.value ?? defaultConfig;
	const client = await openClient(options.value.connection, io.surroundings);
	if (!client.ok) return complain(io, client.error.status, client.error.message);
	try {
		const wanted = {...options.value, ignoring: [...ignore, ...options.value.ignoring]};
		return await judge(client.value, wanted, nodes, io);
	} finally {
		await client.value.close();
	}
}

async function judge(client: SwarmClient, options: DoctorOptions, rules: readonly NodeRule[], io: GetIo) {
	const forbidden = new Set<string>();
	const onForbidden = ({message}: EngineError): void => void forbidden.add(message);
	const state = await readSwarm(client, onForbidden);
	if (!state.ok) return complain(io, exitStatus.failed, sentences(state.error));
	const {nodes: inside, unknown} = await lookInside(client, state.value, {options, rules, io});
	const subject: Subject = {
		state: state.value,
		swarm: state.value.engine?.swarm,
		now: Date.now(),
		inside,
		isQuick: false,
	};
	const findings = diagnose(subject, options.ignoring);
	const unseen = [...forbidden, ...unknown];
	const {failsOn, format} = options;
	const printed = {
		text: () => textOf(findings, hasColour(io)),
		json: () => jsonOf(findings, unseen),
		markdown: () => markdownOf(findings),
		junit: () => junitOf(findings, failsOn ?? 'warning'),
	};
	io.out(printed[format]());
	for (const sentence of unseen) io.err(`swarmtop: ${sentence}`);
	return failsOn !== undefined && hasAtLeast(findings, failsOn) ? exitStatus.failed : exitStatus.fine;
}

type Surroundings = {readonly options: DoctorOptions; readonly rules: readonly NodeRule[]; readonly io: GetIo};

async function lookInside(
	client: SwarmClient,
	state: ClusterState,
	{options, rules, io}: Surroundings,
): Promise<Inside> {
	const found: Inside[] = [];
	if (options.asksNodes) {
		const {surroundings} = io;
		const access = await readNodeAccess({client, rules, isReadOnly: true, surroundings, clock: systemClock()});
		try {
			found.push(await askNodes(state, access.engines));
		} finally {
			await access.close();
		}
	}
	if (options.triesPorts) found.push(await tryPorts(state, client.endpoint));
	const nodes = new Map<string, NodeInside>();
	for (const {nodes: some} of found) for (const [id, inside] of some) nodes.set(id, {...nodes.get(id), ...inside});
	return {nodes, unknown: found.flatMap(({unknown}) => unknown)};
}

const hasColour = ({terminal, surroundings}: GetIo): boolean =>
	terminal !== undefined && capabilitiesOf(surroundings.environment).colours !== 'none';

function complain(io: GetIo, status: number, message: string): number {
	io.err(`swarmtop: ${message}`);
	return status;
}
