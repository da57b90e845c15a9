import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {plainSpec} from '../../source/cluster/docker-command/plain-spec.ts';
import {changesBetween} from '../../source/cluster/edit/changes.ts';
import {verbCommand} from '../../source/commands/change/options.ts';
import {updatedSpec} from '../../source/commands/change/update/update-flags.ts';
import {update} from '../../source/commands/change/verbs/update.ts';
import {readCommandLine} from '../../source/commands/command-line/read.ts';
import {shellLine} from '../../source/text/shell-words.ts';
import type {ServiceSpec} from '../../source/wire/service.ts';
import {type CommandLab, startCommandLab} from './docker.ts';

/** The flags of `swarmtop update` make of a service what docker makes of it with the same. */

let lab: CommandLab;
beforeAll(async () => {
	lab = await startCommandLab();
});
afterAll(() => lab?.[Symbol.asyncDispose]());

const bare: ServiceSpec = {
	Name: 'bare',
	Labels: {},
	// docker crashes on a service without a placement.
	TaskTemplate: {ContainerSpec: {Image: 'busybox:latest'}, Placement: {}},
	Mode: {Replicated: {Replicas: 1}},
};
const full: ServiceSpec = {
	Name: 'full',
	Labels: {a: '1', b: '2'},
	TaskTemplate: {
		ContainerSpec: {
			Image: 'busybox:latest',
			Args: ['sleep', '1'],
			Env: ['A=1', 'B=2'],
			Labels: {c: '3'},
			Healthcheck: {Test: ['CMD-SHELL', 'true'], Interval: 1e9, Retries: 2},
			Hostname: 'h',
			TTY: true,
			StopGracePeriod: 3e9,
		},
		Resources: {Limits: {NanoCPUs: 5e8, MemoryBytes: 1 << 26}, Reservations: {MemoryBytes: 1 << 25}},
		RestartPolicy: {Condition: 'on-failure', MaxAttempts: 3},
		Placement: {Constraints: ['node.role==worker', 'node.labels.zone==a'], MaxReplicas: 2},
		ForceUpdate: 4,
	},
	Mode: {Replicated: {Replicas: 2}},
	UpdateConfig: {Parallelism: 2, Delay: 1e9, MaxFailureRatio: 0, Order: 'start-first'},
	EndpointSpec: {Ports: [{Protocol: 'tcp', TargetPort: 80, PublishedPort: 8080, PublishMode: 'ingress'}]},
};
const none: ServiceSpec = {
	...bare,
	TaskTemplate: {ContainerSpec: {Image: 'busybox:latest', Healthcheck: {Test: ['NONE']}}, Placement: {}},
};

const lines: readonly (readonly string[])[] = [
	['--image', 'busybox:1.36'],
	['--args', 'sh -c "echo \'a b\'; sleep 1"'],
	['--entrypoint', '/bin/sh -c'],
	['--replicas', '4'],
	['--replicas-max-per-node', '3'],
	['--env-add', 'A=9', '--env-add', 'C=x y', '--env-rm', 'B'],
	['--env-add', 'EMPTY='],
	['--label-add', 'a=9', '--label-add', 'flag', '--label-rm', 'b'],
	['--container-label-add', 'd=4', '--container-label-rm', 'c'],
	['--constraint-add', 'node.labels.disk==ssd', '--constraint-rm', 'node.role==worker'],
	['--limit-cpu', '1.5', '--limit-memory', '128m', '--limit-pids', '50'],
	['--limit-memory', '0'],
	['--reserve-cpu', '0.25', '--reserve-memory', '32MiB'],
	['--hostname', 'other', '--user', 'nobody', '--workdir', '/tmp'],
	['--tty=false', '--read-only', '--init'],
	['--tty', '--read-only=false'],
	['--stop-signal', 'SIGINT', '--stop-grace-period', '1m30s'],
	['--health-cmd', 'exit 0', '--health-interval', '5s', '--health-timeout', '2s', '--health-retries', '4'],
	['--health-start-period', '10s'],
	['--no-healthcheck'],
	['--restart-condition', 'none'],
	['--restart-delay', '2s', '--restart-max-attempts', '5', '--restart-window', '1m'],
	['--update-parallelism', '0', '--update-delay', '10s', '--update-monitor', '20s'],
	['--update-max-failure-ratio', '0.3', '--update-failure-action', 'rollback', '--update-order', 'start-first'],
	['--rollback-parallelism', '2', '--rollback-delay', '1s', '--rollback-monitor', '3s'],
	['--rollback-max-failure-ratio', '.5', '--rollback-failure-action', 'continue', '--rollback-order', 'stop-first'],
	['--publish-add', '9090:90', '--publish-add', '5000-5001:5000-5001/udp'],
	['--publish-add', '8080:80'],
	['--publish-rm', '80'],
	['--publish-rm', '80/udp'],
	['--force'],
	['--force', '--replicas', '3', '--image', 'busybox:1.35'],
];

const withoutName = ({Name: _, ...rest}: ServiceSpec): unknown => plainSpec(rest);

/** A service of its own, which is gone again before the next needs its ports. */
async function changed(
	given: ServiceSpec,
	change: (id: string, before: ServiceSpec) => Promise<void>,
): Promise<ServiceSpec> {
	const {id, spec} = await lab.create(given);
	try {
		await change(id, spec);
		return await lab.spec(id);
	} finally {
		await lab.remove(id);
	}
}

describe.each([
	['a service with nothing set', bare],
	['a service with much set', full],
	['a service without a health check', none],
])('%s', (_, given) => {
	it.each(lines.map((line) => [shellLine(line), line] as const))('%s', async (_, line) => {
		const parsed = readCommandLine({...verbCommand(update), flags: update.flags}, line);
		if (!parsed.ok) throw new Error(parsed.error);
		const {flags} = parsed.value;
		const ours = await changed(given, async (id, before) => {
			const next = updatedSpec(before, flags, {environment: {}});
			if (!next.ok) throw new Error(next.error);
			await lab.write(id, next.value);
		});
		const theirs = await changed(given, async (id) => {
			await lab.shell(shellLine(['docker', 'service', 'update', '--no-resolve-image', ...line, id]));
		});
		const differing = changesBetween(withoutName(ours), withoutName(theirs));
		expect(differing.filter(({path}) => path.join('.') !== 'TaskTemplate.ContainerSpec.Env')).toEqual([]);
		// docker's order of variables is that of a Go map: any.
		const variables = ({TaskTemplate}: ServiceSpec) => [...(TaskTemplate.ContainerSpec?.Env ?? [])].sort();
		expect(variables(ours)).toEqual(variables(theirs));
	});
});
