/** Hands the terminal to a command in a container, and takes it back. */
import type {ExecIo} from '../../nodes/exec.ts';
import type {ProcessGuard} from '../../terminal/process-guard.ts';

/** Runs what needs the terminal for itself; the screen is as it was afterwards. */
export type LendTerminal = <T>(use: (io: ExecIo) => Promise<T>) => Promise<T>;

const fallback = {columns: 80, rows: 24};

export function terminalLender(guard: Pick<ProcessGuard, 'lend'>, {stdin, stdout}: NodeJS.Process): LendTerminal {
	return (use) =>
		guard.lend(async () => {
			const wasRaw = stdin.isRaw;
			stdin.setRawMode(true);
			stdin.ref();
			try {
				return await use({
					input: stdin,
					write: ({bytes}) => new Promise<void>((resolve) => stdout.write(bytes, () => resolve())),
					size: () => ({columns: stdout.columns || fallback.columns, rows: stdout.rows || fallback.rows}),
					onResize(listener) {
						stdout.on('resize', listener);
						return () => stdout.off('resize', listener);
					},
				});
			} finally {
				stdin.setRawMode(wasRaw);
				stdin.pause();
			}
		});
}
