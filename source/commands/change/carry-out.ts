import type {Actions, Plan, Progress} from '../../cluster/intent.ts';
import type {Clock} from '../../runtime/clock.ts';
import {duration} from '../../text/format.ts';
import {exitStatus} from '../open-client.ts';
import {failedTasks, watchForFlapping} from './flapping.ts';
import type {ChangeIo} from './io.ts';
import {type LastWords, lastWords} from './last-words.ts';
import {interrupted, notAllDone, timedOut, watchesForFlapping} from './messages.ts';
import type {ChangeOptions} from './options.ts';
import {lastWordsLines, progressJson, progressLine} from './print.ts';
import {rollBack} from './roll-back.ts';
import type {ChangeSession} from './session.ts';

type Ending = 'over' | 'timeout' | 'interrupted';

/** Does what the plan says and tells of it line by line until all of it is over. Gives the exit status. */
export async function carryOut(
	plan: Plan,
	session: ChangeSession,
	options: ChangeOptions,
	io: ChangeIo,
): Promise<number> {
	const tell = teller(session.actions, options, io);
	session.actions.act(plan);
	const ending = await ended(session, options, io, tell);
	const outcome = outcomeOf(session.actions, ending);
	if (outcome.isGood && options.waits && options.flappingMs > 0) {
		if (options.format !== 'json') io.out(watchesForFlapping(duration(options.flappingMs)));
		const known = failedTasks(session.store.getState());
		const flapped = await watchForFlapping(session, {withinMs: options.flappingMs, known}, io);
		if (flapped) return report({...outcome, isGood: false, causes: flapped}, ending, session, options, io);
	}
	return report(outcome, ending, session, options, io);
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
	readonly isGood: boolean;
	/** What failed, was left undone, or is not there yet. */
	readonly unfinished: readonly Progress[];
	readonly causes: readonly string[];
};

function outcomeOf(actions: Actions, ending: Ending): Outcome {
	const all = actions.progress();
	const failures = all.filter(({state}) => state === 'failed' || state === 'held');
	const open = all.filter(({finishedAt}) => finishedAt === undefined);
	const unfinished = [...failures, ...(ending === 'over' ? [] : open)];
	return {
		isGood: failures.length === 0 && (ending === 'over' || open.length === 0),
		unfinished,
		causes: unfinished.map(({title, detail}) => `${title}: ${detail}`),
	};
}

async function report(
	{isGood, unfinished, causes}: Outcome,
	ending: Ending,
	session: ChangeSession,
	options: ChangeOptions,
	io: ChangeIo,
): Promise<number> {
	const {format, timeoutMs, waits, rollsBack} = options;
	// Who interrupts wants to be gone.
	const words = isGood || ending === 'interrupted' ? [] : await wordsOf(unfinished, session);
	const said =
		ending === 'interrupted' ? interrupted : ending === 'timeout' ? timedOut(duration(timeoutMs)) : notAllDone;
	if (!isGood && format !== 'json') {
		for (const cause of causes) io.err(`swarmtop: ${cause}`);
		for (const each of words) io.err(lastWordsLines(each).join('\n'));
	}
	if (!isGood) io.err(`swarmtop: ${said}`);
	const restored = !isGood && rollsBack && ending !== 'interrupted' ? await rollBack(session, options, io) : undefined;
	if (format === 'json') {
		const rest = restored === undefined ? {} : {rolledBack: restored};
		io.out(JSON.stringify({type: 'result', ok: isGood, waited: waits, causes, failures: words, ...rest}));
	}
	return isGood ? exitStatus.fine : exitStatus.failed;
}

async function wordsOf(unfinished: readonly Progress[], session: ChangeSession): Promise<LastWords[]> {
	const all = await Promise.all(unfinished.map((progress) => lastWords(progress, session)));
	return all.filter((words) => words !== undefined);
}
