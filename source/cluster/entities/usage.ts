/** What a container used when it was asked last. */
export type Usage = {
	/** As docker's percentage: 100 is one CPU. Undefined before there are two samples. */
	readonly cpuPercent: number | undefined;
	/** Without what the kernel caches of files. */
	readonly memoryBytes: number;
	/** The node's whole memory for a container without a limit. */
	readonly memoryLimit: number;
	/** Milliseconds since the epoch. */
	readonly at: number;
};
