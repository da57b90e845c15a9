import type {Clock} from '../../runtime/clock.ts';
import type {Seeded} from '../../swarmkit/random.ts';
import type {Store} from '../../swarmkit/state/store.ts';
import type {NodeDescription} from '../../wire/node.ts';
import type {AdoptingAgent} from '../agents/agent.ts';
import type {Containers, Events, Host, Images, Refusal, ReportStatus} from '../contract.ts';
import type {HostPlan} from '../fixtures/world-plan.ts';
import type {HostNetwork} from '../raft/host-network.ts';
import type {Machine} from '../raft/machine.ts';
import {EngineMembership} from '../raft/membership.ts';
import type {StartManager} from '../raft/swarm.ts';
import {EventRing} from './event-ring.ts';
import {HeldEvents} from './held-events.ts';

/** What runs on a host: made for each host by whoever assembles the world (agents/). */
export type HostRuntime = {
	readonly containers: Containers;
	readonly images: Images;
	createAgent(nodeId: string, store: Store, report: ReportStatus): AdoptingAgent;
};

export type HostParts = {
	readonly clock: Clock;
	readonly seeded: Seeded;
	readonly hostNetwork: HostNetwork;
	readonly startManager: StartManager;
	readonly createHostRuntime: (host: WorldHost) => HostRuntime;
	readonly publishSwarmEvents: PublishSwarmEvents;
};

/** Publishes what is committed to a store as a manager's events, until the function that is given back is called. */
type PublishSwarmEvents = (store: Store, events: Events, clock: Clock) => () => void;

/** How a host's API answers while something is wrong with it. */
type Trouble = {readonly kind: 'slow'; readonly delayMs: number} | {readonly kind: 'broken'; readonly refusal: Refusal};

/** A simulated machine: its engine runs, hangs or is stopped, its network works or is cut. */
export class WorldHost implements Host, Machine {
	readonly clock: Clock;
	readonly seeded: Seeded;
	readonly name: string;
	readonly address: string;
	readonly engineId: string;
	readonly engineVersion: string;
	readonly nanoCpus: number;
	readonly memoryBytes: number;
	readonly architecture: string;
	readonly os: string;
	readonly engineLabels: Readonly<Record<string, string>>;
	readonly membership: EngineMembership;
	readonly events: EventRing;
	readonly #runtime: HostRuntime;
	readonly #publishSwarmEvents: PublishSwarmEvents;
	readonly #held = new Set<HeldEvents>();
	readonly #thawWaiters = new Set<() => void>();
	readonly #engineWatchers = new Set<(isRunning: boolean) => void>();
	#isRunning = true;
	#isFrozen = false;
	#isCut = false;
	#trouble: Trouble | undefined;

	constructor(plan: HostPlan & {readonly address: string}, parts: HostParts) {
		this.clock = parts.clock;
		this.seeded = parts.seeded;
		this.name = plan.name;
		this.address = plan.address;
		this.engineId = engineIdOf(parts.seeded, plan.name);
		this.engineVersion = plan.engineVersion ?? '28.5.2';
		this.nanoCpus = plan.nanoCpus ?? 4e9;
		this.memoryBytes = plan.memoryBytes ?? 8 * 2 ** 30;
		this.architecture = plan.architecture ?? 'x86_64';
		this.os = plan.os ?? 'linux';
		this.engineLabels = plan.engineLabels ?? {};
		this.events = new EventRing(parts.clock);
		this.#publishSwarmEvents = parts.publishSwarmEvents;
		this.#runtime = parts.createHostRuntime(this);
		this.membership = new EngineMembership(this, parts.hostNetwork, parts.startManager);
	}

	get isRunning(): boolean {
		return this.#isRunning;
	}

	get isFrozen(): boolean {
		return this.#isFrozen;
	}

	get isCut(): boolean {
		return this.#isCut;
	}

	get containers(): Containers {
		return this.#runtime.containers;
	}

	get images(): Images {
		return this.#runtime.images;
	}

	readonly gate = async (): Promise<Refusal | undefined> => {
		while (this.#isFrozen) await new Promise<void>((resolve) => this.#thawWaiters.add(resolve));
		const trouble = this.#trouble;
		if (trouble?.kind === 'broken') return trouble.refusal;
		if (trouble) await new Promise<void>((resolve) => this.clock.after(trouble.delayMs, resolve));
		return undefined;
	};

	describe(): NodeDescription {
		const labels = this.engineLabels;
		return {
			Hostname: this.name,
			Platform: {Architecture: this.architecture, OS: this.os},
			Resources: {NanoCPUs: this.nanoCpus, MemoryBytes: this.memoryBytes},
			Engine: {
				EngineVersion: this.engineVersion,
				...(Object.keys(labels).length > 0 ? {Labels: {...labels}} : {}),
				Plugins: enginePlugins,
			},
		};
	}

	createAgent(nodeId: string, store: Store, report: ReportStatus): AdoptingAgent {
		return this.#runtime.createAgent(nodeId, store, report);
	}

	followStore(store: Store, isLed: () => boolean): () => void {
		const held = new HeldEvents(this.events, isLed);
		this.#held.add(held);
		const stop = this.#publishSwarmEvents(store, held, this.clock);
		return () => {
			this.#held.delete(held);
			stop();
		};
	}

	/** Calls whenever the engine has started or stopped; gives back what ends it. */
	watchEngine(watcher: (isRunning: boolean) => void): () => void {
		this.#engineWatchers.add(watcher);
		return () => {
			this.#engineWatchers.delete(watcher);
		};
	}

	// ---- faults

	/** Ends the engine; a frozen one is killed. */
	stop(): void {
		if (!this.#isRunning) return;
		this.#isRunning = false;
		this.#isFrozen = false;
		this.membership.engineStopped();
		this.#letGo();
		for (const watcher of this.#engineWatchers) watcher(false);
	}

	start(): void {
		if (this.#isRunning) return;
		this.#isRunning = true;
		this.events.clear();
		this.membership.engineStarted();
		this.#noteConnections();
		for (const watcher of this.#engineWatchers) watcher(true);
	}

	setCut(isCut: boolean): void {
		this.#isCut = isCut;
		this.#noteConnections();
	}

	/** A frozen engine does nothing at all until it is thawed; its containers run on. */
	setFrozen(isFrozen: boolean): void {
		if (!this.#isRunning) return;
		this.#isFrozen = isFrozen;
		this.#noteConnections();
		if (!isFrozen) this.#letGo();
	}

	/** Makes its API slow or broken; undefined makes it well again. */
	setTrouble(trouble: Trouble | undefined): void {
		this.#trouble = trouble;
	}

	#noteConnections(): void {
		this.membership.noteConnections();
		for (const held of this.#held) held.release();
	}

	#letGo(): void {
		for (const resolve of [...this.#thawWaiters]) resolve();
		this.#thawWaiters.clear();
	}
}

/** As /info shows it: a UUID. */
function engineIdOf(seeded: Seeded, name: string): string {
	const hex = seeded.hex64(`engine/${name}`);
	return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
		'-',
	);
}

const pluginsOf = (Type: string, names: readonly string[]) => names.map((Name) => ({Type, Name}));

/** What a plain engine describes itself with, in its order. */
const enginePlugins = [
	...pluginsOf('Log', ['awslogs', 'fluentd', 'gcplogs', 'gelf', 'journald', 'json-file', 'local', 'splunk', 'syslog']),
	...pluginsOf('Network', ['bridge', 'host', 'ipvlan', 'macvlan', 'null', 'overlay']),
	...pluginsOf('Volume', ['local']),
];
