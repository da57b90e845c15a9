import type {Usage} from '../cluster/entities/usage.ts';
import type {Clock, TimerHandle} from '../runtime/clock.ts';
import type {NodeEngines} from './node-engines.ts';
import type {NodeSubject} from './subject.ts';
import {type UsageSample, usageOf} from './usage.ts';

/** A running container whose usage somebody looks at. */
export type Watched = {readonly taskId: string; readonly containerId: string; readonly node: NodeSubject};

const everyMs = 2000;
/** An engine that takes longer over its answers is asked less often: they may take a quarter of the time. */
const busyShare = 4;
const statsMs = 10_000;
/** What was not on the screen for so long starts anew. */
const keptMs = 60_000;
/** Of one engine so many answers are waited for at a time. */
const atATime = 4;

/**
 * Asks for the usage of those containers that are watched, each of its own node's engine, every two seconds. Nothing else is
 * asked; a node that is slow or gone holds up none of the others.
 */
export class UsageSampler {
	readonly #engines: NodeEngines;
	readonly #clock: Clock;
	readonly #pauseMs: number;
	readonly #publish: (usage: ReadonlyMap<string, Usage>) => void;
	readonly #samples = new Map<string, UsageSample>();
	readonly #usage = new Map<string, Usage>();
	readonly #rounds = new Map<string, TimerHandle | 'running'>();
	readonly #roundsOf = new Map<string, number>();
	#watched: readonly Watched[] = [];
	#isStopped = false;

	/** @param pauseMs between two questions for the same container */
	constructor(
		engines: NodeEngines,
		clock: Clock,
		publish: (usage: ReadonlyMap<string, Usage>) => void,
		pauseMs = everyMs,
	) {
		this.#pauseMs = pauseMs;
		this.#engines = engines;
		this.#clock = clock;
		this.#publish = publish;
	}

	/** These from now on, and no others. */
	watch(watched: readonly Watched[]): void {
		this.#watched = watched;
		for (const nodeId of new Set(watched.map(({node}) => node.id))) {
			if (!this.#rounds.has(nodeId)) void this.#round(nodeId);
		}
	}

	/** How often all that is watched on that node has been asked for. */
	roundsOf(nodeId: string): number {
		return this.#roundsOf.get(nodeId) ?? 0;
	}

	stop(): void {
		this.#isStopped = true;
		for (const round of this.#rounds.values()) if (round !== 'running') round.cancel();
		this.#rounds.clear();
	}

	/** All of one node's, then a pause, for as long as any of them is watched. */
	async #round(nodeId: string): Promise<void> {
		this.#rounds.set(nodeId, 'running');
		this.#forgetOld();
		const startedAt = this.#clock.now();
		const due = this.#watched.filter(({node}) => node.id === nodeId);
		const queue = [...due];
		const work = async (): Promise<void> => {
			for (let next = queue.shift(); next; next = queue.shift()) await this.#sample(next);
		};
		await Promise.all(Array.from({length: atATime}, work));
		if (this.#isStopped) return;
		this.#roundsOf.set(nodeId, this.roundsOf(nodeId) + 1);
		this.#publish(new Map(this.#usage));
		this.#rounds.delete(nodeId);
		if (!this.#watched.some(({node}) => node.id === nodeId)) return;
		const tookMs = this.#clock.now() - startedAt;
		this.#rounds.set(
			nodeId,
			this.#clock.after(Math.max(this.#pauseMs - tookMs, tookMs * (busyShare - 1)), () => void this.#round(nodeId)),
		);
	}

	async #sample({taskId, containerId, node}: Watched): Promise<void> {
		const stats = await this.#engines.ask(node, (engine) => engine.stats(containerId, {timeoutMs: statsMs}));
		if (this.#isStopped) return;
		if (!stats.ok || stats.value.memory_stats.usage === undefined) {
			this.#usage.delete(taskId);
			return;
		}
		const sample = {stats: stats.value, at: this.#clock.now()};
		this.#usage.set(taskId, usageOf(sample, this.#samples.get(containerId)));
		this.#samples.set(containerId, sample);
	}

	#forgetOld(): void {
		const oldest = this.#clock.now() - keptMs;
		for (const [id, {at}] of this.#samples) if (at < oldest) this.#samples.delete(id);
		for (const [id, {at}] of this.#usage) if (at < oldest) this.#usage.delete(id);
	}
}
