import type {EndpointSpec, ServiceMode, ServiceSpec, UpdateConfig} from '../../../wire/service.ts';
import type {Sent} from '../../../wire/spec/go-types.ts';
import {serviceSpec} from '../../../wire/spec/service.ts';
import type {Privileges} from '../../../wire/spec/task.ts';
import type {ContainerSpec, Mount, Placement, PortConfig, RestartPolicy, TaskSpec} from '../../../wire/task.ts';
import {encode} from '../go/encode.ts';
import {goQuote} from '../go/parse.ts';
import {badRequest, serverError} from '../refusal.ts';

/**
 * A service spec as a client sent it, turned into what the engine keeps and shows: the way of moby's conversion to SwarmKit
 * and back (daemon/cluster/convert/{service,container}.go), with its defaults, what it drops, and what it refuses. None of
 * these refusals has a gRPC prefix, since the daemon makes them.
 */

/**
 * @param name stands in for an empty one
 * @throws Refused 400 (500 for a plugin)
 */
export function toServiceSpec(sent: Sent<ServiceSpec>, {name}: {name: string}): ServiceSpec {
	return encode(serviceSpec, {
		Name: sent.Name || name,
		Labels: sent.Labels ?? {},
		TaskTemplate: taskTemplate(sent.TaskTemplate ?? {}),
		UpdateConfig: updateConfig(sent.UpdateConfig),
		RollbackConfig: updateConfig(sent.RollbackConfig),
		EndpointSpec: endpointSpec(sent.EndpointSpec),
		Mode: serviceMode(sent.Mode ?? {}),
		Networks: sent.Networks,
	});
}

function taskTemplate(sent: Sent<TaskSpec>): Sent<TaskSpec> {
	return {
		ContainerSpec: runtimeOf(sent),
		Resources: sent.Resources,
		RestartPolicy: restartPolicy(sent.RestartPolicy),
		Placement: placement(sent.Placement),
		Networks: sent.Networks,
		LogDriver: sent.LogDriver,
		ForceUpdate: sent.ForceUpdate,
		Runtime: 'container',
	};
}

function runtimeOf({Runtime: runtime, ContainerSpec: container, PluginSpec: plugin}: Sent<TaskSpec>) {
	const isContainer = runtime === undefined || runtime === '' || runtime === 'container';
	if (!isContainer && runtime !== 'plugin') throw badRequest('unsupported runtime');
	if (isContainer ? !container : !plugin) throw badRequest('mismatched Runtime and *Spec fields');
	if (!isContainer) throw serverError('runtime type "plugin" only supported in experimental');
	return containerSpec(container ?? {});
}

function containerSpec(sent: Sent<ContainerSpec>): Sent<ContainerSpec> {
	const privileges = sent.Privileges as Sent<Privileges> | undefined | null;
	checkPrivileges(privileges);
	for (const config of sent.Configs ?? []) checkConfigTarget(config ?? {});
	return {
		...sent,
		...(privileges ? {Privileges: withKnownModes(privileges)} : {}),
		Mounts: sent.Mounts?.map((mount) => toMount(mount ?? {})),
		Isolation: isolation(sent.Isolation),
	};
}

function checkPrivileges(privileges: Sent<Privileges> | undefined | null): void {
	const credential = privileges?.CredentialSpec;
	if (!credential) return;
	const given = (['Config', 'File', 'Registry'] as const)
		.filter((key) => credential[key])
		.map((key) => goQuote(key.toLowerCase()));
	const fail = (text: string) => badRequest(`invalid CredentialSpec: ${text}`);
	if (given.length === 0) throw fail('must either provide "file", "registry", or "config" for credential spec');
	if (given.length === 2) throw fail(`cannot specify both ${given.join(' and ')} credential specs`);
	if (given.length > 2) {
		throw fail(`cannot specify both ${given.slice(0, -1).join(', ')}, and ${given.at(-1)} credential specs`);
	}
}

/** A mode that the engine doesn't know is taken for the default one. */
function withKnownModes(sent: Sent<Privileges>): Record<string, unknown> {
	const {Seccomp: seccomp, AppArmor: appArmor} = sent;
	const known = (mode: string | undefined, modes: readonly string[]) =>
		mode && modes.includes(mode) ? mode : 'default';
	return {
		...sent,
		...(seccomp ? {Seccomp: {...seccomp, Mode: known(seccomp.Mode, ['unconfined', 'custom'])}} : {}),
		...(appArmor ? {AppArmor: {Mode: known(appArmor.Mode, ['disabled'])}} : {}),
	};
}

function checkConfigTarget({File: file, Runtime: runtime}: {File?: unknown; Runtime?: unknown}): void {
	if (!file && !runtime) throw badRequest('invalid Config: either File or Runtime should be set');
	if (file && runtime) throw badRequest('invalid Config: cannot specify both File and Runtime');
}

const mountTypes = ['bind', 'volume', 'tmpfs', 'npipe', 'cluster'];
const propagations = ['rprivate', 'private', 'rshared', 'shared', 'rslave', 'slave'];

function toMount(sent: Sent<Mount>): Sent<Mount> {
	const type = sent.Type?.toLowerCase() || 'bind';
	if (!mountTypes.includes(type)) throw badRequest(`invalid MountType: ${goQuote(sent.Type ?? '')}`);
	const {Consistency: _, ClusterOptions: __, ...known} = sent;
	return {...known, Type: type, BindOptions: bindOptions(sent.BindOptions)};
}

/** Options that say nothing vanish on the way; those that stay show their propagation. */
function bindOptions(sent: Sent<Mount>['BindOptions']): Sent<Mount>['BindOptions'] {
	if (!sent) return undefined;
	const propagation = sent.Propagation?.toLowerCase() ?? '';
	if (propagation && !propagations.includes(propagation)) {
		throw badRequest(`invalid MountPropagation: ${goQuote(sent.Propagation ?? '')}`);
	}
	if (!propagation && !sent.NonRecursive) return undefined;
	return {NonRecursive: sent.NonRecursive, Propagation: propagation || 'rprivate'};
}

function isolation(sent: string | undefined): string {
	const text = (sent ?? '').toLowerCase();
	return text === 'hyperv' || text === 'process' ? text : 'default';
}

const conditions = ['none', 'on-failure', 'any'] as const;

function restartPolicy(sent: Sent<RestartPolicy> | undefined): Sent<RestartPolicy> | undefined {
	if (!sent) return undefined;
	const condition = sent.Condition || 'any';
	if (!conditions.includes(condition)) throw badRequest(`invalid RestartCondition: ${goQuote(condition)}`);
	return {...sent, Condition: condition, MaxAttempts: sent.MaxAttempts ?? 0};
}

function placement(sent: Sent<Placement> | undefined): Sent<Placement> | undefined {
	if (!sent) return undefined;
	return {...sent, Preferences: sent.Preferences?.filter((preference) => preference?.Spread)};
}

const failureActions = ['pause', 'continue', 'rollback'] as const;
const orders = ['stop-first', 'start-first'] as const;

function updateConfig(sent: Sent<UpdateConfig> | undefined): Sent<UpdateConfig> | undefined {
	if (!sent) return undefined;
	const action = sent.FailureAction || 'pause';
	if (!failureActions.includes(action)) throw badRequest(`unrecognized update failure action ${action}`);
	const order = sent.Order || 'stop-first';
	if (!orders.includes(order)) throw badRequest(`unrecognized update order ${order}`);
	return {...sent, FailureAction: action, Order: order, MaxFailureRatio: asFloat32(sent.MaxFailureRatio ?? 0)};
}

/** A float32 as Go shows it: with the fewest digits that tell it from its neighbours. */
function asFloat32(value: number): number {
	const single = Math.fround(value);
	for (let digits = 1; digits < 9; digits++) {
		const short = Number(single.toPrecision(digits));
		if (Math.fround(short) === single) return short;
	}
	return single;
}

function endpointSpec(sent: Sent<EndpointSpec> | undefined): Sent<EndpointSpec> | undefined {
	if (!sent) return undefined;
	const mode = sent.Mode || 'vip';
	if (mode !== 'vip' && mode !== 'dnsrr') throw badRequest(`invalid resolution mode: ${goQuote(mode)}`);
	return {Mode: mode, Ports: sent.Ports?.map((port) => toPort(port ?? {}))};
}

/** A protocol or mode that the engine doesn't know is taken for the first of its kind. */
function toPort(sent: Sent<PortConfig>): Sent<PortConfig> {
	const protocol = sent.Protocol?.toLowerCase();
	return {
		...sent,
		Protocol: protocol === 'udp' || protocol === 'sctp' ? protocol : 'tcp',
		PublishMode: sent.PublishMode?.toLowerCase() === 'host' ? 'host' : 'ingress',
	};
}

function serviceMode(sent: Sent<ServiceMode>): Sent<ServiceMode> {
	const given = [sent.Global, sent.Replicated, sent.ReplicatedJob, sent.GlobalJob].filter(Boolean);
	if (given.length > 1) throw badRequest('must specify only one service mode');
	if (sent.Global) return {Global: {}};
	if (sent.GlobalJob) return {GlobalJob: {}};
	if (sent.ReplicatedJob) {
		const concurrent = sent.ReplicatedJob.MaxConcurrent ?? 1;
		return {
			ReplicatedJob: {MaxConcurrent: concurrent, TotalCompletions: sent.ReplicatedJob.TotalCompletions ?? concurrent},
		};
	}
	return {Replicated: {Replicas: sent.Replicated?.Replicas ?? 1}};
}
