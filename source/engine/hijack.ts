import type {Agent, IncomingMessage} from 'node:http';
import {createRequire} from 'node:module';
import type {Duplex} from 'node:stream';

/** As in agent.ts: imported as an ES module, node:http loads all of undici. */
const {request: httpRequest} = createRequire(import.meta.url)('node:http') as typeof import('node:http');

export type HijackRequest = {
	readonly path: string;
	readonly body: object;
	readonly headers: Readonly<Record<string, string>>;
	readonly signal: AbortSignal;
};

/** The connection itself, no longer HTTP's; or the answer of who would not give it away. */
export type Hijacked =
	| {readonly kind: 'taken'; readonly response: IncomingMessage; readonly connection: Duplex}
	| {readonly kind: 'answered'; readonly response: IncomingMessage};

/**
 * Asks for the connection behind a request (docker's `Upgrade: tcp`), which then carries stdin one way and output the
 * other. Rejects with what the connection died of.
 */
export function hijack(agent: Agent, {path, body, headers, signal}: HijackRequest): Promise<Hijacked> {
	if (signal.aborted) return Promise.reject(signal.reason);
	const text = JSON.stringify(body);
	return new Promise((resolve, reject) => {
		const outgoing = httpRequest({
			agent,
			method: 'POST',
			path,
			headers: {
				...headers,
				Connection: 'Upgrade',
				Upgrade: 'tcp',
				'Content-Type': 'application/json',
				'Content-Length': Buffer.byteLength(text),
			},
		});
		const giveUp = (): void => {
			outgoing.destroy();
			reject(signal.reason);
		};
		const settled = (): void => signal.removeEventListener('abort', giveUp);
		signal.addEventListener('abort', giveUp, {once: true});
		outgoing.once('upgrade', (response, connection, head) => {
			settled();
			if (head.length > 0) connection.unshift(head);
			resolve({kind: 'taken', response, connection});
		});
		outgoing.once('response', (response) => {
			settled();
			resolve({kind: 'answered', response});
		});
		outgoing.once('error', (cause) => {
			settled();
			reject(cause);
		});
		outgoing.end(text);
	});
}
