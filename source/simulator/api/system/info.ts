import type {Call} from '../call.ts';
import {rfc3339} from '../go/time.ts';
import {kernelVersion} from './version.ts';

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
		KernelMemoryTCP: true,
		CpuCfsPeriod: true,
		CpuCfsQuota: true,
		CPUShares: true,
		CPUSet: true,
		PidsLimit: true,
		IPv4Forwarding: true,
		BridgeNfIptables: true,
		BridgeNfIp6tables: true,
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
		RegistryConfig: registryConfig,
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
		ContainerdCommit: {ID: '1.7.24', Expected: '1.7.24'},
		RuncCommit: {ID: '1.1.15', Expected: '1.1.15'},
		InitCommit: {ID: '', Expected: ''},
		SecurityOptions: ['name=seccomp,profile=builtin'],
		...(call.offer.minor >= 44 ? {CDISpecDirs: []} : {}),
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

const registryConfig = {
	AllowNondistributableArtifactsCIDRs: null,
	AllowNondistributableArtifactsHostnames: null,
	InsecureRegistryCIDRs: ['127.0.0.0/8'],
	IndexConfigs: {'docker.io': {Name: 'docker.io', Mirrors: [], Secure: true, Official: true}},
	Mirrors: null,
};
