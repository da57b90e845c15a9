import type {Container} from '../../contract.ts';
import type {HealthProbeResult} from '../../inside-container.ts';
import type {Call} from '../call.ts';
import {sorted} from '../go/encode.ts';
import {rfc3339, zeroTime} from '../go/time.ts';
import {hostConfigOf} from './host-config.ts';
import {renderMounts} from './mounts.ts';
import {networksOf} from './networks.ts';
import {hostPortsOf} from './summary.ts';

/** GET /containers/{id}/json (moby daemon/inspect.go). */
export function inspectContainer(call: Call, container: Container): Record<string, unknown> {
	const directory = `/var/lib/docker/containers/${container.id}`;
	const [path = '', ...args] = container.command;
	return {
		Id: container.id,
		Created: rfc3339(container.createdAt),
		Path: path,
		Args: args,
		State: stateOf(container),
		Image: container.imageId,
		ResolvConfPath: `${directory}/resolv.conf`,
		HostnamePath: `${directory}/hostname`,
		HostsPath: `${directory}/hosts`,
		LogPath: `${directory}/${container.id}-json.log`,
		Name: `/${container.name}`,
		RestartCount: 0,
		Driver: 'overlay2',
		Platform: 'linux',
		MountLabel: '',
		ProcessLabel: '',
		AppArmorProfile: '',
		ExecIDs: execsOf(call, container),
		HostConfig: hostConfigOf(container),
		GraphDriver: graphDriverOf(call, container),
		Mounts: renderMounts(container),
		Config: configOf(container),
		NetworkSettings: networkSettingsOf(call, container),
	};
}

function stateOf(container: Container): Record<string, unknown> {
	const {state, pid, exitCode, startedAt, finishedAt, health, isOutOfMemory, probes, failingStreak} = container;
	return {
		Status: state,
		Running: state === 'running',
		Paused: false,
		Restarting: false,
		OOMKilled: isOutOfMemory,
		Dead: state === 'dead',
		Pid: state === 'running' ? pid : 0,
		ExitCode: exitCode,
		Error: '',
		StartedAt: startedAt === undefined ? zeroTime : rfc3339(startedAt),
		FinishedAt: finishedAt === undefined ? zeroTime : rfc3339(finishedAt),
		...(health === 'none' ? {} : {Health: {Status: health, FailingStreak: failingStreak, Log: probes.map(probeLine)}}),
	};
}

const probeLine = ({start, end, exitCode, output}: HealthProbeResult) => ({
	Start: rfc3339(start),
	End: rfc3339(end),
	ExitCode: exitCode,
	Output: output,
});

function execsOf({local}: Call, {id}: Container): string[] | null {
	const running = [...local.execs.values()].filter(({containerId, state}) => containerId === id && state !== 'ended');
	return running.length > 0 ? running.map((exec) => exec.id) : null;
}

function graphDriverOf({host}: Call, {id, imageId}: Container): Record<string, unknown> {
	const layer = (context: string) => `/var/lib/docker/overlay2/${host.seeded.hex64(`layer/${context}`)}`;
	const own = layer(id);
	return {
		Data: {
			LowerDir: `${own}-init/diff:${layer(imageId)}/diff`,
			MergedDir: `${own}/merged`,
			UpperDir: `${own}/diff`,
			WorkDir: `${own}/work`,
		},
		Name: 'overlay2',
	};
}

function configOf(container: Container): Record<string, unknown> {
	const spec = container.task?.spec.ContainerSpec ?? {};
	const isGiven = spec.Command !== undefined || spec.Args !== undefined;
	return {
		Hostname: container.hostname,
		Domainname: '',
		User: spec.User ?? '',
		AttachStdin: false,
		AttachStdout: false,
		AttachStderr: false,
		Tty: container.tty,
		OpenStdin: spec.OpenStdin ?? false,
		StdinOnce: false,
		Env: [...container.env],
		Cmd: isGiven ? (spec.Args ?? null) : [...container.command],
		...(spec.Healthcheck ? {Healthcheck: spec.Healthcheck} : {}),
		Image: container.image,
		Volumes: null,
		WorkingDir: spec.Dir ?? '',
		Entrypoint: spec.Command ?? null,
		OnBuild: null,
		Labels: sorted(container.labels, (value) => value),
		...(spec.StopSignal ? {StopSignal: spec.StopSignal} : {}),
	};
}

function networkSettingsOf(call: Call, container: Container): Record<string, unknown> {
	const networks: Record<string, Readonly<Record<string, unknown>>> = networksOf(call, container, {wantsNames: true});
	const bridge = networks['bridge'];
	const sandbox = container.state === 'running' ? call.host.seeded.hex64(`sandbox/${container.id}`) : '';
	const ports = hostPortsOf(container).map(({TargetPort, Protocol, PublishedPort}) => [
		`${TargetPort}/${Protocol}`,
		[
			{HostIp: '0.0.0.0', HostPort: String(PublishedPort)},
			{HostIp: '::', HostPort: String(PublishedPort)},
		],
	]);
	return {
		Bridge: '',
		SandboxID: sandbox,
		SandboxKey: sandbox ? `/var/run/docker/netns/${sandbox.slice(0, 12)}` : '',
		Ports: Object.fromEntries(ports),
		HairpinMode: false,
		LinkLocalIPv6Address: '',
		LinkLocalIPv6PrefixLen: 0,
		SecondaryIPAddresses: null,
		SecondaryIPv6Addresses: null,
		EndpointID: bridge?.['EndpointID'] ?? '',
		Gateway: bridge?.['Gateway'] ?? '',
		GlobalIPv6Address: '',
		GlobalIPv6PrefixLen: 0,
		IPAddress: bridge?.['IPAddress'] ?? '',
		IPPrefixLen: bridge?.['IPPrefixLen'] ?? 0,
		IPv6Gateway: '',
		MacAddress: bridge?.['MacAddress'] ?? '',
		Networks: networks,
	};
}
