import path from 'node:path';
import {failed, ok, type Result} from '../runtime/result.ts';
import type {Mount} from '../wire/task.ts';
import type {ComposeService, ComposeStack} from './schema.ts';
import {parseBytes} from './units.ts';
import {toMap} from './values.ts';

type Volume = NonNullable<ComposeService['volumes']>[number];
export type MountContext = {
	readonly stack: string;
	readonly volumes: ComposeStack['volumes'];
	readonly directory: string;
	/** The stack's label on what belongs to it. */
	readonly labels: Readonly<Record<string, string>>;
};

/** A service's volume as the engine's mount; named volumes take the stack's name in front (cli/compose/convert/volume.go). */
export function convertMount(volume: Volume, context: MountContext): Result<Mount, string> {
	return typeof volume === 'string' ? convertShort(volume, context) : convertLong(volume, context);
}

function convertShort(text: string, context: MountContext): Result<Mount, string> {
	const parts = text.split(':');
	if (parts.length === 1) return ok({Type: 'volume', Target: text});
	if (parts.length > 3) return failed(`"${text}" is no volume: write SOURCE:TARGET[:OPTIONS]`);
	const [source = '', target = '', options = ''] = parts;
	const isReadOnly = options.split(',').includes('ro');
	const isBind = /^[./~]/.test(source);
	const mount = {Type: isBind ? 'bind' : 'volume', Target: target, ...(isReadOnly ? {ReadOnly: true} : {})};
	if (isBind) return ok({...mount, Source: path.resolve(context.directory, source)});
	const named = nameVolume(source, context);
	if (!named.ok) return named;
	const isNoCopy = options.split(',').includes('nocopy');
	return ok({
		...mount,
		...named.value,
		VolumeOptions: {...named.value.VolumeOptions, ...(isNoCopy ? {NoCopy: true} : {})},
	});
}

function convertLong(volume: Exclude<Volume, string>, context: MountContext): Result<Mount, string> {
	const mount: Mount = {
		Type: volume.type,
		...(volume.target === undefined ? {} : {Target: volume.target}),
		...(volume.read_only ? {ReadOnly: true} : {}),
		...(volume.consistency === undefined ? {} : {Consistency: volume.consistency}),
	};
	switch (volume.type) {
		case 'bind':
			if (!volume.source) return failed('a bind mount needs a source');
			return ok({
				...mount,
				Source: path.resolve(context.directory, volume.source),
				...(volume.bind?.propagation === undefined ? {} : {BindOptions: {Propagation: volume.bind.propagation}}),
			});
		case 'tmpfs': {
			const size = volume.tmpfs?.size === undefined ? undefined : parseBytes(volume.tmpfs.size);
			return ok({...mount, ...(size === undefined ? {} : {TmpfsOptions: {SizeBytes: size}})});
		}
		case 'volume': {
			if (!volume.source) return ok(mount);
			const named = nameVolume(volume.source, context);
			if (!named.ok) return named;
			const options = {
				...named.value.VolumeOptions,
				...(volume.volume?.nocopy ? {NoCopy: true} : {}),
				...(volume.volume?.subpath ? {Subpath: volume.volume.subpath} : {}),
			};
			return ok({...mount, ...named.value, VolumeOptions: options});
		}
		default:
			return ok({...mount, ...(volume.source === undefined ? {} : {Source: volume.source})});
	}
}

function nameVolume(
	key: string,
	{stack, volumes, labels}: MountContext,
): Result<Pick<Mount, 'Source' | 'VolumeOptions'>, string> {
	if (!Object.hasOwn(volumes, key)) return failed(`undefined volume "${key}"`);
	const volume = volumes[key] ?? {};
	if (volume.external) {
		const name = typeof volume.external === 'object' ? volume.external.name : undefined;
		return ok({Source: volume.name ?? name ?? key, VolumeOptions: {}});
	}
	const driver =
		volume.driver === undefined && volume.driver_opts === undefined
			? {}
			: {
					DriverConfig: {
						...(volume.driver === undefined ? {} : {Name: volume.driver}),
						...(volume.driver_opts === undefined ? {} : {Options: volume.driver_opts}),
					},
				};
	return ok({
		Source: volume.name ?? `${stack}_${key}`,
		VolumeOptions: {Labels: {...toMap(volume.labels), ...labels}, ...driver},
	});
}
