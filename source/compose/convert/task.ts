import type {EndpointSpec, ServiceMode, UpdateConfig} from '../../wire/service.ts';
import type {Healthcheck, PortConfig, ResourceRequirements, RestartPolicy} from '../../wire/task.ts';
import {present} from '../load/decode.ts';
import type {DeploySettings, HealthSettings, ResourceSettings, Service, UpdateSettings} from '../model.ts';
import {Refusal, type StackPath} from '../refusal.ts';
import {parseCpus} from '../units.ts';

/** The parts of a service's spec that stand for themselves. Zeros and empty texts are left out, as docker leaves them out. */

/** The value, unless it is what an absent one means anyway. */
export const unlessEmpty = <T extends string | number>(value: T | undefined): T | undefined => value || undefined;

export function convertHealthcheck(health: HealthSettings | undefined, path: StackPath): Healthcheck | undefined {
	if (!health) return undefined;
	const {test = []} = health;
	if (health.isDisabled) {
		if (test.length > 0) throw new Refusal([...path, 'test'], "test and disable can't be set at the same time");
		return {Test: ['NONE']};
	}
	return {
		...(test.length > 0 ? {Test: [...test]} : {}),
		...present('Interval', unlessEmpty(health.interval)),
		...present('Timeout', unlessEmpty(health.timeout)),
		...present('StartPeriod', unlessEmpty(health.startPeriod)),
		...present('StartInterval', unlessEmpty(health.startInterval)),
		...present('Retries', unlessEmpty(health.retries)),
	};
}

/** `deploy.restart_policy`, or the older `restart:` where there is none. */
export function convertRestart(service: Service, path: StackPath): RestartPolicy | undefined {
	const policy = service.deploy.restart;
	if (policy) {
		return {
			...present('Condition', unlessEmpty(policy.condition) as RestartPolicy['Condition']),
			...present('Delay', policy.delay),
			...present('MaxAttempts', policy.maxAttempts),
			...present('Window', policy.window),
		};
	}
	const refuse = (message: string): never => {
		throw new Refusal([...path, 'restart'], message);
	};
	const restart = service.restart ?? '';
	if (restart === '') return undefined;
	const [name = '', count] = restart.split(/:(.*)/s);
	if (name === '') refuse('no policy provided before colon');
	if (count && !/^[-+]?\d+$/.test(count)) refuse('maximum retry count must be an integer');
	const retries = Number(count || 0);
	// Docker sends what -1 is without a sign, some 10^19.
	if (retries < 0 && name === 'on-failure') refuse('maximum retry count cannot be negative');
	if (name === 'no') return undefined;
	if (name === 'always' || name === 'unless-stopped') return {Condition: 'any'};
	if (name === 'on-failure') return {Condition: 'on-failure', MaxAttempts: retries};
	return refuse(`there is no restart policy "${name}": write no, always, on-failure or unless-stopped`);
}

export function convertUpdate(update: UpdateSettings | undefined): UpdateConfig | undefined {
	return (
		update && {
			Parallelism: update.parallelism ?? 1,
			...present('Delay', unlessEmpty(update.delay)),
			...present('FailureAction', unlessEmpty(update.failureAction) as UpdateConfig['FailureAction']),
			...present('Monitor', unlessEmpty(update.monitor)),
			MaxFailureRatio: update.maxFailureRatio ?? 0,
			Order: (update.order ?? '') as UpdateConfig['Order'],
		}
	);
}

export function convertResources({limits, reservations}: DeploySettings): ResourceRequirements {
	const basics = (each: ResourceSettings) => ({
		...present('NanoCPUs', unlessEmpty(each.cpus === undefined ? 0 : parseCpus(each.cpus))),
		...present('MemoryBytes', unlessEmpty(each.memory)),
	});
	const generic = (reservations?.generic ?? []).map((each) =>
		each.kind === undefined
			? {}
			: {
					DiscreteResourceSpec: {
						...present('Kind', unlessEmpty(each.kind)),
						...present('Value', unlessEmpty(each.value)),
					},
				},
	);
	return {
		...present('Limits', limits && {...basics(limits), ...present('Pids', unlessEmpty(limits.pids))}),
		...present(
			'Reservations',
			reservations && {...basics(reservations), ...(generic.length > 0 ? {GenericResources: generic} : {})},
		),
	} as ResourceRequirements;
}

export function convertEndpoint({ports = [], deploy}: Service): EndpointSpec {
	const configs = ports.map(({protocol, target, published, mode}) => ({
		...present('Protocol', unlessEmpty(protocol) as PortConfig['Protocol']),
		...present('TargetPort', unlessEmpty(target)),
		...present('PublishedPort', unlessEmpty(published)),
		...present('PublishMode', unlessEmpty(mode) as PortConfig['PublishMode']),
	}));
	const sorted = configs.toSorted((a, b) => (a.PublishedPort ?? 0) - (b.PublishedPort ?? 0));
	return {
		...present('Mode', unlessEmpty(deploy.endpointMode?.toLowerCase()) as EndpointSpec['Mode']),
		...(sorted.length > 0 ? {Ports: sorted} : {}),
	};
}

export function convertMode({mode = '', replicas}: DeploySettings, path: StackPath): ServiceMode {
	if ((mode === 'global' || mode === 'global-job') && replicas !== undefined) {
		throw new Refusal([...path, 'replicas'], 'replicas can only be used with replicated or replicated-job mode');
	}
	switch (mode) {
		case 'global':
			return {Global: {}};
		case 'global-job':
			return {GlobalJob: {}};
		case 'replicated-job':
			return {ReplicatedJob: {...present('MaxConcurrent', replicas), ...present('TotalCompletions', replicas)}};
		case 'replicated':
		case '':
			return {Replicated: present('Replicas', replicas)};
		default:
			throw new Refusal([...path, 'mode'], `unknown mode: ${mode}`);
	}
}
