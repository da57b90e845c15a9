/** What one node's engine keeps on its disk: the parts that swarmtop reads. */
import type {ContainerRow} from './container.ts';
import type {Volume} from './volume.ts';

/** A row of GET /images/json. */
export type ImageRow = {
	Id: string;
	/** `<none>:<none>` or nothing for one that lost its names. */
	RepoTags?: string[] | null;
	RepoDigests?: string[] | null;
	/** Unix seconds. */
	Created?: number;
	Size: number;
	/** What it has in common with others; -1 where nobody counted. */
	SharedSize?: number;
	/** How many containers use it; -1 where nobody counted. */
	Containers?: number;
};

/** A record of a build's cache. */
export type BuildRecord = {ID: string; InUse: boolean; Shared: boolean; Size: number};

/** Sizes of volumes are counted by GET /system/df alone. */
export type CountedVolume = Pick<Volume, 'Name'> & {UsageData?: {Size: number; RefCount: number} | null};

/** GET /system/df. */
export type DiskUsage = {
	LayersSize?: number;
	Images?: ImageRow[] | null;
	Containers?: ContainerRow[] | null;
	Volumes?: CountedVolume[] | null;
	BuildCache?: BuildRecord[] | null;
};

/** What the prune calls answer, each with the list of its own kind. */
export type Pruned = {
	SpaceReclaimed?: number;
	ContainersDeleted?: string[] | null;
	ImagesDeleted?: {Untagged?: string; Deleted?: string}[] | null;
	VolumesDeleted?: string[] | null;
	CachesDeleted?: string[] | null;
};
