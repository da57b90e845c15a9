import type {TimerHandle} from '../../runtime/clock.ts';
import type {TaskObject} from '../../swarmkit/state/objects.ts';
import type {NodeDescription} from '../../wire/node.ts';
import type {AdoptingAgent} from '../agents/agent.ts';
import type {Containers} from '../contract.ts';
import {type Endpoint, endpointText} from './addresses.ts';
import type {Machine} from './machine.ts';
import type {NodePort} from './node-port.ts';
import type {Swarm} from './swarm.ts';

/**
 * An engine's membership in a swarm: its certificate, its agent, the manager on it while it has that role, and what a restart
 * of the engine does to them.
 */

/** From the start of an engine until its manager is in raft again, and until its agent knocks at the dispatcher. */
const managerStartMs = 400;
const agentStartMs = 800;

type SwarmMemberOptions = {
	readonly machine: Machine;
	readonly swarm: Swarm;
	readonly nodeId: string;
	readonly advertised: Endpoint;
	readonly role: 'worker' | 'manager';
};

export class SwarmMember implements NodePort {
	readonly machine: Machine;
	readonly swarm: Swarm;
	readonly nodeId: string;
	readonly advertised: Endpoint;
	#role: 'worker' | 'manager';
	#agent: AdoptingAgent;
	#isAgentUp = true;
	#isManagerStarted = true;
	#isRegistered = false;
	#isRemoved = false;
	/** The key without which its manager can't read its disk: set while the membership is locked. */
	#lock: string | undefined;
	/** The key that its disk was locked with when the engine stopped. */
	#keyAtStop = '';
	readonly #starting: TimerHandle[] = [];
	/** Ends its replica of the store, while it has one. */
	#unfollow: (() => void) | undefined;
	readonly #registrationWaiters = new Set<() => void>();

	constructor({machine, swarm, nodeId, advertised, role}: SwarmMemberOptions) {
		this.machine = machine;
		this.swarm = swarm;
		this.nodeId = nodeId;
		this.advertised = advertised;
		this.#role = role;
		this.#agent = this.#createAgent();
		this.#follow();
	}

	get address(): string {
		return this.advertised.host;
	}

	/** Where its manager is reached, if it has one. */
	get managerAddress(): string {
		return endpointText(this.advertised);
	}

	get containers(): Containers {
		return this.machine.containers;
	}

	get isUp(): boolean {
		return this.machine.isRunning && !this.machine.isFrozen && this.#isAgentUp && !this.#isRemoved && !this.isLocked;
	}

	get isGone(): boolean {
		return !this.machine.isRunning || this.isLocked;
	}

	get isCut(): boolean {
		return this.machine.isCut;
	}

	get isLocked(): boolean {
		return this.#lock !== undefined;
	}

	get isManagerUp(): boolean {
		const isRunning = this.machine.isRunning && !this.machine.isFrozen && !this.isLocked && !this.#isRemoved;
		return isRunning && this.#role === 'manager' && this.#isManagerStarted;
	}

	/** The node has registered since its engine was started; a removed one learns of its removal at the next start. */
	get isActive(): boolean {
		return this.#isRegistered && !this.isLocked;
	}

	get certificateRole(): 'worker' | 'manager' {
		return this.#role;
	}

	describe(): NodeDescription {
		return {...this.machine.describe(), TLSInfo: this.swarm.tlsInfo};
	}

	assign(tasks: readonly TaskObject[]): void {
		this.#agent.assign(tasks);
	}

	adopt(tasks: readonly TaskObject[]): void {
		this.#agent.adopt(tasks);
	}

	onRegistered(): void {
		this.#isRegistered = true;
		for (const resolve of [...this.#registrationWaiters]) resolve();
		this.#registrationWaiters.clear();
	}

	onCertificate(role: 'worker' | 'manager'): void {
		this.#role = role;
		this.#isManagerStarted = role === 'manager';
		this.#follow();
		this.swarm.reconsider();
	}

	onRemoved(): void {
		if (this.isUp && !this.isCut) this.#agent.assign([]);
		this.#isRemoved = true;
		this.swarm.reconsider();
	}

	/** Calls once when the dispatcher has taken the node up. */
	whenRegistered(call: () => void): void {
		if (this.#isRegistered) call();
		else this.#registrationWaiters.add(call);
	}

	/** The engine has started again; a manager of a swarm with autolock waits for its key. */
	engineStarted(): void {
		this.#agent = this.#createAgent();
		if (this.#role === 'manager' && this.#keyAtStop !== '') this.#lock = this.#keyAtStop;
		else this.#begin();
	}

	/** The engine has stopped (`machine.isRunning` is false by now). */
	engineStopped(): void {
		for (const timer of this.#starting.splice(0)) timer.cancel();
		if (!this.isLocked) this.#keyAtStop = this.swarm.cluster.unlockKey;
		this.#lock = undefined;
		this.#isAgentUp = false;
		this.#isManagerStarted = false;
		this.#isRegistered = false;
		this.#follow();
		this.#agent.shutdown();
		this.swarm.dispatcher.forget(this.nodeId);
		this.swarm.reconsider();
	}

	/** Opens a locked membership; false when it is the wrong key. */
	unlock(key: string): boolean {
		if (key !== this.#lock) return false;
		this.#lock = undefined;
		this.#begin();
		return true;
	}

	/** Gives the membership up: what the swarm ran here ends, and nobody is told. */
	leave(): void {
		for (const timer of this.#starting.splice(0)) timer.cancel();
		this.#unfollow?.();
		this.#agent.leave();
		this.swarm.detach(this.nodeId);
	}

	#begin(): void {
		const {clock} = this.machine;
		this.#isAgentUp = false;
		this.#isManagerStarted = false;
		this.#starting.push(
			clock.after(managerStartMs, () => {
				this.#isManagerStarted = true;
				this.#follow();
				this.swarm.reconsider();
			}),
			clock.after(agentStartMs, () => {
				this.#isAgentUp = true;
				this.swarm.reconsider();
			}),
		);
	}

	/** Holds a replica of the store while a manager runs here. */
	#follow(): void {
		this.#unfollow?.();
		this.#unfollow = undefined;
		if (this.#role !== 'manager' || !this.#isManagerStarted) return;
		const {store, consensus} = this.swarm;
		this.#unfollow = this.machine.followStore(store, () => consensus.standing(this.nodeId) === 'led');
	}

	#createAgent(): AdoptingAgent {
		const {machine, swarm, nodeId} = this;
		return machine.createAgent(nodeId, swarm.store, (taskId, status) => swarm.report(nodeId, taskId, status));
	}
}
