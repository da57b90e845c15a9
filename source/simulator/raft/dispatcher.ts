// A long file: sessions, heartbeats and assignments share their state.
import type {Clock, TimerHandle} from '../../runtime/clock.ts';
import type {Seeded} from '../../swarmkit/random.ts';
import type {NodeObject} from '../../swarmkit/state/objects.ts';
import type {Commit, Store} from '../../swarmkit/state/store.ts';
import {isAtLeast} from '../../swarmkit/state/task-state.ts';
import type {NodeStatus} from '../../wire/node.ts';
import type {NodePort} from './node-port.ts';
import {type ReportBatch, storeReports} from './reports.ts';

/**
 * The nodes' health and work, as the leader keeps them (swarmkit manager/dispatcher): who is registered, who fell silent
 * and when that makes it down, which tasks each node has to handle, and what the nodes report. Heartbeats are not sent:
 * while a node is in contact they would come, so only the loss of contact sets a deadline.
 */

const heartbeatMs = 5000;
const jitterMs = 500;
/** A node is down after three missed heartbeats; after a leader change it has six periods to register again. */
const gracePeriods = 3;
const unknownPeriods = 6;
/** A node that was down for a day has lost its tasks for good. */
const orphanMs = 24 * 3600 * 1000;
/** At most three registrations of a node in eight seconds. */
const registrationWindowMs = 8000;
const registrationLimit = 3;
const reportBatchMs = 100;
const assignmentBatchMs = 20;

const becameUnknown = 'Node moved to "unknown" state due to leadership change in cluster';

type Session = {
	readonly nodeId: string;
	inContact: boolean;
	isRegistered: boolean;
	/** The one thing it waits for: registration, being called down, or its tasks being given up. */
	timer: TimerHandle | undefined;
	registeredAt: number[];
};

type DispatcherOptions = {
	readonly clock: Clock;
	readonly seeded: Seeded;
	readonly store: Store;
	readonly portOf: (nodeId: string) => NodePort | undefined;
	/** Whether the leader and that node can reach each other. */
	readonly isInContact: (port: NodePort) => boolean;
	readonly onRegistered: (nodeId: string) => void;
};

export class Dispatcher {
	readonly #options: DispatcherOptions;
	readonly #sessions = new Map<string, Session>();
	readonly #reports: ReportBatch = new Map();
	readonly #dirtyNodes = new Set<string>();
	#reportTimer: TimerHandle | undefined;
	#assignmentTimer: TimerHandle | undefined;
	#unwatch: (() => void) | undefined;
	#draws = 0;

	constructor(options: DispatcherOptions) {
		this.#options = options;
	}

	/**
	 * Begins on a leader. A new leader knows of no session: every node that is not down becomes unknown until it registers
	 * again. The same leader, back with its majority, takes up the sessions that it had.
	 */
	start(how: 'elected' | 'resumed'): void {
		const {store} = this.#options;
		this.#unwatch = store.watch((commit) => this.#onCommit(commit));
		if (how === 'elected') {
			for (const session of this.#sessions.values()) session.timer?.cancel();
			this.#sessions.clear();
			this.#markUnknown();
		}
		for (const node of store.all('node')) this.#take(node);
		this.#flushReportsSoon();
	}

	/** The leader can commit nothing any more, or leads no longer. */
	stop(): void {
		this.#unwatch?.();
		this.#unwatch = undefined;
		for (const timer of [this.#reportTimer, this.#assignmentTimer]) timer?.cancel();
		this.#reportTimer = undefined;
		this.#assignmentTimer = undefined;
		for (const session of this.#sessions.values()) {
			session.timer?.cancel();
			session.inContact = false;
		}
	}

	/** Nodes that have been in session for long, with the tasks that they run: nothing is written. */
	adopt(): void {
		for (const node of this.#options.store.all('node')) {
			const port = this.#options.portOf(node.id);
			if (!port || node.status.State !== 'ready') continue;
			const session = this.#session(node.id);
			session.inContact = true;
			session.isRegistered = true;
			port.onRegistered();
			port.adopt(this.#options.store.tasksOfNode(node.id).filter(({status}) => status.state === 'running'));
		}
	}

	/** Looks at the connections again. */
	reconsider(): void {
		if (!this.#unwatch) return;
		for (const node of this.#options.store.all('node')) this.#noteContact(node);
	}

	/** The node's engine was restarted: its session is gone, and it will register anew. */
	forget(nodeId: string): void {
		const session = this.#sessions.get(nodeId);
		if (session) session.isRegistered = false;
	}

	/** Takes a report; it reaches the store with the next batch that the node is in contact for. */
	report(nodeId: string, taskId: string, status: Parameters<ReportBatch['set']>[1]['status']): void {
		this.#reports.set(taskId, {nodeId, status});
		this.#flushReportsSoon();
	}

	isInContact(nodeId: string): boolean {
		return this.#sessions.get(nodeId)?.isRegistered === true && this.#sessions.get(nodeId)?.inContact === true;
	}

	#session(nodeId: string): Session {
		let session = this.#sessions.get(nodeId);
		if (!session) {
			session = {nodeId, inContact: false, isRegistered: false, timer: undefined, registeredAt: []};
			this.#sessions.set(nodeId, session);
		}
		return session;
	}

	#markUnknown(): void {
		const {store} = this.#options;
		store.update((tx) => {
			for (const node of tx.all('node')) {
				if (node.status.State !== 'down') tx.put(withStatus(node, {State: 'unknown', Message: becameUnknown}));
			}
		});
	}

	/** A node that a leader finds in the store: waits for it to register, or for the time when it counts as down. */
	#take(node: NodeObject): void {
		const session = this.#session(node.id);
		this.#noteContact(node);
		if (session.inContact) return;
		if (node.status.State === 'unknown') this.#expectUnknown(session);
		else if (node.status.State === 'down') this.#giveUpLater(session, node);
		else this.#expectHeartbeat(session);
	}

	#noteContact(node: NodeObject): void {
		const session = this.#session(node.id);
		const port = this.#options.portOf(node.id);
		const inContact = port !== undefined && this.#options.isInContact(port);
		if (inContact === session.inContact) {
			if (inContact && !session.isRegistered && !session.timer) this.#registerSoon(session);
			return;
		}
		session.inContact = inContact;
		if (inContact) this.#regain(session, node);
		else if (node.status.State === 'ready') this.#expectHeartbeat(session);
		else if (node.status.State === 'unknown') this.#expectUnknown(session);
	}

	#regain(session: Session, node: NodeObject): void {
		if (session.isRegistered && node.status.State === 'ready') {
			// Its next heartbeat comes in time: nobody noticed.
			this.#wait(session, undefined);
			this.#flushReportsSoon();
			this.#assignSoon(node.id);
		} else {
			this.#registerSoon(session);
		}
	}

	/** A heartbeat was sent up to one period before contact was lost, so the three periods began that much earlier. */
	#expectHeartbeat(session: Session): void {
		const grace = gracePeriods * heartbeatMs - this.#draw() * heartbeatMs;
		this.#wait(session, grace, () => this.#markDown(session, 'heartbeat failure'));
	}

	#expectUnknown(session: Session): void {
		const grace = unknownPeriods * (heartbeatMs + (2 * this.#draw() - 1) * jitterMs);
		this.#wait(session, grace, () => this.#markDown(session, 'heartbeat failure for node in "unknown" state'));
	}

	#markDown(session: Session, message: string): void {
		const {store} = this.#options;
		session.isRegistered = false;
		store.update((tx) => {
			const node = tx.get('node', session.nodeId);
			if (node) tx.put(withStatus(node, {State: 'down', Message: message}));
		});
		const node = store.get('node', session.nodeId);
		if (node) this.#giveUpLater(session, node);
	}

	#giveUpLater(session: Session, node: NodeObject): void {
		const {clock, store} = this.#options;
		session.isRegistered = false;
		this.#wait(session, node.updatedAt + orphanMs - clock.now(), () =>
			store.update((tx) => {
				for (const task of tx.tasksOfNode(session.nodeId)) {
					if (isAtLeast(task.status.state, 'complete') || !isAtLeast(task.status.state, 'assigned')) continue;
					const status = {...task.status, state: 'orphaned', timestamp: clock.now()} as const;
					tx.put({...task, status});
				}
			}),
		);
	}

	/** After a leader change nodes find the new one within seconds, most of them in one or two. */
	#registerSoon(session: Session): void {
		const {clock} = this.#options;
		const draw = this.#draw();
		const tries = session.registeredAt.filter((at) => at > clock.now() - registrationWindowMs);
		session.registeredAt = tries;
		const earliest = tries[tries.length - registrationLimit];
		const limited = earliest === undefined ? 0 : earliest + registrationWindowMs - clock.now();
		const spread = this.#options.store.get('node', session.nodeId)?.status.State === 'unknown' ? 4000 : 1000;
		this.#wait(session, Math.max(limited, 300 + spread * draw * draw), () => this.register(session.nodeId));
	}

	/** The node's agent opens its session: the node is ready, described as it is now, and gets its tasks. */
	register(nodeId: string): void {
		const {clock, store, portOf, onRegistered} = this.#options;
		const session = this.#session(nodeId);
		const port = portOf(nodeId);
		this.#wait(session, undefined);
		if (!this.#unwatch || !port || !this.#options.isInContact(port)) return;
		session.inContact = true;
		session.isRegistered = true;
		session.registeredAt.push(clock.now());
		store.update((tx) => {
			const node = tx.get('node', nodeId);
			const status: NodeStatus = {State: 'ready', Addr: port.address};
			if (node) tx.put({...node, description: port.describe(), status});
		});
		port.onRegistered();
		this.#flushReportsSoon();
		this.#assignSoon(nodeId);
		onRegistered(nodeId);
	}

	#wait(session: Session, delayMs: number | undefined, then?: () => void): void {
		session.timer?.cancel();
		session.timer = undefined;
		if (delayMs === undefined || !then) return;
		session.timer = this.#options.clock.after(delayMs, () => {
			session.timer = undefined;
			then();
		});
	}

	// ---- assignments and reports

	#onCommit(commit: Commit): void {
		for (const change of commit.changes) {
			if (change.kind === 'node') {
				if (change.action === 'remove') this.#dropNode(change.object.id);
				else if (change.action === 'create') this.#noteContact(change.object);
			} else if (change.kind === 'task') {
				const task = change.object;
				const concerns =
					change.action !== 'update' ||
					change.previous.desiredState !== task.desiredState ||
					change.previous.nodeId !== task.nodeId ||
					!isAtLeast(change.previous.status.state, 'assigned');
				if (concerns && task.nodeId && isAtLeast(task.status.state, 'assigned')) this.#assignSoon(task.nodeId);
			}
		}
	}

	#dropNode(nodeId: string): void {
		this.#sessions.get(nodeId)?.timer?.cancel();
		this.#sessions.delete(nodeId);
		this.#options.portOf(nodeId)?.onRemoved();
	}

	#assignSoon(nodeId: string): void {
		this.#dirtyNodes.add(nodeId);
		this.#assignmentTimer ??= this.#options.clock.after(assignmentBatchMs, () => {
			this.#assignmentTimer = undefined;
			const nodes = [...this.#dirtyNodes];
			this.#dirtyNodes.clear();
			for (const id of nodes) if (this.isInContact(id)) this.#assign(id);
		});
	}

	#assign(nodeId: string): void {
		const tasks = this.#options.store.tasksOfNode(nodeId).filter((task) => isAtLeast(task.status.state, 'assigned'));
		this.#options.portOf(nodeId)?.assign(tasks);
	}

	#flushReportsSoon(): void {
		if (this.#reports.size === 0 || !this.#unwatch) return;
		this.#reportTimer ??= this.#options.clock.after(reportBatchMs, () => {
			this.#reportTimer = undefined;
			storeReports(this.#options.store, this.#reports, (nodeId) => this.isInContact(nodeId));
		});
	}

	#draw(): number {
		return this.#options.seeded.fraction(`dispatcher/${this.#draws++}`);
	}
}

const withStatus = (node: NodeObject, status: NodeStatus): NodeObject => {
	const address = node.status.Addr === undefined ? {} : {Addr: node.status.Addr};
	return {...node, status: {...status, ...address}};
};
