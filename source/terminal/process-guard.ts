/** Ties a terminal session to the life of its process: signals, errors nobody caught, Ctrl-Z and `fg`. */
import {inspect} from 'node:util';
import type {Clock, TimerHandle} from '../runtime/clock.ts';
import type {TerminalSession} from './terminal-session.ts';

/** 128 and the signal's number, as shells report it. */
const exitCodes = {SIGHUP: 129, SIGINT: 130, SIGQUIT: 131, SIGTERM: 143} as const;
type EndingSignal = keyof typeof exitCodes;
const endingSignals: readonly EndingSignal[] = ['SIGHUP', 'SIGINT', 'SIGQUIT', 'SIGTERM'];

/** In a shell without job control nothing stops us, and nothing tells us that we go on. */
const resumeAfterMs = 50;
const ownProcessGroup = 0;

export type ProcessGuard = {
	/** Gives the terminal to the shell and stops the process, as Ctrl-Z does; draws afresh when it goes on. */
	readonly suspend: () => void;
	/**
	 * Gives the terminal to another program until what `use` returns settles, then takes it back. Ctrl-C is that program's
	 * alone meanwhile; Ctrl-Z stops both, and `fg` goes on with both.
	 */
	readonly lend: <T>(use: () => Promise<T>) => Promise<T>;
	/** Restores the terminal, prints the error with its causes to stderr, and ends the process with code 1. */
	readonly fail: (error: unknown) => never;
	/** Stops watching; the session stays as it is. */
	readonly release: () => void;
};

export function guardProcess({
	session,
	process,
	clock,
}: {
	session: TerminalSession;
	process: NodeJS.Process;
	clock: Clock;
}): ProcessGuard {
	const leave = (): void => session.leave();

	const fail = (error: unknown): never => {
		session.leave();
		process.stderr.write(`${describeError(error)}\n`);
		return process.exit(1);
	};

	/** Whether another program has the terminal: what is typed there, Ctrl-C too, is not for us. */
	let isLent = false;

	const end = (signal: EndingSignal) => (): void => {
		if (isLent && (signal === 'SIGINT' || signal === 'SIGQUIT')) return;
		const go = (): void => {
			session.leave();
			process.exit(exitCodes[signal]);
		};
		// A terminal that has hung up answers nothing.
		if (signal === 'SIGHUP') go();
		else session.settle(go);
	};

	let isSuspended = false;
	let goOnTimer: TimerHandle | undefined;

	const stop = (): void => {
		// The shell waits for all of the job to stop.
		if (isLent) process.kill(process.pid, 'SIGSTOP');
		session.settle(stopNow);
	};

	const stopNow = (): void => {
		if (!session.isEntered) return;
		session.leave();
		isSuspended = true;
		// With our own handler gone the signal does what it does by default: it stops the process.
		process.off('SIGTSTP', stop);
		process.kill(ownProcessGroup, 'SIGTSTP');
		goOnTimer = clock.after(resumeAfterMs, goOn);
	};

	const goOn = (): void => {
		goOnTimer?.cancel();
		if (session.isEntered) session.reclaim();
		if (!isSuspended) return;
		isSuspended = false;
		process.on('SIGTSTP', stop);
		session.enter();
	};

	const lend = async <T>(use: () => Promise<T>): Promise<T> => {
		await new Promise<void>((resolve) => session.settle(resolve));
		session.leave();
		isLent = true;
		try {
			return await use();
		} finally {
			isLent = false;
			session.enter();
		}
	};

	const handlers: readonly (readonly [event: string, handler: (value: unknown) => void])[] = [
		['exit', leave],
		['uncaughtException', fail],
		['unhandledRejection', fail],
		['SIGTSTP', stop],
		['SIGCONT', goOn],
		...endingSignals.map((signal) => [signal, end(signal)] as const),
	];
	for (const [event, handler] of handlers) process.on(event, handler);
	return {
		suspend: stop,
		lend,
		fail,
		release: () => {
			for (const [event, handler] of handlers) process.off(event, handler);
		},
	};
}

/** An error's stack and its chain of causes, as Node itself prints it; anything else that was thrown, as it is. */
function describeError(error: unknown): string {
	return error instanceof Error ? inspect(error, {colors: false}) : `uncaught: ${inspect(error)}`;
}
