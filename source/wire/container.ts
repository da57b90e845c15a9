/** What one node's engine says of its own containers: the parts that swarmtop reads. */

/** GET /containers/{id}/json. */
export type ContainerInspect = {
	Id: string;
	/** With a slash before it. */
	Name: string;
	State: {Status: string; OOMKilled?: boolean; FinishedAt?: string};
	HostConfig?: {Memory?: number};
};

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
