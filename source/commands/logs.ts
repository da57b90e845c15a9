import type {SwarmClient} from '../engine/client.ts';
import {engineLogOpener} from '../logs/engine-opener.ts';
import {createLogSession, type LogSession} from '../logs/log-session.ts';
import {systemClock} from '../runtime/clock.ts';
import {failed, ok, type Result} from '../runtime/result.ts';
import {capabilitiesOf} from '../terminal/capabilities.ts';
import {stripStyles, toSafeText, toStyledText} from '../text/safe-text.ts';
import {helpOf} from './command-line/help.ts';
import {outputLost, seeHelp} from './command-line/messages.ts';
import {LogJoins, targetsOf} from './log-joins.ts';
import {EngineNames} from './log-names.ts';
import {LogNews} from './log-news.ts';
import {LogPrinter} from './log-printer.ts';
import {type Found, findTarget} from './log-targets.ts';
import {type LogsIo, processIo} from './logs-io.ts';
import {type LogsOptions, logsCommand, parseLogsOptions} from './logs-options.ts';
import {exitStatus, openClient} from './open-client.ts';

/** `swarmtop logs`: the merged stream on standard output, for pipes. Gives the exit status. */
export async function runLogs(argv: readonly string[], io: LogsIo = processIo()): Promise<number> {
	const complain = (status: number, message: string): number => {
		io.err(`swarmtop: ${message}`);
		return status;
	};
	const options = parseLogsOptions(argv, Date.now());
	if (!options.ok) return complain(exitStatus.wrongUse, `${options.error} ${seeHelp('logs')}`);
	if (options.value === 'help') {
		io.output.write(`${helpOf(logsCommand)}\n`);
		return exitStatus.fine;
	}
	const client = await openClient(options.value.connection, io.surroundings);
	if (!client.ok) return complain(client.error.status, client.error.message);
	try {
		const printed = await print(client.value, options.value, io);
		return printed.ok ? exitStatus.fine : complain(exitStatus.failed, printed.error);
	} finally {
		await client.value.close();
	}
}

/** Prints until there is no more, the reader has gone away, or somebody interrupts. Fails with a sentence. */
async function print(client: SwarmClient, options: LogsOptions, io: LogsIo): Promise<Result<void, string>> {
	const found: Found[] = [];
	for (const word of options.targets) {
		const target = await findTarget(word, client);
		if (!target.ok) return target;
		found.push(target.value);
	}
	const targets = await targetsOf(found);
	if (!targets.ok) return targets;
	const {output} = io;
	const {format, hasTimestamps, filter, isFollowing} = options;
	const clock = systemClock();
	const hasColours = capabilitiesOf(io.surroundings.environment).colours !== 'none';
	const styled = (text: string) => (hasColours ? toStyledText(text) : stripStyles(toStyledText(text)));
	const clean = io.isTerminal ? styled : (text: string) => text;
	const names = new EngineNames(client);
	const printer = new LogPrinter({output, names, filter, format: {format, hasTimestamps, clean}});
	const news = new LogNews(names, (text) => io.err(`swarmtop: ${toSafeText(text)}`));
	const session = createLogSession({
		targets: targets.value,
		start: options.start,
		isFollowing,
		opener: engineLogOpener(client),
		clock,
		// What is printed need not be kept.
		limits: {lines: 1, bytes: 1 << 20},
		gate: () => printer.done(),
		onLines: (lines) => printer.print(lines),
		onNotice: ({text}) => news.tell(text),
	});
	if (isFollowing) session.subscribe(() => news.look(session.status()));
	const joins = isFollowing ? new LogJoins({client, session, found, clock}) : undefined;
	const ended = await finished(session, io);
	joins?.end();
	const status = session.status();
	session.close();
	await printer.done();
	if (ended === 'by its reader' || output.problem !== undefined) {
		return output.problem === undefined ? ok(undefined) : failed(outputLost(output.problem));
	}
	const missing = await names.nodeNames(status.missingNodeIds);
	if (missing.length > 0) return failed(`the lines of ${missing.join(', ')} are missing: unreachable now.`);
	return status.problem === undefined ? ok(undefined) : failed(status.problem);
}

function finished(session: LogSession, {output, interrupted}: LogsIo): Promise<'by itself' | 'by its reader'> {
	return new Promise((resolve) => {
		const check = (): void => {
			if (session.status().state === 'ended') resolve('by itself');
		};
		session.subscribe(check);
		output.onClosed(() => resolve('by its reader'));
		void interrupted().then(() => resolve('by its reader'));
		check();
	});
}
