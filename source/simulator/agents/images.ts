import type {Clock, TimerHandle} from '../../runtime/clock.ts';
import {failed, ok, type Result} from '../../runtime/result.ts';
import type {Image, Images, Refusal} from '../contract.ts';
import type {Catalogue, ImageEntry} from '../programs/catalogue.ts';
import {formatReference, parseReference} from '../programs/reference.ts';

/** The registry that all hosts pull from. It may be down, or hang: then whoever asks waits until it is up or down. */
export class Registry {
	readonly #catalogue: Catalogue;
	#condition: 'up' | 'down' | 'hanging' = 'up';
	readonly #waiting = new Set<() => void>();

	constructor(catalogue: Catalogue) {
		this.#catalogue = catalogue;
	}

	get condition(): 'up' | 'down' | 'hanging' {
		return this.#condition;
	}

	set condition(condition: 'up' | 'down' | 'hanging') {
		this.#condition = condition;
		if (condition === 'hanging') return;
		for (const call of [...this.#waiting]) call();
		this.#waiting.clear();
	}

	setDown(isDown: boolean): void {
		this.condition = isDown ? 'down' : 'up';
	}

	/** Calls back with the image that can be pulled, or undefined; gives back what cancels it. */
	ask(reference: string, answer: (entry: ImageEntry | undefined) => void): () => void {
		const reply = () => answer(this.#condition === 'up' ? this.#pullable(reference) : undefined);
		if (this.#condition !== 'hanging') {
			reply();
			return () => undefined;
		}
		this.#waiting.add(reply);
		return () => {
			this.#waiting.delete(reply);
		};
	}

	resolve(reference: string): Result<{digest: string; platforms: {architecture: string; os: string}[]}, Refusal> {
		const {name} = parseReference(reference);
		if (this.#condition !== 'up') return failed({status: 500, message: unreachable(name)});
		if (!this.#pullable(reference)) return failed({status: 403, message: denied(name)});
		return ok({digest: this.#catalogue.digest(reference), platforms: [{architecture: 'amd64', os: 'linux'}]});
	}

	#pullable(reference: string): ImageEntry | undefined {
		const entry = this.#catalogue.find(reference);
		return entry?.isInRegistry ? entry : undefined;
	}
}

/** What Docker Hub and other registries say of a repository that does not exist or is not for everybody. */
function denied(name: string): string {
	const repository = name.includes('/') ? name : `library/${name}`;
	return `errors:\ndenied: requested access to the resource is denied\nunauthorized: authentication required (repository ${repository})\n`;
}

function unreachable(name: string): string {
	const [first = ''] = name.split('/');
	const host = name.includes('/') && /[.:]/.test(first) ? first : 'registry-1.docker.io';
	return `Get "https://${host}/v2/": dial tcp: lookup ${host.split(':')[0]} on 127.0.0.11:53: server misbehaving`;
}

/** The images of one host. */
export class ImageStore implements Images {
	readonly #clock: Clock;
	readonly #catalogue: Catalogue;
	readonly #registry: Registry;
	readonly #images = new Map<string, Image>();
	/** Names that were given by hand, with the reference that the catalogue knows the image by. */
	readonly #aliases = new Map<string, string>();

	constructor(clock: Clock, catalogue: Catalogue, registry: Registry, hostName: string) {
		this.#clock = clock;
		this.#catalogue = catalogue;
		this.#registry = registry;
		for (const reference of catalogue.on(hostName)) this.#add(reference);
	}

	list(): readonly Image[] {
		return [...this.#images.values()];
	}

	/** By reference, by ID or by the beginning of one. */
	find(reference: string): Image | undefined {
		const {name, tag, digest} = parseReference(reference);
		const byName = tag ? this.#images.get(`${name}:${tag}`) : this.#ofDigest(name, digest);
		if (byName) return byName;
		const wanted = reference.replace(/^sha256:/, '');
		if (!/^[0-9a-f]{4,64}$/.test(wanted)) return undefined;
		return this.list().find(({id}) => id.slice('sha256:'.length).startsWith(wanted));
	}

	/** What is known of an image that the host has. */
	entry(reference: string): ImageEntry | undefined {
		if (!this.find(reference)) return undefined;
		return this.#catalogue.find(this.#aliases.get(fullReference(reference)) ?? reference);
	}

	remove(reference: string): boolean {
		const image = this.find(reference);
		if (!image) return false;
		for (const tag of image.tags) {
			this.#images.delete(tag);
			this.#aliases.delete(tag);
		}
		return true;
	}

	tag(source: string, name: string): boolean {
		const image = this.find(source);
		const [known] = image?.tags ?? [];
		if (!image || known === undefined) return false;
		const full = fullReference(name);
		this.#images.set(full, {...image, tags: [full], digests: []});
		this.#aliases.set(full, this.#aliases.get(known) ?? known);
		return true;
	}

	/**
	 * Pulls an image, as before a container is made: calls back when it is there or cannot be had. An image that the host
	 * has already is looked up in the registry all the same, which takes a moment. Gives back what cancels it.
	 */
	pull(reference: string, fraction: number, done: (hasImage: boolean) => void): () => void {
		let timer: TimerHandle | undefined;
		let stopAsking: () => void = () => undefined;
		const finish = (ms: number, entry: ImageEntry | undefined) => {
			timer = this.#clock.after(ms, () => {
				if (entry) this.#add(reference);
				done(this.find(reference) !== undefined);
			});
		};
		const known = this.find(reference);
		if (known && (parseReference(reference).digest || this.#registry.condition !== 'hanging')) {
			finish(300 + fraction * 300, undefined);
		} else {
			stopAsking = this.#registry.ask(reference, (entry) => {
				finish(entry ? this.#catalogue.pullMs(entry) * (0.8 + fraction * 0.4) : 120 + fraction * 200, entry);
			});
		}
		return () => {
			stopAsking();
			timer?.cancel();
		};
	}

	pullByHand(reference: string): Promise<boolean> {
		return new Promise((resolve) => {
			this.pull(reference, 0.5, resolve);
		});
	}

	resolve(
		reference: string,
	): Promise<Result<{digest: string; platforms: {architecture: string; os: string}[]}, Refusal>> {
		if (this.#registry.condition !== 'hanging') return Promise.resolve(this.#registry.resolve(reference));
		return new Promise((answer) => {
			this.#registry.ask(reference, () => answer(this.#registry.resolve(reference)));
		});
	}

	#ofDigest(name: string, digest: string | undefined): Image | undefined {
		return digest ? this.list().find(({digests}) => digests.includes(`${name}@${digest}`)) : undefined;
	}

	#add(reference: string): void {
		const entry = this.#catalogue.find(reference);
		if (!entry) return;
		const {name} = parseReference(reference);
		const full = fullReference(reference);
		this.#images.set(full, {
			id: this.#catalogue.imageId(full),
			tags: [full],
			digests: entry.isInRegistry ? [`${name}@${this.#catalogue.digest(reference)}`] : [],
			sizeBytes: entry.sizeBytes,
			createdAt: this.#clock.now(),
		});
	}
}

/** With the tag that stands where none is given. */
function fullReference(reference: string): string {
	const {name, tag} = parseReference(reference);
	return formatReference({name, tag: tag ?? 'latest', digest: undefined});
}

/** `No such image: nosuch:latest`, as the engine gives up on a task. */
export const noSuchImage = (reference: string): string =>
	`No such image: ${formatReference(parseReference(reference))}`;
