/** Services: what their list shows and what can be done to them. */

import {isJob} from '../../cluster/entities/health.ts';
import {isUsing} from '../../cluster/entities/uses.ts';
import type {ClusterState, PublishedPort, ServiceEntity, ServiceMode, UpdateEntity} from '../../cluster/model.ts';
import {tasksOfServices} from '../../cluster/tasks-of.ts';
import {countedWords} from '../../cluster/why/counted.ts';
import {stuckWords} from '../../cluster/why/stuck.ts';
import {whyService} from '../../cluster/why/why.ts';
import {plural} from '../../text/format.ts';
import {joinSafe, type SafeText, safe, toSafeText} from '../../text/safe-text.ts';
import type {UpdateState} from '../../wire/service.ts';
import type {App} from '../app/capabilities.ts';
import type {ListScope, ServiceScope} from '../kinds/scope.ts';
import type {LogTarget} from '../logs/log-feed.ts';
import type {CellContext, Column} from '../table/column.ts';
import {by, compareNatural, compareNumbers} from '../table/natural.ts';
import type {Role} from '../theme/theme.ts';
import type {Kind} from './kind.ts';
import {promptLabels} from './label-prompt.ts';
import {nothing} from './listing.ts';
import {logsKey} from './logs-key.ts';
import {askForAll, changeKey, viewKey} from './object-keys.ts';
import {recoveryKeys} from './service-recovery.ts';

const modeWords: Record<ServiceMode, string> = {
	replicated: 'replicated',
	global: 'global',
	'replicated-job': 'job',
	'global-job': 'global job',
};

const updateWords: Record<UpdateState, string> = {
	updating: 'updating',
	paused: 'paused',
	completed: 'updated',
	rollback_started: 'rolling back',
	rollback_paused: 'rollback paused',
	rollback_completed: 'rolled back',
};

/** States in which an update tells of something that went wrong: its message is then worth a line. */
const isTroubled: Record<UpdateState, boolean> = {
	updating: false,
	paused: true,
	completed: false,
	rollback_started: true,
	rollback_paused: true,
	rollback_completed: true,
};

function replicas({counts, mode, replicas}: ServiceEntity): SafeText {
	if (!counts) return safe`–/${replicas === undefined ? toSafeText('–') : replicas}`;
	// As docker service ls has it.
	if (isJob(mode)) {
		return safe`${counts.running}/${counts.desired} (${counts.completed}/${replicas ?? counts.desired} completed)`;
	}
	return safe`${counts.running}/${counts.desired}`;
}

/** `8080→80`, `53→53/udp`; host mode is marked: such a port exists only on the nodes that run a task. */
export function portText({protocol, targetPort, publishedPort, mode}: PublishedPort): SafeText {
	const published = publishedPort === 0 ? '' : `${publishedPort}→`;
	const suffix = protocol === 'tcp' ? '' : `/${protocol}`;
	return toSafeText(`${published}${targetPort}${suffix}${mode === 'host' ? ' host' : ''}`);
}

/** When the update came to the state that it is in. */
function updateSince({startedAt, completedAt}: UpdateEntity): number | undefined {
	return completedAt ?? startedAt;
}

function update(service: ServiceEntity, {age}: CellContext): SafeText {
	if (!service.update) return toSafeText('');
	const since = updateSince(service.update);
	const word = toSafeText(updateWords[service.update.state]);
	return since === undefined ? word : safe`${word} ${age(since)}`;
}

function updateRole({update}: ServiceEntity): Role | undefined {
	switch (update?.state) {
		case 'updating':
			return 'converging';
		case 'paused':
		case 'rollback_paused':
			return 'failing';
		case 'rollback_started':
		case 'rollback_completed':
			return 'warning';
		default:
			return 'dim';
	}
}

const columns: readonly Column<ServiceEntity>[] = [
	{
		id: 'name',
		title: toSafeText('SERVICE'),
		width: 20,
		min: 16,
		max: 48,
		priority: 0,
		truncate: 'middle',
		value: ({name}) => name,
		compare: by(({name}) => name, compareNatural),
	},
	{
		id: 'mode',
		title: toSafeText('MODE'),
		width: 10,
		priority: 5,
		value: ({mode}) => toSafeText(modeWords[mode]),
		role: () => 'dim',
		compare: by(({mode}) => mode, compareNatural),
	},
	{
		id: 'replicas',
		title: toSafeText('REPLICAS'),
		width: 9,
		min: 9,
		max: 26,
		align: 'right',
		priority: 1,
		value: replicas,
		role: ({health}) => (health === 'healthy' ? undefined : health),
		compare: by(({counts, replicas}) => counts?.desired ?? replicas ?? -1, compareNumbers),
	},
	{
		id: 'image',
		title: toSafeText('IMAGE'),
		width: 20,
		min: 12,
		max: 64,
		priority: 2,
		truncate: 'start',
		value: ({image}) => image,
		compare: by(({image}) => image, compareNatural),
	},
	{
		id: 'ports',
		title: toSafeText('PORTS'),
		width: 12,
		min: 10,
		max: 44,
		priority: 4,
		value: ({ports}) => joinSafe(ports.map(portText), ', '),
		compare: by(({ports}) => ports[0]?.publishedPort ?? 0, compareNumbers),
	},
	{
		id: 'update',
		title: toSafeText('UPDATE'),
		width: 14,
		min: 12,
		max: 22,
		priority: 3,
		value: update,
		role: updateRole,
		compare: by(({update}) => (update ? (updateSince(update) ?? 0) : 0), compareNumbers),
	},
];

/** What its update says went wrong, else what its tasks are stuck on, or why more of them are counted than are meant to run. */
function trouble(service: ServiceEntity, cluster: ClusterState): SafeText {
	const {id, update, stuck, counts} = service;
	if (update && isTroubled[update.state]) return update.message;
	if (stuck === undefined && (counts === undefined || counts.running <= counts.desired)) return nothing;
	const tasks = tasksOfServices(cluster.tasks).get(id) ?? [];
	return stuckWords(service, tasks, cluster) ?? countedWords(service, tasks, cluster) ?? nothing;
}

const maxReplicas = 100_000;

function isReplicated({mode, name}: ServiceEntity): true | SafeText {
	if (mode === 'replicated') return true;
	if (mode === 'global') return safe`${name} is global: one task on every node, there is nothing to scale.`;
	return safe`${name} is a job: it runs its tasks once, it can't be scaled.`;
}

function promptScale(services: readonly ServiceEntity[], app: App): void {
	const [first] = services;
	const present = [...new Set(services.map(({replicas = 0}) => replicas))].sort((a, b) => a - b);
	const isOne = services.length === 1;
	app.prompt({
		label: isOne
			? safe`Replicas of ${first?.name ?? nothing}`
			: safe`Replicas of each of ${plural(services.length, 'service')}`,
		hint: safe`now ${toSafeText(present.join(', '))}`,
		initial: String(present[0] ?? 0),
		isReplacedByTyping: true,
		onSubmit(text) {
			const replicas = Number(text.trim());
			if (!/^\d+$/.test(text.trim())) return toSafeText('a whole number, 0 or more');
			if (replicas > maxReplicas) return safe`at most ${maxReplicas}`;
			askForAll(services, app, {
				verb: 'Scale',
				of: 'service',
				rest: ` to ${replicas}`,
				intent: ({id}) => ({action: 'service.scale', serviceId: id, replicas}),
			});
			return undefined;
		},
	});
}

/** With the present image to be edited: most often only the tag changes. */
function promptImage(service: ServiceEntity, app: App): void {
	app.prompt({
		label: safe`Image of ${service.name}`,
		hint: safe`now ${service.image}`,
		initial: service.image,
		isReplacedByTyping: false,
		onSubmit(text) {
			const image = text.trim();
			if (image === '' || /\s/.test(image)) return toSafeText('an image, as in nginx:1.27');
			return app.preparations
				.image(service, image)
				.then((intent) => (intent.ok ? () => app.ask(intent.value) : intent.error));
		},
		waiting: toSafeText('asking the registry; Esc gives up'),
	});
}

/** An edit like any other: labels of a service touch none of its tasks. */
function changeLabels({id, name, raw}: ServiceEntity, app: App): void {
	const before = raw.Spec.Labels ?? {};
	promptLabels(name, before, app, ({set, remove}) => ({
		action: 'service.edit',
		serviceId: id,
		changes: [...Object.keys(set), ...remove].map((key) => ({path: ['Labels', key], from: before[key], to: set[key]})),
	}));
}

function step(id: string, keys: readonly string[], by: 1 | -1, title: string): ReturnType<typeof changeKey> {
	return changeKey('services', {
		id,
		keys,
		title,
		...(by === 1 && {footer: ['one more', 3] as const}),
		possible(service) {
			if (by === -1 && service.replicas === 0) return safe`${service.name} has no replicas left to take away.`;
			return isReplicated(service);
		},
		run: ({id}, app) => app.ask({action: 'service.step', serviceId: id, by}),
		runAll: (rows, app) =>
			askForAll(rows, app, {
				verb: 'Scale',
				of: 'service',
				rest: by === 1 ? ' up by one' : ' down by one',
				intent: ({id}) => ({action: 'service.step', serviceId: id, by}),
			}),
	});
}

function scopeRule(scope: ServiceScope): {key: string; test: (service: ServiceEntity) => boolean} {
	switch (scope.kind) {
		case 'all':
			return {key: 'all', test: () => true};
		case 'stack':
			return {key: `stack ${scope.name}`, test: ({stack}) => stack === scope.name};
		case 'users':
			return {key: `users ${scope.id}`, test: ({raw}) => isUsing(raw, scope)};
		default:
			return scope satisfies never;
	}
}

function emptyNote({isLoading}: ClusterState, {services}: ListScope): string {
	if (isLoading) return 'reading the services…';
	if (services.kind === 'stack') return `no service of ${services.name} is left; Esc goes back`;
	if (services.kind === 'users') return `no service uses the ${services.of} ${services.name}; Esc goes back`;
	return 'no services yet: docker service create --name web -p 8080:80 nginx';
}

const logsOf = ({id, name}: ServiceEntity): LogTarget => ({kind: 'service', id, name});

export const serviceKind: Kind<ServiceEntity> = {
	id: 'services',
	singular: toSafeText('service'),
	columns,
	sorting: {columnId: 'name', isDescending: false},
	tieBreak: by(({id}) => id, compareNatural),
	filterable: {
		texts: [
			({name}) => name,
			({image}) => image,
			({mode}) => modeWords[mode],
			({update}) => (update ? updateWords[update.state] : ''),
			({ports}) => ports.map(portText).join(' '),
		],
		fields: {
			name: ({name}) => [name],
			id: ({id}) => [id],
			image: ({image}) => [image],
			mode: ({mode}) => [modeWords[mode]],
			stack: ({stack}) => [stack ?? ''],
			state: ({health, update}) => [health, update ? updateWords[update.state] : ''],
			port: ({ports}) => ports.map(({publishedPort}) => String(publishedPort)),
			label: ({labels}) => labels.map(([key, value]) => `${key}=${value}`),
		},
	},
	source: ({services}) => services,
	inScope: ({services}) => scopeRule(services),
	name: ({name}) => name,
	trouble,
	tasksOf: ({id}) => ({kind: 'service', id}),
	logsOf,
	why: whyService,
	inspect: ({raw}) => raw,
	previously: ({raw}) => raw.PreviousSpec && {before: raw.PreviousSpec, after: raw.Spec},
	emptyNote,
	keys: [
		changeKey('services', {
			id: 'service.scale',
			keys: ['s'],
			title: 'Scale: set the number of replicas',
			footer: ['scale', 1],
			possible: isReplicated,
			run: (service, app) => promptScale([service], app),
			runAll: promptScale,
		}),
		step('service.more', ['+', '='], 1, 'One replica more'),
		step('service.fewer', ['-'], -1, 'One replica fewer'),
		changeKey('services', {
			id: 'service.restart',
			keys: ['r'],
			title: 'Restart: replace all its tasks (force update)',
			footer: ['restart', 4],
			run: ({id}, app) => app.ask({action: 'service.restart', serviceId: id}),
			runAll: (rows, app) =>
				askForAll(rows, app, {
					verb: 'Restart',
					of: 'service',
					intent: ({id}) => ({action: 'service.restart', serviceId: id}),
				}),
		}),
		changeKey('services', {
			id: 'service.image',
			keys: ['u'],
			title: 'Update: set another image',
			run: promptImage,
		}),
		changeKey('services', {
			id: 'service.edit',
			keys: ['E'],
			title: 'Edit its spec as YAML in $EDITOR; shown as a diff before it is sent',
			footer: ['edit', 7],
			run: ({id, name, version, raw}, app) => app.editSpec({kind: 'service', id, name, version, spec: raw.Spec}),
		}),
		changeKey('services', {
			id: 'service.labels',
			keys: ['L'],
			title: 'Labels: key=value sets one, -key takes one away',
			run: changeLabels,
		}),
		changeKey('services', {
			id: 'service.rollback',
			keys: ['b'],
			title: 'Roll back to the previous settings',
			possible: ({name, hasPreviousSpec}) =>
				hasPreviousSpec || safe`${name} has no previous settings: it was never updated, or was rolled back by itself.`,
			run: ({id}, app) => app.ask({action: 'service.rollback', serviceId: id}),
			runAll: (rows, app) =>
				askForAll(rows, app, {
					verb: 'Roll back',
					of: 'service',
					intent: ({id}) => ({action: 'service.rollback', serviceId: id}),
				}),
		}),
		...recoveryKeys(promptScale),
		changeKey('services', {
			id: 'service.remove',
			keys: ['x', 'ctrl-d'],
			title: 'Remove',
			footer: ['remove', 5],
			run: ({id}, app) => app.ask({action: 'service.remove', serviceId: id}),
			runAll: (rows, app) =>
				askForAll(rows, app, {
					verb: 'Remove',
					of: 'service',
					word: true,
					intent: ({id}) => ({action: 'service.remove', serviceId: id}),
				}),
		}),
		viewKey('services', {
			id: 'service.why',
			keys: ['w'],
			title: 'Why it is not as desired: node by node, last failures',
			run: (_service, app) => app.showWhy(),
		}),
		logsKey('services', {id: 'service.logs', title: 'Logs', rank: 2, targetOf: logsOf}),
	],
};
