/** Keys that bring services back to what they were or should be: resume, continue, rebalance. */

import {formerReplicas} from '../../../cluster/actions/service-scale.ts';
import type {ServiceEntity} from '../../../cluster/model.ts';
import {batchOf} from '../../../cluster/pipeline/batch-of.ts';
import {readOnly} from '../../../cluster/pipeline/messages.ts';
import {skewedServices} from '../../../cluster/rebalance.ts';
import {plural} from '../../../text/format.ts';
import {type SafeText, safe, toSafeText} from '../../../text/safe-text.ts';
import type {App} from '../../app/capabilities.ts';
import type {KeyBinding} from '../../keys/binding.ts';
import {keysOf} from '../../keys/keys-of.ts';
import {askForAll, changeKey} from '../object-keys.ts';

/** @param promptScale asks for a number of replicas, where nobody knows the former one */
export function recoveryKeys(
	promptScale: (services: readonly ServiceEntity[], app: App) => void,
): readonly KeyBinding<App>[] {
	return [
		changeKey('services', {
			id: 'service.resume',
			keys: ['R'],
			title: 'Resume: back to the replicas it had before it was scaled to 0',
			footer: {label: 'resume', rank: 8},
			isWanted: (service) => isStopped(service) === true,
			possible: isStopped,
			run: (service, app) => resume([service], app, promptScale),
			runAll: (services, app) => resume(services, app, promptScale),
		}),
		changeKey('services', {
			id: 'service.continue',
			keys: ['C'],
			title: 'Continue an update that is paused',
			footer: {label: 'continue', rank: 8},
			isWanted: hasPausedUpdate,
			possible: isPaused,
			run: ({id}, app) => app.consent.ask({action: 'service.continue', serviceId: id}),
			runAll: (services, app) =>
				askForAll(services, app, {
					verb: 'Continue',
					of: 'service',
					intent: ({id}) => ({action: 'service.continue', serviceId: id}),
				}),
		}),
		...keysOf({scope: 'services', group: 'act'}, [
			{
				id: 'service.rebalance',
				keys: ['B'],
				title: 'Rebalance: restart the services whose tasks are spread unevenly; all of them, or those marked',
				isChange: true,
				enabled: canRebalance,
				run: rebalance,
			},
		]),
	];
}

function isStopped({name, mode, replicas}: ServiceEntity): true | SafeText {
	if (mode === 'replicated' && replicas === 0) return true;
	return safe`${name} is not scaled to 0: there is nothing to resume.`;
}

export function hasPausedUpdate({update}: Pick<ServiceEntity, 'update'>): boolean {
	return update?.state === 'paused' || update?.state === 'rollback_paused';
}

function isPaused({name, update}: ServiceEntity): true | SafeText {
	return hasPausedUpdate({update}) || safe`${name} has no paused update.`;
}

function resume(
	services: readonly ServiceEntity[],
	app: App,
	promptScale: (services: readonly ServiceEntity[], app: App) => void,
): void {
	const known = services.flatMap((service) => {
		const replicas = formerReplicas(service, app.consent.actions);
		return replicas === undefined ? [] : [{action: 'service.scale', serviceId: service.id, replicas} as const];
	});
	if (known.length === 0) promptScale(services, app);
	else app.consent.propose(batchOf(known, {title: safe`Resume ${plural(known.length, 'service')}`, verb: 'Resume'}));
}

function canRebalance(app: App): true | SafeText {
	if (app.isReadOnly) return readOnly;
	const {connection, nodes} = app.cluster;
	if (connection.state === 'lost') return safe`Nothing can be changed now: ${connection.problem}`;
	const isKnown = [...nodes.values()].every(({tasks}) => tasks !== undefined);
	return isKnown ? true : toSafeText('Task placement is not known yet.');
}

function rebalance(app: App): void {
	const marked = app.selection.marked('services');
	const skewed = skewedServices(marked.length > 0 ? marked : app.cluster.services.values(), app.cluster);
	if (skewed.length === 0) {
		app.messages.say('good', toSafeText('Every service is spread evenly over the nodes that can run it.'));
		return;
	}
	app.consent.ask({
		action: 'batch',
		title: safe`Rebalance ${plural(skewed.length, 'service')}`,
		verb: 'Rebalance',
		stages: [skewed.map(({id}) => ({action: 'service.restart', serviceId: id}))],
	});
}
