import {describe, expect, it} from 'vitest';
import {diagnose} from '../../../source/cluster/doctor/doctor.ts';
import type {NodeInside} from '../../../source/cluster/doctor/rule.ts';
import {rules} from '../../../source/cluster/doctor/rules/registry.ts';
import {createRootCertificate} from '../../../source/simulator/raft/root-certificate.ts';
import {Seeded} from '../../../source/swarmkit/random.ts';
import type {SwarmNode} from '../../../source/wire/node.ts';
import type {ServiceSpec} from '../../../source/wire/service.ts';
import type {SystemInfo} from '../../../source/wire/swarm.ts';
import {
	ago,
	healthy,
	minute,
	network,
	node,
	now,
	type Patient,
	service,
	stored,
	subjectOf,
	task,
} from './healthy-swarm.ts';

/** Each rule of the doctor: what makes it speak, and that it is silent on a swarm as one would recommend it. */

const gib = 2 ** 30;

/** Changes the only service. */
const web =
	(change: (spec: ServiceSpec) => void) =>
	(patient: Patient): void => {
		const changed = service('web', change);
		patient.services = [changed];
		patient.tasks = patient.tasks.map((each) => ({...each, Spec: changed.Spec.TaskTemplate}));
	};

const container =
	(change: NonNullable<ServiceSpec['TaskTemplate']['ContainerSpec']>) =>
	(patient: Patient): void =>
		web(({TaskTemplate: template}) => {
			template.ContainerSpec = {...template.ContainerSpec, ...change};
		})(patient);

const update =
	(change: Partial<NonNullable<ServiceSpec['UpdateConfig']>>) =>
	(patient: Patient): void =>
		web((spec) => {
			spec.UpdateConfig = {
				Parallelism: 1,
				MaxFailureRatio: 0,
				Order: 'stop-first',
				FailureAction: 'rollback',
				Monitor: 30e9,
				...change,
			};
		})(patient);

function nodeIn(patient: Patient, id: string): SwarmNode {
	const found = patient.nodes.find(({ID}) => ID === id);
	if (!found) throw new Error(`no node ${id}`);
	return found;
}

const insideOf = (patient: Patient, inside: NodeInside): void => void patient.inside.set('w1', inside);
const info = (change: Partial<SystemInfo>): SystemInfo => ({
	ID: 'x',
	Name: 'w1',
	ServerVersion: '28.5.2',
	NCPU: 4,
	MemTotal: 8 * gib,
	Swarm: {
		NodeID: 'w1',
		NodeAddr: '',
		LocalNodeState: 'active',
		ControlAvailable: false,
		Error: '',
		RemoteManagers: null,
	},
	...change,
});

type Case = readonly [
	rule: string,
	about: string,
	spoil: (patient: Patient) => void,
	finding: {
		readonly name?: string;
		readonly evidence?: RegExp;
		readonly remedy?: string | RegExp;
		readonly severity?: string;
	},
];

const swarm = 'swarm';
const cases: readonly Case[] = [
	[
		'quorum-edge',
		'one manager of three is down',
		(patient) => {
			nodeIn(patient, 'm3').Status = {State: 'down'};
			nodeIn(patient, 'm3').ManagerStatus = {Reachability: 'unreachable', Addr: ''};
		},
		{name: swarm, evidence: /^2 of 3 managers are reachable, 2 are needed$/, severity: 'danger'},
	],
	[
		'manager-unreachable',
		'a manager that no other reaches',
		(patient) => {
			nodeIn(patient, 'm3').ManagerStatus = {Reachability: 'unreachable', Addr: ''};
		},
		{name: 'm3', evidence: /unreachable/, remedy: /docker node demote m3/},
	],
	[
		'single-manager',
		'one manager',
		(patient) => {
			patient.nodes = [node('m1', 'a', 'manager'), ...patient.nodes.slice(3)];
		},
		{evidence: /^m1 is the only manager$/},
	],
	[
		'even-managers',
		'four managers',
		(patient) => void patient.nodes.push(node('m4', 'a', 'manager')),
		{evidence: /^4 managers: 3 must be reachable, so 1 may fail$/},
	],
	[
		'managers-in-one-zone',
		'two of three in one zone',
		(patient) => {
			nodeIn(patient, 'm2').Spec.Labels = {zone: 'a'};
		},
		{evidence: /^2 of 3 managers are in zone a$/},
	],
	[
		'managers-take-tasks',
		'active managers beside eight workers',
		(patient) =>
			void patient.nodes.push(...[4, 5, 6, 7, 8].map((number) => node(`w${number}`, 'abc'[number % 3] ?? 'a'))),
		{evidence: /^m1, m2, m3 of 11 nodes take tasks$/, remedy: 'docker node update --availability drain m1'},
	],
	[
		'mixed-engines',
		'neighbouring versions',
		(patient) => {
			nodeIn(patient, 'w1').Description.Engine = {EngineVersion: '27.1.0'};
		},
		{severity: 'note', evidence: /28\.5\.2.*27\.1\.0/},
	],
	[
		'mixed-engines',
		'versions far apart',
		(patient) => {
			nodeIn(patient, 'w1').Description.Engine = {EngineVersion: '20.10.24+dfsg1'};
		},
		{severity: 'warning'},
	],
	[
		'certificate-lifetime',
		'ten years',
		(patient) => {
			patient.swarm.Spec.CAConfig = {NodeCertExpiry: 10 * 365 * 24 * 3600 * 1e9};
		},
		{evidence: /3650d/, remedy: /--cert-expiry/},
	],
	[
		'root-certificate',
		'a rotation that does not end',
		(patient) => {
			patient.swarm.RootRotationInProgress = true;
		},
		{evidence: /rotation is under way/},
	],
	[
		'clock-skew',
		'the engine is ahead',
		(patient) => {
			patient.clockAheadMs = 90_000;
		},
		{name: swarm, evidence: /1m30s ahead of ours/},
	],
	[
		'clock-skew',
		'a node is ahead',
		(patient) => {
			const [first] = patient.tasks;
			if (first) first.Status = {...first.Status, Timestamp: ago(-5 * minute)};
		},
		{name: 'w1', evidence: /reports what happens 4m59s from now$/},
	],
	[
		'autolock-off',
		'as docker makes a swarm',
		(patient) => {
			patient.swarm.Spec.EncryptionConfig = {AutoLockManagers: false};
		},
		{severity: 'note'},
	],
	[
		'node-loss',
		'no other has so much memory',
		(patient) => {
			nodeIn(patient, 'w1').Description.Resources = {NanoCPUs: 4e9, MemoryBytes: 64 * gib};
			const db = service('db', (spec) => {
				spec.Mode = {Replicated: {Replicas: 2}};
				spec.TaskTemplate.Resources = {Reservations: {MemoryBytes: 20 * gib}, Limits: {MemoryBytes: 21 * gib}};
			});
			patient.services.push(db);
			patient.tasks.push(task(db, 1, 'w1'), task(db, 2, 'w1'));
		},
		{
			name: 'w1',
			severity: 'danger',
			evidence: /^without node w1, down: db \(insufficient resources on 5 nodes\)$/,
		},
	],
	[
		'zone-loss',
		'what only zone a has room for',
		(patient) => {
			const db = service('db', (spec) => {
				spec.TaskTemplate.Placement = {MaxReplicas: 1};
				spec.Mode = {Replicated: {Replicas: 6}};
			});
			patient.services.push(db);
			patient.tasks.push(...patient.nodes.map(({ID}, index) => task(db, index + 1, ID)));
		},
		{
			name: 'zone a',
			severity: 'warning',
			evidence: /^without zone a, too few: db 4\/6 \(max replicas per node limit exceed\)$/,
		},
	],
	[
		'over-reserved',
		'a node that has shrunk',
		(patient) => {
			nodeIn(patient, 'w1').Description.Resources = {NanoCPUs: 4e9, MemoryBytes: gib / 4};
		},
		{name: 'w1', evidence: /^512MiB of 256MiB are reserved$/},
	],
	[
		'memory-overcommitted',
		'limits above what there is',
		web((spec) => {
			spec.TaskTemplate.Resources = {Reservations: {MemoryBytes: gib}, Limits: {MemoryBytes: 9 * gib}};
		}),
		{name: 'w1', evidence: /^limits of 9GiB on 8GiB$/},
	],
	[
		'unlike-reserved',
		'a tenth of it is used',
		(patient) => {
			for (const {ID} of patient.tasks) {
				patient.usage.set(ID, {
					cpuPercent: 1,
					memoryBytes: 40 << 20,
					memoryLimit: gib,
					network: undefined,
					disk: undefined,
					throttled: undefined,
					at: now,
				});
			}
		},
		{
			name: 'web',
			evidence: /^512MiB reserved for each task, 40MiB used/,
			remedy: 'docker service update --reserve-memory 50M web',
		},
	],
	[
		'address-pool',
		'four subnets, all but none taken',
		(patient) => {
			patient.swarm.DefaultAddrPool = ['10.0.0.0/22'];
			patient.networks.push(
				...[2, 3].map((number) => network(`more${number}`, `10.0.${number}.0/24`, {Attachable: true})),
			);
		},
		{evidence: /^4 of 4 subnets are taken$/},
	],
	[
		'network-addresses',
		'a subnet of five addresses',
		(patient) => {
			patient.networks = [network('front', '10.9.0.0/29')];
		},
		{name: 'front', evidence: /^\d of 5 addresses are taken$/},
	],
	[
		'overlapping-subnets',
		'two networks',
		(patient) => void patient.networks.push(network('other', '10.0.1.128/25', {Attachable: true})),
		{name: 'other', evidence: /overlaps with that of front/},
	],
	[
		'overlapping-subnets',
		'a network and a node',
		(patient) => {
			nodeIn(patient, 'w2').Status = {State: 'ready', Addr: '10.0.1.77'};
		},
		{name: 'front', evidence: /holds 10\.0\.1\.77, the address of node w2/},
	],
	[
		'host-port-twice',
		'two services on all nodes',
		(patient) => {
			const ports = (spec: ServiceSpec): void => {
				spec.EndpointSpec = {Ports: [{Protocol: 'tcp', TargetPort: 80, PublishedPort: 80, PublishMode: 'host'}]};
			};
			patient.services = [service('web', ports), service('zeb', ports)];
			patient.tasks = patient.services.flatMap((each) =>
				['w1', 'w2', 'w3'].map((id, index) => task(each, index + 1, id)),
			);
		},
		{name: 'zeb', evidence: /^it publishes 80\/tcp, as web does$/},
	],
	[
		'too-few-tasks',
		'a task that failed',
		(patient) => {
			const [first, ...rest] = patient.tasks;
			if (first)
				patient.tasks = [
					{...first, Status: {State: 'rejected', Timestamp: ago(minute), Err: 'No such image'}},
					...rest,
				];
		},
		{name: 'web', evidence: /^2\/3: .*No such image/},
	],
	[
		'restart-loop',
		'four failures within minutes',
		(patient) => {
			const [first] = patient.tasks;
			if (!first) return;
			for (const at of [20, 60, 100, 140]) {
				const Status = {
					State: 'failed',
					Timestamp: ago(at * 1000),
					Err: 'exit',
					ContainerStatus: {ContainerID: 'c', ExitCode: 3},
				} as const;
				patient.tasks.push({
					...first,
					ID: `old${at}`,
					CreatedAt: ago(at * 1000 + 10_000),
					DesiredState: 'shutdown',
					Status,
				});
			}
			first.CreatedAt = ago(10_000);
			first.Status = {...first.Status, Timestamp: ago(9000)};
		},
		{name: 'web', evidence: /^4 failures in 2m, the last with exit code 3$/, remedy: 'docker service logs web'},
	],
	[
		'pending-long',
		'no node for ten minutes',
		(patient) => {
			const [first] = patient.tasks;
			if (first)
				Object.assign(first, {
					NodeID: '',
					CreatedAt: ago(10 * minute),
					Status: {State: 'pending', Timestamp: ago(minute), Err: 'no suitable node'},
				});
		},
		{name: 'web', evidence: /^web\.1 has been pending for 10m: no suitable node$/},
	],
	[
		'update-paused',
		'for two days',
		(patient) => {
			const [first] = patient.services;
			if (first)
				first.UpdateStatus = {
					State: 'paused',
					Message: 'update paused due to failure',
					StartedAt: ago(48 * 60 * minute),
				};
		},
		{
			name: 'web',
			severity: 'danger',
			evidence: /^paused, begun 2d ago: update paused/,
			remedy: 'docker service rollback web',
		},
	],
	[
		'mount-missing',
		'a path that one node lacks',
		(patient) => {
			const [first] = patient.tasks;
			const Err = 'invalid mount config for type "bind": bind source path does not exist: /srv/data';
			if (first)
				patient.tasks.push({
					...first,
					ID: 'rejected',
					CreatedAt: ago(48 * 60 * minute),
					DesiredState: 'shutdown',
					Status: {State: 'rejected', Timestamp: ago(48 * 60 * minute), Err},
				});
		},
		{name: 'web', evidence: /^\/srv\/data is missing on w1$/},
	],
	[
		'few-places',
		'one node meets them',
		web((spec) => {
			spec.TaskTemplate.Placement = {Constraints: ['node.hostname==w1']};
		}),
		{name: 'web', severity: 'warning', evidence: /^only w1 meets node\.hostname==w1$/},
	],
	[
		'few-places',
		'no node meets them',
		web((spec) => {
			spec.TaskTemplate.Placement = {Constraints: ['node.labels.gpu==a100']};
		}),
		{name: 'web', severity: 'danger', remedy: 'docker node update --label-add gpu=a100 NODE'},
	],
	[
		'one-replica',
		'one',
		(patient) => {
			web((spec) => {
				spec.Mode = {Replicated: {Replicas: 1}};
			})(patient);
			patient.tasks = patient.tasks.slice(0, 1);
		},
		{name: 'web', severity: 'note', remedy: 'docker service scale web=2'},
	],
	[
		'replicas-together',
		'all on one node',
		(patient) => {
			patient.tasks = patient.tasks.map((each) => ({...each, NodeID: 'w1'}));
		},
		{name: 'web', evidence: /^all 3 are on w1$/},
	],
	[
		'replicas-together',
		'all in one zone',
		(patient) => {
			nodeIn(patient, 'w2').Spec.Labels = {zone: 'a'};
			nodeIn(patient, 'w3').Spec.Labels = {zone: 'a'};
		},
		{
			name: 'web',
			evidence: /^all 3 are in zone a$/,
			remedy: 'docker service update --placement-pref-add spread=node.labels.zone web',
		},
	],
	['no-health-check', 'none', container({Healthcheck: {}}), {name: 'web', severity: 'note'}],
	[
		'no-limits',
		'none',
		web((spec) => {
			spec.TaskTemplate.Resources = {Reservations: {MemoryBytes: gib}};
		}),
		{name: 'web'},
	],
	[
		'no-reservations',
		'none',
		web((spec) => {
			spec.TaskTemplate.Resources = {Limits: {MemoryBytes: gib}};
		}),
		{name: 'web'},
	],
	[
		'floating-tag',
		'latest',
		container({Image: `web:latest@sha256:${'b'.repeat(64)}`}),
		{evidence: /^its image is web:latest$/},
	],
	[
		'floating-tag',
		'no tag, and a registry with a port',
		container({Image: `registry:5000/web@sha256:${'b'.repeat(64)}`}),
		{evidence: /^its image is registry:5000\/web$/},
	],
	['no-digest', 'none', container({Image: 'web:1.0'}), {remedy: 'docker service update --image web:1.0 web'}],
	['update-continues', 'continue', update({FailureAction: 'continue'}), {severity: 'warning'}],
	['no-rollback', 'pause', update({FailureAction: 'pause'}), {severity: 'note'}],
	[
		'no-rollback',
		'as docker has it where nothing is said',
		web((spec) => {
			delete spec.UpdateConfig;
		}),
		{},
	],
	[
		'monitor-too-short',
		'a start of a minute',
		container({Healthcheck: {Test: ['CMD', 'x'], StartPeriod: 60e9}}),
		{evidence: /^it may take 1m to start, and is watched for 30s$/, remedy: /--update-monitor 65s/},
	],
	[
		'grace-beyond-delay',
		'a stop of a minute',
		update({Order: 'start-first', Delay: 5e9}),
		{severity: 'note', evidence: /^a stop may take 10s/},
	],
	[
		'name-shared',
		'an alias that is another service’s name',
		(patient) => {
			const other = service('api', (spec) => {
				spec.TaskTemplate.Networks = [{Target: 'front', Aliases: ['web']}];
			});
			patient.services.push(other);
			patient.tasks.push(...['m1', 'm2', 'm3'].map((id, index) => task(other, index + 1, id)));
		},
		{name: 'api', evidence: /^it answers to web, as web does$/},
	],
	[
		'secret-in-environment',
		'by its name',
		container({Env: ['DB_PASSWORD=x', 'API_KEY=y', 'TOKEN_FILE=/run/secrets/t']}),
		{evidence: /^DB_PASSWORD, API_KEY$/},
	],
	[
		'secret-in-environment',
		'in an address',
		container({Env: ['DATABASE=postgres://me:secret@db/shop']}),
		{evidence: /^DATABASE$/},
	],
	[
		'docker-socket',
		'read-only',
		container({Mounts: [{Type: 'bind', Source: '/var/run/docker.sock', Target: '/s', ReadOnly: true}]}),
		{evidence: /read-only, which changes nothing/},
	],
	[
		'privileged',
		'SYS_ADMIN',
		container({CapabilityAdd: ['CAP_SYS_ADMIN', 'CHOWN']}),
		{evidence: /^it may do SYS_ADMIN$/},
	],
	[
		'unused-secret',
		'an old one',
		(patient) => void patient.secrets.push(stored('secret2', 'old')),
		{name: 'old', remedy: 'docker secret rm old'},
	],
	[
		'unused-config',
		'an old one',
		(patient) => void patient.configs.push(stored('config2', 'old')),
		{name: 'old', remedy: 'docker config rm old'},
	],
	[
		'unused-network',
		'an old one',
		(patient) => void patient.networks.push(network('old', '10.0.7.0/24')),
		{name: 'old', remedy: 'docker network rm old'},
	],
	[
		'unused-volumes',
		'two',
		(patient) =>
			insideOf(patient, {
				disk: {
					Volumes: [
						{Name: 'data', UsageData: {Size: gib, RefCount: 0}},
						{Name: 'used', UsageData: {Size: gib, RefCount: 1}},
					],
				},
			}),
		{name: 'w1', evidence: /^1 volume, 1GiB: data$/},
	],
	[
		'unused-images',
		'two gigabytes',
		(patient) => insideOf(patient, {disk: {Images: [{Id: 'a', Size: 2 * gib, Containers: 0}]}}),
		{name: 'w1', evidence: /^1 image, 2GiB$/},
	],
	[
		'node-down',
		'a worker',
		(patient) => {
			nodeIn(patient, 'w3').Status = {State: 'down'};
		},
		{name: 'w3', severity: 'danger'},
	],
	[
		'storage-driver',
		'vfs',
		(patient) => insideOf(patient, {info: info({Driver: 'vfs'})}),
		{name: 'w1', evidence: /vfs/},
	],
	[
		'storage-driver',
		'no d_type',
		(patient) => insideOf(patient, {info: info({Driver: 'overlay2', DriverStatus: [['Supports d_type', 'false']]})}),
		{evidence: /d_type/},
	],
	[
		'engine-warnings',
		'no swap limit',
		(patient) => insideOf(patient, {info: info({Warnings: ['WARNING: No swap limit support']})}),
		{evidence: /^No swap limit support$/},
	],
	[
		'stopped-containers',
		'hundreds',
		(patient) => insideOf(patient, {info: info({Containers: 400, ContainersRunning: 5})}),
		{evidence: /^395 containers/},
	],
	[
		'closed-ports',
		'gossip',
		(patient) => insideOf(patient, {closedPorts: ['7946/tcp']}),
		{name: 'w1', severity: 'danger', evidence: /^7946\/tcp at 192\.0\.2\.11$/},
	],
];

const findingsOf = (spoil: (patient: Patient) => void = () => undefined) => {
	const patient = healthy();
	spoil(patient);
	return diagnose(subjectOf(patient));
};

it('finds nothing on a swarm as one would recommend it', () => {
	expect(findingsOf()).toEqual([]);
	// Nor on one whose nodes were asked and have nothing to say.
	expect(
		findingsOf((patient) =>
			insideOf(patient, {info: info({Driver: 'overlay2', Warnings: null}), disk: {}, closedPorts: []}),
		),
	).toEqual([]);
});

it.each(cases)('%s: %s', (rule, _about, spoil, {name, evidence, remedy, ...rest}) => {
	const found = findingsOf(spoil).filter((each) => each.rule === rule);
	const expected = name === undefined ? found[0] : found.find((each) => each.name === name);
	expect(expected, JSON.stringify(found)).toMatchObject({rule, ...rest});
	if (evidence) expect(expected?.evidence).toMatch(evidence);
	if (typeof remedy === 'string') expect(expected?.remedy).toBe(remedy);
	else if (remedy) expect(expected?.remedy).toMatch(remedy);
});

describe('the rules', () => {
	it('have each a case above, an own name, and words for people', () => {
		const told = new Set(cases.map(([rule]) => rule));
		expect(rules.map(({id}) => id).filter((id) => !told.has(id))).toEqual([]);
		expect(new Set(rules.map(({id}) => id)).size).toBe(rules.length);
		for (const {id, title, why} of rules) {
			expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/);
			expect(title).toMatch(/^[a-z].*[^.]$/);
			expect(why).toMatch(/^[A-Z].*\.$/);
		}
	});

	it('say of a root certificate when it ends', () => {
		const patient = healthy();
		const day = 24 * 60 * minute;
		// It holds for 20 years.
		const madeAgo = (ageMs: number): string => createRootCertificate(new Seeded(1), 'root', now - ageMs);
		const severityOf = (TrustRoot: string) => {
			patient.swarm.TLSInfo = {TrustRoot};
			return diagnose(subjectOf(patient)).map(({rule, severity}) => `${rule} ${severity}`);
		};
		expect(severityOf(madeAgo(day))).toEqual([]);
		expect(severityOf(madeAgo((20 * 365 - 90) * day))).toEqual(['root-certificate warning']);
		expect(severityOf(madeAgo((20 * 365 - 5) * day))).toEqual(['root-certificate danger']);
		expect(severityOf('no certificate')).toEqual([]);
	});

	it('are silent where a label or the configuration says so', () => {
		const spoil = (patient: Patient): void => {
			container({Image: 'web'})(patient);
		};
		const rulesOf = (patient: Patient, ignoring: readonly string[] = []) =>
			diagnose(subjectOf(patient), ignoring).map(({rule}) => rule);
		const patient = healthy();
		spoil(patient);
		expect(rulesOf(patient)).toEqual(['floating-tag', 'no-digest']);
		expect(rulesOf(patient, ['no-digest'])).toEqual(['floating-tag']);
		expect(rulesOf(patient, ['no-*'])).toEqual(['floating-tag']);
		expect(rulesOf(patient, ['floating-tag=w*'])).toEqual(['no-digest']);
		expect(rulesOf(patient, ['floating-tag=db'])).toEqual(['floating-tag', 'no-digest']);
		const [first] = patient.services;
		if (first) first.Spec.Labels = {'swarmtop.ignore': 'no-digest, floating-tag'};
		expect(rulesOf(patient)).toEqual([]);
	});

	it('tell the gravest first', () => {
		const severities = findingsOf((patient) => {
			container({Image: 'web', Env: ['PASSWORD=x']})(patient);
			nodeIn(patient, 'w3').Status = {State: 'down'};
		}).map(({severity}) => severity);
		const order = ['danger', 'warning', 'note'];
		expect(severities).toEqual(severities.toSorted((a, b) => order.indexOf(a) - order.indexOf(b)));
		expect(new Set(severities).size).toBe(3);
	});
});
