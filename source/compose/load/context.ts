import path from 'node:path';
import type {StackPath} from '../refusal.ts';
import {Refusal} from '../refusal.ts';
import type {Lookup} from './template.ts';

/** What reading a stack file needs from around it. */
export type LoadContext = {
	/** What relative paths begin at: the folder of the first file. */
	readonly directory: string;
	readonly lookup: Lookup;
	/** Reads a file that the stack file names; throws as node's own does. */
	readonly readFile: (file: string) => Uint8Array;
	readonly warn: (warning: string) => void;
	/** The format's version that the files say, the newest where they say none. */
	readonly version: string;
	/** Whether a secret or config may carry its content itself, which only fixtures do. */
	readonly allowsContent: boolean;
};

/** A path as docker makes it absolute: cleaned when it was relative, as it is when it was not. */
export const absolute = (file: string, {directory}: Pick<LoadContext, 'directory'>): string =>
	path.isAbsolute(file) ? file : path.join(directory, file).replace(/(.)\/$/, '$1');

const reasons: Readonly<Record<string, string>> = {
	ENOENT: 'there is no such file',
	EACCES: 'permission denied',
	EISDIR: 'it is a directory',
};

/** The content of a file that stands at a path of the stack file. */
export function contentOf(file: string, at: StackPath, {readFile}: Pick<LoadContext, 'readFile'>): Uint8Array {
	try {
		return readFile(file);
	} catch (error) {
		const code = error instanceof Error && 'code' in error ? String(error.code) : '';
		throw new Refusal(at, `${file}: ${reasons[code] ?? String(error)}`);
	}
}
