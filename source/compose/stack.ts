import {checkSource, type DocumentProblem, parseSource, type Source} from '../documents/document.ts';
import {failed, ok, type Result} from '../runtime/result.ts';
import type {ServiceSpec} from '../wire/service.ts';
import {interpolate} from './interpolate.ts';
import {type ComposeStack, deprecatedOptions, type ListOrMap, stackSchema, unsupportedOptions} from './schema.ts';
import {convertService, namespaceLabel} from './service.ts';
import {toMap} from './values.ts';

/** A stack file as the objects that `docker stack deploy` makes of it. */

export type StackNetwork = {
	/** With the stack's name in front unless the file says otherwise. */
	readonly name: string;
	/** Must be there already; the rest is then empty. */
	readonly isExternal: boolean;
	readonly driver: string;
	readonly options: Readonly<Record<string, string>>;
	readonly isInternal: boolean;
	readonly isAttachable: boolean;
	readonly labels: Readonly<Record<string, string>>;
	readonly ipam: {
		readonly driver?: string;
		readonly subnets: readonly {readonly Subnet?: string; readonly Gateway?: string}[];
	};
};

export type StackStore = {
	readonly name: string;
	readonly isExternal: boolean;
	/** Where the data lies: a path relative to the stack file, or the text itself. */
	readonly data: {readonly file: string} | {readonly content: string};
	readonly labels: Readonly<Record<string, string>>;
};

export type Stack = {
	readonly name: string;
	readonly networks: readonly StackNetwork[];
	readonly secrets: readonly StackStore[];
	readonly configs: readonly StackStore[];
	/** Their networks, secrets and configs are named; IDs are left to whoever deploys. Sorted by name. */
	readonly services: readonly ServiceSpec[];
	/** What a swarm has no use for, as `docker stack deploy` names it. */
	readonly warnings: readonly string[];
};

type StackOptions = {
	readonly name: string;
	/** For messages. */
	readonly file: string;
	/** What relative paths begin at. */
	readonly directory: string;
	readonly variables: Readonly<Record<string, string | undefined>>;
};

/** Reads a stack file; every problem names file, line and key. */
export function readStack(text: string, options: StackOptions): Result<Stack, DocumentProblem[]> {
	const source = parseSource(text, options.file);
	return source.ok ? convertSource(source.value, options) : source;
}

/** The same for a stack that stands inside another document. */
export function convertSource(source: Source, options: StackOptions): Result<Stack, DocumentProblem[]> {
	const filled = interpolate(source.value, options.variables);
	if (!filled.ok) return failed([{file: options.file, line: 1, key: '', message: filled.error}]);
	const checked = checkSource({...source, value: filled.value.value}, stackSchema);
	if (!checked.ok) return checked;
	const problems: DocumentProblem[] = [];
	const report = (path: readonly (string | number)[], message: string) => {
		problems.push({file: source.file, line: source.lineOf(path), key: path.join('.'), message});
	};
	const stack = convertStack(checked.value, options, report);
	const unset = filled.value.unset.map((name) => `The "${name}" variable is not set. Defaulting to a blank string.`);
	return problems.length > 0 ? failed(problems) : ok({...stack, warnings: [...unset, ...stack.warnings]});
}

function convertStack(
	file: ComposeStack,
	{name, directory}: StackOptions,
	report: (path: readonly (string | number)[], message: string) => void,
): Stack {
	const labels = {[namespaceLabel]: name};
	const services = Object.entries(file.services).map(([key, service]) =>
		convertService(
			key,
			service,
			{
				stack: name,
				volumes: file.volumes,
				directory,
				labels,
				file,
				networkName: (network) => objectName(name, network, file.networks[network] ?? {}),
				storeName: (kind, store) => objectName(name, store, file[kind][store] ?? {}),
			},
			(path, message) => report(['services', key, ...path], message),
		),
	);
	return {
		name,
		networks: convertNetworks(file, name, labels),
		secrets: Object.entries(file.secrets).map(([key, store]) => convertStore(name, key, store, labels)),
		configs: Object.entries(file.configs).map(([key, store]) => convertStore(name, key, store, labels)),
		services: services.sort((a, b) => (a.Name < b.Name ? -1 : 1)),
		warnings: findIgnored(file),
	};
}

type Named = {
	readonly name?: string | undefined;
	readonly external?: boolean | {readonly name?: string | undefined} | undefined;
};

/** `name:` wins, external objects keep their key, all others take the stack's name in front. */
function objectName(stack: string, key: string, {name, external}: Named): string {
	if (name !== undefined) return name;
	if (typeof external === 'object') return external.name ?? key;
	return external ? key : `${stack}_${key}`;
}

function convertNetworks(file: ComposeStack, stack: string, labels: Record<string, string>): StackNetwork[] {
	const used = new Set(
		Object.values(file.services).flatMap(({networks}) =>
			networks === undefined ? ['default'] : Array.isArray(networks) ? networks : Object.keys(networks),
		),
	);
	return [...used].map((key) => {
		const network = file.networks[key] ?? {};
		return {
			name: objectName(stack, key, network),
			isExternal: Boolean(network.external),
			driver: network.driver ?? 'overlay',
			options: network.driver_opts ?? {},
			isInternal: network.internal ?? false,
			isAttachable: network.attachable ?? false,
			labels: {...toMap(network.labels), ...labels},
			ipam: {
				...(network.ipam?.driver === undefined ? {} : {driver: network.ipam.driver}),
				subnets: (network.ipam?.config ?? []).map(({subnet, gateway}) => ({
					...(subnet === undefined ? {} : {Subnet: subnet}),
					...(gateway === undefined ? {} : {Gateway: gateway}),
				})),
			},
		};
	});
}

type StoreSource = Named & {
	readonly file?: string | undefined;
	readonly content?: string | undefined;
	readonly labels?: ListOrMap | undefined;
};

function convertStore(stack: string, key: string, store: StoreSource, labels: Record<string, string>): StackStore {
	return {
		name: objectName(stack, key, store),
		isExternal: Boolean(store.external),
		data: store.file === undefined ? {content: store.content ?? ''} : {file: store.file},
		labels: {...toMap(store.labels), ...labels},
	};
}

function findIgnored(file: ComposeStack): string[] {
	const used = new Set(Object.values(file.services).flatMap((service) => Object.keys(service)));
	const unsupported = unsupportedOptions.filter((option) => used.has(option));
	const deprecated = deprecatedOptions.filter((option) => used.has(option));
	return [
		...(unsupported.length > 0 ? [`Ignoring unsupported options: ${unsupported.join(', ')}`] : []),
		...(deprecated.length > 0 ? [`Ignoring deprecated options: ${deprecated.join(', ')}`] : []),
	];
}
