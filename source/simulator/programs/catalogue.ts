import type {Seeded} from '../../swarmkit/random.ts';
import type {Healthcheck} from '../../wire/task.ts';
import {formatReference, parseReference} from './reference.ts';
import type {UsageBehaviour} from './usage.ts';

/** What the images of a simulation contain and how their programs behave. A fixture extends the built-in catalogue. */

/** A program's log: what it looks like, and how much of it there is. */
export type LogBehaviour = {readonly style: string; readonly linesPerSecond: number};

/** A program that ends by itself after a while, now and then: one of `probability` of the times it is started. */
type CrashBehaviour = {
	readonly afterMs: readonly [least: number, most: number];
	readonly exitCode: number;
	readonly probability: number;
};

/** A program that runs until it is stopped. */
export type ServerProgram = {
	readonly kind: 'server';
	readonly log?: LogBehaviour;
	readonly crash?: CrashBehaviour;
	/** How long it takes to end after SIGTERM, SIGINT or its own stop signal; undefined when it minds none of them. */
	readonly stopMs?: number;
	readonly usage?: UsageBehaviour;
};

/** A program that is a shell script; its parameters are `$1`, `$2`, … */
export type ScriptProgram = {readonly kind: 'script'; readonly script: string; readonly usage?: UsageBehaviour};

export type ImageEntry = {
	/** As people write it: `nginx`, `registry:5000/team/app`. */
	readonly name: string;
	/** The tags there are; `*` stands for any. */
	readonly tags: readonly string[];
	readonly sizeBytes: number;
	/** How long a pull takes; by default it follows from the size. */
	readonly pullMs?: number;
	/** What the program needs before its container counts as started, besides what every container needs. */
	readonly startMs: number;
	readonly entrypoint: readonly string[];
	readonly command: readonly string[];
	readonly environment: readonly string[];
	readonly directory: string;
	/** Whether it has a shell and the small programs. */
	readonly hasShell: boolean;
	/** Small programs that it does not have although it has a shell: `bash` in Alpine. */
	readonly lacks: readonly string[];
	readonly programs: Readonly<Record<string, ServerProgram | ScriptProgram>>;
	readonly files: Readonly<Record<string, string>>;
	readonly stopSignal: string;
	readonly health?: Healthcheck;
	/** How its health check fares, when the check asks a program that the simulation does not know better. */
	readonly healthBehaviour?: {readonly healthyAfterMs: number; readonly failureProbability: number};
	/**
	 * What its server answers over HTTP. With several bodies the n-th is what the containers of a service answer that was
	 * forced to update n times: a team that builds anew under the same tag before each of them.
	 */
	readonly serves?: {readonly port: number; readonly bodies: readonly string[]};
	/** The hosts that have it from the start. */
	readonly isOn: 'all' | 'none' | readonly string[];
	/** Whether a registry has it, so that it can be pulled. */
	readonly isInRegistry: boolean;
};

export class Catalogue {
	readonly #entries: ReadonlyMap<string, readonly ImageEntry[]>;
	readonly #seeded: Seeded;
	readonly #imageIds = new Map<string, string>();

	/** Later entries come before earlier ones of the same name and tag. */
	constructor(entries: readonly ImageEntry[], seeded: Seeded) {
		this.#seeded = seeded;
		const byName = new Map<string, ImageEntry[]>();
		for (const entry of entries) byName.set(entry.name, [entry, ...(byName.get(entry.name) ?? [])]);
		this.#entries = byName;
	}

	/** The entry behind a reference; one with a digest alone stands for whatever tag has that digest. */
	find(reference: string): ImageEntry | undefined {
		const {name, tag} = parseReference(reference);
		const known = this.#entries.get(name);
		if (tag === undefined) return known?.[0];
		return known?.find(({tags}) => tags.includes(tag)) ?? known?.find(({tags}) => tags.includes('*'));
	}

	/** References of all images that a host has from the start. */
	*on(hostName: string): Generator<string> {
		for (const entries of this.#entries.values()) {
			for (const {name, tags, isOn} of entries) {
				if (isOn !== 'all' && (isOn === 'none' || !isOn.includes(hostName))) continue;
				for (const tag of tags) if (tag !== '*') yield `${name}:${tag}`;
			}
		}
	}

	imageId(reference: string): string {
		let id = this.#imageIds.get(reference);
		if (id === undefined) {
			id = `sha256:${this.#seeded.hex64(`image/${withoutDigest(reference)}`)}`;
			this.#imageIds.set(reference, id);
		}
		return id;
	}

	digest(reference: string): string {
		return parseReference(reference).digest ?? `sha256:${this.#seeded.hex64(`digest/${withoutDigest(reference)}`)}`;
	}

	/** How long a pull takes on this simulation's network: 12 MB/s and a second to find out about the layers. */
	pullMs(entry: ImageEntry): number {
		return entry.pullMs ?? 900 + entry.sizeBytes / 12_000;
	}
}

function withoutDigest(reference: string): string {
	const {name, tag} = parseReference(reference);
	return formatReference({name, tag: tag ?? 'latest', digest: undefined});
}
