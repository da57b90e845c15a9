/** What one node's engine says of its own containers, images and disk: the parts that swarmtop reads. */

export type ContainerMount = {
	Type: string;
	Name?: string;
	Source?: string;
	Destination: string;
	Mode?: string;
	RW?: boolean;
};

export type ContainerPort = {IP?: string; PrivatePort: number; PublicPort?: number; Type: string};

/** An element of GET /containers/json. */
export type ContainerSummary = {
	Id: string;
	Names: string[] | null;
	Image: string;
	ImageID: string;
	Command?: string;
	/** Unix seconds. */
	Created: number;
	Ports?: ContainerPort[] | null;
	Labels?: Record<string, string> | null;
	State: string;
	/** As people read it: `Up 5 minutes (healthy)`. */
	Status: string;
	Mounts?: ContainerMount[] | null;
	SizeRw?: number;
	SizeRootFs?: number;
};

export type HealthProbe = {Start: string; End: string; ExitCode: number; Output: string};

export type ContainerState = {
	Status: string;
	Running: boolean;
	Paused?: boolean;
	OOMKilled?: boolean;
	Pid?: number;
	ExitCode: number;
	Error?: string;
	StartedAt?: string;
	FinishedAt?: string;
	Health?: {Status: string; FailingStreak: number; Log: HealthProbe[] | null} | null;
};

export type ContainerNetwork = {
	IPAddress?: string;
	GlobalIPv6Address?: string;
	MacAddress?: string;
	Aliases?: string[] | null;
};

/** GET /containers/{id}/json. */
export type ContainerInspect = {
	Id: string;
	Name: string;
	Created: string;
	Path?: string;
	Args?: string[] | null;
	State: ContainerState;
	Image: string;
	RestartCount?: number;
	HostConfig?: {Memory?: number; NanoCpus?: number; RestartPolicy?: {Name?: string}; LogConfig?: {Type?: string}};
	Mounts?: ContainerMount[] | null;
	Config: {
		Hostname?: string;
		User?: string;
		Tty?: boolean;
		Env?: string[] | null;
		Cmd?: string[] | null;
		Image?: string;
		WorkingDir?: string;
		Labels?: Record<string, string> | null;
	};
	NetworkSettings?: {Networks?: Record<string, ContainerNetwork> | null; Ports?: unknown};
};

export type CpuStats = {
	cpu_usage: {total_usage: number; percpu_usage?: number[] | null};
	system_cpu_usage?: number;
	online_cpus?: number;
	throttling_data?: {periods: number; throttled_periods: number; throttled_time: number};
};

export type MemoryStats = {usage?: number; limit?: number; stats?: Record<string, number>};

/** GET /containers/{id}/stats. */
export type ContainerStats = {
	read: string;
	cpu_stats: CpuStats;
	precpu_stats?: CpuStats;
	memory_stats: MemoryStats;
	networks?: Record<string, {rx_bytes: number; tx_bytes: number}>;
	blkio_stats?: {io_service_bytes_recursive?: {op: string; value: number}[] | null};
	pids_stats?: {current?: number};
};

/** GET /containers/{id}/top. */
export type ContainerTop = {Titles: string[]; Processes: string[][] | null};

/** An element of GET /images/json. */
export type ImageSummary = {
	Id: string;
	RepoTags?: string[] | null;
	RepoDigests?: string[] | null;
	Created: number;
	Size: number;
	SharedSize?: number;
	/** -1 where it was not counted. */
	Containers?: number;
};

export type BuildCacheRecord = {ID: string; Type?: string; Size: number; InUse: boolean; Shared: boolean};

/** GET /system/df. */
export type DiskUsage = {
	LayersSize?: number;
	Images?: ImageSummary[] | null;
	Containers?: ContainerSummary[] | null;
	Volumes?: {Name: string; Driver: string; UsageData?: {Size: number; RefCount: number} | null}[] | null;
	BuildCache?: BuildCacheRecord[] | null;
};

export type PruneAnswer = {
	ContainersDeleted?: string[] | null;
	ImagesDeleted?: {Untagged?: string; Deleted?: string}[] | null;
	VolumesDeleted?: string[] | null;
	CachesDeleted?: string[] | null;
	SpaceReclaimed?: number;
};

/** The body of POST /containers/{id}/exec. */
export type ExecSpec = {
	AttachStdin: boolean;
	AttachStdout: boolean;
	AttachStderr: boolean;
	Tty: boolean;
	User?: string;
	Env?: string[];
	WorkingDir?: string;
	Cmd: string[];
	DetachKeys?: string;
	ConsoleSize?: [rows: number, columns: number];
};

/** GET /exec/{id}/json. */
export type ExecInspect = {ID: string; Running: boolean; ExitCode: number | null};
