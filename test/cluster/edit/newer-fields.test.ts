import {describe, expect, it} from 'vitest';
import {droppedBy} from '../../../source/cluster/edit/newer-fields.ts';
import {serviceSpecSchema} from '../../../source/cluster/edit/spec-schema.ts';
import type {ServiceSpec} from '../../../source/wire/service.ts';

/** A spec with everything that services have been able to say since API 1.24. */
const newest: ServiceSpec = {
	Name: 'web',
	Labels: {},
	Mode: {Replicated: {Replicas: 2}},
	UpdateConfig: {Parallelism: 1, MaxFailureRatio: 0, Order: 'start-first'},
	RollbackConfig: {Parallelism: 1, MaxFailureRatio: 0, Order: 'stop-first'},
	TaskTemplate: {
		ContainerSpec: {
			Image: 'nginx',
			Init: true,
			OomScoreAdj: -500,
			Sysctls: {'net.core.somaxconn': '1024'},
			CapabilityAdd: ['CAP_NET_ADMIN'],
			CapabilityDrop: ['CAP_CHOWN'],
			Ulimits: [{Name: 'nofile', Soft: 1, Hard: 2}],
			Privileges: {
				CredentialSpec: {Config: 'c'},
				Seccomp: {Mode: 'unconfined'},
				AppArmor: {Mode: 'disabled'},
				NoNewPrivileges: true,
			},
			Healthcheck: {Test: ['CMD', 'true'], StartInterval: 1e9},
			Secrets: [{SecretID: 's', SecretName: 's'}],
			Configs: [{ConfigID: 'c', ConfigName: 'c'}],
			Mounts: [
				{
					Type: 'bind',
					Target: '/a',
					Source: '/a',
					ReadOnly: true,
					BindOptions: {NonRecursive: true, CreateMountpoint: true},
				},
				{Type: 'bind', Target: '/b', Source: '/b', BindOptions: {ReadOnlyNonRecursive: true}},
				{Type: 'bind', Target: '/c', Source: '/c', BindOptions: {ReadOnlyForceRecursive: true}},
				{Type: 'volume', Target: '/d', Source: 'data', VolumeOptions: {Subpath: 'sub'}},
				{Type: 'tmpfs', Target: '/e', TmpfsOptions: {Options: [['noexec'], ['uid', '5']]}},
				{Type: 'cluster', Target: '/f', Source: 'csi', ClusterOptions: {}},
			],
		},
		Resources: {Limits: {Pids: 100}, SwapBytes: 0, MemorySwappiness: 60},
		Placement: {MaxReplicas: 1},
	},
};

const settings = (apiVersion: string, spec = newest) => droppedBy(apiVersion, spec).map(({setting}) => setting);

describe('what an engine would drop', () => {
	it.each([
		['1.53', []],
		['1.52', []],
		['1.51', ['Resources.SwapBytes', 'Resources.MemorySwappiness']],
		['1.45', ['Mounts.TmpfsOptions.Options', 'OomScoreAdj', 'Resources.SwapBytes', 'Resources.MemorySwappiness']],
	])('of API %s', (apiVersion, dropped) => {
		expect(settings(apiVersion)).toEqual(dropped);
	});

	it('is more, the older it is, and named with what brought it', () => {
		expect(settings('1.41')).toContain('Privileges.Seccomp');
		expect(settings('1.41')).not.toContain('Limits.Pids');
		expect(settings('1.40')).toContain('Limits.Pids');
		expect(settings('1.24')).toHaveLength(26);
		expect(droppedBy('1.41', newest)).toContainEqual({setting: 'Healthcheck.StartInterval', since: '1.44'});
	});

	it('is nothing of a spec that asks for nothing new, whatever zeros it has', () => {
		const plain: ServiceSpec = {
			...newest,
			UpdateConfig: {Parallelism: 1, MaxFailureRatio: 0, Order: 'stop-first'},
			TaskTemplate: {
				ContainerSpec: {Image: 'nginx', OomScoreAdj: 0, Privileges: {CredentialSpec: null, NoNewPrivileges: false}},
				Resources: {Limits: {Pids: 0}, SwapBytes: null},
				Placement: {MaxReplicas: 0},
			},
		};
		const {RollbackConfig: _, ...rest} = plain;
		expect(settings('1.24', rest)).toEqual([]);
	});
});

it('all of it can be written in an edit', () => {
	expect(serviceSpecSchema.safeParse(newest)).toMatchObject({success: true});
});
