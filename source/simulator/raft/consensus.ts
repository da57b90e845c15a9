// A long file: elections, quorum and membership decide on the same few fields.
import type {Clock, TimerHandle} from '../../runtime/clock.ts';
import type {Seeded} from '../../swarmkit/random.ts';
import type {Store} from '../../swarmkit/state/store.ts';
import type {Reachability} from '../../wire/node.ts';
import type {RaftMember} from '../contract.ts';

/**
 * Who leads the swarm, and what each manager believes about it: raft as it can be told from outside, without its
 * messages. The state is one store for all; what raft guarantees about it (only a leader with a majority writes, only a
 * member that holds all that was committed is elected) is kept by rule. Nothing ticks: deadlines are computed when the
 * connections change, so a swarm at rest costs nothing (swarmkit manager/state/raft/raft.go).
 */

const second = 1000;
/** Ticks of a second: followers stand for election after 10 to 20 without a heartbeat. */
const electionMs = 10 * second;
/** A leader looks every 10 ticks whether a majority was heard from since the last look. */
const stepDownMs = 10 * second;
/** After that long without a leader the swarm is said to have none. */
const lostQuorumMs = 10 * second;

/** Which managers run and can reach one another. */
interface Connections {
	/** Its raft node runs: the engine is up, not frozen, not locked, and still this member. */
	isUp(nodeId: string): boolean;
	/** Its engine is stopped or has left: connections to it are refused at once instead of hanging. */
	isGone(nodeId: string): boolean;
	/** Its machine is off the network. */
	isCut(nodeId: string): boolean;
}

/** What a manager can do with a request: see `standing`. */
export type Standing =
	/** The leader is known, has its majority, and answers. */
	| 'led'
	/** A leader that has lost its majority and does not know it yet: it reads what it has and can't write. */
	| 'stale'
	/** Requests go to a leader that is silent: they hang until their deadline, even if another is elected meanwhile. */
	| 'silent'
	/** No leader is known; requests wait for one until their deadline. */
	| 'leaderless'
	/** There has been no leader for so long that requests are refused at once. */
	| 'lost';

type Member = {
	readonly nodeId: string;
	readonly address: string;
	isUp: boolean;
	/** Up and on the network. */
	isLinked: boolean;
	linkedSince: number;
	/** In contact with a leader that has its majority. */
	isLed: boolean;
	/** The leader it takes for granted while not in contact, and until when. */
	believes: string | undefined;
	believesUntil: number;
	/** When it stands for election. */
	candidateAt: number;
	/** The store's index when it last was in contact: what its log holds. */
	index: number;
};

type ConsensusOptions = {
	readonly clock: Clock;
	readonly seeded: Seeded;
	readonly store: Store;
	readonly connections: Connections;
	/** A member has its majority: newly elected, or the same leader again after it was suspended. */
	readonly onLeading: (nodeId: string, isNewTerm: boolean) => void;
	/** The leader has lost its majority, or has come to rest: nothing can be committed. */
	readonly onSuspended: () => void;
};

export class Consensus {
	readonly #options: ConsensusOptions;
	readonly #members = new Map<string, Member>();
	readonly #watchers = new Set<() => void>();
	/** Those that a forced new cluster left behind: raft never takes them back as they are. */
	readonly #dropped = new Set<string>();
	#leader: string | undefined;
	#isActive = false;
	#term = 0;
	/** What was last told to onLeading and onSuspended. */
	#told = {isActive: false, term: 0};
	#draws = 0;
	#election: TimerHandle | undefined;
	#stepDown: TimerHandle | undefined;

	constructor(options: ConsensusOptions) {
		this.#options = options;
	}

	/** The leader that has its majority. */
	get leader(): string | undefined {
		return this.#isActive ? this.#leader : undefined;
	}

	get term(): number {
		return this.#term;
	}

	get size(): number {
		return this.#members.size;
	}

	has(nodeId: string): boolean {
		return this.#members.has(nodeId);
	}

	/** Whether a forced new cluster left that manager behind: it stays out until it was demoted and promoted again. */
	isDropped(nodeId: string): boolean {
		return this.#dropped.has(nodeId);
	}

	/** A dropped manager was demoted: it may join again. */
	forgetDropped(nodeId: string): void {
		this.#dropped.delete(nodeId);
	}

	/** The members as the leader sees them; `viewer` is one that has lost its majority and still reads. */
	list(viewer = this.#leader): readonly RaftMember[] {
		return [...this.#members.values()].map((member) => ({
			nodeId: member.nodeId,
			address: member.address,
			reachability: this.#reachability(member, viewer),
			isLeader: member.nodeId === viewer,
		}));
	}

	/** The leader that a manager's requests go to, or went to when it was last heard of. */
	leaderOf(nodeId: string): string | undefined {
		return this.#members.get(nodeId)?.believes;
	}

	/** Adds members that have their first leader at once: a swarm that is founded, or built as it has been for long. */
	found(members: readonly {nodeId: string; address: string}[], leader: string): void {
		for (const {nodeId, address} of members) this.#members.set(nodeId, this.#newMember(nodeId, address));
		this.#term = 1;
		this.#leader = leader;
		this.reconsider();
	}

	/** A manager joins; the leader must have its majority. */
	add(nodeId: string, address: string): void {
		this.#members.set(nodeId, this.#newMember(nodeId, address));
		this.#options.store.skipIndex(1);
		this.reconsider();
	}

	/** A manager is taken out; the leader must have its majority, and not be that manager. */
	remove(nodeId: string): void {
		if (!this.#members.delete(nodeId)) return;
		this.#options.store.skipIndex(1);
		this.reconsider();
	}

	/** Hands the leadership to the member that follows best; false when no other member could lead. */
	transfer(): boolean {
		const next = this.#candidates().find((member) => member.nodeId !== this.#leader && member.isLed);
		if (!next || !this.#isActive) return false;
		this.#elect(next.nodeId);
		return true;
	}

	/** This member alone goes on as the swarm, whatever the others hold (`swarm init --force-new-cluster`). */
	forceNew(nodeId: string, address: string): void {
		for (const dropped of this.#members.keys()) if (dropped !== nodeId) this.#dropped.add(dropped);
		this.#members.clear();
		this.#members.set(nodeId, this.#newMember(nodeId, address));
		this.#elect(nodeId);
	}

	/** Whether the swarm would keep a majority of reachable members without that one (raft.go CanRemoveMember). */
	canLose(nodeId: string): boolean {
		let reachable = 0;
		for (const member of this.#members.values()) {
			if (member.nodeId !== nodeId && this.#reachability(member, this.#leader) === 'reachable') reachable++;
		}
		return reachable >= Math.floor((this.#members.size - 1) / 2) + 1;
	}

	/** What a request to that manager meets; `undefined` when it is no member (yet, or any longer). */
	standing(nodeId: string): Standing | undefined {
		const member = this.#members.get(nodeId);
		if (!member) return undefined;
		if (member.isLed) return 'led';
		const now = this.#options.clock.now();
		if (now >= member.believesUntil) return now - member.believesUntil > lostQuorumMs ? 'lost' : 'leaderless';
		return this.#standingWith(member);
	}

	/** Calls whenever the standing of some manager may have changed through an event; gives back what ends it. */
	watch(watcher: () => void): () => void {
		this.#watchers.add(watcher);
		return () => {
			this.#watchers.delete(watcher);
		};
	}

	/** Looks at the connections again; to be called whenever they may have changed. */
	reconsider(): void {
		const formerLeader = this.#leader;
		this.#noteLinks();
		if (this.#leader && this.#options.connections.isGone(this.#leader)) this.#leader = undefined;
		this.#isActive = this.#leader !== undefined && this.#reaches(this.#leader) >= this.#majority();
		this.#noteContacts(formerLeader);
		this.#timeElection();
		this.#timeStepDown();
		this.#tell();
		for (const watcher of [...this.#watchers]) watcher();
	}

	/** Ends all timers: the swarm is gone. */
	close(): void {
		this.#election?.cancel();
		this.#stepDown?.cancel();
		this.#members.clear();
		this.#isActive = false;
		this.#tell();
	}

	#tell(): void {
		const told = this.#told;
		const isActive = this.#isActive;
		this.#told = {isActive, term: isActive ? this.#term : told.term};
		const isNewTerm = isActive && told.term !== this.#term;
		if (told.isActive && (!isActive || isNewTerm)) this.#options.onSuspended();
		if (isActive && this.#leader && (!told.isActive || isNewTerm)) this.#options.onLeading(this.#leader, isNewTerm);
	}

	#newMember(nodeId: string, address: string): Member {
		const now = this.#options.clock.now();
		const index = this.#options.store.index;
		const isUp = this.#options.connections.isUp(nodeId);
		const unled = {isLed: false, believes: undefined, believesUntil: now, candidateAt: now + this.#timeout()};
		return {nodeId, address, isUp, isLinked: isUp, linkedSince: now - electionMs, index, ...unled};
	}

	#standingWith(member: Member): Standing {
		const {connections} = this.#options;
		const leader = member.believes ?? '';
		if (leader === member.nodeId) return 'stale';
		if (!this.#canTalk(member.nodeId, leader)) return 'silent';
		if (connections.isGone(leader)) return 'leaderless';
		if (!connections.isUp(leader)) return 'silent';
		return this.standing(leader) === 'stale' ? 'stale' : 'leaderless';
	}

	#majority(): number {
		return Math.floor(this.#members.size / 2) + 1;
	}

	/** How many members run and can talk with that one, itself included. */
	#reaches(nodeId: string): number {
		return this.#options.connections.isUp(nodeId) ? this.#peersOf(nodeId).length : 0;
	}

	#peersOf(nodeId: string): Member[] {
		const {connections} = this.#options;
		return [...this.#members.values()].filter(
			(member) => connections.isUp(member.nodeId) && this.#canTalk(nodeId, member.nodeId),
		);
	}

	#canTalk(a: string, b: string): boolean {
		const {connections} = this.#options;
		return a === b || !(connections.isCut(a) || connections.isCut(b));
	}

	/** Who came up or went, and who is cut off; a raft node that has just started knows no leader. */
	#noteLinks(): void {
		const {clock, connections} = this.#options;
		const now = clock.now();
		for (const member of this.#members.values()) {
			const isUp = connections.isUp(member.nodeId);
			const hasStarted = isUp && !member.isUp && member.believes === undefined;
			const isLinked = isUp && !connections.isCut(member.nodeId);
			if (isLinked !== member.isLinked) member.linkedSince = now;
			member.isUp = isUp;
			member.isLinked = isLinked;
			if (connections.isGone(member.nodeId)) member.believes = undefined;
			if (!hasStarted) continue;
			member.believesUntil = now;
			// The only member there is need not wait for anybody's vote.
			member.candidateAt = now + (this.#members.size === 1 ? second / 2 : this.#timeout());
		}
	}

	#noteContacts(formerLeader: string | undefined): void {
		const leader = this.#isActive ? this.#leader : undefined;
		for (const member of this.#members.values()) {
			const isLed = leader !== undefined && member.isUp && this.#canTalk(leader, member.nodeId);
			if (member.isLed && !isLed) this.#loseContact(member, formerLeader);
			if (isLed) member.believes = leader;
			member.isLed = isLed;
		}
	}

	#loseContact(member: Member, leader: string | undefined): void {
		const {clock, store, connections} = this.#options;
		const now = clock.now();
		member.index = store.index;
		member.candidateAt = now + this.#timeout();
		member.believes = connections.isGone(member.nodeId) ? undefined : leader;
		const stepsDownAt = now + stepDownMs * (1 + 0.6 * this.#draw());
		member.believesUntil = member.nodeId === leader ? stepsDownAt : member.candidateAt;
	}

	/** A leader that runs without a majority steps down in time; one that is frozen does not even do that. */
	#timeStepDown(): void {
		this.#stepDown?.cancel();
		this.#stepDown = undefined;
		const leader = this.#members.get(this.#leader ?? '');
		if (!leader?.isUp || this.#isActive) return;
		const {clock} = this.#options;
		this.#stepDown = clock.after(leader.believesUntil - clock.now(), () => {
			leader.believes = undefined;
			leader.candidateAt = clock.now() + this.#timeout();
			this.#leader = undefined;
			this.reconsider();
		});
	}

	#timeElection(): void {
		this.#election?.cancel();
		this.#election = undefined;
		if (this.#isActive) return;
		const {clock} = this.#options;
		const now = clock.now();
		const candidates = this.#candidates();
		for (const member of candidates) {
			// Whoever stood in vain stands again: its next turn is somewhere in its round.
			if (member.candidateAt < now) member.candidateAt = now + second + this.#draw() * (electionMs - second);
		}
		const [next] = candidates.sort((a, b) => a.candidateAt - b.candidateAt);
		if (next) this.#election = clock.after(next.candidateAt - now, () => this.#elect(next.nodeId));
	}

	/** The members that would win: they reach a majority and hold all that was committed. */
	#candidates(): Member[] {
		const able = [...this.#members.values()].filter(
			(member) => member.isUp && this.#reaches(member.nodeId) >= this.#majority(),
		);
		const complete = Math.max(...able.map((member) => this.#indexOf(member)));
		return able.filter((member) => this.#indexOf(member) === complete);
	}

	#indexOf(member: Member): number {
		return member.isLed ? this.#options.store.index : member.index;
	}

	#elect(nodeId: string): void {
		this.#term++;
		this.#leader = nodeId;
		this.#options.store.skipIndex(1);
		this.reconsider();
	}

	/** The transport's flags: a peer is called unreachable some two seconds after it fell silent. */
	#reachability(member: Member, viewer: string | undefined): Reachability {
		if (member.nodeId === viewer) return 'reachable';
		const {clock, seeded} = this.#options;
		const viewerSince = this.#members.get(viewer ?? '')?.linkedSince ?? 0;
		const passed = clock.now() - Math.max(member.linkedSince, viewerSince);
		const isConnected = viewer !== undefined && member.isUp && this.#canTalk(viewer, member.nodeId);
		if (isConnected) return passed >= second ? 'reachable' : 'unreachable';
		const grace = 2 * second + 700 * seeded.fraction(`unreachable/${member.nodeId}`);
		return passed < grace ? 'reachable' : 'unreachable';
	}

	/** An election timeout: one to two times the ten ticks. */
	#timeout(): number {
		return electionMs * (1 + this.#draw());
	}

	#draw(): number {
		return this.#options.seeded.fraction(`election/${this.#draws++}`);
	}
}
