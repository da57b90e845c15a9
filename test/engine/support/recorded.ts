import {readFileSync} from 'node:fs';
import path from 'node:path';

const directory = path.resolve(import.meta.dirname, '../../../fixtures/recorded/engine-20.10');

/** What a real engine answered (Docker 20.10.24, API 1.41). */
export function recorded<T>(file: string): T {
	return JSON.parse(readFileSync(path.join(directory, file), 'utf8')) as T;
}
