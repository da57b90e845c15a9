import {checkCommands} from './command-checks.ts';
import {checkKeys} from './key-checks.ts';
import {configSchema} from './schema.ts';
import type {Vocabulary} from './vocabulary.ts';

/** The schema with the checks that look at several entries at once: keys and commands must not take each other's keys. */
export function checkedSchema(vocabulary: Vocabulary) {
	return configSchema(vocabulary).superRefine((file, context) => {
		const report = (path: (string | number)[], message: string) => context.addIssue({code: 'custom', path, message});
		checkKeys(file, vocabulary, report);
		checkCommands(file, vocabulary, report);
	});
}
