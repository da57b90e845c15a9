/** Time as a parameter: everything that waits or stamps takes a Clock, so that tests and the simulator own the time. */

export type TimerHandle = {readonly cancel: () => void};

export interface Clock {
	/** Milliseconds since the Unix epoch, with a fraction where the source has one. */
	now(): number;
	/** Calls `run` once after `delayMs` of this clock's time. */
	after(delayMs: number, run: () => void): TimerHandle;
}

/** The machine's own time. Timers do not keep the process alive when `unref` is asked for. */
export function systemClock({unref = false}: {unref?: boolean} = {}): Clock {
	return {
		now: () => Date.now(),
		after(delayMs, run) {
			const timer = setTimeout(run, Math.max(0, delayMs));
			if (unref) timer.unref();
			return {cancel: () => clearTimeout(timer)};
		},
	};
}

/** The same time until it is closed: from then on nothing that was to be called is called. */
export function closableClock(clock: Clock): Clock & {readonly close: () => void} {
	const open = new Set<TimerHandle>();
	let isClosed = false;
	return {
		now: () => clock.now(),
		after(delayMs, run) {
			if (isClosed) return {cancel: () => undefined};
			const timer = clock.after(delayMs, () => {
				open.delete(timer);
				run();
			});
			open.add(timer);
			return {
				cancel() {
					open.delete(timer);
					timer.cancel();
				},
			};
		},
		close() {
			isClosed = true;
			for (const timer of open) timer.cancel();
			open.clear();
		},
	};
}
