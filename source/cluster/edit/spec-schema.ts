/**
 * The specs that people edit, as schemas: what the Engine API takes (moby api/types/swarm/{service,task,container,node}.go,
 * API 1.24 to 1.56). Strict, so that a misspelt key is found; keys that the engine itself had there are let through (read-spec.ts).
 */
import {z} from 'zod';
import {parseConstraints} from '../../swarmkit/scheduler/constraints.ts';

const text = z.string();
const flag = z.boolean();
const whole = z.int();
const count = z.int().nonnegative();
const nanoseconds = z.int().nonnegative();
const texts = z.array(text);
const textMap = z.record(text, z.string({error: 'a text is wanted here: put it into quotes'}));
/** Left as the engine has it: nothing that is edited by hand, or plugins' own. */
const anything = z.unknown().optional();

const driver = z.strictObject({Name: text.optional(), Options: textMap.optional()});

const fileTarget = z.strictObject({Name: text, UID: text, GID: text, Mode: count});

const mount = z.strictObject({
	Type: z.enum(['bind', 'volume', 'tmpfs', 'npipe', 'cluster', 'image']).optional(),
	Source: text.optional(),
	Target: text,
	ReadOnly: flag.optional(),
	Consistency: text.optional(),
	BindOptions: anything,
	VolumeOptions: anything,
	TmpfsOptions: anything,
	ImageOptions: anything,
	ClusterOptions: anything,
});

const healthcheck = z.strictObject({
	Test: texts.optional(),
	Interval: nanoseconds.optional(),
	Timeout: nanoseconds.optional(),
	StartPeriod: nanoseconds.optional(),
	StartInterval: nanoseconds.optional(),
	Retries: count.optional(),
});

const environment = text.regex(/^[^=\s]/, 'an environment variable starts with its name, as in KEY=value');

const containerSpec = z.strictObject({
	Image: text.min(1, 'a service needs an image'),
	Labels: textMap.optional(),
	Command: texts.optional(),
	Args: texts.optional(),
	Hostname: text.optional(),
	Env: z.array(environment).optional(),
	Dir: text.optional(),
	User: text.optional(),
	Groups: texts.optional(),
	Privileges: anything,
	Init: flag.optional(),
	StopSignal: text.optional(),
	TTY: flag.optional(),
	OpenStdin: flag.optional(),
	ReadOnly: flag.optional(),
	Mounts: z.array(mount).optional(),
	StopGracePeriod: nanoseconds.optional(),
	Healthcheck: healthcheck.optional(),
	Hosts: texts.optional(),
	DNSConfig: z
		.strictObject({Nameservers: texts.optional(), Search: texts.optional(), Options: texts.optional()})
		.optional(),
	Secrets: z.array(z.strictObject({File: fileTarget.optional(), SecretID: text, SecretName: text})).optional(),
	Configs: z
		.array(z.strictObject({File: fileTarget.optional(), Runtime: anything, ConfigID: text, ConfigName: text}))
		.optional(),
	Isolation: text.optional(),
	Sysctls: textMap.optional(),
	CapabilityAdd: texts.optional(),
	CapabilityDrop: texts.optional(),
	Ulimits: z.array(z.strictObject({Name: text, Hard: whole, Soft: whole})).optional(),
	OomScoreAdj: whole.optional(),
});

const leastNanoCpus = 1_000_000;
const leastMemory = 4 * 1024 * 1024;
const nanoCpus = count.refine(
	(value) => value === 0 || value >= leastNanoCpus,
	'at least 1000000, a thousandth of a CPU',
);
const memoryBytes = count.refine((value) => value === 0 || value >= leastMemory, 'at least 4194304 bytes, 4 MiB');

const resources = z.strictObject({
	Limits: z
		.strictObject({NanoCPUs: nanoCpus.optional(), MemoryBytes: memoryBytes.optional(), Pids: whole.optional()})
		.optional(),
	Reservations: z
		.strictObject({NanoCPUs: nanoCpus.optional(), MemoryBytes: memoryBytes.optional(), GenericResources: anything})
		.optional(),
	SwapBytes: whole.optional(),
	MemorySwappiness: whole.optional(),
});

const restartPolicy = z.strictObject({
	Condition: z.enum(['none', 'on-failure', 'any']).optional(),
	Delay: nanoseconds.optional(),
	MaxAttempts: count.optional(),
	Window: nanoseconds.optional(),
});

const constraint = text.superRefine((expression, context) => {
	const parsed = parseConstraints([expression]);
	if (!parsed.ok) context.addIssue({code: 'custom', message: `${parsed.error}, as in node.labels.zone==a`});
});

const placement = z.strictObject({
	Constraints: z.array(constraint).optional(),
	Preferences: z.array(z.strictObject({Spread: z.strictObject({SpreadDescriptor: text}).optional()})).optional(),
	MaxReplicas: count.optional(),
	Platforms: z.array(z.strictObject({Architecture: text.optional(), OS: text.optional()})).optional(),
});

const network = z.strictObject({Target: text, Aliases: texts.optional(), DriverOpts: textMap.optional()});

const taskTemplate = z.strictObject({
	ContainerSpec: containerSpec.optional(),
	PluginSpec: anything,
	NetworkAttachmentSpec: anything,
	Resources: resources.optional(),
	RestartPolicy: restartPolicy.optional(),
	Placement: placement.optional(),
	Networks: z.array(network).optional(),
	LogDriver: driver.optional(),
	Runtime: text.optional(),
	ForceUpdate: count.optional(),
});

const nothing = z.strictObject({});
const mode = z.strictObject({
	Replicated: z.strictObject({Replicas: count.optional()}).optional(),
	Global: nothing.optional(),
	ReplicatedJob: z.strictObject({MaxConcurrent: count.optional(), TotalCompletions: count.optional()}).optional(),
	GlobalJob: nothing.optional(),
});

const updateConfig = z.strictObject({
	Parallelism: count,
	Delay: nanoseconds.optional(),
	FailureAction: z.enum(['pause', 'continue', 'rollback']).optional(),
	Monitor: nanoseconds.optional(),
	MaxFailureRatio: z.number().min(0).max(1).optional(),
	Order: z.enum(['stop-first', 'start-first']).optional(),
});

const port = z.int().min(0).max(65_535);
const endpointSpec = z.strictObject({
	Mode: z.enum(['vip', 'dnsrr']).optional(),
	Ports: z
		.array(
			z.strictObject({
				Name: text.optional(),
				Protocol: z.enum(['tcp', 'udp', 'sctp']).optional(),
				TargetPort: port.optional(),
				PublishedPort: port.optional(),
				PublishMode: z.enum(['ingress', 'host']).optional(),
			}),
		)
		.optional(),
});

export const serviceSpecSchema = z.strictObject({
	Name: text,
	Labels: textMap.optional(),
	TaskTemplate: taskTemplate,
	Mode: mode,
	UpdateConfig: updateConfig.optional(),
	RollbackConfig: updateConfig.optional(),
	Networks: z.array(network).optional(),
	EndpointSpec: endpointSpec.optional(),
});

export const nodeSpecSchema = z.strictObject({
	Name: text.optional(),
	Labels: textMap.optional(),
	Role: z.enum(['worker', 'manager']),
	Availability: z.enum(['active', 'pause', 'drain']),
});
