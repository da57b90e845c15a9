import {describe, expect, it} from 'vitest';
import {emptySpec, entriesOf, type Naming, specOf} from '../../../source/cluster/create/service-fields.ts';
import {validateServiceSpec} from '../../../source/simulator/api/services/validate.ts';
import type {Entries} from '../../../source/text/entries.ts';
import type {ServiceSpec} from '../../../source/wire/service.ts';

const naming: Naming = {networkName: (id) => id.replace(/^id-/, '')};
const made = (entries: Entries, base: ServiceSpec = emptySpec): ServiceSpec =>
	specOf({name: ['web'], image: ['nginx:1.27'], ...entries}, base, naming);

const everything: Entries = {
	name: ['web'],
	image: ['nginx:1.27'],
	mode: ['replicated'],
	replicas: ['3'],
	command: ['nginx -g "daemon off;"'],
	ports: ['8080:80', 'published=53,target=53,protocol=udp,mode=host'],
	endpoint: ['vip'],
	networks: ['front', 'name=back,alias=web'],
	env: ['A=1', 'B=two words'],
	mounts: ['type=volume,source=data,target=/data,readonly'],
	secrets: ['source=key,target=tls.key,mode=0400'],
	configs: ['site'],
	constraints: ['node.role==worker'],
	preferences: ['spread=node.labels.zone'],
	'max-per-node': ['2'],
	'limit-cpu': ['1.5'],
	'limit-memory': ['512m'],
	'reserve-cpu': ['0.25'],
	'reserve-memory': ['128m'],
	'health-cmd': ['curl -f http://localhost/'],
	'health-interval': ['10s'],
	'health-retries': ['3'],
	'restart-condition': ['on-failure'],
	'restart-delay': ['5s'],
	'restart-attempts': ['3'],
	'update-parallelism': ['2'],
	'update-order': ['start-first'],
	'update-failure': ['rollback'],
	labels: ['tier=front'],
};

describe('the spec of a new service', () => {
	it('says nothing that was not entered', () => {
		expect(made({})).toEqual({
			Name: 'web',
			Labels: {},
			Mode: {Replicated: {Replicas: 1}},
			TaskTemplate: {ContainerSpec: {Image: 'nginx:1.27'}},
		});
	});

	it('reads back as it was entered, whatever was', () => {
		const spec = made(everything);
		const read = entriesOf(spec, naming);
		for (const [id, texts] of Object.entries(everything)) expect([id, read[id]]).toEqual([id, texts]);
		expect(specOf(read, spec, naming)).toEqual(spec);
	});

	it('is one that an engine takes', () => {
		const engineOf = (spec: ServiceSpec) => () =>
			validateServiceSpec({
				...spec,
				TaskTemplate: {
					...spec.TaskTemplate,
					ContainerSpec: {
						...spec.TaskTemplate.ContainerSpec,
						Secrets: (spec.TaskTemplate.ContainerSpec?.Secrets ?? []).map((each) => ({...each, SecretID: 'x'})),
						Configs: (spec.TaskTemplate.ContainerSpec?.Configs ?? []).map((each) => ({...each, ConfigID: 'x'})),
					},
				},
			});
		for (const mode of ['replicated', 'global', 'replicated-job', 'global-job']) {
			expect(engineOf(made({...everything, mode: [mode], completions: ['5'], concurrent: ['2']}))).not.toThrow();
		}
	});

	it('has docker’s defaults around the first setting of a policy', () => {
		expect(made({'update-delay': ['10s']}).UpdateConfig).toMatchObject({
			Parallelism: 1,
			Delay: 1e10,
			Order: 'stop-first',
		});
		expect(made({'restart-attempts': ['3']}).TaskTemplate.RestartPolicy).toMatchObject({
			Condition: 'any',
			MaxAttempts: 3,
		});
	});

	it('leaves out what means nothing in its mode', () => {
		const job = made({...everything, mode: ['replicated-job'], completions: ['5'], concurrent: ['2']});
		expect(job.Mode).toEqual({ReplicatedJob: {MaxConcurrent: 2, TotalCompletions: 5}});
		expect(job.UpdateConfig).toBeUndefined();
		expect(job.TaskTemplate.Placement).toEqual({
			Constraints: ['node.role==worker'],
			Preferences: [{Spread: {SpreadDescriptor: 'node.labels.zone'}}],
		});
		expect(made({mode: ['global']}).Mode).toEqual({Global: {}});
	});

	it('keeps what the form does not show', () => {
		const base: ServiceSpec = {
			...emptySpec,
			TaskTemplate: {
				ContainerSpec: {
					Image: 'nginx:1.27',
					Hostname: 'h',
					Healthcheck: {Test: ['CMD', 'true']},
					Mounts: [{Type: 'volume', Source: 'a', Target: '/a', VolumeOptions: {NoCopy: true}}],
				},
				Networks: [{Target: 'id-front', DriverOpts: {a: 'b'}}],
			},
			RollbackConfig: {Parallelism: 1, MaxFailureRatio: 0, Order: 'stop-first'},
		};
		const entries = {...entriesOf(base, naming), name: ['copy'], env: ['A=1']};
		const after = specOf(entries, base, naming);
		expect(after).toEqual({
			...base,
			Name: 'copy',
			TaskTemplate: {...base.TaskTemplate, ContainerSpec: {...base.TaskTemplate.ContainerSpec, Env: ['A=1']}},
		});
	});
});
