import type {ServiceSpec} from '../../wire/service.ts';
import type {ServiceObject} from './objects.ts';
import {isJob, modeName, withModeDefaults} from './service-mode.ts';
import type {Transaction} from './store.ts';

/**
 * The writes to services that the control API makes, as SwarmKit makes them (manager/controlapi/service.go). They only
 * write: whoever calls them has validated the spec, found the object and compared versions. What follows from a write
 * (tasks, ports, addresses, update states) is the controllers' work, who see the commit.
 */

/** Stores a new service. The mode's defaults are filled in; a job starts with its first run. */
export function createService(tx: Transaction, {id, spec}: {id: string; spec: ServiceSpec}): ServiceObject {
	const complete = {...spec, Mode: withModeDefaults(spec.Mode)};
	const job = modeName(complete).endsWith('-job') ? {job: {iteration: 0, lastExecution: tx.now}} : {};
	return tx.create({kind: 'service', id, spec: complete, specVersion: 0, endpoint: {}, ...job});
}

/**
 * Replaces a service's spec. The old one becomes PreviousSpec, whatever changed, and a former update's status is wiped.
 * A job runs again from the start.
 */
export function updateService(tx: Transaction, service: ServiceObject, spec: ServiceSpec): void {
	const {updateStatus: _wiped, ...kept} = service;
	tx.put({
		...kept,
		...nextRun(tx, service),
		spec: {...spec, Mode: withModeDefaults(spec.Mode)},
		// The version before this write: never that of the stored object, but higher with every update.
		specVersion: service.version,
		previousSpec: service.spec,
		previousSpecVersion: service.specVersion,
	});
}

/**
 * Swaps spec and PreviousSpec, so that a second rollback goes forward again, and says that a rollback has started. The
 * service must have a previous spec: false, and nothing written, when it has none.
 */
export function rollbackService(tx: Transaction, service: ServiceObject): boolean {
	const {previousSpec, previousSpecVersion = 0} = service;
	if (!previousSpec) return false;
	tx.put({
		...service,
		...nextRun(tx, service),
		spec: previousSpec,
		specVersion: previousSpecVersion,
		previousSpec: service.spec,
		previousSpecVersion: service.specVersion,
		updateStatus: {state: 'rollback_started', startedAt: tx.now, message: 'manually requested rollback'},
	});
	return true;
}

/** Takes a service out of the store. Its tasks stay until its orchestrator has seen to their removal. */
export function removeService(tx: Transaction, id: string): void {
	tx.remove('service', id);
}

function nextRun(tx: Transaction, service: ServiceObject): Pick<ServiceObject, 'job'> | undefined {
	if (!isJob(service)) return undefined;
	return {job: {iteration: (service.job?.iteration ?? 0) + 1, lastExecution: tx.now}};
}
