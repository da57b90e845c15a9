import {failed, ok, type Result} from '../../runtime/result.ts';
import type {Lookup} from './template.ts';

/** A file of environment variables, as `env_file:` and `docker run --env-file` read one. */

export type EnvVariable = readonly [name: string, value: string | null];

const longestLine = 65_536;

/**
 * `NAME=value` a line: everything after the first `=` belongs to the value, quotes and # as well; a line with a name alone takes the
 * variable from the shell, if it is there. Empty lines and those that begin with # say nothing.
 */
export function parseEnvFile(bytes: Uint8Array, lookup: Lookup): Result<EnvVariable[], string> {
	let text: string;
	try {
		text = new TextDecoder('utf-8', {fatal: true}).decode(bytes);
	} catch {
		return failed('it is not written in UTF-8');
	}
	const variables: EnvVariable[] = [];
	for (const [index, full] of text.split('\n').entries()) {
		const line = full.replace(/\r$/, '').replace(/^[\s\u0085]+/, '');
		if (Buffer.byteLength(full) >= longestLine) return failed(`line ${index + 1} is longer than 64 KiB`);
		if (line === '' || line.startsWith('#')) continue;
		const at = line.indexOf('=');
		const name = at === -1 ? line : line.slice(0, at);
		if (name === '') return failed(`line ${index + 1} has no name before the =`);
		if (/[ \t]/.test(name)) return failed(`line ${index + 1}: a name has no spaces: "${name}"`);
		const value = at === -1 ? lookup(name) : line.slice(at + 1);
		if (value !== undefined) variables.push([name, value]);
	}
	return ok(variables);
}
