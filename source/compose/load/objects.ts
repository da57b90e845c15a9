import {isYamlList, isYamlMap} from '../../documents/stack-yaml/values.ts';
import type {FileObject, Network, Volume} from '../model.ts';
import {absolute, type LoadContext} from './context.ts';
import {present, Section} from './decode.ts';

/** Networks, volumes, secrets and configs of a checked stack file. */

/** The entries of a section, each with its key; one without a value is as good as empty. */
function entriesOf<T>(section: Section | undefined, load: (key: string, entry: Section) => T): Record<string, T> {
	if (!section) return {};
	const entries = [...section.map].map(([key, value]) => {
		const entry = new Section(isYamlMap(value) ? value : new Map(), [...section.path, key]);
		return [key, load(key, entry)] as const;
	});
	return Object.fromEntries(entries);
}

type External = {readonly isExternal: boolean; readonly name: string};

/**
 * `external: true`, or with a name of its own in the old form `external: {name: …}`. What is external is called as it is keyed unless
 * it has a name.
 */
function loadExternal(key: string, entry: Section, kind: string, since: number, context: LoadContext): External {
	const name = entry.text('name') ?? '';
	const external = entry.map.get('external') ?? null;
	if (external === null || external === false) return {isExternal: false, name};
	const old = entry.section('external')?.text('name') ?? '';
	if (old === '') return {isExternal: true, name: name === '' ? key : name};
	if (name !== '') {
		entry.refuse(`${kind}.external.name and ${kind}.name conflict; only use ${kind}.name`, 'external');
	}
	if (minorOf(context.version) >= since) {
		context.warn(`${kind} ${key}: ${kind}.external.name is deprecated in favor of ${kind}.name`);
	}
	return {isExternal: true, name: old};
}

const minorOf = (version: string): number => Number(version.split('.')[1] ?? 0);

/** The networks of a file, by key. */
export function loadNetworks(section: Section | undefined, context: LoadContext): Record<string, Network> {
	return entriesOf(section, (key, entry) => {
		const ipam = entry.section('ipam');
		const pools = ipam?.map.get('config');
		const subnets = (isYamlList(pools) ? pools : []).map((pool, index) =>
			ipam
				? (new Section(isYamlMap(pool) ? pool : new Map(), [...ipam.path, 'config', index]).text('subnet') ?? '')
				: '',
		);
		return {
			...loadExternal(key, entry, 'network', 5, context),
			driver: entry.text('driver') ?? '',
			...present('driverOpts', entry.mapping('driver_opts')),
			ipamDriver: ipam?.text('driver') ?? '',
			subnets,
			isInternal: entry.bool('internal') ?? false,
			isAttachable: entry.bool('attachable') ?? false,
			labels: entry.mapping('labels') ?? {},
		};
	});
}

/** The volumes of a file, by key. */
export function loadVolumes(section: Section | undefined, context: LoadContext): Record<string, Volume> {
	return entriesOf(section, (key, entry) => {
		const volume = {
			driver: entry.text('driver') ?? '',
			...present('driverOpts', entry.mapping('driver_opts')),
			labels: entry.mapping('labels') ?? {},
		};
		const isExternal = entry.map.get('external') === true || entry.section('external') !== undefined;
		const conflict = (['driver', 'driver_opts', 'labels'] as const).find((field) => {
			if (field === 'driver') return volume.driver !== '';
			const of = field === 'labels' ? volume.labels : (volume.driverOpts ?? {});
			return Object.keys(of).length > 0;
		});
		if (isExternal && conflict !== undefined) {
			entry.refuse(`conflicting parameters "external" and "${conflict}" specified for volume "${key}"`, conflict);
		}
		return {...volume, ...loadExternal(key, entry, 'volume', 4, context)};
	});
}

/** The secrets or configs of a file, by key. */
export function loadFileObjects(
	section: Section | undefined,
	kind: 'secret' | 'config',
	context: LoadContext,
): Record<string, FileObject> {
	return entriesOf(section, (key, entry) => {
		const external = loadExternal(key, entry, kind, 5, context);
		const driver = entry.text('driver') ?? '';
		const file = entry.text('file') ?? '';
		if (!external.isExternal && driver !== '' && file !== '') {
			entry.refuse(`${kind}.driver and ${kind}.file conflict; only use ${kind}.driver`, 'driver');
		}
		return {
			...external,
			file: external.isExternal || driver !== '' ? file : absolute(file, context),
			...present('content', entry.text('content')),
			labels: entry.mapping('labels') ?? {},
			driver,
			...present('driverOpts', entry.mapping('driver_opts')),
			templateDriver: entry.text('template_driver') ?? '',
		};
	});
}
