import type {ServiceSpec} from '../../../wire/service.ts';
import type {Sent} from '../../../wire/spec/go-types.ts';
import type {ContainerSpec, TaskSpec} from '../../../wire/task.ts';

/**
 * What a client of an older API version can't have meant: fields that came later are dropped from what it sends (moby
 * api/server/router/swarm/helpers.go adjustForAPIVersion).
 * @param minor of the API version that the client speaks
 */
export function adjustForClient(sent: Sent<ServiceSpec>, minor: number): Sent<ServiceSpec> {
	if (minor >= 52) return sent;
	const template = sent.TaskTemplate ?? {};
	return {
		...sent,
		TaskTemplate: {
			...template,
			ContainerSpec: template.ContainerSpec && adjustContainer(template.ContainerSpec, minor),
			Placement:
				minor < 40 && template.Placement ? {...template.Placement, MaxReplicas: undefined} : template.Placement,
			Resources: adjustResources(template.Resources, minor),
		},
		Mode: minor < 41 ? {...sent.Mode, ReplicatedJob: undefined, GlobalJob: undefined} : sent.Mode,
	};
}

function adjustContainer(container: Sent<ContainerSpec>, minor: number): Sent<ContainerSpec> {
	if (minor >= 46) return container;
	const {Healthcheck: health, Privileges: privileges} = container;
	return {
		...container,
		OomScoreAdj: undefined,
		Mounts: container.Mounts?.map((mount) =>
			mount?.TmpfsOptions ? {...mount, TmpfsOptions: {...mount.TmpfsOptions, Options: undefined}} : mount,
		),
		...(minor < 44
			? {
					Healthcheck: health && {...health, StartInterval: undefined},
					Privileges: privileges && {
						...privileges,
						Seccomp: undefined,
						AppArmor: undefined,
						NoNewPrivileges: undefined,
					},
				}
			: {}),
		...(minor < 41 ? {CapabilityAdd: undefined, CapabilityDrop: undefined, Ulimits: undefined} : {}),
		...(minor < 40 ? {Sysctls: undefined} : {}),
	};
}

function adjustResources(resources: Sent<TaskSpec>['Resources'], minor: number): Sent<TaskSpec>['Resources'] {
	if (!resources) return resources;
	const {Limits: limits} = resources;
	return {
		...resources,
		Limits: limits && minor < 41 ? {...limits, Pids: undefined} : limits,
		SwapBytes: undefined,
		MemorySwappiness: undefined,
	};
}
