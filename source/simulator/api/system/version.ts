import type {Call} from '../call.ts';
import type {Offer} from '../version.ts';

/** GET /version: the simulated engine passes for the release that its host has (moby daemon/info.go SystemVersion). */
export function engineVersion({host, offer}: Call): Record<string, unknown> {
	const parts = partsOf(offer);
	const {goVersion, gitCommit, buildTime} = parts;
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
			{Name: 'containerd', Version: parts.containerd, Details: {GitCommit: parts.containerd}},
			{Name: 'runc', Version: parts.runc, Details: {GitCommit: parts.runc}},
			{Name: 'docker-init', Version: '0.19.0', Details: {GitCommit: ''}},
		],
		Version: host.engineVersion,
		...release,
	};
}

export const kernelVersion = '6.12.0-simulated';

/** What an engine was built from and with. */
type Parts = {
	readonly gitCommit: string;
	readonly goVersion: string;
	readonly buildTime: string;
	readonly containerd: string;
	readonly runc: string;
};

const partsOf26: Parts = {
	gitCommit: '411e817',
	goVersion: 'go1.24.4',
	buildTime: '2024-07-23T00:00:00.000000000+00:00',
	containerd: '1.7.24',
	runc: '1.1.15',
};

const partsOf28: Parts = {
	gitCommit: '89c5e8f',
	goVersion: 'go1.27.1',
	buildTime: '2025-11-05T00:00:00.000000000+00:00',
	containerd: '2.1.9',
	runc: '1.3.6',
};

export const partsOf = ({minor}: Offer): Parts => (minor < 48 ? partsOf26 : partsOf28);

/** Nodes describe their machine by the kernel's name for it, the engine itself by Go's. */
const goArchitecture = (architecture: string): string =>
	architecture === 'x86_64' ? 'amd64' : architecture === 'aarch64' ? 'arm64' : architecture;
