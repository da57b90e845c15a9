/** Services: what their list shows and what can be done to them. */

import {isUsing} from '../../../cluster/entities/uses.ts';
import type {ClusterState, ServiceEntity, TaskEntity} from '../../../cluster/model.ts';
import {tasksOfServices} from '../../../cluster/tasks-of.ts';
import {usageOfService} from '../../../cluster/usage-sums.ts';
import {whyService} from '../../../cluster/why/why.ts';
import {plural} from '../../../text/format.ts';
import {type SafeText, safe, toSafeText} from '../../../text/safe-text.ts';
import {lastEnded, nextStep} from '../../answer/next-step.ts';
import type {App} from '../../app/capabilities.ts';
import {createKey} from '../../create/keys.ts';
import {openServiceForm} from '../../create/service-form.ts';
import type {KeyBinding, KeyOf} from '../../keys/binding.ts';
import type {KeyWords} from '../../keys/keys-of.ts';
import type {LogTarget} from '../../logs/log-feed.ts';
import {containersOf} from '../../nodes/node-commands.ts';
import type {Kind} from '../kind.ts';
import {promptLabels} from '../label-prompt.ts';
import {nothing} from '../listing.ts';
import {logsKey, previousLogsKey} from '../logs-key.ts';
import {askForAll, changeKey, viewKey} from '../object-keys.ts';
import type {ListScope, ServiceScope} from '../scope.ts';
import {serviceDetails} from './details.ts';
import {serviceListing} from './listing.ts';
import {hasPausedUpdate, recoveryKeys} from './recovery.ts';

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
	app.prompts.open({
		label: isOne
			? safe`Replicas of ${first?.name ?? nothing}`
			: safe`Replicas of each of ${plural(services.length, 'service')}`,
		hint: safe`now ${toSafeText(present.join(', '))}`,
		initial: String(present[0] ?? 0),
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
	app.prompts.open({
		label: safe`Image of ${service.name}`,
		hint: safe`now ${service.image}`,
		initial: service.image,
		onSubmit(text) {
			const image = text.trim();
			if (image === '' || /\s/.test(image)) return toSafeText('an image, as in nginx:1.27');
			return app.consent.preparations
				.image(service, image)
				.then((intent) => (intent.ok ? () => app.consent.ask(intent.value) : intent.error));
		},
		waiting: safe`asking the registry; ${app.keymap.keyOf('prompt.cancel')} gives up`,
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

/** The selected one is offered as what it starts from. */
function createService(app: App): void {
	const selected = app.selection.selected('services');
	if (!selected.ok) {
		openServiceForm(app);
		return;
	}
	const {name} = selected.value;
	const choice = (key: string, label: SafeText, detail: string, run: () => void) => ({
		key,
		label,
		detail: toSafeText(detail),
		isPresent: false,
		run,
	});
	app.prompts.choose({
		title: toSafeText('New service'),
		choices: [
			choice('n', toSafeText('New'), 'from an image', () => openServiceForm(app)),
			choice('c', safe`Copy of ${name}`, 'its settings under another name', () => openServiceForm(app, selected.value)),
		],
	});
}

function stepKey(by: 1 | -1, words: KeyWords): KeyBinding<App> {
	return changeKey('services', {
		...words,
		possible(service) {
			if (by === -1 && service.replicas === 0) return safe`${service.name} has no replicas left to remove.`;
			return isReplicated(service);
		},
		run: ({id}, app) => app.consent.ask({action: 'service.step', serviceId: id, by}),
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

function emptyNote({isLoading}: ClusterState, {services}: ListScope, keyOf: KeyOf): string {
	const back = keyOf('place.back');
	if (isLoading) return 'reading the services…';
	if (services.kind === 'stack') return `no service of ${services.name} is left; ${back} goes back`;
	if (services.kind === 'users') return `no service uses the ${services.of} ${services.name}; ${back} goes back`;
	return `no services yet: ${keyOf('service.create')} makes one, as docker service create --name web -p 8080:80 nginx does`;
}

/** What the footer then offers first. */
const isFailing = ({health}: ServiceEntity): boolean => health === 'failing';

const logsOf = ({id, name}: ServiceEntity): LogTarget => ({kind: 'service', id, name});

/** The counts come with the list of services, the tasks later. */
function hasReadTasks({id, name, counts}: ServiceEntity, {cluster}: App): true | SafeText {
	const isAwaited = counts?.running !== 0 && !tasksOf(id, cluster).some(({state}) => state === 'running');
	return isAwaited ? safe`The tasks of ${name} are still being read; try again in a moment.` : true;
}

const tasksOf = (id: string, {tasks}: ClusterState): readonly TaskEntity[] => tasksOfServices(tasks).get(id) ?? [];

export const serviceKind: Kind<ServiceEntity> = {
	...serviceListing,
	usage: (service, cluster) => usageOfService(cluster, service),
	get: serviceListing,
	openedBy: {keys: ['2'], title: 'Services'},
	source: ({services}) => services,
	inScope: ({services}) => scopeRule(services),
	tasksOf: ({id}) => ({kind: 'service', id}),
	logsOf,
	details: (service, cluster) => [['service', service.name], ...serviceDetails(service, cluster)],
	why: whyService,
	lastEnded: ({id}, cluster) => lastEnded(tasksOf(id, cluster)),
	next: (service, cluster, keyOf) => nextStep(service, tasksOf(service.id, cluster), keyOf),
	inspect: ({raw}) => raw,
	previously: ({raw}) => raw.PreviousSpec && {before: raw.PreviousSpec, after: raw.Spec},
	emptyNote,
	keys: [
		...createKey('services', 'service', 'New service, or a copy of this one', createService),
		changeKey('services', {
			id: 'service.scale',
			keys: ['s'],
			title: 'Scale: set the number of replicas',
			footer: {label: 'scale', rank: 1},
			possible: isReplicated,
			run: (service, app) => promptScale([service], app),
			runAll: promptScale,
		}),
		stepKey(1, {id: 'service.more', keys: ['+', '='], title: 'One replica more', footer: {label: 'one more', rank: 3}}),
		stepKey(-1, {id: 'service.fewer', keys: ['_'], title: 'One replica fewer'}),
		changeKey('services', {
			id: 'service.restart',
			keys: ['r'],
			title: 'Restart: replace all its tasks (docker service update --force)',
			footer: {label: 'restart', rank: 4},
			run: ({id}, app) => app.consent.ask({action: 'service.restart', serviceId: id}),
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
			footer: {label: 'edit', rank: 7},
			run: ({id, name, version, raw}, app) =>
				app.consent.editSpec({kind: 'service', id, name, version, spec: raw.Spec}),
		}),
		changeKey('services', {
			id: 'service.labels',
			keys: ['L'],
			title: 'Labels: key=value sets one, -key removes one',
			run: changeLabels,
		}),
		changeKey('services', {
			id: 'service.rollback',
			keys: ['b'],
			title: 'Roll back to the previous settings',
			footer: {label: 'roll back', rank: 27},
			isWanted: hasPausedUpdate,
			possible: ({name, hasPreviousSpec}) =>
				hasPreviousSpec ||
				safe`${name} has no previous settings: it was never updated, or the swarm has already rolled it back.`,
			run: ({id}, app) => app.consent.ask({action: 'service.rollback', serviceId: id}),
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
			footer: {label: 'remove', rank: 5},
			run: ({id}, app) => app.consent.ask({action: 'service.remove', serviceId: id}),
			runAll: (rows, app) =>
				askForAll(rows, app, {
					verb: 'Remove',
					of: 'service',
					word: true,
					intent: ({id}) => ({action: 'service.remove', serviceId: id}),
				}),
		}),
		changeKey('services', {
			id: 'service.shell',
			keys: ['S'],
			title: 'Shell in one of its containers',
			possible: hasReadTasks,
			run: ({id, name}, app) => app.nodes.shell(name, containersOf(tasksOf(id, app.cluster))),
		}),
		viewKey('services', {
			id: 'service.why',
			keys: ['w'],
			title: 'Why it is not as desired: node by node, last failures',
			footer: {label: 'why', rank: 6},
			isWanted: isFailing,
			run: (_service, app) => app.texts.showWhy(),
		}),
		previousLogsKey('services', {id: 'service.previous-logs', targetOf: logsOf, isWanted: isFailing}),
		logsKey('services', {id: 'service.logs', title: 'Logs', rank: 2, targetOf: logsOf}),
	],
};
