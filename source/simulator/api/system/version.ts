import type {Call} from '../call.ts';

/** GET /version: the simulated engine passes for the release that its host has (moby daemon/info.go SystemVersion). */
export function engineVersion({host, offer}: Call): Record<string, unknown> {
	const release = {
		ApiVersion: offer.highest,
		MinAPIVersion: offer.lowest,
		GitCommit: gitCommit,
		GoVersion: goVersion,
		Os: host.os,
		Arch: goArchitecture(host.architecture),
		KernelVersion: kernelVersion,
		BuildTime: buildTime,
	};
	return {
		Platform: {Name: ''},
		Components: [
			{
				Name: 'Engine',
				Version: host.engineVersion,
				Details: {
					ApiVersion: release.ApiVersion,
					Arch: release.Arch,
					BuildTime: buildTime,
					Experimental: 'false',
					GitCommit: gitCommit,
					GoVersion: goVersion,
					KernelVersion: kernelVersion,
					MinAPIVersion: release.MinAPIVersion,
					Os: release.Os,
				},
			},
			{Name: 'containerd', Version: '1.7.24', Details: {GitCommit: '1.7.24'}},
			{Name: 'runc', Version: '1.1.15', Details: {GitCommit: '1.1.15'}},
			{Name: 'docker-init', Version: '0.19.0', Details: {GitCommit: ''}},
		],
		Version: host.engineVersion,
		...release,
	};
}

export const kernelVersion = '6.12.0-simulated';
const gitCommit = '411e817';
const goVersion = 'go1.24.4';
const buildTime = '2024-07-23T00:00:00.000000000+00:00';

/** Nodes describe their machine by the kernel's name for it, the engine itself by Go's. */
const goArchitecture = (architecture: string): string =>
	architecture === 'x86_64' ? 'amd64' : architecture === 'aarch64' ? 'arm64' : architecture;
