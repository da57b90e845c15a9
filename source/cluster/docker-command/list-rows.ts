/** Lists that docker adds to and takes from entry by entry, each as docker/cli's cli/command/service/update.go reads it. */
import type {GenericResource} from '../../wire/node.ts';
import type {ContainerSpec, Placement} from '../../wire/task.ts';
import {keyOf} from '../edit/changes.ts';
import {adding, allOf, each, type FlagRow, flags, keyOfEntry, removing, row} from './flag-row.ts';

type Texts = readonly string[];
type TextMap = Readonly<Record<string, string>>;

const without = (list: Texts, taken: Texts): string[] => list.filter((entry) => !taken.includes(entry));
const deduplicated = (list: Texts): string[] => [...new Set(list)];

/** Entries that are themselves what they are taken away by. */
export const textList = (path: string, name: string): FlagRow =>
	row<Texts>(path, (from = [], to = [], context) => {
		const [gone, fresh] = [deduplicated(without(from, to)), without(to, from)];
		const words = [...each(removing(name), gone), ...each(adding(name, context), fresh)];
		return flags(words, without([...from, ...fresh], gone));
	});

/** @param isKey what docker takes for a key; the others are left as they are, and told */
export function textMap(path: string, name: string, isKey: (key: string) => boolean = isLabelKey): FlagRow {
	return row<TextMap>(path, (from = {}, to = {}, context) => {
		const gone = Object.keys(from).filter((key) => to[key] === undefined);
		const fresh = Object.entries(to).filter(([key, value]) => from[key] !== value && isKey(key));
		const words = [
			...each(removing(name), gone),
			...each(
				adding(name, context),
				fresh.map(([key, value]) => `${key}=${value}`),
			),
		];
		const kept = Object.entries(from).filter(([key]) => !gone.includes(key));
		return words.length === 0 ? undefined : flags(words, Object.fromEntries([...kept, ...fresh]));
	});
}

export const isLabelKey = (key: string): boolean => /^[^=\s]+$/.test(key);

/** Those that a container may have of its own. */
export const isSysctl = (key: string): boolean =>
	isLabelKey(key) && /^(net\.|fs\.mqueue\.|kernel\.(msgm(ax|nb|ni)|sem|shm(all|max|mni|_rmid_forced))$)/.test(key);

/** Variables by their names; one without a value would be taken from the shell that the command is typed into. */
export const environmentRow = row<Texts>('TaskTemplate.ContainerSpec.Env', (from = [], to = [], context) => {
	const names = new Set(to.map(keyOfEntry));
	const gone = deduplicated(from.map(keyOfEntry).filter((name) => !names.has(name)));
	const fresh = without(to, from).filter((entry) => /^[^=]+=/.test(entry));
	const kept = from.filter((entry) => !gone.includes(keyOfEntry(entry)));
	const words = [...each(removing('env'), gone), ...each(adding('env', context), fresh)];
	if (words.length === 0) return undefined;
	const byName = new Map([...kept, ...fresh].map((entry) => [keyOfEntry(entry), entry]));
	return flags(words, fresh.length === 0 ? kept : [...byName.values()]);
});

type Preferences = NonNullable<Placement['Preferences']>;
const descriptorOf = (preference: Preferences[number]): string => preference.Spread?.SpreadDescriptor ?? '';

/** Their order counts: one that is added comes last, so what stands before it in the wrong order goes first. */
export const preferencesRow = row<Preferences>('TaskTemplate.Placement.Preferences', (from = [], to = [], context) => {
	const [before, after] = [from.map(descriptorOf), to.map(descriptorOf)];
	if (after.some((descriptor) => !/^[^=]+$/.test(descriptor))) return undefined;
	const kept = before.filter((descriptor) => after.includes(descriptor));
	const isPrefix = keyOf(kept) === keyOf(after.slice(0, kept.length));
	const [gone, fresh] = isPrefix ? [without(before, after), after.slice(kept.length)] : [before, after];
	const spread = (descriptors: Texts) => descriptors.map((descriptor) => `spread=${descriptor}`);
	const words = [
		...each(removing('placement-pref'), spread(deduplicated(gone))),
		...each(adding('placement-pref', context), spread(fresh)),
	];
	return flags(words, to);
});

type DnsConfig = NonNullable<ContainerSpec['DNSConfig']>;

/** docker sorts all three lists whenever it changes one of them; where their order was another one, that is told. */
export const dnsRow = row<DnsConfig>('TaskTemplate.ContainerSpec.DNSConfig', (from = {}, to = {}, context) => {
	const isNew = context.form === 'create';
	const parts = (['Nameservers', 'Search', 'Options'] as const).map((key) => {
		const [before, after] = [from[key] ?? [], to[key] ?? []];
		const [gone, fresh] = [deduplicated(without(before, after)), deduplicated(without(after, before))];
		const name = {Nameservers: 'dns', Search: 'dns-search', Options: 'dns-option'}[key];
		const list = deduplicated(without([...before, ...fresh], gone));
		return {
			key,
			words: [...each(removing(name), gone), ...each(adding(name, context), fresh)],
			list: isNew ? list : list.sort(),
		};
	});
	const words = parts.flatMap((part) => part.words);
	if (words.length === 0) return undefined;
	return flags(words, Object.fromEntries(parts.map(({key, list}) => [key, list])));
});

type Host = {readonly ip: string; readonly names: Texts};
const hostOf = (entry: string): Host => {
	const [ip = '', ...names] = entry.split(/\s+/).filter(Boolean);
	return {ip, names};
};
const hostEntry = ({ip, names}: Host): string => [ip, ...names].join(' ');

/** `IP name…` in the spec, `name:IP` on the command line: one name each. */
export const hostsRow = row<Texts>('TaskTemplate.ContainerSpec.Hosts', (from = [], to = [], context) => {
	const kept = from.filter((entry) => to.includes(entry));
	const isPrefix = keyOf(kept) === keyOf(to.slice(0, kept.length));
	const [gone, fresh] = isPrefix ? [without(from, to), to.slice(kept.length)] : [from, to];
	const goneWords = gone.map(hostOf).flatMap(({ip, names}) => names.map((name) => `${name}:${ip}`));
	const freshWords = allOf(fresh.map(hostOf), ({ip, names: [name, ...aliases]}) =>
		name === undefined || aliases.length > 0 ? undefined : `${name}:${ip}`,
	);
	if (freshWords === undefined) return undefined;
	const left = from
		.map(hostOf)
		.map(({ip, names}) => ({ip, names: names.filter((name) => !goneWords.includes(`${name}:${ip}`))}))
		.filter(({names}) => names.length > 0);
	const words = [...each(removing('host'), deduplicated(goneWords)), ...each(adding('host', context), freshWords)];
	return flags(words, deduplicated([...left.map(hostEntry), ...fresh.map(hostOf).map(hostEntry)]));
});

type Ulimits = NonNullable<ContainerSpec['Ulimits']>;

export const ulimitsRow = row<Ulimits>('TaskTemplate.ContainerSpec.Ulimits', (from = [], to = [], context) => {
	const names = to.map(({Name}) => Name);
	const gone = from.filter(({Name}) => !names.includes(Name));
	const fresh = to.filter((limit) => !from.some((other) => keyOf(other) === keyOf(limit)));
	const words = [
		...each(
			removing('ulimit'),
			gone.map(({Name}) => Name),
		),
		...each(
			adding('ulimit', context),
			fresh.map(({Name, Soft = 0, Hard = 0}) => `${Name}=${Soft}:${Hard}`),
		),
	];
	return flags(words, to);
});

export const genericResourcesRow = row<readonly GenericResource[]>(
	'TaskTemplate.Resources.Reservations.GenericResources',
	(from = [], to = [], context) => {
		const kinds = allOf([...from, ...to], ({DiscreteResourceSpec: spec}) => spec?.Kind);
		// docker refuses to touch a list that holds named ones.
		if (kinds === undefined || kinds.some((kind) => /[=,\s]/.test(kind))) return undefined;
		const kindOf = ({DiscreteResourceSpec: spec}: GenericResource) => spec?.Kind ?? '';
		const gone = from.filter((each) => !to.some((other) => kindOf(other) === kindOf(each)));
		const fresh = to.filter((each) => !from.some((other) => keyOf(other) === keyOf(each)));
		const flag = context.form === 'create' ? '--generic-resource' : '--generic-resource-add';
		const words = [
			...each(
				flag,
				fresh.map((each) => `${kindOf(each)}=${each.DiscreteResourceSpec?.Value ?? 0}`),
			),
			...each(removing('generic-resource'), gone.map(kindOf)),
		];
		return flags(words, to);
	},
);
