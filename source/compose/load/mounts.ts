import {isYamlList} from '../../documents/stack-yaml/values.ts';
import type {ServiceVolume} from '../model.ts';
import {Refusal} from '../refusal.ts';
import {absolute, type LoadContext} from './context.ts';
import {present, Section} from './decode.ts';
import {isWindowsAbsolute, parseVolume} from './volume.ts';

/** `volumes:` of a service, its relative paths made absolute. */
export function loadMounts(service: Section, context: LoadContext): readonly ServiceVolume[] | undefined {
	const value = service.map.get('volumes');
	if (!isYamlList(value)) return undefined;
	return value.map((item, index) => {
		const path = [...service.path, 'volumes', index];
		let volume: ServiceVolume;
		if (typeof item === 'string') {
			const parsed = parseVolume(item);
			if (!parsed.ok) throw new Refusal(path, parsed.error);
			volume = parsed.value;
		} else volume = loadLong(new Section(item instanceof Map ? item : new Map(), path));
		if (volume.type !== 'bind') return volume;
		if (volume.source === '') throw new Refusal(path, 'a bind mount needs a source');
		return {...volume, source: expand(volume.source, context)};
	});
}

function loadLong(entry: Section): ServiceVolume {
	const bind = entry.section('bind');
	const volume = entry.section('volume');
	const tmpfs = entry.section('tmpfs');
	return {
		type: entry.text('type') ?? '',
		source: entry.text('source') ?? '',
		target: entry.text('target') ?? '',
		isReadOnly: entry.bool('read_only') ?? false,
		consistency: entry.text('consistency') ?? '',
		...present('bind', bind && {propagation: bind.text('propagation') ?? ''}),
		...present(
			'volume',
			volume && {isNoCopy: volume.bool('nocopy') ?? false, ...present('subpath', volume.text('subpath'))},
		),
		...present('tmpfs', tmpfs && {size: tmpfs.integer('size') ?? 0}),
		...present('cluster', entry.section('cluster') && {}),
	};
}

/** `~` is the home folder; what is absolute on Linux or on Windows stays as it is written. */
function expand(source: string, context: LoadContext): string {
	let file = source;
	if (source.startsWith('~')) {
		const home = context.lookup('HOME');
		if (home === undefined) context.warn("cannot expand '~', because the environment lacks HOME");
		else file = home + source.slice(1);
	}
	return file.startsWith('/') || isWindowsAbsolute(file) ? file : absolute(file, context);
}
