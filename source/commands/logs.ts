import type {SwarmClient} from '../engine/client.ts';
import {engineLogOpener} from '../logs/engine-opener.ts';
import {exportLine} from '../logs/export.ts';
import type {LogLine} from '../logs/log-line.ts';
import type {LogTarget} from '../logs/log-opener.ts';
import {createLogSession, type LogSession} from '../logs/log-session.ts';
import {systemClock} from '../runtime/clock.ts';
import {toStyledText} from '../text/safe-text.ts';
import {complain} from './complain.ts';
import {LineOutput} from './line-output.ts';
import {DirectoryNames, findTargets, readDirectory} from './log-targets.ts';
import {type LogsOptions, logsUsage, parseLogsOptions} from './logs-options.ts';
import {exitStatus, openClient, sentences} from './open-client.ts';

/** `swarmtop logs`: the merged stream on standard output, for pipes. Gives the exit status. */
export async function runLogs(argv: readonly string[]): Promise<number> {
	const options = parseLogsOptions(argv, Date.now());
	if (!options.ok) return complain(exitStatus.wrongUse, `${options.error} See swarmtop logs --help.`);
	if (options.value === 'help') {
		process.stdout.write(`${logsUsage}\n`);
		return exitStatus.fine;
	}
	const client = await openClient(options.value.connection);
	if (!client.ok) return complain(client.error.status, client.error.message);
	try {
		return await print(client.value, options.value);
	} finally {
		await client.value.close();
	}
}

async function print(client: SwarmClient, options: LogsOptions): Promise<number> {
	const directory = await readDirectory(client);
	if (!directory.ok) return complain(exitStatus.failed, sentences(directory.error));
	const targets: LogTarget[] = [];
	for (const word of options.targets) {
		const found = findTargets(word, directory.value);
		if (!found.ok) return complain(exitStatus.failed, found.error);
		targets.push(...found.value);
	}
	const names = new DirectoryNames(directory.value, client);
	const output = new LineOutput(process.stdout);
	const clean = process.stdout.isTTY ? (text: string) => toStyledText(text) : (text: string) => text;
	const {format, hasTimestamps, filter} = options;
	const session = createLogSession({
		targets,
		start: options.start,
		isFollowing: options.isFollowing,
		opener: engineLogOpener(client),
		clock: systemClock(),
		limits: {lines: 1, bytes: 1 << 20},
		gate: () => output.flushed(),
		onLines(lines: readonly LogLine[]) {
			for (const line of lines) {
				if (filter.matches(line.text)) output.write(exportLine(line, {format, hasTimestamps, names, clean}));
			}
		},
	});
	const problem = await finished(session, output);
	session.close();
	await output.flushed();
	const missing = session.status().missingNodeIds.map((id) => names.node(id) ?? id);
	if (missing.length > 0)
		return complain(exitStatus.failed, `the lines of ${missing.join(', ')} are missing: not available.`);
	return problem === undefined ? exitStatus.fine : complain(exitStatus.failed, problem);
}

/** Until all is printed, the reader has gone away, or somebody interrupts; the problem that it ended with, if any. */
function finished(session: LogSession, output: LineOutput): Promise<string | undefined> {
	return new Promise((resolve) => {
		const check = () => {
			const {state, problem} = session.status();
			if (state === 'ended') resolve(problem);
		};
		session.subscribe(check);
		output.onClosed(() => resolve(undefined));
		for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve(undefined));
		check();
	});
}
