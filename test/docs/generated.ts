/** The documents that are made from the program's own tables, and how each is made. */
import {readFileSync} from 'node:fs';
import path from 'node:path';
import packageJson from '../../package.json' with {type: 'json'};
import {commands} from '../../source/commands/command-line/commands.ts';
import {manualName, manualOf} from '../../source/commands/command-line/man.ts';
import {doctorManual} from '../../source/commands/doctor/manual.ts';
import {vocabulary} from '../../source/commands/vocabulary.ts';
import {configJsonSchema} from '../../source/config/json-schema.ts';
import {configManual} from '../../source/config/manual.ts';
import {keysManual} from '../../source/ui/keys/manual.ts';
import {tourManual} from '../../source/ui/tour/tour-document.ts';
import {wordsManual} from '../../source/ui/words/words-document.ts';
import {decisionIndex} from './decisions.ts';
import {simulatorApi} from './simulator-api.ts';

const {version} = packageJson;
const root = path.resolve(import.meta.dirname, '../..');

/** The whole path of a file in docs/. */
export const docsFile = (name: string): string => path.join(root, 'docs', name);

export const generated: Readonly<Record<string, () => string>> = {
	'config.md': () => configManual(vocabulary(), readFileSync(docsFile('config.example.yaml'), 'utf8')),
	'config.schema.json': () => `${JSON.stringify(configJsonSchema(vocabulary()), undefined, '\t')}\n`,
	'doctor.md': doctorManual,
	'keys.md': keysManual,
	'tour.md': tourManual,
	'words.md': wordsManual,
	'decisions/README.md': decisionIndex,
	'simulator-api.d.ts': simulatorApi,
	...Object.fromEntries(
		commands.map((command) => [`man/${manualName(command)}.1`, () => manualOf(command, {version, commands})]),
	),
};
