import type {Mount} from '../../wire/task.ts';
import {present} from '../load/decode.ts';
import type {ServiceVolume, StackConfig, Volume} from '../model.ts';
import {Refusal, type StackPath} from '../refusal.ts';
import {objectName, own, stackLabels} from './names.ts';

type Options = 'bind' | 'volume' | 'tmpfs' | 'cluster';

/** Which options a mount of a type can't have. */
const misplaced: Readonly<Record<string, readonly Options[]>> = {
	volume: ['tmpfs', 'bind', 'cluster'],
	bind: ['volume', 'tmpfs', 'cluster'],
	tmpfs: ['bind', 'volume', 'cluster'],
	npipe: ['volume', 'tmpfs'],
	cluster: ['tmpfs', 'bind', 'volume'],
};

/** A service's volume as the engine's mount; named volumes take the stack's name in front (cli/compose/convert/volume.go). */
export function convertMount(volume: ServiceVolume, path: StackPath, stack: string, config: StackConfig): Mount {
	const type = volume.type === '' ? 'volume' : volume.type;
	const refuse = (message: string): never => {
		throw new Refusal(path, message);
	};
	const wrong = misplaced[type];
	if (!wrong) return refuse('volume type must be volume, bind, tmpfs, npipe, or cluster');
	if (type === 'cluster' && volume.source === '') refuse('invalid cluster source, source cannot be empty');
	if (type === 'tmpfs' && volume.source !== '') refuse('invalid tmpfs source, source must be empty');
	if ((type === 'bind' || type === 'npipe') && volume.source === '') {
		refuse(`invalid ${type} source, source cannot be empty`);
	}
	const extra = wrong.find((each) => volume[each] !== undefined);
	if (extra) refuse(`${extra} options are incompatible with type ${type}`);
	const mount: Mount = {
		...present('Type', volume.type || undefined),
		...present('Source', volume.source || undefined),
		...present('Target', volume.target || undefined),
		...(volume.isReadOnly ? {ReadOnly: true} : {}),
		...present('Consistency', volume.consistency || undefined),
	};
	switch (type) {
		case 'volume':
			return volume.source === '' ? mount : {...mount, ...namedVolume(volume, path, stack, config)};
		case 'tmpfs': {
			const size = volume.tmpfs?.size;
			return size === undefined ? mount : {...mount, TmpfsOptions: size === 0 ? {} : {SizeBytes: size}};
		}
		case 'cluster': {
			const isGroup = volume.source.startsWith('group:');
			const name = isGroup ? volume.source : nameOf(volume.source, path, stack, config).name;
			return {...mount, Source: name, ClusterOptions: {}};
		}
		default: {
			const propagation = volume.bind?.propagation;
			if (propagation === undefined) return mount;
			return {...mount, BindOptions: propagation === '' ? {} : {Propagation: propagation}};
		}
	}
}

function nameOf(source: string, path: StackPath, stack: string, config: StackConfig): {name: string; volume: Volume} {
	const volume = own(config.volumes, source);
	if (!volume) throw new Refusal(path, `undefined volume "${source}"`);
	return {name: objectName(stack, source, volume.name), volume};
}

function namedVolume(
	{source, volume: options}: ServiceVolume,
	path: StackPath,
	stack: string,
	config: StackConfig,
): Pick<Mount, 'Source' | 'VolumeOptions'> {
	const {name, volume} = nameOf(source, path, stack, config);
	const said = {
		...(options?.isNoCopy ? {NoCopy: true} : {}),
		...present('Subpath', options?.subpath || undefined),
	};
	if (volume.isExternal) return {Source: name, VolumeOptions: said};
	const hasDriver = volume.driver !== '' || volume.driverOpts !== undefined;
	const driver = {
		...present('Name', volume.driver || undefined),
		...present(
			'Options',
			volume.driverOpts && Object.keys(volume.driverOpts).length > 0 ? volume.driverOpts : undefined,
		),
	};
	return {
		Source: name,
		VolumeOptions: {
			...said,
			Labels: stackLabels(stack, volume.labels),
			...(hasDriver ? {DriverConfig: driver} : {}),
		},
	};
}
