import type {Config} from '../config/config.ts';
import {loadConfig} from '../config/load.ts';
import {configFile} from '../config/paths.ts';
import type {Vocabulary} from '../config/vocabulary.ts';
import type {Surroundings} from '../connection/resolve.ts';
import {describeProblem} from '../documents/document.ts';
import {failed, type Result} from '../runtime/result.ts';

/** The configuration for commands that follow its ways to nodes: one that is broken must not lead to a wrong machine. */
export async function readStrictConfig(surroundings: Surroundings): Promise<Result<Config, string>> {
	const config = await loadConfig(configFile(surroundings), readVocabulary);
	return config.ok ? config : failed(config.error.map(describeProblem).join('\nswarmtop: '));
}

async function readVocabulary(): Promise<Vocabulary> {
	const {vocabulary} = await import('./vocabulary.ts');
	return vocabulary();
}
