import type {Call} from '../call.ts';
import {rfc3339} from '../go/time.ts';
import {kernelVersion, partsOf} from './version.ts';

/** GET /info (moby daemon/info.go), in the engine's order. */
export function systemInfo(call: Call): Record<string, unknown> {
	const {host} = call;
	const containers = host.containers.list();
	const running = containers.filter(({state}) => state === 'running').length;
	return {
		ID: host.engineId,
		Containers: containers.length,
		ContainersRunning: running,
		ContainersPaused: 0,
		ContainersStopped: containers.length - running,
		Images: host.images.list().length,
		Driver: 'overlay2',
		DriverStatus: driverStatus,
		Plugins: plugins,
		MemoryLimit: true,
		SwapLimit: true,
		...(call.minor < 42 ? {KernelMemory: true} : {}),
		...(call.minor < 52 ? {KernelMemoryTCP: true} : {}),
		CpuCfsPeriod: true,
		CpuCfsQuota: true,
		CPUShares: true,
		CPUSet: true,
		PidsLimit: true,
		IPv4Forwarding: true,
		...bridgeFilter(call),
		Debug: false,
		NFd: 40,
		OomKillDisable: true,
		NGoroutines: 100,
		SystemTime: rfc3339(host.clock.now()),
		LoggingDriver: 'json-file',
		CgroupDriver: 'cgroupfs',
		CgroupVersion: '1',
		NEventsListener: 0,
		KernelVersion: kernelVersion,
		OperatingSystem: 'swarmtop simulated engine',
		OSVersion: '',
		OSType: host.os,
		Architecture: host.architecture,
		IndexServerAddress: 'https://index.docker.io/v1/',
		RegistryConfig: registryConfig(call),
		NCPU: Math.round(host.nanoCpus / 1e9),
		MemTotal: host.memoryBytes,
		GenericResources: null,
		DockerRootDir: '/var/lib/docker',
		HttpProxy: '',
		HttpsProxy: '',
		NoProxy: '',
		Name: host.name,
		Labels: Object.entries(host.engineLabels).map(([key, value]) => `${key}=${value}`),
		ExperimentalBuild: false,
		ServerVersion: host.engineVersion,
		Runtimes: {'io.containerd.runc.v2': {path: 'runc'}, runc: {path: 'runc'}},
		DefaultRuntime: 'runc',
		Swarm: host.membership.info(),
		LiveRestoreEnabled: false,
		Isolation: '',
		InitBinary: 'docker-init',
		ContainerdCommit: commit(call, partsOf(call.offer).containerd),
		RuncCommit: commit(call, partsOf(call.offer).runc),
		InitCommit: commit(call, ''),
		SecurityOptions: ['name=seccomp,profile=builtin'],
		...(call.minor >= 49 ? {FirewallBackend: {Driver: 'iptables'}} : {}),
		...(call.offer.minor >= 44 ? {CDISpecDirs: call.offer.minor >= 48 ? ['/etc/cdi', '/var/run/cdi'] : []} : {}),
		...(call.minor >= 46 ? {Containerd: containerd} : {}),
		Warnings: null,
	};
}

const driverStatus = [
	['Backing Filesystem', 'extfs'],
	['Supports d_type', 'true'],
	['Using metacopy', 'false'],
	['Native Overlay Diff', 'true'],
	['userxattr', 'false'],
];

const plugins = {
	Volume: ['local'],
	Network: ['bridge', 'host', 'ipvlan', 'macvlan', 'null', 'overlay'],
	Authorization: null,
	Log: ['awslogs', 'fluentd', 'gcplogs', 'gelf', 'journald', 'json-file', 'local', 'splunk', 'syslog'],
};

const containerd = {
	Address: '/run/containerd/containerd.sock',
	Namespaces: {Containers: 'moby', Plugins: 'plugins.moby'},
};

/** Whether bridges filter is no longer found out when the engine starts, from engine 28 on. */
const bridgeFilter = ({minor, offer}: Call): object =>
	minor >= 50 ? {} : {BridgeNfIptables: offer.minor < 48, BridgeNfIp6tables: offer.minor < 48};

/** What the engine was built to be used with is shown until API 1.49. */
const commit = ({minor}: Call, id: string): object => ({ID: id, ...(minor < 49 ? {Expected: id} : {})});

function registryConfig({minor, offer}: Call): object {
	const nowhere = {AllowNondistributableArtifactsCIDRs: null, AllowNondistributableArtifactsHostnames: null};
	const mirrors = {Mirrors: null};
	if (offer.minor < 48) {
		const hub = {Name: 'docker.io', Mirrors: [], Secure: true, Official: true};
		return {...nowhere, InsecureRegistryCIDRs: ['127.0.0.0/8'], IndexConfigs: {'docker.io': hub}, ...mirrors};
	}
	const hub = {Mirrors: [], Name: 'docker.io', Official: true, Secure: true};
	return {
		...(minor < 48 ? nowhere : {}),
		IndexConfigs: {'docker.io': hub},
		InsecureRegistryCIDRs: ['::1/128', '127.0.0.0/8'],
		...mirrors,
	};
}
