import type {ServiceSpec, UpdateConfig} from '../../../wire/service.ts';
import type {
	ConfigReference,
	ContainerSpec,
	FileTarget,
	Healthcheck,
	RestartPolicy,
	SecretReference,
	TaskSpec,
} from '../../../wire/task.ts';
import {goQuote} from '../go/parse.ts';
import {checkName} from '../names.ts';
import {grpcRefusal, invalidArgument} from '../refusal.ts';
import {isImageReference} from './image-reference.ts';

/**
 * What SwarmKit demands of a service spec before it looks at the store, in its order (manager/controlapi/service.go
 * validateServiceSpec): the first thing wrong is the one that is reported.
 */

/** @throws Refused 400 with SwarmKit's words (500 for a placement constraint, which it makes a plain error) */
export function validateServiceSpec(spec: ServiceSpec): void {
	checkName(spec.Name);
	validateTask(spec.TaskTemplate);
	const isJob = spec.Mode.ReplicatedJob !== undefined || spec.Mode.GlobalJob !== undefined;
	if (isJob && spec.UpdateConfig) throw invalidArgument('Jobs may not have an update config');
	validateUpdate(spec.UpdateConfig);
	validateEndpoint(spec);
	validateMode(spec);
}

function validateTask(task: TaskSpec): void {
	const container = task.ContainerSpec ?? {};
	for (const resources of [task.Resources?.Limits, task.Resources?.Reservations]) validateResources(resources ?? {});
	validateRestart(task.RestartPolicy ?? {});
	for (const constraint of task.Placement?.Constraints ?? []) validateConstraint(constraint);
	validateReferences('secret', container.Secrets ?? []);
	validateReferences('config', container.Configs ?? []);
	validateContainer(container);
}

function validateResources({
	NanoCPUs: cpus = 0,
	MemoryBytes: memory = 0,
}: {
	NanoCPUs?: number;
	MemoryBytes?: number;
}): void {
	if (cpus !== 0 && cpus < 1e6) {
		throw invalidArgument(`invalid cpu value ${goFloat(cpus / 1e9)}: Must be at least 0.001`);
	}
	if (memory !== 0 && memory < 4 * 1024 * 1024) {
		throw invalidArgument(`invalid memory value ${memory}: Must be at least 4MiB`);
	}
}

/** Go's %g: an exponent of at least two digits. */
const goFloat = (value: number): string =>
	(Math.abs(value) < 1e-4 ? value.toExponential() : String(value)).replace(/e([+-])(\d)$/, 'e$10$2');

function validateRestart({Delay: delay = 0, Window: window = 0}: RestartPolicy): void {
	if (delay < 0) throw invalidArgument('TaskSpec: restart-delay cannot be negative');
	if (window < 0) throw invalidArgument('TaskSpec: restart-window cannot be negative');
}

const constraintKey = /^[a-z_][a-z0-9\-_.]+$/i;
const constraintValue = /^[a-z0-9:\-_\s.*()?+[\]\\^$|/]+$/i;

/** Only the form is looked at: a key that means nothing is accepted (manager/constraint/constraint.go Parse). */
function validateConstraint(constraint: string): void {
	const operator = ['==', '!='].find((candidate) => constraint.includes(candidate));
	const plainError = (text: string) => grpcRefusal('Unknown', text);
	if (!operator) throw plainError('constraint expected one operator from ==, !=');
	const cut = constraint.indexOf(operator);
	const key = constraint.slice(0, cut).trim();
	if (!constraintKey.test(key)) throw plainError(`key '${key}' is invalid`);
	const value = constraint.slice(cut + operator.length).trim();
	if (!constraintValue.test(value)) throw plainError(`value '${value}' is invalid`);
}

function validateReferences(
	kind: 'secret' | 'config',
	references: readonly (SecretReference | ConfigReference)[],
): void {
	const targets = new Map<string, string>();
	for (const reference of references) {
		const {id, name, file, hasOtherTarget} = partsOf(reference);
		if (!id || !name) throw invalidArgument(`malformed ${kind} reference`);
		if (!file) {
			if (hasOtherTarget) continue;
			throw invalidArgument(`malformed ${kind} reference, no target provided`);
		}
		if (!file.Name) throw invalidArgument(`malformed file ${kind} reference, invalid target file name provided`);
		const other = targets.get(file.Name);
		if (other !== undefined) {
			throw invalidArgument(`${kind} references '${other}' and '${name}' have a conflicting target: '${file.Name}'`);
		}
		targets.set(file.Name, name);
	}
}

type Parts = {id: string; name: string; file: FileTarget | undefined; hasOtherTarget: boolean};

const partsOf = (reference: SecretReference | ConfigReference): Parts =>
	'SecretID' in reference
		? {id: reference.SecretID, name: reference.SecretName, file: reference.File ?? undefined, hasOtherTarget: false}
		: {
				id: reference.ConfigID,
				name: reference.ConfigName,
				file: reference.File,
				hasOtherTarget: reference.Runtime !== undefined,
			};

function validateContainer({Image: image = '', Mounts: mounts = [], Healthcheck: healthcheck}: ContainerSpec): void {
	if (!image) throw invalidArgument('ContainerSpec: image reference must be provided');
	if (!isImageReference(image)) {
		throw invalidArgument(`ContainerSpec: ${goQuote(image)} is not a valid repository/tag`);
	}
	const targets = new Set<string>();
	for (const {Target: target = ''} of mounts) {
		if (targets.has(target)) throw invalidArgument(`ContainerSpec: duplicate mount point: ${target}`);
		targets.add(target);
	}
	if (healthcheck) validateHealthcheck(healthcheck);
}

const millisecond = 1_000_000;

function validateHealthcheck(healthcheck: Healthcheck): void {
	for (const key of ['Interval', 'Timeout', 'StartPeriod', 'StartInterval'] as const) {
		const value = healthcheck[key] ?? 0;
		if (value !== 0 && value < millisecond) {
			throw invalidArgument(`ContainerSpec: ${key} in HealthConfig cannot be less than 1ms`);
		}
	}
	if ((healthcheck.Retries ?? 0) < 0) {
		throw invalidArgument('ContainerSpec: Retries in HealthConfig cannot be negative');
	}
}

/** RollbackConfig is not looked at. */
function validateUpdate(config: UpdateConfig | undefined): void {
	if (!config) return;
	if ((config.Delay ?? 0) < 0) throw invalidArgument('TaskSpec: update-delay cannot be negative');
	if ((config.Monitor ?? 0) < 0) throw invalidArgument('TaskSpec: update-monitor cannot be negative');
	if (config.MaxFailureRatio < 0 || config.MaxFailureRatio > 1) {
		throw invalidArgument('TaskSpec: update-maxfailureratio cannot be less than 0 or bigger than 1');
	}
}

function validateEndpoint({EndpointSpec: endpoint}: ServiceSpec): void {
	const published = new Set<string>();
	for (const port of endpoint?.Ports ?? []) {
		if (endpoint?.Mode === 'dnsrr' && port.PublishMode === 'ingress') {
			throw invalidArgument("EndpointSpec: port published with ingress mode can't be used with dnsrr mode");
		}
		if (!port.PublishedPort) continue;
		const key = `${port.PublishedPort}/${port.Protocol}`;
		if (published.has(key)) throw invalidArgument('EndpointSpec: duplicate published ports provided');
		published.add(key);
	}
}

/** The field is unsigned on the wire and signed within: what is past the middle counts as negative. */
function validateMode({Mode: {Replicated: replicated, ReplicatedJob: job}}: ServiceSpec): void {
	const isNegative = (count: number | null | undefined): boolean => (count ?? 0) >= 2 ** 63;
	if (isNegative(replicated?.Replicas)) throw invalidArgument('Number of replicas must be non-negative');
	if (isNegative(job?.MaxConcurrent)) throw invalidArgument('Maximum concurrent jobs must not be negative');
	if (isNegative(job?.TotalCompletions)) throw invalidArgument('Total completed jobs must not be negative');
}
