import type {LogLine} from '../../contract.ts';
import {fixedRfc3339} from '../go/time.ts';

/** Log lines on the wire (moby api/server/httputils/write_log_stream.go). */

export type LogFormat = {
	/** In frames with heads; a terminal's output is sent bare. */
	readonly isFramed: boolean;
	readonly timestamps: boolean;
	readonly details: boolean;
};

const streamTypes = {stdout: 1, stderr: 2, systemError: 3} as const;

/** What clients are told the stream is: framed or bare, with a name of its own since API 1.42. */
export const contentTypeOf = ({isFramed}: LogFormat, minor: number): string =>
	isFramed && minor >= 42 ? 'application/vnd.docker.multiplexed-stream' : 'application/vnd.docker.raw-stream';

/**
 * Lines as the client asked for them: `[timestamp ][details ]line`, each in a frame of its own.
 * @param attributes what `details` shows of each line, as it is to be read: `key=value,…`
 */
export function encodeLines(lines: readonly LogLine[], format: LogFormat, attributes: string): Buffer {
	const details = format.details ? Buffer.from(`${attributes} `) : none;
	const parts: Uint8Array[] = [];
	for (const line of lines) {
		const stamp = format.timestamps ? Buffer.from(`${fixedRfc3339(line.time)} `) : none;
		const end = line.isPartial ? none : newline;
		if (format.isFramed) parts.push(head(line.stream, stamp.length + details.length + line.text.length + end.length));
		parts.push(stamp, details, line.text, end);
	}
	return Buffer.concat(parts);
}

/** What went wrong after the headers were out: a frame of type 3, bare where there are no frames. */
export function encodeError(message: string, {isFramed}: LogFormat): Buffer {
	const text = Buffer.from(`Error grabbing logs: ${message}\n`);
	return isFramed ? Buffer.concat([head('systemError', text.length), text]) : text;
}

const none = Buffer.alloc(0);
const newline = Buffer.from('\n');

/** Eight bytes: the stream, three zeros, the length. */
export function head(stream: keyof typeof streamTypes, length: number): Buffer {
	const bytes = Buffer.alloc(8);
	bytes[0] = streamTypes[stream];
	bytes.writeUInt32BE(length, 4);
	return bytes;
}
