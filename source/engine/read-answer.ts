import type {Readable} from 'node:stream';
import {readerOf, type Shape, type ShapeName} from './shapes.ts';

/** What came is no JSON, or not what the API says it is. */
export class BadJsonError extends Error {}

/** Single objects are some kilobytes; what is beyond this is no answer but an attack on our memory. */
const objectLimitBytes = 64 * 1024 * 1024;

/** The whole body as text, or its beginning when it is longer than the limit. */
export async function readText(source: Readable, onChunk: () => void, limitBytes = objectLimitBytes): Promise<string> {
	const chunks: Buffer[] = [];
	let length = 0;
	for await (const chunk of source as AsyncIterable<Buffer>) {
		onChunk();
		chunks.push(chunk);
		length += chunk.length;
		if (length >= limitBytes) break;
	}
	return Buffer.concat(chunks).toString('utf8', 0, limitBytes);
}

/** One object of the API. Rejects with BadJsonError when it is none. */
export async function readObject<Name extends ShapeName>(
	source: Readable,
	shape: Name,
	onChunk: () => void,
): Promise<Shape<Name>> {
	const text = await readText(source, onChunk);
	if (text.length >= objectLimitBytes) throw new BadJsonError(`it is larger than ${objectLimitBytes >> 20} MB`);
	return orBadJson(() => readerOf(shape)(JSON.parse(text)));
}

/** Runs a parser or a reader: whatever it throws is said of the answer, not of the program. */
export function orBadJson<T>(read: () => T): T {
	try {
		return read();
	} catch (cause) {
		throw new BadJsonError((cause as Error).message);
	}
}
