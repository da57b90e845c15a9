import {once} from 'node:events';
import type {ServerResponse} from 'node:http';
import type {Writable} from 'node:stream';
import type {Answer, Sink} from './call.ts';

/** Answers, written to the wire as the engine writes them. */

/** Go's server buffers this much before it gives up on a Content-Length and sends chunks. */
const bufferedBytes = 2048;
const listChunkLength = 1 << 16;

/** Writes an answer that stays within HTTP; headers that every answer has are set by then. */
export async function respond(
	response: ServerResponse,
	answer: Exclude<Answer, {kind: 'hijack'}>,
	signal: AbortSignal,
): Promise<void> {
	switch (answer.kind) {
		case 'json':
			return respondJson(response, answer.status, answer.value);
		case 'list':
			return respondList(response, answer.items, signal);
		case 'empty':
			response.statusCode = answer.status;
			if (answer.status !== 204) response.setHeader('Content-Length', '0');
			response.end();
			return;
		case 'text':
			for (const [name, value] of Object.entries(answer.headers)) response.setHeader(name, value);
			response.end(answer.text);
			return;
		case 'stream':
			response.setHeader('Content-Type', answer.contentType);
			response.flushHeaders();
			await answer.run(sinkOf(response, signal));
			response.end();
	}
}

/** One JSON value, with the newline that Go's encoder ends it with. */
export function respondJson(response: ServerResponse, status: number, value: unknown): void {
	response.statusCode = status;
	response.setHeader('Content-Type', 'application/json');
	endWithText(response, `${JSON.stringify(value)}\n`);
}

/** An error as Go's net/http itself writes it. */
export function respondPlainError(response: ServerResponse, status: number, message: string): void {
	response.statusCode = status;
	response.setHeader('Content-Type', 'text/plain; charset=utf-8');
	response.setHeader('X-Content-Type-Options', 'nosniff');
	endWithText(response, `${message}\n`);
}

function endWithText(response: ServerResponse, text: string): void {
	const bytes = Buffer.byteLength(text);
	if (bytes <= bufferedBytes) response.setHeader('Content-Length', String(bytes));
	else response.flushHeaders();
	response.end(text);
}

/** A long list is never one string: a hundred thousand tasks are 160 MB of JSON. */
async function respondList(response: ServerResponse, items: Iterable<unknown>, signal: AbortSignal): Promise<void> {
	response.setHeader('Content-Type', 'application/json');
	const sink = sinkOf(response, signal);
	let text = '[';
	let isFirst = true;
	for (const item of items) {
		if (!isFirst) text += ',';
		isFirst = false;
		text += JSON.stringify(item);
		if (text.length < listChunkLength) continue;
		if (!(await sink.write(text))) return;
		text = '';
	}
	text += ']\n';
	if (response.headersSent) response.end(text);
	else endWithText(response, text);
}

/** Writing with back-pressure: a client that doesn't read holds its writer up, and nothing piles up. */
export function sinkOf(stream: Writable, signal: AbortSignal): Sink {
	return {
		signal,
		write: async (chunk) => {
			if (signal.aborted || stream.destroyed) return false;
			if (stream.write(chunk)) return true;
			try {
				await once(stream, 'drain', {signal});
			} catch (error) {
				if (signal.aborted || stream.destroyed) return false;
				throw error;
			}
			return true;
		},
	};
}
