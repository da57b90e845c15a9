import type {IPAMConfig, Network} from '../../wire/network.ts';
import type {ShellSession} from '../inside-container.ts';

/** What an engine keeps for itself, apart from any swarm and from its containers: it outlives a restart of the server. */

export type LocalVolume = {
	readonly name: string;
	readonly driver: string;
	readonly labels: Readonly<Record<string, string>> | null;
	readonly options: Readonly<Record<string, string>> | null;
	readonly createdAt: number;
};

export type ExecInstance = {
	readonly id: string;
	readonly containerId: string;
	readonly command: readonly string[];
	readonly environment: readonly string[];
	readonly directory: string;
	readonly tty: boolean;
	readonly wantsStdin: boolean;
	readonly wantsStdout: boolean;
	readonly wantsStderr: boolean;
	state: 'created' | 'running' | 'ended';
	exitCode: number | undefined;
	/** Of its terminal, once somebody has said so. */
	size: {readonly columns: number; readonly rows: number} | undefined;
	/** The shell in it, while one is typed into. */
	shell: ShellSession | undefined;
};

const mostExecs = 1000;

export class LocalState {
	/** When the engine first came up: its own networks are as old. */
	readonly startedAt: number;
	/** Networks that somebody made on this host alone, by ID. */
	readonly networks = new Map<string, Network>();
	readonly volumes = new Map<string, LocalVolume>();
	readonly execs = new Map<string, ExecInstance>();
	/** Counts up, so that no two have one ID. */
	#execCount = 0;

	constructor(startedAt: number) {
		this.startedAt = startedAt;
	}

	nextExecNumber(): number {
		return this.#execCount++;
	}

	/** Ended ones are forgotten after a while, as the engine forgets them after five minutes. */
	addExec(exec: ExecInstance): void {
		for (const [id, {state}] of this.execs) {
			if (this.execs.size < mostExecs) break;
			if (state === 'ended') this.execs.delete(id);
		}
		this.execs.set(exec.id, exec);
	}

	/** The next free /16 for a local bridge, after docker0 and docker_gwbridge. */
	nextBridgeSubnet(): IPAMConfig {
		const taken = new Set(
			[...this.networks.values()].flatMap(({IPAM}) => IPAM.Config?.map(({Subnet}) => Subnet) ?? []),
		);
		for (let second = 19; ; second++) {
			if (!taken.has(`172.${second}.0.0/16`)) return {Subnet: `172.${second}.0.0/16`, Gateway: `172.${second}.0.1`};
		}
	}
}
