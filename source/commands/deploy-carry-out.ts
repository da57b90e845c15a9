import type {Actions, Plan, Progress} from '../cluster/intent.ts';
import type {ClusterStore} from '../cluster/model.ts';
import type {SwarmClient} from '../engine/client.ts';
import type {Clock} from '../runtime/clock.ts';
import {duration} from '../text/format.ts';
import type {DeployIo} from './deploy-io.ts';
import {type LastWords, lastWords} from './deploy-last-words.ts';
import type {DeployCommandOptions} from './deploy-options.ts';
import {lastWordsLines, progressJson, progressLine} from './deploy-print.ts';
import {exitStatus} from './open-client.ts';

/** The swarm as `swarmtop deploy` has it. */
export type Desk = {
	readonly actions: Actions;
	readonly clock: Clock;
	readonly store: ClusterStore;
	readonly client: SwarmClient;
};
type Ending = 'over' | 'timeout' | 'interrupted';

/** Does what the plan says and tells of it line by line until all of it is over. Gives the exit status. */
export async function carryOut(plan: Plan, desk: Desk, options: DeployCommandOptions, io: DeployIo): Promise<number> {
	const {actions, clock} = desk;
	const told = new Map<number, string>();
	const tell = (): void => {
		for (const progress of actions.progress().toReversed()) {
			const line = options.format === 'json' ? JSON.stringify(progressJson(progress)) : progressLine(progress);
			if (told.get(progress.id) === line) continue;
			told.set(progress.id, line);
			io.out(line);
		}
	};
	actions.act(plan);
	const ending = await ended(actions, clock, options, io, tell);
	return report(ending, desk, options, io);
}

function ended(
	actions: Actions,
	clock: Clock,
	{waits, timeoutMs}: DeployCommandOptions,
	io: DeployIo,
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

async function report(
	ending: Ending,
	desk: Desk,
	{format, timeoutMs, waits}: DeployCommandOptions,
	io: DeployIo,
): Promise<number> {
	const all = desk.actions.progress();
	const failures = all.filter(({state}) => state === 'failed' || state === 'held');
	const open = all.filter(({finishedAt}) => finishedAt === undefined);
	const isGood = failures.length === 0 && (ending === 'over' || open.length === 0);
	const unfinished = [...failures, ...(ending === 'over' ? [] : open)];
	const causes = unfinished.map(({title, detail}) => `${title}: ${detail}`);
	// Who interrupts wants to be gone.
	const words = isGood || ending === 'interrupted' ? [] : await wordsOf(unfinished, desk);
	const problem =
		ending === 'interrupted'
			? 'Interrupted: what the engine has taken goes on.'
			: ending === 'timeout'
				? `Not there after ${duration(timeoutMs)}: what the engine has taken goes on.`
				: 'Not all of it has come about.';
	if (format === 'json') io.out(JSON.stringify({type: 'result', ok: isGood, waited: waits, causes, failures: words}));
	else if (!isGood) {
		for (const cause of causes) io.err(`swarmtop: ${cause}`);
		for (const each of words) io.err(lastWordsLines(each).join('\n'));
	}
	if (!isGood) io.err(`swarmtop: ${problem}`);
	return isGood ? exitStatus.fine : exitStatus.failed;
}

async function wordsOf(unfinished: readonly Progress[], desk: Desk): Promise<LastWords[]> {
	const all = await Promise.all(unfinished.map((progress) => lastWords(progress, desk)));
	return all.filter((words) => words !== undefined);
}
