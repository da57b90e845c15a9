import {describe, expect, it} from 'vitest';
import {emptyInventory} from '../../../source/cluster/model.ts';
import {toSafeText} from '../../../source/text/safe-text.ts';
import {taskDetails} from '../../../source/ui/kinds/tasks/details.ts';
import type {Task} from '../../../source/wire/task.ts';
import {task} from '../support/entities.ts';

const whole: Task = {
	ID: 'task-web-1',
	Version: {Index: 1},
	CreatedAt: '2026-11-21T09:00:00Z',
	UpdatedAt: '2026-11-21T09:00:00Z',
	Labels: {},
	Spec: {
		ContainerSpec: {
			Image: 'nginx',
			Command: ['nginx'],
			Args: ['-g', 'daemon off;'],
			User: 'www',
			Env: ['MODE=production', 'DEBUG=\u001b[31m0'],
			Mounts: [
				{Type: 'volume', Source: 'data', Target: '/var/lib'},
				{Type: 'tmpfs', Target: '/tmp', ReadOnly: true},
			],
			Healthcheck: {Test: ['CMD-SHELL', 'curl -f localhost'], Interval: 10e9, Retries: 3},
			Secrets: [{SecretID: 's', SecretName: 'password', File: {Name: 'db', UID: '0', GID: '0', Mode: 292}}],
		},
		Resources: {Limits: {MemoryBytes: 2 ** 29}, Reservations: {NanoCPUs: 5e8, MemoryBytes: 2 ** 28}},
		Placement: {Constraints: ['node.labels.disk == ssd']},
	},
	Status: {State: 'running'},
	DesiredState: 'running',
};

describe("a task's details", () => {
	const details = (inventory = emptyInventory, rest = {}) =>
		taskDetails(task('web', 1, 'w1', rest), {inventory}).filter(([, value]) => value !== '');

	it('say what the list knows, and that the rest is on its way', () => {
		const shown = details(emptyInventory, {error: toSafeText('task: non-zero exit (137)'), exitCode: 137});
		expect(shown).toContainEqual(['error', 'task: non-zero exit (137)', 'failing']);
		expect(shown).toContainEqual(['exit code', '137']);
		expect(shown).toContainEqual(['into it', 'ssh w1 docker exec -it c0ffee sh']);
		expect(shown.at(-1)).toEqual(['more', 'reading its environment, mounts and networks…']);
	});

	it('say how it was made once it has been read', () => {
		expect(details({...emptyInventory, task: whole}).slice(-12)).toEqual([
			['into it', 'ssh w1 docker exec -it c0ffee sh'],
			['command', 'nginx -g daemon off;'],
			['user', 'www'],
			['health', 'curl -f localhost every 10s, unhealthy after 3'],
			['reserved', '0.5 CPU, 256MiB memory'],
			['limit', '512MiB memory'],
			['placement', 'node.labels.disk == ssd'],
			['mount', 'volume data → /var/lib'],
			['', 'tmpfs /tmp (read-only)'],
			['secret', 'password → db'],
			['env', 'MODE=production'],
			['', 'DEBUG=␛[31m0'],
		]);
	});

	it('hide what of the environment is secret by its name or in an address', () => {
		const Env = ['DB_PASSWORD=hunter2', 'URL=postgres://me:hunter3@db/shop', 'MODE=production'];
		const shown = details({...emptyInventory, task: {...whole, Spec: {ContainerSpec: {Env}}}});
		expect(shown.slice(-3)).toEqual([
			['env', 'DB_PASSWORD=•••'],
			['', 'URL=postgres://me:•••@db/shop'],
			['', 'MODE=production'],
		]);
	});

	it("are never another task's", () => {
		expect(details({...emptyInventory, task: {...whole, ID: 'other'}}).at(-1)?.[0]).toBe('more');
	});

	it('show what newer engines know: swap, security, and how things are mounted', () => {
		const newer: Task = {
			...whole,
			Spec: {
				ContainerSpec: {
					CapabilityAdd: ['CAP_NET_ADMIN'],
					CapabilityDrop: ['CAP_CHOWN'],
					OomScoreAdj: 100,
					Privileges: {Seccomp: {Mode: 'unconfined'}, AppArmor: {Mode: 'disabled'}, NoNewPrivileges: true},
					Mounts: [
						{Type: 'bind', Source: '/a', Target: '/a', ReadOnly: true, BindOptions: {ReadOnlyForceRecursive: true}},
						{Type: 'volume', Source: 'data', Target: '/b', VolumeOptions: {Subpath: 'sub'}},
						{Type: 'tmpfs', Target: '/c', TmpfsOptions: {SizeBytes: 2 ** 20, Options: [['noexec'], ['uid', '5']]}},
					],
				},
				Resources: {SwapBytes: 2 ** 30, MemorySwappiness: 60},
			},
		};
		const shown = details({...emptyInventory, task: newer});
		expect(shown).toContainEqual([
			'security',
			'+CAP_NET_ADMIN, -CAP_CHOWN, seccomp unconfined, AppArmor disabled, no new privileges, OOM score 100',
		]);
		expect(shown).toContainEqual(['swap', '1GiB, swappiness 60']);
		expect(shown.map(([, value]) => value)).toEqual(
			expect.arrayContaining([
				'bind /a → /a (read-only to its last submount)',
				'volume data/sub → /b',
				'tmpfs /c (1MiB, noexec, uid=5)',
			]),
		);
	});

	it('say why the rest does not come where a proxy forbids it', () => {
		const refused = {task: toSafeText('The proxy forbids GET /tasks.')};
		expect(details({...emptyInventory, refused})).toContainEqual(['more', 'The proxy forbids GET /tasks.']);
	});
});
