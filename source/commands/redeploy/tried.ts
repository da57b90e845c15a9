/** The images that were tried and have not come to run: no second time, also not after a restart. */
import {mkdir, readFile, rename, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {z} from 'zod';
import {stateFile} from '../../config/paths.ts';
import type {Surroundings} from '../../connection/resolve.ts';

/** By the service's ID: the digests, the newest last. */
const form = z.record(z.string(), z.array(z.string()));

/** So many of a service are remembered. */
const atMost = 20;

export class TriedDigests {
	readonly #file: string;
	readonly #tried: Map<string, string[]>;
	readonly #onProblem: (file: string, problem: string) => void;

	private constructor(file: string, tried: Map<string, string[]>, onProblem: (file: string, problem: string) => void) {
		this.#file = file;
		this.#tried = tried;
		this.#onProblem = onProblem;
	}

	/** What can't be read counts as nothing. */
	static async open(file: string, onProblem: (file: string, problem: string) => void): Promise<TriedDigests> {
		const text = await readFile(file, 'utf8').catch(() => '{}');
		return new TriedDigests(file, new Map(Object.entries(read(text))), onProblem);
	}

	has(serviceId: string, digest: string): boolean {
		return this.#tried.get(serviceId)?.includes(digest) ?? false;
	}

	/** Before it is sent: a redeploy that is killed meanwhile does not try it again. */
	async add(serviceId: string, digest: string): Promise<void> {
		const others = (this.#tried.get(serviceId) ?? []).filter((each) => each !== digest);
		this.#tried.set(serviceId, [...others, digest].slice(-atMost));
		await this.#write();
	}

	/** It runs. */
	async remove(serviceId: string, digest: string): Promise<void> {
		const others = (this.#tried.get(serviceId) ?? []).filter((each) => each !== digest);
		if (others.length > 0) this.#tried.set(serviceId, others);
		else this.#tried.delete(serviceId);
		await this.#write();
	}

	/** As a whole: who is killed meanwhile leaves the old one or the new one. */
	async #write(): Promise<void> {
		const draft = `${this.#file}.${process.pid}`;
		try {
			await mkdir(path.dirname(this.#file), {recursive: true, mode: 0o700});
			await writeFile(draft, `${JSON.stringify(Object.fromEntries(this.#tried))}\n`, {mode: 0o600});
			await rename(draft, this.#file);
		} catch (error) {
			this.#onProblem(this.#file, error instanceof Error ? error.message : String(error));
		}
	}
}

function read(text: string): Record<string, string[]> {
	try {
		const found = form.safeParse(JSON.parse(text));
		return found.success ? found.data : {};
	} catch {
		return {};
	}
}

/** Beside the dashboard's state. */
export const usualFile = (surroundings: Surroundings): string =>
	path.join(path.dirname(stateFile(surroundings)), 'redeploy.json');
