/** Lists of objects, which docker takes as records of comma-separated fields: mounts, ports, networks, secrets, configs. */
import type {NetworkAttachmentConfig} from '../../wire/network.ts';
import type {ConfigReference, FileTarget, Mount, PortConfig, SecretReference} from '../../wire/task.ts';
import {keyOf, withoutNulls} from '../edit/changes.ts';
import {adding, allOf, each, type FlagContext, type FlagRow, flags, recordWord, removing, row} from './flag-row.ts';

const same = (a: unknown, b: unknown): boolean => keyOf(withoutNulls(a)) === keyOf(withoutNulls(b));
const lacking = <T>(list: readonly T[], other: readonly T[]): T[] =>
	list.filter((entry) => !other.some((each) => same(each, entry)));

const field = (key: string, value: string | number | undefined): string[] =>
	value === undefined || value === '' ? [] : [`${key}=${value}`];
const fieldsOfMap = (key: string, map: Readonly<Record<string, string>> = {}): string[] =>
	Object.entries(map).map(([name, value]) => `${key}=${name}=${value}`);

/** Keys that have a field; undefined where there are others that mean something. */
function onlyKeys(value: object | undefined, known: readonly string[]): boolean {
	const isNothing = (each: unknown) =>
		each === undefined || each === null || each === false || each === '' || each === 0;
	return Object.entries(value ?? {}).every(([key, each]) => known.includes(key) || isNothing(each));
}

/** With what newer engines have. */
type AnyMount = Mount & {
	readonly BindOptions?: {readonly ReadOnlyNonRecursive?: boolean; readonly ReadOnlyForceRecursive?: boolean};
	readonly ImageOptions?: {readonly Subpath?: string};
};

/** The fields of `--mount-add`; undefined where a setting has none. */
function mountFields(mount: AnyMount): string[] | undefined {
	const {
		Type: type = 'volume',
		BindOptions: bind,
		VolumeOptions: volume,
		TmpfsOptions: tmpfs,
		ImageOptions: image,
	} = mount;
	const {Propagation, NonRecursive, ReadOnlyNonRecursive, ReadOnlyForceRecursive} = bind ?? {};
	const isKnown =
		onlyKeys(mount, ['Type', 'Source', 'Target', 'ReadOnly', 'Consistency', ...optionKeys]) &&
		onlyKeys(bind, ['Propagation', 'NonRecursive', 'ReadOnlyNonRecursive', 'ReadOnlyForceRecursive']) &&
		onlyKeys(volume, ['NoCopy', 'Labels', 'DriverConfig', 'Subpath']) &&
		onlyKeys(tmpfs, ['SizeBytes', 'Mode']) &&
		onlyKeys(image, ['Subpath']);
	const names = [volume?.Labels, volume?.DriverConfig?.Options].flatMap((map) => Object.keys(map ?? {}));
	const isUnfit = !mount.Target || mount.Source?.startsWith('./') || mount.Source === '.';
	if (!isKnown || isUnfit || names.some((name) => !/^[^=]+$/.test(name))) return undefined;
	return [
		`type=${type}`,
		...field('source', mount.Source),
		`target=${mount.Target}`,
		...(mount.ReadOnly ? ['readonly'] : []),
		...field('consistency', mount.Consistency),
		...field('bind-propagation', Propagation),
		...(NonRecursive ? ['bind-recursive=disabled'] : []),
		...(ReadOnlyNonRecursive ? ['bind-recursive=writable'] : []),
		...(ReadOnlyForceRecursive ? ['bind-recursive=readonly'] : []),
		...(volume?.NoCopy ? ['volume-nocopy'] : []),
		...field('volume-subpath', volume?.Subpath),
		...fieldsOfMap('volume-label', volume?.Labels),
		...field('volume-driver', volume?.DriverConfig?.Name),
		...fieldsOfMap('volume-opt', volume?.DriverConfig?.Options),
		...field('image-subpath', image?.Subpath),
		...field('tmpfs-size', tmpfs?.SizeBytes || undefined),
		...field('tmpfs-mode', tmpfs?.Mode ? tmpfs.Mode.toString(8) : undefined),
	];
}

const optionKeys = ['BindOptions', 'VolumeOptions', 'TmpfsOptions', 'ImageOptions'];

const words = (fields: readonly string[] | undefined): string | undefined => fields && recordWord(fields);

export const mountsRow = row<readonly AnyMount[]>(
	'TaskTemplate.ContainerSpec.Mounts',
	(from = [], to = [], context) => {
		const targets = to.map(({Target}) => Target ?? '');
		const gone = from.map(({Target}) => Target ?? '').filter((target) => !targets.includes(target));
		const fresh = lacking(to, from);
		const added = allOf(fresh, (mount) => words(mountFields(mount)));
		if (added === undefined || new Set(targets).size < targets.length) return undefined;
		return flags([...each(removing('mount'), gone), ...each(adding('mount', context), added)], to);
	},
);

/** What docker takes a port for that says neither. */
const wholePort = ({Protocol = 'tcp', PublishMode = 'ingress', ...port}: PortConfig): PortConfig => ({
	...port,
	Protocol,
	PublishMode,
});
const portKey = ({PublishedPort = 0, TargetPort = 0, Protocol, PublishMode}: PortConfig): string =>
	`${PublishedPort}:${TargetPort}/${Protocol}/${PublishMode}`;
/** What is taken away goes by all but the published port: every port that it fits. */
const removalKey = ({TargetPort = 0, Protocol, PublishMode}: PortConfig): string =>
	`target=${TargetPort},protocol=${Protocol},mode=${PublishMode}`;

export const portsRow = row<readonly PortConfig[]>('EndpointSpec.Ports', (from = [], to = [], context) => {
	const [before, after] = [from.map(wholePort), to.map(wholePort)];
	const gone = new Set(lacking(before, after).map(removalKey));
	const kept = before.filter((port) => !gone.has(removalKey(port)));
	const had = new Set(before.map(portKey));
	const fresh = lacking(after, kept).filter((port) => !had.has(portKey(port)));
	if (fresh.some(({Name, TargetPort = 0}) => Name || TargetPort === 0)) return undefined;
	const added = fresh.map(({PublishedPort, TargetPort, Protocol, PublishMode}) =>
		[
			...field('published', PublishedPort || undefined),
			`target=${TargetPort}`,
			`protocol=${Protocol}`,
			`mode=${PublishMode}`,
		].join(','),
	);
	const removed = context.form === 'create' ? [] : [...gone];
	const all = [...each(removing('publish'), removed), ...each(adding('publish', context), added)];
	return all.length === 0 ? undefined : flags(all, [...kept, ...fresh]);
});

/** Its long form is read in small letters and without blanks around. */
function networkWords({Target = '', Aliases = [], DriverOpts = {}}: NetworkAttachmentConfig, context: FlagContext) {
	const name = context.networkWord(Target);
	const fields = [
		`name=${name}`,
		...Aliases.map((alias) => `alias=${alias}`),
		...fieldsOfMap('driver-opt', DriverOpts),
	];
	if (fields.length === 1) return name;
	const isSafe = fields.every((each) => each === each.toLowerCase() && !/\s/.test(each));
	// A name with capitals is found by its ID all the same.
	const named = isSafe ? fields : [`name=${Target}`, ...fields.slice(1)];
	return named.every((each) => each === each.toLowerCase() && !/\s/.test(each)) ? recordWord(named) : undefined;
}

export const networksRow = row<readonly NetworkAttachmentConfig[]>(
	'TaskTemplate.Networks',
	(from = [], to = [], context) => {
		const gone = lacking(from, to).map(({Target = ''}) => context.networkWord(Target));
		const added = allOf(lacking(to, from), (network) => networkWords(network, context));
		const targets = to.map(({Target}) => Target);
		if (added === undefined || new Set(targets).size < targets.length) return undefined;
		return flags([...each(removing('network'), gone), ...each(adding('network', context), added)], to);
	},
);

type Reference = {readonly File?: FileTarget; readonly Runtime?: unknown};

/** By name, which takes every use of it; those that stay are added again. */
function referencesRow<T extends Reference>(path: string, name: string, nameOf: (reference: T) => string): FlagRow {
	const wordOf = (reference: T): string | undefined => {
		const {File: file, Runtime: runtime} = reference;
		if (!file || runtime || nameOf(reference) === '') return undefined;
		const {Name, UID = '0', GID = '0', Mode = 0} = file;
		const isUsual = Name === nameOf(reference) && UID === '0' && GID === '0' && Mode === 0o444;
		if (isUsual && /^[^=,"\s]+$/.test(Name)) return Name;
		return recordWord([
			`source=${nameOf(reference)}`,
			`target=${Name}`,
			`uid=${UID}`,
			`gid=${GID}`,
			`mode=0${Mode.toString(8)}`,
		]);
	};
	return row<readonly T[]>(path, (from = [], to = [], context) => {
		const gone = new Set(lacking(from, to).map(nameOf));
		const kept = from.filter((reference) => !gone.has(nameOf(reference)));
		const added = allOf(lacking(to, kept), wordOf);
		const files = to.map(({File: file}) => file?.Name);
		if (added === undefined || new Set(files).size < files.length) return undefined;
		return flags([...each(removing(name), [...gone]), ...each(adding(name, context), added)], to);
	});
}

export const secretsRow = referencesRow<SecretReference>(
	'TaskTemplate.ContainerSpec.Secrets',
	'secret',
	({SecretName}) => SecretName ?? '',
);
export const configsRow = referencesRow<ConfigReference>(
	'TaskTemplate.ContainerSpec.Configs',
	'config',
	({ConfigName}) => ConfigName ?? '',
);
