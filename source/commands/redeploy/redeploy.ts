import {type ChangeIo, processChangeIo} from '../change/io.ts';
import {openSession, until} from '../change/session.ts';
import {helpOf} from '../command-line/help.ts';
import {seeHelp} from '../command-line/messages.ts';
import {exitStatus} from '../open-client.ts';
import {ownLogins} from '../swarm-session.ts';
import {noEngine, notKept} from './messages.ts';
import {parseRedeployOptions, type RedeployOptions, redeployCommand} from './options.ts';
import {jsonLine, type RedeployEvent, textLine} from './report.ts';
import {type RoundOptions, runRound} from './round.ts';
import {TriedDigests, usualFile} from './tried.ts';

/** As `swarmtop plan` ends where something would change. */
const somethingNewer = 10;

/** `swarmtop redeploy`. Gives the exit status; everything it started has ended then. */
export async function runRedeploy(argv: readonly string[], io: ChangeIo = processChangeIo()): Promise<number> {
	const options = parseRedeployOptions(argv);
	if (!options.ok) {
		io.err(`swarmtop: ${options.error} ${seeHelp('redeploy')}`);
		return exitStatus.wrongUse;
	}
	if (options.value === 'help') {
		io.out(helpOf(redeployCommand));
		return exitStatus.fine;
	}
	return run(options.value, io);
}

async function run(options: RedeployOptions, io: ChangeIo): Promise<number> {
	let isInterrupted = false;
	void io.interrupted.then(() => {
		isInterrupted = true;
	});
	const session = await openSession(options, io);
	if (!session.ok) {
		io.err(`swarmtop: ${session.error.message}`);
		return session.error.status;
	}
	const {clock} = session.value;
	const tell = (event: RedeployEvent): void =>
		io.out(options.format === 'json' ? jsonLine(event, clock.now()) : textLine(event));
	const tried = await TriedDigests.open(options.stateFile ?? usualFile(io.surroundings), (file, problem) =>
		io.err(`swarmtop: ${notKept(file, problem)}`),
	);
	const round: RoundOptions = {
		session: session.value,
		logins: ownLogins(io.surroundings),
		tried,
		options,
		io,
		tell,
		isInterrupted: () => isInterrupted,
	};
	try {
		return await (options.everyMs === undefined ? once(round) : forEver(round, options.everyMs));
	} finally {
		await session.value.close();
	}
}

async function once(round: RoundOptions): Promise<number> {
	const counts = await runRound(round);
	round.tell({type: 'round', ...counts});
	if (counts.failed > 0 || counts.unknown > 0) return exitStatus.failed;
	return round.options.isDryRun && counts.newer > 0 ? somethingNewer : exitStatus.fine;
}

/** Until it is interrupted; an engine that is away comes back. */
async function forEver(round: RoundOptions, everyMs: number): Promise<number> {
	const {session, io, tell, isInterrupted} = round;
	while (!isInterrupted()) {
		const {connection} = session.store.getState();
		const next = io.pace.now() + everyMs;
		if (connection.state === 'lost') tell({type: 'waiting', reason: connection.problem || noEngine});
		else tell({type: 'round', ...(await runRound(round)), nextAt: new Date(next).toISOString()});
		const never = {subscribe: () => () => undefined};
		await until(io.pace, Math.max(0, next - io.pace.now()), never, () => isInterrupted(), io.interrupted);
	}
	return exitStatus.fine;
}
