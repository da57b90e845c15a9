import type {Surroundings} from '../../swarmkit/state/controller.ts';
import type {ClusterObject, TaskStatusObject} from '../../swarmkit/state/objects.ts';
import {Store} from '../../swarmkit/state/store.ts';
import type {TLSInfo} from '../../wire/node.ts';
import type {Control} from '../contract.ts';
import {Consensus} from './consensus.ts';
import {Dispatcher} from './dispatcher.ts';
import type {NodePort} from './node-port.ts';
import {RoleManager} from './role-manager.ts';
import {RootRotation, tlsInfoIn} from './root-rotation.ts';

/** What the leader runs on the store besides what is here: orchestrators, scheduler, allocator. */
export type StartManager = (surroundings: Surroundings & {readonly store: Store}) => {stop(): void};

/**
 * One swarm: its store, its raft members and who leads them, its nodes' engines, and what runs on the leader for as long
 * as it has its majority.
 */
export class Swarm {
	readonly store: Store;
	readonly consensus: Consensus;
	readonly dispatcher: Dispatcher;
	readonly #surroundings: Surroundings;
	readonly #startManager: StartManager;
	readonly #roleManager: RoleManager;
	readonly #ports = new Map<string, NodePort>();
	#manager: {stop(): void} | undefined;
	#tlsInfo: {readonly of: ClusterObject; readonly info: TLSInfo} | undefined;
	readonly #rootRotation: RootRotation;

	constructor(surroundings: Surroundings, startManager: StartManager, {firstIndex = 0} = {}) {
		const {clock, seeded} = surroundings;
		this.#surroundings = surroundings;
		this.#startManager = startManager;
		this.store = new Store(clock, {firstIndex});
		const portOf = (nodeId: string) => this.#ports.get(nodeId);
		this.consensus = new Consensus({
			clock,
			seeded,
			store: this.store,
			connections: {
				isUp: (nodeId) => portOf(nodeId)?.isManagerUp === true,
				isGone: (nodeId) => portOf(nodeId)?.isGone !== false,
				isCut: (nodeId) => portOf(nodeId)?.isCut === true,
			},
			onLeading: (_, isNewTerm) => this.#lead(isNewTerm),
			onSuspended: () => this.#rest(),
		});
		this.dispatcher = new Dispatcher({
			clock,
			seeded,
			store: this.store,
			portOf,
			isInContact: (port) => this.#isInContact(port),
			onRegistered: (nodeId) => this.#roleManager.noteRegistered(nodeId),
		});
		this.#rootRotation = new RootRotation({
			clock,
			seeded,
			store: this.store,
			isInContact: (nodeId) => this.dispatcher.isInContact(nodeId),
		});
		this.#roleManager = new RoleManager({
			clock,
			store: this.store,
			consensus: this.consensus,
			portOf,
			isInContact: (nodeId) => this.dispatcher.isInContact(nodeId),
		});
	}

	/** What nodes and clients are told of the root certificate: one object for all, for as long as it holds. */
	get tlsInfo(): TLSInfo {
		const {cluster} = this;
		if (this.#tlsInfo?.of !== cluster) this.#tlsInfo = {of: cluster, info: tlsInfoIn(cluster)};
		return this.#tlsInfo.info;
	}

	get cluster(): ClusterObject {
		const [cluster] = this.store.all('cluster');
		if (!cluster) throw new Error('a swarm without its cluster object');
		return cluster;
	}

	portOf(nodeId: string): NodePort | undefined {
		return this.#ports.get(nodeId);
	}

	/** Begins with these nodes' engines in their memberships and all in session, as if it had been so for long. */
	begin(swarmMembers: readonly NodePort[], leader: NodePort): void {
		for (const swarmMember of swarmMembers) this.attach(swarmMember);
		this.dispatcher.adopt();
		const managers = swarmMembers.filter((swarmMember) => swarmMember.certificateRole === 'manager');
		const members = managers.map(({nodeId, managerAddress}) => ({nodeId, address: managerAddress}));
		this.consensus.found(members, leader.nodeId);
	}

	/** An engine holds a certificate of this swarm from now on. */
	attach(port: NodePort): void {
		this.#ports.set(port.nodeId, port);
	}

	/** The engine has left, and told nobody: to the others it just falls silent. */
	detach(nodeId: string): void {
		this.#ports.delete(nodeId);
		this.reconsider();
		if ([...this.#ports.values()].every((port) => port.certificateRole === 'worker')) this.consensus.close();
	}

	/** Looks at all connections again; to be called whenever an engine or its network has changed. */
	reconsider(): void {
		this.consensus.reconsider();
		this.dispatcher.reconsider();
	}

	/** A report of a node's agent. */
	report(nodeId: string, taskId: string, status: TaskStatusObject): void {
		this.dispatcher.report(nodeId, taskId, status);
	}

	/** What a manager that was let through can do. */
	controlFor(nodeId: string): Control {
		const viewer = () => this.consensus.leader ?? nodeId;
		return {
			store: this.store,
			nodeId,
			members: () => this.consensus.list(viewer()),
			cluster: () => this.cluster,
			canLose: (id) => this.consensus.canLose(id),
			isReachable: (id) => this.dispatcher.isInContact(id),
			containersOf: (id) => (this.dispatcher.isInContact(id) ? this.#ports.get(id)?.containers : undefined),
		};
	}

	#isInContact(port: NodePort): boolean {
		const leader = this.#ports.get(this.consensus.leader ?? '');
		return port.isUp && leader !== undefined && (leader === port || !(leader.isCut || port.isCut));
	}

	#lead(isNewTerm: boolean): void {
		const isTakingOver = isNewTerm && this.consensus.term > 1;
		this.#roleManager.start();
		this.#rootRotation.start();
		this.dispatcher.start(isTakingOver ? 'elected' : 'resumed');
		if (isTakingOver) this.#rewrite();
		const {clock, seeded} = this.#surroundings;
		this.#manager = this.#startManager({clock, seeded, store: this.store});
	}

	#rest(): void {
		this.#manager?.stop();
		this.#manager = undefined;
		this.dispatcher.stop();
		this.#roleManager.stop();
		this.#rootRotation.stop();
	}

	/** A new leader's allocator writes every network and node once more, unchanged: the events show it. */
	#rewrite(): void {
		this.store.update((tx) => {
			for (const network of tx.all('network')) tx.put({...network});
		});
		this.store.update((tx) => {
			for (const node of tx.all('node')) tx.put({...node});
		});
	}
}
