/** What one node's engine says of its own containers: the parts that swarmtop reads. */

/** One of the last probes of a health check. */
export type HealthProbe = {Start: string; End: string; ExitCode: number; Output: string};

export type ContainerNetwork = {IPAddress?: string; GlobalIPv6Address?: string; Aliases?: string[] | null};

export type ContainerMount = {
	Type: string;
	Name?: string;
	Source?: string;
	Destination: string;
	RW?: boolean;
};

export type ContainerPort = {IP?: string; PrivatePort: number; PublicPort?: number; Type: string};

/** A row of GET /containers/json. */
export type ContainerRow = {
	Id: string;
	/** With a slash before each. */
	Names: string[] | null;
	Image: string;
	ImageID: string;
	Command: string;
	/** Unix seconds. */
	Created: number;
	State: string;
	/** `Up 5 minutes (healthy)`, `Exited (1) 3 hours ago`. */
	Status: string;
	Labels: Record<string, string> | null;
	Ports: ContainerPort[] | null;
	Mounts?: ContainerMount[] | null;
	/** GET /system/df: what it wrote. */
	SizeRw?: number;
};

/** GET /containers/{id}/json. */
export type ContainerInspect = {
	Id: string;
	/** With a slash before it. */
	Name: string;
	State: {
		Status: string;
		OOMKilled?: boolean;
		ExitCode?: number;
		Error?: string;
		Pid?: number;
		StartedAt?: string;
		FinishedAt?: string;
		Health?: {Status: string; FailingStreak?: number; Log?: HealthProbe[] | null} | null;
	};
	RestartCount?: number;
	Path?: string;
	Args?: string[] | null;
	Config?: {Image?: string; Env?: string[] | null; User?: string; Tty?: boolean; WorkingDir?: string};
	HostConfig?: {Memory?: number; NanoCpus?: number; LogConfig?: {Type?: string}; RestartPolicy?: {Name?: string}};
	Mounts?: ContainerMount[] | null;
	NetworkSettings?: {Networks?: Record<string, ContainerNetwork> | null};
};

/** GET /containers/{id}/top. */
export type ContainerTop = {Titles: string[]; Processes: string[][] | null};

/** One of GET /containers/{id}/changes; 0 changed, 1 added, 2 deleted. */
export type ContainerChange = {Path: string; Kind: 0 | 1 | 2};

type CpuStats = {
	cpu_usage: {total_usage: number; percpu_usage?: number[] | null};
	system_cpu_usage?: number;
	online_cpus?: number;
	throttling_data?: {periods: number; throttled_periods: number};
};

export type MemoryStats = {usage?: number; limit?: number; stats?: Record<string, number>};

/** GET /containers/{id}/stats. */
export type ContainerStats = {
	cpu_stats: CpuStats;
	memory_stats: MemoryStats;
	networks?: Record<string, {rx_bytes: number; tx_bytes: number}>;
	blkio_stats?: {io_service_bytes_recursive?: {op: string; value: number}[] | null};
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
	ConsoleSize?: [rows: number, columns: number];
};

/** GET /exec/{id}/json. */
export type ExecInspect = {ID: string; Running: boolean; ExitCode: number | null};
