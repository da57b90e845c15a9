import type {Machine} from './machine.ts';
import type {SwarmMember} from './swarm-member.ts';

/** The network as an engine dials into it. */
export interface HostNetwork {
	/**
	 * The machine with that IP or name, and its membership if it has one. `unknown-name`: a name that nothing has;
	 * `no-machine`: an IP that nothing has.
	 */
	find(
		host: string,
	): {readonly machine: Machine; readonly swarmMember: SwarmMember | undefined} | 'unknown-name' | 'no-machine';
}
