import http from 'node:http';
import type {AddressInfo} from 'node:net';

/** What a proxy does to what passes through it. Paths are without API version and query. */
export type ProxyRules = {
	/** The answer in place of the engine's. */
	readonly refuse?: (method: string, path: string, url: string) => Refusal | undefined;
	/** Changes the headers of the engine's answers. */
	readonly headers?: (headers: http.OutgoingHttpHeaders) => http.OutgoingHttpHeaders;
	/** A stream that is silent for so long is cut. */
	readonly idleMs?: number;
};

export type Refusal = {readonly status: number; readonly type: string; readonly body: string};

export type EngineProxy = {
	/** `tcp://127.0.0.1:PORT`. */
	readonly url: string;
	/** `GET /v1.45/nodes`, and what was answered in the engine's place. */
	readonly seen: string[];
	/** How many streams were cut. */
	cuts: number;
	readonly close: () => Promise<void>;
};

/** Puts a proxy before an engine's socket, on a free port of this machine. */
export async function startProxy(socketPath: string, rules: ProxyRules): Promise<EngineProxy> {
	const server = http.createServer((request, response) => pass(request, response));
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const {port} = server.address() as AddressInfo;
	const proxy: EngineProxy = {
		url: `tcp://127.0.0.1:${port}`,
		seen: [],
		cuts: 0,
		close: () => {
			server.closeAllConnections();
			return new Promise((resolve) => server.close(() => resolve()));
		},
	};
	return proxy;

	function pass(request: http.IncomingMessage, response: http.ServerResponse): void {
		const {method = '', url = '', headers} = request;
		const path = url.replace(/\?.*$/, '').replace(/^\/v\d+\.\d+/, '');
		const refusal = rules.refuse?.(method, path, url);
		proxy.seen.push(`${method} ${url}${refusal ? ` ${refusal.status}` : ''}`);
		if (refusal) {
			request.resume();
			response.writeHead(refusal.status, {'Content-Type': refusal.type}).end(refusal.body);
			return;
		}
		const forward = http.request({socketPath, method, path: url, headers}, (answer) => {
			response.writeHead(answer.statusCode ?? 0, rules.headers?.(answer.headers) ?? answer.headers);
			response.flushHeaders();
			watchIdle(answer, () => {
				proxy.cuts++;
				response.destroy();
				forward.destroy();
			});
			answer.pipe(response);
			answer.on('error', () => response.destroy());
		});
		forward.on('error', (error) => {
			if (response.headersSent) response.destroy();
			else response.writeHead(502, {'Content-Type': 'text/plain'}).end(`no engine: ${error.message}`);
		});
		response.on('close', () => forward.destroy());
		request.pipe(forward);
	}

	function watchIdle(answer: http.IncomingMessage, cut: () => void): void {
		if (rules.idleMs === undefined) return;
		let timer = setTimeout(cut, rules.idleMs);
		answer.on('data', () => {
			clearTimeout(timer);
			timer = setTimeout(cut, rules.idleMs);
		});
		answer.on('close', () => clearTimeout(timer));
	}
}

/** As the proxies in use for docker's socket: sections of the API that are switched on one by one, reading unless told. */
export function allowing(sections: readonly string[], {writes = false} = {}): ProxyRules {
	return {
		refuse: (method, path) => {
			const isWrite = method !== 'GET' && method !== 'HEAD';
			if (sections.includes(path.split('/')[1] ?? '') && (writes || !isWrite)) return undefined;
			const body = '<html><body><h1>403 Forbidden</h1>\nRequest forbidden by administrative rules.\n</body></html>\n';
			return {status: 403, type: 'text/html', body};
		},
	};
}

/** An engine that calls itself newer than it is, and has given up all versions before `oldest`, as Docker 29 before 1.44. */
export function posingAs(newest: string, oldest: number): ProxyRules {
	return {
		headers: (headers) => ('api-version' in headers ? {...headers, 'api-version': newest} : headers),
		refuse: (_method, _path, url) => {
			const minor = Number(/^\/v1\.(\d+)/.exec(url)?.[1] ?? oldest);
			if (minor >= oldest) return undefined;
			const message = `client version 1.${minor} is too old. Minimum supported API version is 1.${oldest}, please upgrade your client to a newer version`;
			return {status: 400, type: 'application/json', body: JSON.stringify({message})};
		},
	};
}
