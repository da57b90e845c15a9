/** Reads the configuration file. What is wrong with it is said in one sentence per problem, with file, line and key. */
import {readFile} from 'node:fs/promises';
import type {DocumentProblem} from '../documents/document.ts';
import {failed, ok, type Result} from '../runtime/result.ts';
import {type Config, defaultConfig} from './config.ts';
import type {Vocabulary} from './vocabulary.ts';

/** The configuration, and the default one where there is no file: then neither YAML nor the schema is loaded. */
export async function loadConfig(
	file: string,
	vocabulary: () => Vocabulary | Promise<Vocabulary>,
): Promise<Result<Config, DocumentProblem[]>> {
	const text = await readConfigText(file);
	if (!text.ok) return text;
	if (text.value === undefined) return ok(defaultConfig);
	const [{parseConfig}, {toConfig}] = await Promise.all([import('./parse.ts'), import('./to-config.ts')]);
	const parsed = parseConfig(text.value, file, await vocabulary());
	return parsed.ok ? ok(toConfig(parsed.value)) : parsed;
}

/** Undefined when there is no such file. */
export async function readConfigText(file: string): Promise<Result<string | undefined, DocumentProblem[]>> {
	try {
		return ok(await readFile(file, 'utf8'));
	} catch (error) {
		const {code = ''} = error as NodeJS.ErrnoException;
		if (code === 'ENOENT' || code === 'ENOTDIR') return ok(undefined);
		const reasons: Readonly<Record<string, string>> = {EACCES: 'permission denied', EISDIR: 'it is a directory'};
		return failed([{file, line: 1, key: '', message: `can't be read: ${reasons[code] ?? code}`}]);
	}
}
