import type {Handler} from './call.ts';

/** The route table and how a request finds its row: as declared, first match wins (gorilla/mux in the engine). */

export type Route = {readonly method: string; readonly path: string; readonly handler: Handler};

/** `{name}` stands for one segment, `{name:.*}` for any number of them (image names have slashes). */
export const route = (method: string, path: string, handler: Handler): Route => ({method, path, handler});

export type Match = {
	readonly handler: Handler;
	readonly params: Readonly<Record<string, string>>;
	/** The version in the path, if it names one. */
	readonly version: string | undefined;
};

type Compiled = {readonly method: string; readonly pattern: RegExp; readonly handler: Handler};

export class Router {
	readonly #routes: readonly Compiled[];

	constructor(routes: readonly Route[]) {
		this.#routes = routes.map(({method, path, handler}) => ({method, pattern: compile(path), handler}));
	}

	/** undefined when no route has that method and path. */
	find(method: string, path: string): Match | undefined {
		const prefix = /^\/v([0-9.]+)(?=\/)/.exec(path);
		const bare = prefix ? path.slice(prefix[0].length) : path;
		for (const {method: wanted, pattern, handler} of this.#routes) {
			if (wanted !== method) continue;
			const found = pattern.exec(bare);
			if (found) return {handler, params: found.groups ?? {}, version: prefix?.[1]};
		}
		return undefined;
	}
}

function compile(path: string): RegExp {
	const source = path.replaceAll(/\{(\w+)(:\.\*)?\}/g, (_, name: string, isRest?: string) =>
		isRest ? `(?<${name}>.+)` : `(?<${name}>[^/]+)`,
	);
	return new RegExp(`^${source}$`);
}
