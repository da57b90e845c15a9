import {ok} from '../runtime/result.ts';
import type {Calls} from './calls.ts';
import type {Answer, CallOptions, ListOptions} from './client.ts';
import {type AnyFilters, filtersQuery} from './filters.ts';
import {JsonLists} from './json-lists.ts';
import {readObject, readText} from './read-answer.ts';
import type {Request} from './requests.ts';
import type {Shape, ShapeName} from './shapes.ts';

type Query = NonNullable<Request['query']>;

/** The few kinds of route that the Engine API has: each takes a path and a query, and answers in a shape. */
export class Routes {
	readonly #calls: Calls;
	readonly #lists = new JsonLists();

	constructor(calls: Calls) {
		this.#calls = calls;
	}

	/** One object. */
	get<Name extends ShapeName>(shape: Name, path: string, options: CallOptions | undefined, query: Query = {}) {
		return this.send(shape, {method: 'GET', path, query}, options);
	}

	/** Whatever is answered with one object. */
	send<Name extends ShapeName>(shape: Name, request: Request, options: CallOptions | undefined): Answer<Shape<Name>> {
		return this.#calls.answer(request, options, (response, onChunk) => readObject(response, shape, onChunk));
	}

	/** A call whose answer is its status alone. */
	act(request: Request, options: CallOptions | undefined): Answer<void> {
		return this.#calls.answer(request, options, async (response, onChunk) => {
			await readText(response, onChunk);
		});
	}

	/** A new spec for the version of an object that it was made from. */
	update(path: string, version: number, body: object, options: CallOptions | undefined, query: Query = {}) {
		return this.act({method: 'POST', path, query: {version: String(version), ...query}, body}, options);
	}

	/** All elements of a list. */
	async list<Name extends ShapeName>(
		shape: Name,
		path: string,
		options: ListOptions<AnyFilters> | undefined,
		query: Query = {},
	): Answer<Shape<Name>[]> {
		const elements: Shape<Name>[] = [];
		const count = await this.batches(shape, path, (batch) => elements.push(...batch), options, query);
		return count.ok ? ok(elements) : count;
	}

	/** The elements of a list as they arrive; answers how many there were. */
	batches<Name extends ShapeName>(
		shape: Name,
		path: string,
		onBatch: (batch: readonly Shape<Name>[]) => void,
		options: ListOptions<AnyFilters> | undefined,
		query: Query = {},
	): Answer<number> {
		const request = {method: 'GET', path, query: {...query, filters: filtersQuery(options?.filters)}} as const;
		return this.#calls.answer(request, options, async (response, onChunk) => {
			let count = 0;
			await this.#lists.read(
				response,
				shape,
				(batch) => {
					count += batch.length;
					onBatch(batch);
				},
				onChunk,
			);
			return count;
		});
	}

	async close(): Promise<void> {
		await this.#lists.close();
	}
}
