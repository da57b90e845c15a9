/**
 * A stack file after it has been read, checked and filled in: one shape for every way of writing a thing. Several files are merged
 * in this form, as docker does. Optional fields are left out where the file says nothing.
 */

export type ServicePort = {
	readonly mode?: string;
	readonly target?: number;
	readonly published?: number;
	readonly protocol?: string;
};

export type ServiceVolume = {
	readonly type: string;
	readonly source: string;
	readonly target: string;
	readonly isReadOnly: boolean;
	readonly consistency: string;
	readonly bind?: {readonly propagation: string};
	readonly volume?: {readonly isNoCopy: boolean; readonly subpath?: string};
	readonly tmpfs?: {readonly size: number};
	readonly cluster?: Record<never, never>;
};

/** A secret or config as a service names it. */
export type FileReference = {
	readonly source: string;
	readonly target: string;
	readonly uid: string;
	readonly gid: string;
	readonly mode?: number;
};

export type ServiceNetwork = {
	readonly aliases: readonly string[];
	readonly driverOpts?: Texts;
	readonly ipv4: string;
	readonly ipv6: string;
};

export type Texts = Readonly<Record<string, string>>;

export type UpdateSettings = {
	readonly parallelism?: number;
	readonly delay?: number;
	readonly failureAction?: string;
	readonly monitor?: number;
	readonly maxFailureRatio?: number;
	readonly order?: string;
};

export type ResourceSettings = {
	readonly cpus?: string;
	readonly memory?: number;
	readonly pids?: number;
	readonly generic?: readonly {readonly kind?: string; readonly value?: number}[];
};

export type RestartSettings = {
	readonly condition?: string;
	readonly delay?: number;
	readonly maxAttempts?: number;
	readonly window?: number;
};

export type HealthSettings = {
	readonly test?: readonly string[];
	readonly interval?: number;
	readonly timeout?: number;
	readonly retries?: number;
	readonly startPeriod?: number;
	readonly startInterval?: number;
	readonly isDisabled?: boolean;
};

export type DeploySettings = {
	readonly mode?: string;
	readonly endpointMode?: string;
	readonly replicas?: number;
	readonly labels?: Texts;
	readonly update?: UpdateSettings;
	readonly rollback?: UpdateSettings;
	readonly limits?: ResourceSettings;
	readonly reservations?: ResourceSettings;
	readonly restart?: RestartSettings;
	readonly constraints?: readonly string[];
	readonly spreads?: readonly string[];
	readonly maxPerNode?: number;
};

export type Logging = {readonly driver: string; readonly options?: Texts};

export type Ulimit = {readonly soft: number; readonly hard: number};

export type CredentialSpec = {readonly config?: string; readonly file?: string; readonly registry?: string};

export type Service = {
	readonly name: string;
	readonly image?: string;
	readonly command?: readonly string[];
	readonly entrypoint?: readonly string[];
	readonly hostname?: string;
	readonly extraHosts?: readonly string[];
	readonly dns?: readonly string[];
	readonly dnsSearch?: readonly string[];
	readonly health?: HealthSettings;
	/** A name without a value is one that the image, or nothing, sets. */
	readonly environment: Readonly<Record<string, string | null>>;
	readonly labels?: Texts;
	readonly workingDir?: string;
	readonly user?: string;
	readonly volumes?: readonly ServiceVolume[];
	readonly stopGracePeriod?: number;
	readonly stopSignal?: string;
	readonly isTty?: boolean;
	readonly isStdinOpen?: boolean;
	readonly isReadOnly?: boolean;
	readonly secrets?: readonly FileReference[];
	readonly configs?: readonly FileReference[];
	readonly credentialSpec?: CredentialSpec;
	readonly isolation?: string;
	readonly init?: boolean;
	readonly sysctls?: Texts;
	readonly capAdd?: readonly string[];
	readonly capDrop?: readonly string[];
	readonly ulimits?: Readonly<Record<string, Ulimit>>;
	readonly oomScoreAdj?: number;
	readonly hasTmpfs?: boolean;
	readonly logging?: Logging;
	readonly networks?: Readonly<Record<string, ServiceNetwork | null>>;
	readonly ports?: readonly ServicePort[];
	readonly restart?: string;
	readonly deploy: DeploySettings;
};

export type Network = {
	readonly name: string;
	readonly isExternal: boolean;
	readonly driver: string;
	readonly driverOpts?: Texts;
	readonly ipamDriver: string;
	readonly subnets: readonly string[];
	readonly isInternal: boolean;
	readonly isAttachable: boolean;
	readonly labels: Texts;
};

export type Volume = {
	readonly name: string;
	readonly isExternal: boolean;
	readonly driver: string;
	readonly driverOpts?: Texts;
	readonly labels: Texts;
};

/** A secret or a config. */
export type FileObject = {
	readonly name: string;
	readonly isExternal: boolean;
	readonly file: string;
	/** Given in the text itself, which only fixtures may. */
	readonly content?: string;
	readonly labels: Texts;
	readonly driver: string;
	readonly driverOpts?: Texts;
	readonly templateDriver: string;
};

type Named<T> = Readonly<Record<string, T>>;

export type StackConfig = {
	readonly services: readonly Service[];
	readonly networks: Named<Network>;
	readonly volumes: Named<Volume>;
	readonly secrets: Named<FileObject>;
	readonly configs: Named<FileObject>;
};
