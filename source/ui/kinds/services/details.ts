/** All that a service's row has no room for, as `docker service inspect --pretty` has it. */
import {isJob} from '../../../cluster/entities/health.ts';
import type {ClusterState, ServiceEntity} from '../../../cluster/model.ts';
import {restartRule} from '../../../cluster/why/restarts.ts';
import {joinSafe, type SafeText, safe, toSafeText} from '../../../text/safe-text.ts';
import type {ServiceSpec, UpdateConfig} from '../../../wire/service.ts';
import type {Detail} from '../kind.ts';
import {nanoseconds, several, specDetails, words} from '../spec-details.ts';
import {modeWords, portText, replicas, updateWords} from './listing.ts';

const none = toSafeText('');

export function serviceDetails(
	service: ServiceEntity,
	{inventory}: Pick<ClusterState, 'inventory'>,
): readonly Detail[] {
	const {raw, update, health} = service;
	const {Spec: spec} = raw;
	const task = spec.TaskTemplate ?? {};
	const named = (id: string): string => inventory.networks?.find(({Id}) => Id === id)?.Name ?? id;
	const networks = (task.Networks ?? spec.Networks ?? []).map(({Target: target = '', Aliases: aliases}) =>
		words(named(target), ...(aliases?.length ? [`as ${aliases.join(', ')}`] : [])),
	);
	return [
		['ID', toSafeText(service.id)],
		['stack', service.stack ?? none],
		['image', service.image],
		['digest', service.digest],
		['mode', toSafeText(modeWords[service.mode])],
		['replicas', replicas(service), health === 'healthy' || health === 'idle' ? undefined : health],
		['update', update ? joinSafe([toSafeText(updateWords[update.state]), update.message], ': ') : none],
		...specDetails(task, networks),
		['ports', joinSafe(service.ports.map(portText), ', ')],
		['resolved by', toSafeText(spec.EndpointSpec?.Mode === 'dnsrr' ? 'DNS round robin' : 'a virtual IP')],
		['updates', isJob(service.mode) ? none : updateRules(spec.UpdateConfig)],
		['rollbacks', isJob(service.mode) ? none : updateRules(spec.RollbackConfig)],
		['restarts', restartRule(service)],
		['grace', task.ContainerSpec?.StopGracePeriod ? nanoseconds(task.ContainerSpec.StopGracePeriod) : none],
		['log driver', words(task.LogDriver?.Name)],
		...several('label', labelsOf(spec)),
	];
}

/** `2 at a time, 10s apart, start first; a failure within 5s: pause`: what is not set is as the engine has it by default. */
function updateRules(rules: UpdateConfig | null | undefined): SafeText {
	if (!rules) return none;
	const {Parallelism: atATime = 1, Delay: delay = 0, Monitor: monitor = 0, MaxFailureRatio: ratio = 0} = rules;
	const pace = [
		atATime === 0 ? toSafeText('all at once') : safe`${atATime} at a time`,
		...(delay > 0 ? [safe`${nanoseconds(delay)} apart`] : []),
		toSafeText(rules.Order === 'start-first' ? 'the new task starts first' : 'the old task stops first'),
	];
	const watched = safe` within ${nanoseconds(monitor > 0 ? monitor : defaultMonitor)}`;
	const most = ratio > 0 ? safe` of more than ${Math.round(ratio * 100)} %` : none;
	return safe`${joinSafe(pace, ', ')}; on failure${most}${watched}: ${toSafeText(rules.FailureAction ?? 'pause')}`;
}

/** Nanoseconds; swarmkit's api/defaults/service.go. */
const defaultMonitor = 5e9;

function labelsOf({Labels: labels}: ServiceSpec): SafeText[] {
	return Object.entries(labels ?? {}).map(([key, value]) => toSafeText(`${key}=${value}`));
}
