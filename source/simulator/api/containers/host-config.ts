import type {Container} from '../../contract.ts';
import {mountsOf} from './mounts.ts';

/** The HostConfig of a task's container: what its spec says of resources and rights, and what an engine 26.1 fills in. */
export function hostConfigOf(container: Container): Record<string, unknown> {
	const {spec} = container.task ?? {};
	const settings = spec?.ContainerSpec ?? {};
	const limits = spec?.Resources?.Limits ?? {};
	const mounts = mountsOf(container);
	return {
		Binds: null,
		ContainerIDFile: '',
		LogConfig: {Type: spec?.LogDriver?.Name || 'json-file', Config: spec?.LogDriver?.Options ?? {}},
		NetworkMode: 'bridge',
		PortBindings: portBindingsOf(container),
		RestartPolicy: {Name: 'no', MaximumRetryCount: 0},
		AutoRemove: false,
		VolumeDriver: '',
		VolumesFrom: null,
		ConsoleSize: [0, 0],
		CapAdd: settings.CapabilityAdd ?? null,
		CapDrop: settings.CapabilityDrop ?? null,
		CgroupnsMode: 'host',
		Dns: settings.DNSConfig?.Nameservers ?? null,
		DnsOptions: settings.DNSConfig?.Options ?? null,
		DnsSearch: settings.DNSConfig?.Search ?? null,
		ExtraHosts: settings.Hosts?.map((line) => line.split(/\s+/).slice(0, 2).reverse().join(':')) ?? null,
		GroupAdd: settings.Groups ?? null,
		IpcMode: 'private',
		Cgroup: '',
		Links: null,
		OomScoreAdj: 0,
		PidMode: '',
		Privileged: false,
		PublishAllPorts: false,
		ReadonlyRootfs: settings.ReadOnly ?? false,
		SecurityOpt: null,
		UTSMode: '',
		UsernsMode: '',
		ShmSize: 67_108_864,
		...(settings.Sysctls ? {Sysctls: settings.Sysctls} : {}),
		Runtime: 'runc',
		Isolation: settings.Isolation ?? 'default',
		CpuShares: 0,
		Memory: limits.MemoryBytes ?? 0,
		NanoCpus: limits.NanoCPUs ?? 0,
		...unlimited,
		MemoryReservation: spec?.Resources?.Reservations?.MemoryBytes ?? 0,
		MemorySwap: 0,
		MemorySwappiness: null,
		OomKillDisable: false,
		PidsLimit: limits.Pids ?? null,
		Ulimits: settings.Ulimits ?? [],
		CpuCount: 0,
		CpuPercent: 0,
		IOMaximumIOps: 0,
		IOMaximumBandwidth: 0,
		...(mounts.length > 0 ? {Mounts: mounts} : {}),
		MaskedPaths: maskedPaths,
		ReadonlyPaths: readonlyPaths,
		Init: settings.Init ?? false,
	};
}

const portBindingsOf = ({task}: Container): Record<string, unknown> =>
	Object.fromEntries(
		(task?.endpointSpec?.Ports ?? [])
			.filter(({PublishMode}) => PublishMode === 'host')
			.map(({TargetPort, Protocol, PublishedPort}) => [
				`${TargetPort}/${Protocol}`,
				[{HostIp: '', HostPort: PublishedPort ? String(PublishedPort) : ''}],
			]),
	);

const unlimited = {
	CgroupParent: '',
	BlkioWeight: 0,
	BlkioWeightDevice: null,
	BlkioDeviceReadBps: null,
	BlkioDeviceWriteBps: null,
	BlkioDeviceReadIOps: null,
	BlkioDeviceWriteIOps: null,
	CpuPeriod: 0,
	CpuQuota: 0,
	CpuRealtimePeriod: 0,
	CpuRealtimeRuntime: 0,
	CpusetCpus: '',
	CpusetMems: '',
	Devices: null,
	DeviceCgroupRules: null,
	DeviceRequests: null,
};

const maskedPaths = [
	'/proc/asound',
	'/proc/acpi',
	'/proc/kcore',
	'/proc/keys',
	'/proc/latency_stats',
	'/proc/timer_list',
	'/proc/timer_stats',
	'/proc/sched_debug',
	'/proc/scsi',
	'/sys/firmware',
	'/sys/devices/virtual/powercap',
];

const readonlyPaths = ['/proc/bus', '/proc/fs', '/proc/irq', '/proc/sys', '/proc/sysrq-trigger'];
