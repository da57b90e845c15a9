/** What a container used when it was asked last. */
export type Usage = {
	/** As docker's percentage: 100 is one CPU. Undefined before there are two samples. */
	readonly cpuPercent: number | undefined;
	/** Without what the kernel caches of files. */
	readonly memoryBytes: number;
	/** The node's whole memory for a container without a limit. */
	readonly memoryLimit: number;
	/** Bytes a second; undefined before there are two samples. */
	readonly network: {readonly received: number; readonly sent: number} | undefined;
	readonly disk: {readonly read: number; readonly written: number} | undefined;
	/** Its share of periods in which its CPU limit held it back. */
	readonly throttled: number | undefined;
	/** Milliseconds since the epoch. */
	readonly at: number;
};
