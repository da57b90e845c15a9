/** What on a node nothing uses, by what a clean-up of docker would remove. */
import type {Prunable} from '../../engine/node-engine.ts';
import {toSafeText} from '../../text/safe-text.ts';
import type {DiskUsage, Pruned} from '../../wire/disk.ts';
import {isDangling} from './contents.ts';

export type Unused = {
	readonly count: number;
	readonly bytes: number;
	/** What people call them, the biggest first. */
	readonly names: readonly string[];
};

type Thing = {readonly name: string; readonly bytes: number};

/** From the engine's account of its disk. */
export function unusedOf({Containers, Images, Volumes, BuildCache}: DiskUsage): Readonly<Record<Prunable, Unused>> {
	const containers = Containers ?? [];
	const images = Images ?? [];
	const used = new Set(containers.map(({ImageID: id}) => id));
	const mounted = new Set(containers.flatMap(({Mounts}) => (Mounts ?? []).flatMap(({Name: name}) => name ?? [])));
	const idle = images.filter(({Id: id}) => !used.has(id));
	const image = (each: (typeof images)[number]): Thing => ({
		name: each.RepoTags?.find((tag) => tag !== '<none>:<none>') ?? shortId(each.Id),
		bytes: each.Size - Math.max(0, each.SharedSize ?? 0),
	});
	return {
		containers: total(
			containers
				.filter(({State: state}) => state === 'exited' || state === 'created' || state === 'dead')
				.map(({Names: names, Id: id, SizeRw: size = 0}) => ({name: names?.[0]?.slice(1) ?? shortId(id), bytes: size})),
		),
		'dangling-images': total(idle.filter(isDangling).map(image)),
		'unused-images': total(idle.map(image)),
		'build-cache': total(
			(BuildCache ?? [])
				.filter(({InUse: isUsed}) => !isUsed)
				.map(({ID: id, Size: size, Shared: isShared}) => ({name: id.slice(0, 12), bytes: isShared ? 0 : size})),
		),
		volumes: total(
			(Volumes ?? [])
				.filter(({Name: name, UsageData: data}) =>
					data && data.RefCount >= 0 ? data.RefCount === 0 : !mounted.has(name),
				)
				.map(({Name: name, UsageData: data}) => ({name, bytes: data?.Size ?? 0})),
		),
	};
}

const shortId = (id: string): string => id.replace(/^sha256:/, '').slice(0, 12);

function total(things: readonly Thing[]): Unused {
	const sorted = things.toSorted((a, b) => b.bytes - a.bytes);
	return {
		count: things.length,
		bytes: things.reduce((sum, {bytes}) => sum + Math.max(0, bytes), 0),
		names: sorted.map(({name}) => toSafeText(name)),
	};
}

/** What a clean-up has removed; of images those that are gone, not the names that they had. */
export function prunedOf(pruned: Pruned): Unused {
	const images = (pruned.ImagesDeleted ?? []).flatMap(({Deleted: id}) => id ?? []);
	const names = [
		...(pruned.ContainersDeleted ?? []),
		...images,
		...(pruned.VolumesDeleted ?? []),
		...(pruned.CachesDeleted ?? []),
	];
	return {count: names.length, bytes: pruned.SpaceReclaimed ?? 0, names: names.map((name) => toSafeText(name))};
}
