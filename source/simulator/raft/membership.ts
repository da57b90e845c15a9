import {failed, ok, type Result} from '../../runtime/result.ts';
import type {NetworkObject} from '../../swarmkit/state/objects.ts';
import {isAtLeast, isTerminal} from '../../swarmkit/state/task-state.ts';
import type {SwarmInfo} from '../../wire/swarm.ts';
import type {Control, InitRequest, JoinRequest, Membership, Refusal} from '../contract.ts';
import {requestTimeoutMs, waitForLeader} from './access.ts';
import {foundSwarm} from './founding.ts';
import type {HostNetwork} from './host-network.ts';
import {JoinAttempt} from './joining.ts';
import {isUnlockKey} from './keys.ts';
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
import type {StartManager} from './swarm.ts';
import {inactiveInfo, pendingInfo, seatInfo} from './swarm-info.ts';
import type {SwarmMember} from './swarm-member.ts';

/** One engine's part in a swarm, or in none (moby daemon/cluster). It outlives restarts of the engine. */
export class EngineMembership implements Membership {
	readonly #machine: Machine;
	readonly #hostNetwork: HostNetwork;
	readonly #startManager: StartManager;
	#swarmMember: SwarmMember | undefined;
	#joining: JoinAttempt | undefined;

	constructor(machine: Machine, hostNetwork: HostNetwork, startManager: StartManager) {
		this.#machine = machine;
		this.#hostNetwork = hostNetwork;
		this.#startManager = startManager;
	}

	/** The engine's membership, when it has joined a swarm. */
	get swarmMember(): SwarmMember | undefined {
		return this.#swarmMember;
	}

	/** Takes a membership without any ado: a world that begins with its swarm in place. */
	take(swarmMember: SwarmMember): void {
		this.#swarmMember = swarmMember;
	}

	info(): SwarmInfo {
		if (this.#swarmMember) return seatInfo(this.#swarmMember);
		return this.#joining ? pendingInfo(this.#joining.address, this.#joining.remotes) : inactiveInfo;
	}

	summary(): string {
		const {LocalNodeState, ControlAvailable} = this.info();
		return LocalNodeState === 'active' ? `active/${ControlAvailable ? 'manager' : 'worker'}` : LocalNodeState;
	}

	async control(purpose: 'read' | 'write' = 'read'): Promise<Result<Control, Refusal>> {
		const swarmMember = this.#swarmMember;
		if (!swarmMember) return failed(this.#joining ? isWorker : notInSwarm);
		const refusal = standingRefusal(swarmMember);
		if (refusal) return failed(refusal);
		const {swarm, nodeId} = swarmMember;
		const granted = await waitForLeader(swarm.consensus, this.#machine.clock, nodeId, purpose);
		return granted.ok ? ok(swarm.controlFor(nodeId)) : granted;
	}

	networks(): readonly NetworkObject[] {
		return this.#swarmMember?.isActive ? networksOfNode(this.#swarmMember) : [];
	}

	async init(request: InitRequest): Promise<Result<string, Refusal>> {
		const former = this.#swarmMember;
		const machine = this.#machine;
		if ((former && !request.forceNewCluster) || this.#joining) return failed(isMember);
		if (former?.certificateRole === 'worker') return failed(isWorker);
		const advertised = checkInit(request, machine.address);
		if (!advertised.ok) return advertised;
		const founding = {machine, startManager: this.#startManager, request, advertised: advertised.value, former};
		this.#swarmMember = await foundSwarm(founding);
		return ok(this.#swarmMember.nodeId);
	}

	async join(request: JoinRequest): Promise<Result<void, Refusal>> {
		if (this.#swarmMember || this.#joining) return failed(isMember);
		const attempt = JoinAttempt.begin(this.#machine, this.#hostNetwork, request);
		if (!attempt.ok) return attempt;
		this.#joining = attempt.value;
		attempt.value.onMember = (swarmMember) => {
			this.#swarmMember = swarmMember;
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
		const swarmMember = this.#swarmMember;
		if (!swarmMember) return failed(isNoMember);
		if (swarmMember.isLocked && !force) return failed(lockedLeave);
		if (swarmMember.certificateRole === 'manager' && !swarmMember.isLocked && !force)
			return failed(await this.#warning(swarmMember));
		this.#swarmMember = undefined;
		swarmMember.leave();
		return ok(undefined);
	}

	async unlock(key: string): Promise<Result<void, Refusal>> {
		const swarmMember = this.#swarmMember;
		if (!swarmMember) return failed(this.#joining ? isWorker : notInSwarm);
		if (!swarmMember.isLocked) return failed(standingRefusal(swarmMember) ?? notLocked);
		if (!isUnlockKey(key)) return failed(malformedKey);
		if (!swarmMember.unlock(key)) return failed(wrongKey);
		await untilRegistered(swarmMember);
		return ok(undefined);
	}

	/** The engine came up again, or went down. */
	engineStarted(): void {
		this.#swarmMember?.engineStarted();
	}

	engineStopped(): void {
		this.#swarmMember?.engineStopped();
	}

	/** Something about the machine or its network changed: the swarm looks at the connections again. */
	noteConnections(): void {
		this.#swarmMember?.swarm.reconsider();
	}

	async #warning(swarmMember: SwarmMember): Promise<Refusal> {
		if (standingRefusal(swarmMember)) return leaveWarning('not active');
		const control = await this.control();
		return leaveWarning(control.ok ? swarmMember.swarm.consensus.list() : 'unknown');
	}
}

function networksOfNode({swarm, nodeId}: SwarmMember): NetworkObject[] {
	const attached = new Set<string>();
	for (const task of swarm.store.tasksOfNode(nodeId)) {
		if (isTerminal(task.status.state) || !isAtLeast(task.status.state, 'assigned')) continue;
		for (const {networkId} of task.attachments) attached.add(networkId);
	}
	return swarm.store.all('network').filter((network) => network.ingress || attached.has(network.id));
}

/** Resolves when the node has registered, or after as long as a request may take. */
function untilRegistered(swarmMember: SwarmMember): Promise<void> {
	return new Promise((resolve) => {
		const deadline = swarmMember.machine.clock.after(requestTimeoutMs, resolve);
		swarmMember.whenRegistered(() => {
			deadline.cancel();
			resolve();
		});
	});
}

/** Why the engine at that membership is not even asked to reach the leader. */
function standingRefusal(swarmMember: SwarmMember): Refusal | undefined {
	if (swarmMember.isLocked) return isLocked;
	const {consensus} = swarmMember.swarm;
	if (swarmMember.certificateRole === 'worker' || consensus.isDropped(swarmMember.nodeId)) return isWorker;
	return swarmMember.isManagerUp && consensus.has(swarmMember.nodeId) ? undefined : isStarting;
}
