import type {ClusterState} from '../../cluster/model.ts';
import {duration} from '../../text/format.ts';
import {findAll, findNode, findService} from '../change/find.ts';
import {type ChangeIo, processChangeIo} from '../change/io.ts';
import {type ChangeSession, openSession, until} from '../change/session.ts';
import {helpOf} from '../command-line/help.ts';
import {seeHelp} from '../command-line/messages.ts';
import {exitStatus} from '../open-client.ts';
import type {Standing} from './condition.ts';
import {hopeless, interrupted, notThere} from './messages.ts';
import {parseWaitOptions, type WaitOptions, waitCommand} from './options.ts';

/** `swarmtop wait`: until services or nodes are as wanted. Gives the exit status. */
export async function runWait(argv: readonly string[], io: ChangeIo = processChangeIo()): Promise<number> {
	const options = parseWaitOptions(argv);
	if (!options.ok) return complain(io, exitStatus.wrongUse, `${options.error} ${seeHelp('wait')}`);
	if (options.value === 'help') {
		io.out(helpOf(waitCommand));
		return exitStatus.fine;
	}
	const session = await openSession({connection: options.value.connection, isDryRun: true}, io);
	if (!session.ok) return complain(io, session.error.status, session.error.message);
	try {
		return await wait(session.value, options.value, io);
	} finally {
		await session.value.close();
	}
}

type Named = {readonly id: string; readonly name: string};

async function wait(session: ChangeSession, options: WaitOptions, io: ChangeIo): Promise<number> {
	const {store, clock} = session;
	const {condition, timeoutMs, format} = options;
	const objects = find(options, store.getState());
	if ('problem' in objects) return complain(io, exitStatus.failed, objects.problem);
	const told = new Map<string, string>();
	const look = (): readonly (Named & Standing)[] => {
		const all = objects.found.map((each) => ({...each, ...condition.standing(each.id, store.getState())}));
		for (const {id, name, kind, words} of all) {
			const line =
				format === 'json'
					? JSON.stringify({type: 'progress', name, state: kind, detail: words})
					: lineOf(name, kind, words);
			if (told.get(id) !== line) io.out(line);
			told.set(id, line);
		}
		return all;
	};
	let isInterrupted = false;
	void io.interrupted.then(() => {
		isInterrupted = true;
	});
	const isOver = (): boolean => {
		const all = look();
		return all.some(({kind}) => kind === 'hopeless') || all.every(({kind}) => kind === 'there');
	};
	await until(clock, timeoutMs, store, isOver, io.interrupted);
	const unfinished = look().filter(({kind}) => kind !== 'there');
	const {connection} = store.getState();
	const causes = [
		...unfinished.map(({name, words}) => `${name}: ${words}`),
		...(unfinished.length > 0 && connection.state === 'lost' ? [String(connection.problem)] : []),
	];
	if (format === 'json') io.out(JSON.stringify({type: 'result', ok: unfinished.length === 0, causes}));
	else for (const cause of causes) io.err(`swarmtop: ${cause}`);
	if (unfinished.length === 0) return exitStatus.fine;
	const isHopeless = unfinished.some(({kind}) => kind === 'hopeless');
	const why = isInterrupted ? interrupted : isHopeless ? hopeless : notThere(duration(timeoutMs));
	return complain(io, exitStatus.failed, why);
}

function find(
	{names, condition}: WaitOptions,
	state: ClusterState,
): {readonly found: readonly Named[]} | {readonly problem: string} {
	// What is not there any more is what is waited for.
	if (condition.isGone) {
		const there = names.map((name) => ({name, service: findService(name, state)}));
		return {found: there.map(({name, service}) => ({id: service.ok ? service.value.id : '', name}))};
	}
	const found =
		condition.of === 'node'
			? findAll(names, (name) => findNode(name, state))
			: findAll(names, (name) => findService(name, state));
	return found.ok ? {found: found.value} : {problem: found.error};
}

const marks: Record<Standing['kind'], string> = {there: '✓', waiting: ' ', hopeless: '✗'};
const lineOf = (name: string, kind: Standing['kind'], words: string): string => `${marks[kind]} ${name}: ${words}`;

function complain(io: ChangeIo, status: number, message: string): number {
	io.err(`swarmtop: ${message}`);
	return status;
}
