import type {Clock, TimerHandle} from '../../runtime/clock.ts';
import type {NodeObject} from '../../swarmkit/state/objects.ts';
import type {Commit, Store} from '../../swarmkit/state/store.ts';
import type {NodeRole} from '../../wire/node.ts';
import type {Consensus} from './consensus.ts';
import type {NodePort} from './node-port.ts';

/**
 * Makes the observed roles follow the desired ones, on the leader (swarmkit manager/role_manager.go, node/node.go). A
 * promotion shows at once, then the node renews its certificate, starts its manager and joins raft. A demotion takes the
 * member out of raft first, if the others keep their majority, and shows only then. What can't be done now is tried
 * again every five seconds.
 */

const retryMs = 5000;
/** From the request to what the node does about it: as recorded, half a second. */
const renewalMs = 500;
const managerStartMs = 300;

type RoleManagerOptions = {
	readonly clock: Clock;
	readonly store: Store;
	readonly consensus: Consensus;
	readonly portOf: (nodeId: string) => NodePort | undefined;
	readonly isInContact: (nodeId: string) => boolean;
};

export class RoleManager {
	readonly #options: RoleManagerOptions;
	/** The step that a node waits for; a node goes through one change at a time. */
	readonly #steps = new Map<string, TimerHandle>();
	#unwatch: (() => void) | undefined;

	constructor(options: RoleManagerOptions) {
		this.#options = options;
	}

	start(): void {
		const {store} = this.#options;
		this.#unwatch = store.watch((commit) => this.#onCommit(commit));
		for (const node of store.all('node')) this.#reconcile(node);
		for (const {nodeId} of this.#options.consensus.list()) if (!store.get('node', nodeId)) this.#evict(nodeId);
	}

	stop(): void {
		this.#unwatch?.();
		this.#unwatch = undefined;
		for (const step of this.#steps.values()) step.cancel();
		this.#steps.clear();
	}

	/** A node has registered: its certificate may be of a role that it no longer has. */
	noteRegistered(nodeId: string): void {
		const node = this.#options.store.get('node', nodeId);
		if (node && this.#unwatch) this.#renew(node);
	}

	#onCommit(commit: Commit): void {
		for (const change of commit.changes) {
			if (change.kind !== 'node') continue;
			if (change.action === 'remove') {
				this.#evict(change.object.id);
				continue;
			}
			const isChanged = change.action === 'create' || change.previous.spec.Role !== change.object.spec.Role;
			if (isChanged) this.#reconcile(change.object);
		}
	}

	/** Takes the next step between the desired and the observed role, or sees to the certificate when they agree. */
	#reconcile(node: NodeObject): void {
		if (node.spec.Role === node.role) {
			this.#renew(node);
		} else if (node.spec.Role === 'worker') {
			this.#after(node.id, renewalMs, () => this.#demote(node.id));
		} else {
			this.#setRole(node.id, 'manager');
			this.#renewAfter(node.id, renewalMs);
		}
	}

	#demote(nodeId: string): void {
		const {store, consensus} = this.#options;
		const node = store.get('node', nodeId);
		if (!node || node.spec.Role === node.role) return;
		if (!this.#leaveRaft(nodeId, () => this.#demote(nodeId))) return;
		consensus.forgetDropped(nodeId);
		this.#touch(nodeId);
		this.#setRole(nodeId, 'worker');
		// A node that raft has shut out asks for a certificate at once.
		this.#renewAfter(nodeId, 10);
	}

	/** A node that was removed right after its demotion was asked for is still a member of raft. */
	#evict(nodeId: string): void {
		this.#leaveRaft(nodeId, () => this.#evict(nodeId));
	}

	/**
	 * Takes a member out of raft; true when it is out. Not before the others can bear it, which is tried again later; and
	 * a leader hands over instead: the next one, which begins with all that is to be done, goes on with it.
	 */
	#leaveRaft(nodeId: string, retry: () => void): boolean {
		const {consensus} = this.#options;
		if (!consensus.has(nodeId)) return true;
		if (consensus.canLose(nodeId)) {
			if (consensus.leader !== nodeId) {
				consensus.remove(nodeId);
				return true;
			}
			if (consensus.transfer()) return false;
		}
		this.#after(nodeId, retryMs, retry);
		return false;
	}

	#renewAfter(nodeId: string, delayMs: number): void {
		this.#after(nodeId, delayMs, () => {
			const node = this.#options.store.get('node', nodeId);
			if (node) this.#renew(node);
		});
	}

	/** Has the node renew its certificate when that names another role; it writes the node twice: asked for, issued. */
	#renew(node: NodeObject): void {
		const {consensus} = this.#options;
		const port = this.#options.portOf(node.id);
		if (node.spec.Role !== node.role || !port) return;
		if (port.certificateRole !== node.role) {
			if (!this.#options.isInContact(node.id)) return;
			this.#touch(node.id);
			this.#touch(node.id);
			port.onCertificate(node.role);
		}
		if (node.role === 'manager' && !consensus.has(node.id) && !consensus.isDropped(node.id)) {
			this.#after(node.id, managerStartMs, () => this.#joinRaft(node.id));
		}
	}

	#joinRaft(nodeId: string): void {
		const {store, consensus, portOf, isInContact} = this.#options;
		const port = portOf(nodeId);
		if (store.get('node', nodeId)?.role !== 'manager' || !port || consensus.has(nodeId)) return;
		if (port.isManagerUp && isInContact(nodeId)) consensus.add(nodeId, port.managerAddress);
		else this.#after(nodeId, retryMs, () => this.#joinRaft(nodeId));
	}

	#setRole(nodeId: string, role: NodeRole): void {
		this.#options.store.update((tx) => {
			const node = tx.get('node', nodeId);
			if (node) tx.put({...node, role});
		});
	}

	#touch(nodeId: string): void {
		this.#options.store.update((tx) => {
			const node = tx.get('node', nodeId);
			if (node) tx.put({...node});
		});
	}

	#after(nodeId: string, delayMs: number, step: () => void): void {
		this.#steps.get(nodeId)?.cancel();
		const timer = this.#options.clock.after(delayMs, () => {
			this.#steps.delete(nodeId);
			step();
		});
		this.#steps.set(nodeId, timer);
	}
}
