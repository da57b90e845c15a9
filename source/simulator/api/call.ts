import type {IncomingHttpHeaders} from 'node:http';
import type {Duplex} from 'node:stream';
import type {Sent, StructOf} from '../../wire/spec/go-types.ts';
import type {Control, Host} from '../contract.ts';
import {decodeBody} from './go/decode.ts';
import type {LocalState} from './local-state.ts';
import {Refused} from './refusal.ts';
import type {Offer} from './version.ts';

/** One request on its way through a handler, and what a handler gives back. */

export type Call = {
	readonly host: Host;
	readonly local: LocalState;
	readonly offer: Offer;
	/** The minor of the API version that the client speaks: older ones are not shown what came later. */
	readonly minor: number;
	readonly params: Readonly<Record<string, string>>;
	readonly query: URLSearchParams;
	readonly headers: IncomingHttpHeaders;
	readonly body: () => Promise<Buffer>;
	/** Aborted when the client has gone or the server closes. */
	readonly signal: AbortSignal;
};

/** Where a stream goes. */
export type Sink = {
	/** Resolves when the client can take more; false once it has gone. */
	readonly write: (chunk: Uint8Array | string) => Promise<boolean>;
	readonly signal: AbortSignal;
};

export type Answer =
	| {readonly kind: 'json'; readonly status: number; readonly value: unknown}
	/** A JSON array, written element by element as the client takes it. */
	| {readonly kind: 'list'; readonly items: Iterable<unknown>}
	| {readonly kind: 'empty'; readonly status: number}
	| {readonly kind: 'text'; readonly text: string; readonly headers: Readonly<Record<string, string>>}
	/** Headers go out at once, whatever follows. */
	| {readonly kind: 'stream'; readonly contentType: string; readonly run: (sink: Sink) => Promise<void>}
	/** The connection itself, taken over from HTTP (`docker exec`). */
	| {readonly kind: 'hijack'; readonly contentType: string; readonly run: (connection: Duplex) => Promise<void>};

export type Handler = (call: Call) => Answer | Promise<Answer>;

export const json = (value: unknown, status = 200): Answer => ({kind: 'json', status, value});
export const list = (items: Iterable<unknown>): Answer => ({kind: 'list', items});
export const empty = (status = 200): Answer => ({kind: 'empty', status});

/**
 * The swarm's state, as the leader lets this host's engine see or change it.
 * @throws Refused with what the engine says when it is no manager or there is no leader
 */
export async function controlOf({host}: Call, purpose: 'read' | 'write'): Promise<Control> {
	const control = await host.membership.control(purpose);
	if (!control.ok) throw new Refused(control.error.status, control.error.message);
	return control.value;
}

/** The path's parameter; the route table makes sure that it is there. */
export function param({params}: Call, name: string): string {
	const value = params[name];
	if (value === undefined) throw new Error(`the route has no parameter ${name}`);
	return value;
}

/**
 * The body, decoded into the type.
 * @throws Refused 400 in the engine's words
 */
export async function bodyOf<T>(call: Call, type: StructOf<T>): Promise<Sent<T>> {
	const go = call.offer.minor < 48 ? 'go1.24' : 'go1.27';
	return decodeBody(type, await call.body(), {contentType: call.headers['content-type'], go});
}
