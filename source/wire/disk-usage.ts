/** GET /system/df: what one node's engine keeps on its disk, as far as swarmtop reads it. */
export type DiskUsage = {
	/** `Containers`: how many use it, -1 where that was not counted. */
	Images?: {Id: string; Size: number; SharedSize?: number; Containers?: number}[] | null;
	Volumes?: {Name: string; UsageData?: {Size: number; RefCount: number} | null}[] | null;
};
