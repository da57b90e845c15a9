import {isWanted} from '../../cluster/entities/health.ts';
import type {Actions, Plan, Progress} from '../../cluster/intent.ts';
import type {ClusterState, ServiceEntity} from '../../cluster/model.ts';
import type {Clock} from '../../runtime/clock.ts';
import {duration} from '../../text/format.ts';
import {exitStatus} from '../open-client.ts';
import {type Before, concernedServices, rememberBefore} from './concerned.ts';
import {watchForFlapping} from './flapping.ts';
import type {ChangeIo} from './io.ts';
import {failedTask, type LastWords, lastWords} from './last-words.ts';
import {interrupted, notAllDone, stillStarting, timedOut, watchesForFlapping} from './messages.ts';
import type {ChangeOptions} from './options.ts';
import {lastWordsLines, progressJson, progressLine} from './print.ts';
import {rollBack} from './roll-back.ts';
import {type ChangeSession, until} from './session.ts';

type Ending = 'over' | 'timeout' | 'interrupted';

/** Does what the plan says and tells of it line by line until all of it is over. Gives the exit status. */
export async function carryOut(
	plan: Plan,
	session: ChangeSession,
	options: ChangeOptions,
	io: ChangeIo,
): Promise<number> {
	const {actions, store} = session;
	const before = rememberBefore(store.getState());
	const tell = teller(actions, options, io);
	actions.act(plan);
	const ending = await ended(session, options, io, tell);
	const outcome = outcomeOf(session, ending);
	if (!outcome.isGood || !options.waits || options.flappingMs === 0)
		return report(outcome, before, session, options, io);
	if (options.format !== 'json') io.out(watchesForFlapping(duration(options.flappingMs)));
	let isInterrupted = false;
	void io.interrupted.then(() => {
		isInterrupted = true;
	});
	const flapping = await watchForFlapping(session, options.flappingMs, io);
	if (flapping) {
		const failing = [...store.getState().services.values()].filter(({id}) => flapping.services.has(id));
		return report({...outcome, isGood: false, failing, causes: flapping.causes}, before, session, options, io);
	}
	return report(
		isInterrupted ? {...outcome, ending: 'interrupted', isGood: false} : outcome,
		before,
		session,
		options,
		io,
	);
}

/** Says each thing once. */
function teller(actions: Actions, {format}: ChangeOptions, io: ChangeIo): () => void {
	const told = new Map<number, string>();
	return () => {
		for (const progress of actions.progress().toReversed()) {
			const line = format === 'json' ? JSON.stringify(progressJson(progress)) : progressLine(progress);
			if (told.get(progress.id) === line) continue;
			told.set(progress.id, line);
			io.out(line);
		}
	};
}

function ended(
	{actions, clock}: {readonly actions: Actions; readonly clock: Clock},
	{waits, timeoutMs}: ChangeOptions,
	io: ChangeIo,
	tell: () => void,
): Promise<Ending> {
	return new Promise((resolve) => {
		const end = (ending: Ending): void => {
			timer.cancel();
			unsubscribe();
			resolve(ending);
		};
		const look = (): void => {
			tell();
			const all = actions.progress();
			if (all.every((each) => each.finishedAt !== undefined || (!waits && isSent(each)))) end('over');
		};
		const timer = clock.after(timeoutMs, () => end('timeout'));
		const unsubscribe = actions.subscribe(look);
		void io.interrupted.then(() => end('interrupted'));
		look();
	});
}

/** The engine has taken it: what is left is to be watched. */
const isSent = ({state, detail}: Progress): boolean => state !== 'waiting' && detail !== 'sending';

type Outcome = {
	readonly ending: Ending;
	readonly isGood: boolean;
	/** What failed, was left undone, or is not there yet. */
	readonly unfinished: readonly Progress[];
	/** The services of it. */
	readonly failing: readonly ServiceEntity[];
	readonly causes: readonly string[];
};

function outcomeOf({actions, store}: ChangeSession, ending: Ending): Outcome {
	const all = actions.progress();
	const failures = all.filter(({state}) => state === 'failed' || state === 'held');
	const open = all.filter(({finishedAt}) => finishedAt === undefined);
	const unfinished = [...failures, ...(ending === 'over' ? [] : open)];
	return {
		ending,
		isGood: failures.length === 0 && (ending === 'over' || open.length === 0),
		unfinished,
		failing: concernedServices(unfinished, store.getState()),
		causes: [
			...unfinished.map((progress) => causeOf(progress, store.getState())),
			...(open.length > 0 ? lossOf(store.getState()) : []),
		],
	};
}

/** Where nothing has failed yet, what it waits for. */
function causeOf(progress: Progress, state: ClusterState): string {
	const words = `${progress.title}: ${progress.detail}`;
	if (progress.state !== 'running') return words;
	const services = new Set(concernedServices([progress], state).map(({id}) => id));
	const starting = [...state.tasks.values()].filter(
		(task) => services.has(task.serviceId) && task.state === 'starting' && isWanted(task.desired),
	);
	return starting.length === 0 ? words : stillStarting(words, starting.map(({name}) => name).toSorted());
}

/** What is shown of the swarm is old then, and says nothing of what holds the change up. */
function lossOf({connection}: ClusterState): string[] {
	return connection.state === 'lost' ? [`${connection.problem} ${connection.nextStep}`.trim()] : [];
}

async function report(
	{ending, isGood, unfinished, failing, causes}: Outcome,
	before: Before,
	session: ChangeSession,
	options: ChangeOptions,
	io: ChangeIo,
): Promise<number> {
	const {format, timeoutMs, waits, rollsBack} = options;
	// Who interrupts wants to be gone.
	const words = isGood || ending === 'interrupted' ? [] : await wordsOf(unfinished, before, session);
	const said: Record<Ending, string> = {over: notAllDone, timeout: timedOut(duration(timeoutMs)), interrupted};
	if (!isGood && format !== 'json') {
		for (const cause of causes) io.err(`swarmtop: ${cause}`);
		for (const each of words) io.err(lastWordsLines(each).join('\n'));
	}
	if (!isGood) io.err(`swarmtop: ${said[ending]}`);
	// What the engine refused has changed nothing, and its settings of before are those of another change.
	const changed = failing.filter(before.hasChanged);
	const restored =
		!isGood && rollsBack && ending !== 'interrupted' ? await rollBack(changed, session, options, io) : undefined;
	if (format === 'json') {
		const rest = restored === undefined ? {} : {rolledBack: restored};
		io.out(JSON.stringify({type: 'result', ok: isGood, waited: waits, causes, failures: words, ...rest}));
	}
	return isGood ? exitStatus.fine : exitStatus.failed;
}

/** An update says that it has paused before the list of tasks says of which. */
const taskPatienceMs = 2000;

async function wordsOf(unfinished: readonly Progress[], before: Before, session: ChangeSession): Promise<LastWords[]> {
	const {store, clock} = session;
	const isTold = (progress: Progress): boolean => failedTask(progress, before, store.getState()) !== undefined;
	await until(clock, taskPatienceMs, store, () => unfinished.every(isTold));
	const all = await Promise.all(unfinished.map((progress) => lastWords(progress, before, session)));
	return all.filter((words) => words !== undefined);
}
