import type {Clock, TimerHandle} from '../../runtime/clock.ts';
import {failed, ok, type Result} from '../../runtime/result.ts';
import type {Refusal} from '../contract.ts';
import type {Consensus, Standing} from './consensus.ts';
import {deadlineExceeded, isStarting, lostLeadership, noLeader} from './refusals.ts';

/** How long a request to the swarm may take (moby daemon/cluster/cluster.go swarmRequestTimeout). */
export const requestTimeoutMs = 20_000;

type Verdict = Result<void, Refusal> | 'wait';

/**
 * Waits until a manager's request can be carried out by the leader, or tells why it can't. All control calls are run on
 * the leader; a follower passes them on (swarmkit protobuf/ptypes raft proxy, manager/state/raft LeaderConn). Those that
 * wait for a leader never hear that the quorum was lost meanwhile: they run into their deadline.
 */
export function waitForLeader(
	consensus: Consensus,
	clock: Clock,
	nodeId: string,
	purpose: 'read' | 'write',
): Promise<Result<void, Refusal>> {
	const atFirst = consensus.standing(nodeId);
	const leaderAtFirst = consensus.leaderOf(nodeId);
	const decide = (standing: Standing | undefined): Verdict => {
		switch (standing) {
			case undefined:
				return failed(isStarting);
			case 'led':
				// The request went to the silent leader; that another one leads by now does not bring it back.
				return atFirst === 'silent' && consensus.leaderOf(nodeId) !== leaderAtFirst ? 'wait' : ok(undefined);
			case 'stale':
				return purpose === 'read' ? ok(undefined) : 'wait';
			case 'lost':
				return atFirst === 'lost' ? failed(noLeader) : 'wait';
			case 'leaderless':
				return atFirst === 'stale' ? failed(lostLeadership) : 'wait';
			case 'silent':
				return 'wait';
		}
	};
	const now = decide(atFirst);
	return now === 'wait'
		? untilDecided(consensus, clock, () => decide(consensus.standing(nodeId)))
		: Promise.resolve(now);
}

function untilDecided(consensus: Consensus, clock: Clock, decide: () => Verdict): Promise<Result<void, Refusal>> {
	return new Promise((resolve) => {
		let deadline: TimerHandle | undefined;
		const finish = (result: Result<void, Refusal>): void => {
			deadline?.cancel();
			unwatch();
			resolve(result);
		};
		const unwatch = consensus.watch(() => {
			const verdict = decide();
			if (verdict !== 'wait') finish(verdict);
		});
		deadline = clock.after(requestTimeoutMs, () => finish(failed(deadlineExceeded)));
	});
}
