import {readFileSync} from 'node:fs';
import path from 'node:path';
import type {DocumentProblem} from '../documents/document.ts';
import {readYaml} from '../documents/stack-yaml/read.ts';
import {isYamlMap, type YamlMap, type YamlValue} from '../documents/stack-yaml/values.ts';
import {failed, ok, type Result} from '../runtime/result.ts';
import type {ServiceSpec} from '../wire/service.ts';
import {convertNetworks, convertStores, type StackNetwork, type StackStore} from './convert/objects.ts';
import {convertService} from './convert/service.ts';
import type {LoadContext} from './load/context.ts';
import {interpolate} from './load/interpolate.ts';
import {loadFile, versionOf} from './load/load.ts';
import {mergeConfigs} from './load/merge.ts';
import {Refusal, type StackPath} from './refusal.ts';
import {ignoredOptions, lostOptions, refuseForbidden} from './warnings.ts';

export type {StackNetwork, StackStore} from './convert/objects.ts';

/** Stack files as the objects that `docker stack deploy` makes of them. */

export type Stack = {
	readonly name: string;
	readonly networks: readonly StackNetwork[];
	readonly secrets: readonly StackStore[];
	readonly configs: readonly StackStore[];
	/** Their networks, secrets and configs are named; IDs are left to whoever deploys. Sorted by name. */
	readonly services: readonly ServiceSpec[];
	/** What a swarm has no use for, as `docker stack deploy` names it. */
	readonly warnings: readonly string[];
	/** What docker passes over in silence: variables that are blank for want of a value, documents that nobody reads. */
	readonly notes: readonly string[];
};

/** A stack file's text, or its bytes, with the name that problems give it. */
export type StackDocument = {readonly name: string; readonly text: string | Uint8Array};

export type StackOptions = {
	readonly name: string;
	/** What relative paths begin at: the folder of the first file, or the one that the shell is in for stdin. */
	readonly directory: string;
	/** The shell's variables. */
	readonly variables: Readonly<Record<string, string | undefined>>;
	/** Reads the files of `env_file:`; throws as node's own does. */
	readonly readFile?: (file: string) => Uint8Array;
	/** Secrets and configs may carry their `content:`, which docker refuses. */
	readonly allowsContent?: boolean;
};

/** Where a part of a file stands, for what is wrong with it. */
export type StackSource = {
	readonly file: string;
	readonly value: YamlValue;
	readonly lineOf: (path: StackPath) => number;
};

/** Reads stack files, each over the ones before it, as `-c a -c b` does; every problem names file, line and key. */
export function readStack(
	documents: readonly StackDocument[],
	options: StackOptions,
): Result<Stack, DocumentProblem[]> {
	const sources: StackSource[] = [];
	const notes: string[] = [];
	for (const {name, text} of documents) {
		const source = readYaml(text, name);
		if (!source.ok) return source;
		sources.push(source.value);
		if (source.value.hasMore) notes.push(`${name} holds several documents: only the first is read, as docker does.`);
	}
	const stack = convertSources(sources, options);
	return stack.ok ? ok({...stack.value, notes: [...notes, ...stack.value.notes]}) : stack;
}

/** The same for files that have been parsed, or that stand inside another document. */
export function convertSources(
	sources: readonly StackSource[],
	options: StackOptions,
): Result<Stack, DocumentProblem[]> {
	const warnings = new Set<string>();
	const unset = new Set<string>();
	const files: YamlMap[] = [];
	const configs = [];
	let version: string | undefined;
	let at: StackSource | undefined;
	try {
		for (at of sources) {
			if (!isYamlMap(at.value)) throw new Refusal([], 'a stack file is a mapping, with services: in it');
			files.push(at.value);
		}
		for (at of sources) {
			const file = at.value as YamlMap;
			const own = versionOf(file);
			version ??= own;
			if (own !== version) throw new Refusal(['version'], `the files are of version ${version} and ${own}`);
			refuseForbidden(file);
			const filled = interpolate(
				file,
				(name) => options.variables[name],
				(name) => unset.add(name),
			);
			const loaded = loadFile(
				filled,
				contextOf(options, version, (warning) => warnings.add(warning)),
			);
			if (!loaded.ok) return failed(loaded.error.map((misfit) => problemAt(at, misfit)));
			configs.push(loaded.value);
		}
		for (const ignored of ignoredOptions(files)) warnings.add(ignored);
		// What is wrong with the whole is said where it stands, in the last file that has it.
		at = undefined;
		const config = mergeConfigs(configs);
		const {name} = options;
		const services = config.services.map((service) => convertService(service, name, config));
		return ok({
			name,
			networks: convertNetworks(config, name),
			secrets: convertStores(config.secrets, name),
			configs: convertStores(config.configs, name),
			services: services.toSorted((a, b) => (a.Name < b.Name ? -1 : 1)),
			warnings: [...warnings],
			notes: [
				...[...unset].map((variable) => `The variable ${variable} is not set: it is left blank.`),
				...lostOptions(config),
			],
		});
	} catch (error) {
		if (!(error instanceof Refusal)) throw error;
		return failed([problemAt(at ?? holderOf(error.path, sources), error)]);
	}
}

function contextOf(options: StackOptions, version: string, warn: (warning: string) => void): LoadContext {
	return {
		directory: path.resolve(options.directory),
		lookup: (name) => options.variables[name],
		readFile: options.readFile ?? ((file) => readFileSync(file)),
		warn,
		version,
		allowsContent: options.allowsContent ?? false,
	};
}

function problemAt(
	source: StackSource | undefined,
	{path: at, message}: {readonly path: StackPath; readonly message: string},
): DocumentProblem {
	return {file: source?.file ?? '', line: source?.lineOf(at) ?? 1, key: at.join('.'), message};
}

/** The last file that has the value at a path, or as much of the path as any has. */
function holderOf(at: StackPath, sources: readonly StackSource[]): StackSource | undefined {
	const depth = ({value}: StackSource): number => {
		let here: YamlValue | undefined = value;
		for (const [index, part] of at.entries()) {
			here = isYamlMap(here) ? here.get(String(part)) : Array.isArray(here) ? here[Number(part)] : undefined;
			if (here === undefined) return index;
		}
		return at.length;
	};
	const deepest = Math.max(0, ...sources.map(depth));
	return sources.findLast((source) => depth(source) === deepest);
}
