import {failed, ok, type Result} from '../../runtime/result.ts';
import type {NetworkObject} from '../../swarmkit/state/objects.ts';
import {isAtLeast, isTerminal} from '../../swarmkit/state/task-state.ts';
import type {SwarmInfo} from '../../wire/swarm.ts';
import type {Control, InitRequest, JoinRequest, Membership, Refusal} from '../contract.ts';
import {requestTimeoutMs, waitForLeader} from './access.ts';
import {foundSwarm} from './founding.ts';
import {JoinAttempt} from './joining.ts';
import {isUnlockKey} from './keys.ts';
import type {Lan} from './lan.ts';
import {leaveWarning, lockedLeave} from './leaving.ts';
import type {Machine} from './machine.ts';
import {
	isLocked,
	isMember,
	isNoMember,
	isStarting,
	isWorker,
	malformedKey,
	notInSwarm,
	notLocked,
	wrongKey,
} from './refusals.ts';
import {checkInit} from './requests.ts';
import type {Seat} from './seat.ts';
import type {StartManager} from './swarm.ts';
import {inactiveInfo, pendingInfo, seatInfo} from './swarm-info.ts';

/** One engine's part in a swarm, or in none (moby daemon/cluster). It outlives restarts of the engine. */
export class EngineMembership implements Membership {
	readonly #machine: Machine;
	readonly #lan: Lan;
	readonly #startManager: StartManager;
	#seat: Seat | undefined;
	#joining: JoinAttempt | undefined;

	constructor(machine: Machine, lan: Lan, startManager: StartManager) {
		this.#machine = machine;
		this.#lan = lan;
		this.#startManager = startManager;
	}

	/** The engine's seat, when it has joined a swarm. */
	get seat(): Seat | undefined {
		return this.#seat;
	}

	/** Takes a seat without any ado: a world that begins with its swarm in place. */
	take(seat: Seat): void {
		this.#seat = seat;
	}

	info(): SwarmInfo {
		if (this.#seat) return seatInfo(this.#seat);
		return this.#joining ? pendingInfo(this.#joining.address, this.#joining.remotes) : inactiveInfo;
	}

	summary(): string {
		const {LocalNodeState, ControlAvailable} = this.info();
		return LocalNodeState === 'active' ? `active/${ControlAvailable ? 'manager' : 'worker'}` : LocalNodeState;
	}

	async control(purpose: 'read' | 'write' = 'read'): Promise<Result<Control, Refusal>> {
		const seat = this.#seat;
		if (!seat) return failed(this.#joining ? isWorker : notInSwarm);
		const refusal = standingRefusal(seat);
		if (refusal) return failed(refusal);
		const {swarm, nodeId} = seat;
		const granted = await waitForLeader(swarm.consensus, this.#machine.clock, nodeId, purpose);
		return granted.ok ? ok(swarm.controlFor(nodeId)) : granted;
	}

	networks(): readonly NetworkObject[] {
		return this.#seat?.isActive ? networksOfNode(this.#seat) : [];
	}

	async init(request: InitRequest): Promise<Result<string, Refusal>> {
		const former = this.#seat;
		const machine = this.#machine;
		if ((former && !request.forceNewCluster) || this.#joining) return failed(isMember);
		if (former?.certificateRole === 'worker') return failed(isWorker);
		const advertised = checkInit(request, machine.address);
		if (!advertised.ok) return advertised;
		const founding = {machine, startManager: this.#startManager, request, advertised: advertised.value, former};
		this.#seat = await foundSwarm(founding);
		return ok(this.#seat.nodeId);
	}

	async join(request: JoinRequest): Promise<Result<void, Refusal>> {
		if (this.#seat || this.#joining) return failed(isMember);
		const attempt = JoinAttempt.begin(this.#machine, this.#lan, request);
		if (!attempt.ok) return attempt;
		this.#joining = attempt.value;
		attempt.value.onSeat = (seat) => {
			this.#seat = seat;
			this.#joining = undefined;
		};
		const outcome = await attempt.value.outcome;
		if (!outcome.ok && !attempt.value.isUnderWay) this.#joining = undefined;
		return outcome;
	}

	async leave(force: boolean): Promise<Result<void, Refusal>> {
		if (this.#joining) {
			this.#joining.cancel();
			this.#joining = undefined;
			return ok(undefined);
		}
		const seat = this.#seat;
		if (!seat) return failed(isNoMember);
		if (seat.isLocked && !force) return failed(lockedLeave);
		if (seat.certificateRole === 'manager' && !seat.isLocked && !force) return failed(await this.#warning(seat));
		this.#seat = undefined;
		seat.leave();
		return ok(undefined);
	}

	async unlock(key: string): Promise<Result<void, Refusal>> {
		const seat = this.#seat;
		if (!seat) return failed(this.#joining ? isWorker : notInSwarm);
		if (!seat.isLocked) return failed(standingRefusal(seat) ?? notLocked);
		if (!isUnlockKey(key)) return failed(malformedKey);
		if (!seat.unlock(key)) return failed(wrongKey);
		await untilRegistered(seat);
		return ok(undefined);
	}

	/** The engine came up again, or went down. */
	engineStarted(): void {
		this.#seat?.engineStarted();
	}

	engineStopped(): void {
		this.#seat?.engineStopped();
	}

	/** Something about the machine or its network changed: the swarm looks at the connections again. */
	noteConnections(): void {
		this.#seat?.swarm.reconsider();
	}

	async #warning(seat: Seat): Promise<Refusal> {
		if (standingRefusal(seat)) return leaveWarning('not active');
		const control = await this.control();
		return leaveWarning(control.ok ? seat.swarm.consensus.list() : 'unknown');
	}
}

function networksOfNode({swarm, nodeId}: Seat): NetworkObject[] {
	const attached = new Set<string>();
	for (const task of swarm.store.tasksOfNode(nodeId)) {
		if (isTerminal(task.status.state) || !isAtLeast(task.status.state, 'assigned')) continue;
		for (const {networkId} of task.attachments) attached.add(networkId);
	}
	return swarm.store.all('network').filter((network) => network.ingress || attached.has(network.id));
}

/** Resolves when the node has registered, or after as long as a request may take. */
function untilRegistered(seat: Seat): Promise<void> {
	return new Promise((resolve) => {
		const deadline = seat.machine.clock.after(requestTimeoutMs, resolve);
		seat.whenRegistered(() => {
			deadline.cancel();
			resolve();
		});
	});
}

/** Why the engine at that seat is not even asked to reach the leader. */
function standingRefusal(seat: Seat): Refusal | undefined {
	if (seat.isLocked) return isLocked;
	const {consensus} = seat.swarm;
	if (seat.certificateRole === 'worker' || consensus.isDropped(seat.nodeId)) return isWorker;
	return seat.isManagerUp && consensus.has(seat.nodeId) ? undefined : isStarting;
}
