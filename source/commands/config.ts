import {stringify} from 'yaml';
import {configJsonSchema} from '../config/json-schema.ts';
import {readConfigText} from '../config/load.ts';
import {parseConfig} from '../config/parse.ts';
import {configFile} from '../config/paths.ts';
import type {ConfigFile} from '../config/schema.ts';
import {processSurroundings} from '../connection/resolve.ts';
import {type DocumentProblem, describeProblem} from '../documents/document.ts';
import {failed, ok, type Result} from '../runtime/result.ts';
import {helpOf} from './command-line/help.ts';
import {seeHelp} from './command-line/messages.ts';
import {complain} from './complain.ts';
import {type ConfigOptions, configCommand, parseConfigOptions} from './config-options.ts';
import {exitStatus} from './open-client.ts';
import {vocabulary} from './vocabulary.ts';

/** `swarmtop config`: where the configuration is, whether it is right, and what holds. Gives the exit status. */
export async function runConfig(argv: readonly string[]): Promise<number> {
	const options = parseConfigOptions(argv);
	if (!options.ok) return complain(exitStatus.wrongUse, `${options.error} ${seeHelp('config')}`);
	if (options.value === 'help') return print(helpOf(configCommand));
	const file = options.value.file ?? configFile(processSurroundings());
	return topics[options.value.topic](file, options.value);
}

const topics: Readonly<
	Record<ConfigOptions['topic'], (file: string, options: ConfigOptions) => Promise<number> | number>
> = {
	path: (file) => print(file),
	schema: () => print(JSON.stringify(configJsonSchema(vocabulary()), undefined, '\t')),
	check,
	show,
};

async function check(file: string, options: ConfigOptions): Promise<number> {
	const read = await readConfig(file, options);
	if (!read.ok) return report(read.error);
	return print(read.value.isThere ? `${file} is fine.` : `There is no ${file}: the defaults apply.`);
}

/** As YAML that could stand in the file. */
async function show(file: string, options: ConfigOptions): Promise<number> {
	const read = await readConfig(file, options);
	if (!read.ok) return report(read.error);
	return print(
		`# ${read.value.isThere ? file : `the defaults: there is no ${file}`}\n${stringify(read.value.config).trimEnd()}`,
	);
}

type Read = {readonly config: ConfigFile; readonly isThere: boolean};

/** A file that was named has to be there; the one at the usual place need not. */
async function readConfig(file: string, {file: named}: ConfigOptions): Promise<Result<Read, DocumentProblem[]>> {
	const text = await readConfigText(file);
	if (!text.ok) return text;
	const isThere = text.value !== undefined;
	if (!isThere && named !== undefined) return failed([{file, line: 1, key: '', message: 'there is no such file'}]);
	const parsed = parseConfig(text.value ?? '', file, vocabulary());
	return parsed.ok ? ok({config: parsed.value, isThere}) : parsed;
}

function report(problems: readonly DocumentProblem[]): number {
	for (const problem of problems.toSorted((a, b) => a.line - b.line))
		process.stderr.write(`${describeProblem(problem)}\n`);
	return exitStatus.failed;
}

function print(text: string): number {
	process.stdout.write(`${text}\n`);
	return exitStatus.fine;
}
