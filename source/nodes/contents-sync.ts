import type {ContainerView, ContentKind, NodeContents} from '../cluster/entities/inside.ts';
import type {Answer} from '../engine/client.ts';
import {sentencesOf} from '../engine/error.ts';
import type {NodeEngine} from '../engine/node-engine.ts';
import type {Clock, TimerHandle} from '../runtime/clock.ts';
import {ok} from '../runtime/result.ts';
import {joinSafe, toSafeText} from '../text/safe-text.ts';
import type {NodeEngines} from './node-engines.ts';
import type {NodeSubject} from './subject.ts';

/** How often what is on the screen is asked again; an account of the disk costs the engine a walk through its files. */
const everyMs: Readonly<Record<ContentKind, number>> = {
	containers: 3000,
	images: 10_000,
	volumes: 10_000,
	disk: 60_000,
};
const closelyMs = 3000;
/** Engines that count their disk may be silent for long. */
const diskMs = 120_000;

/** What the screen can ask of the inside of one node. */
export interface ContentsControls {
	/** Goes into that node: what is shown from now on is its. */
	open(node: NodeSubject, name: NodeContents['nodeName']): void;
	/** Which of its lists are on the screen. */
	show(kinds: readonly ContentKind[]): void;
	/** The container that is looked at closely. */
	lookAt(containerId: string | undefined): void;
}

/** What the screen can ask of nodes, the events of all of them with it. */
export interface InsideListener extends ContentsControls {
	/** Whether somebody looks at the events. */
	listen(isListening: boolean): void;
}

/** Keeps true what is on the screen of one node's inside: only that is asked for, and nothing while none of it is shown. */
export class ContentsSync implements ContentsControls {
	readonly #engines: NodeEngines;
	readonly #clock: Clock;
	readonly #publish: (contents: NodeContents) => void;
	readonly #timers = new Map<ContentKind | 'closely', TimerHandle | 'asking'>();
	#node: NodeSubject | undefined;
	#contents: NodeContents | undefined;
	#shown: readonly ContentKind[] = [];
	#looked: string | undefined;
	#isStopped = false;

	constructor(engines: NodeEngines, clock: Clock, publish: (contents: NodeContents) => void) {
		this.#engines = engines;
		this.#clock = clock;
		this.#publish = publish;
	}

	open(node: NodeSubject, nodeName: NodeContents['nodeName']): void {
		if (this.#node?.id !== node.id) this.#contents = {nodeId: node.id, nodeName, problem: toSafeText('')};
		this.#node = node;
		this.#contents = {...(this.#contents ?? {nodeId: node.id, problem: toSafeText('')}), nodeName};
		this.#publish(this.#contents);
		this.#restart();
	}

	show(kinds: readonly ContentKind[]): void {
		this.#shown = kinds;
		this.#restart();
	}

	lookAt(containerId: string | undefined): void {
		if (containerId === this.#looked) return;
		this.#looked = containerId;
		this.#restart();
	}

	stop(): void {
		this.#isStopped = true;
		this.#cancel();
	}

	#cancel(): void {
		for (const timer of this.#timers.values()) if (timer !== 'asking') timer.cancel();
		this.#timers.clear();
	}

	#restart(): void {
		this.#cancel();
		if (this.#isStopped || !this.#node) return;
		for (const kind of this.#shown) void this.#round(kind, this.#node);
		if (this.#looked !== undefined) void this.#look(this.#looked, this.#node);
	}

	async #round(kind: ContentKind, node: NodeSubject): Promise<void> {
		this.#timers.set(kind, 'asking');
		const answer = await this.#engines.ask(node, (engine) => readers[kind](engine));
		const isWanted = this.#node?.id === node.id && this.#shown.includes(kind);
		if (this.#isStopped || !isWanted || this.#timers.get(kind) !== 'asking') return;
		this.#change(answer.ok ? {...answer.value, problem: toSafeText('')} : {problem: sentencesOf(answer.error)});
		this.#timers.set(
			kind,
			this.#clock.after(everyMs[kind], () => void this.#round(kind, node)),
		);
	}

	/** What ended has no processes; what else one engine does not tell is missing, and the rest is shown. */
	async #look(id: string, node: NodeSubject): Promise<void> {
		this.#timers.set('closely', 'asking');
		const answer = await this.#engines.ask(node, async (engine) => {
			const container = await engine.container(id);
			if (!container.ok) return container;
			const isRunning = container.value.State.Status === 'running';
			const [top, changes] = await Promise.all([isRunning ? engine.top(id) : undefined, engine.changes(id)]);
			return ok({
				id,
				container: container.value,
				top: top?.ok ? top.value : undefined,
				changes: changes.ok ? changes.value : undefined,
				// Engines ask the node's own ps, which some nodes do not have.
				problem: joinSafe(
					[top, changes].flatMap((part) => (part && !part.ok ? [sentencesOf(part.error)] : [])),
					' ',
				),
			} satisfies ContainerView);
		});
		if (this.#isStopped || this.#looked !== id || this.#timers.get('closely') !== 'asking') return;
		const known = this.#contents?.looked?.id === id ? this.#contents.looked : undefined;
		const looked = answer.ok ? answer.value : {...(known ?? {id}), problem: sentencesOf(answer.error)};
		this.#change({looked});
		this.#timers.set(
			'closely',
			this.#clock.after(closelyMs, () => void this.#look(id, node)),
		);
	}

	#change(change: Partial<NodeContents>): void {
		if (!this.#contents) return;
		this.#contents = {...this.#contents, ...change};
		this.#publish(this.#contents);
	}
}

/** Who uses an image or a volume is known from the containers. */
const readers: Readonly<Record<ContentKind, (engine: NodeEngine) => Answer<Partial<NodeContents>>>> = {
	async containers(engine) {
		const containers = await engine.containers();
		return containers.ok ? ok({containers: containers.value}) : containers;
	},
	async images(engine) {
		const [images, containers] = await Promise.all([engine.images(), engine.containers()]);
		if (!images.ok) return images;
		return containers.ok ? ok({images: images.value, containers: containers.value}) : containers;
	},
	async volumes(engine) {
		const [volumes, containers] = await Promise.all([engine.volumes(), engine.containers()]);
		if (!volumes.ok) return volumes;
		return containers.ok ? ok({volumes: volumes.value, containers: containers.value}) : containers;
	},
	async disk(engine) {
		const disk = await engine.diskUsage({timeoutMs: diskMs});
		return disk.ok ? ok({disk: disk.value}) : disk;
	},
};
