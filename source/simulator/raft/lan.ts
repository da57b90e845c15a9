import type {Machine} from './machine.ts';
import type {Seat} from './seat.ts';

/** The network as an engine dials into it. */
export interface Lan {
	/**
	 * The machine with that IP or name, and its seat if it has one. `unknown-name`: a name that nothing has;
	 * `no-machine`: an IP that nothing has.
	 */
	find(host: string): {readonly machine: Machine; readonly seat: Seat | undefined} | 'unknown-name' | 'no-machine';
}
