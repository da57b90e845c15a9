import type {ServiceObject, UpdateStatusObject} from '../state/objects.ts';
import type {Store, Transaction} from '../state/store.ts';

/**
 * What an update writes about itself. A service whose status has been wiped by another update in the meantime is left
 * alone: its status stays absent.
 */

export function startUpdate(store: Store, serviceId: string): void {
	store.update((tx) => {
		const service = tx.get('service', serviceId);
		if (!service || service.updateStatus) return;
		tx.put({...service, updateStatus: {state: 'updating', startedAt: tx.now, message: 'update in progress'}});
	});
}

export function pauseUpdate(store: Store, serviceId: string, message: string): void {
	change(store, serviceId, (_tx, service, status) => ({
		...service,
		updateStatus: {...status, state: status.state === 'rollback_started' ? 'rollback_paused' : 'paused', message},
	}));
}

/** Puts the previous spec back, which leaves none to go back to after that. */
export function rollBack(store: Store, serviceId: string, message: string): void {
	change(store, serviceId, (_tx, service, status) => {
		const {previousSpec, previousSpecVersion = 0, ...kept} = service;
		if (!previousSpec) return service;
		return {
			...kept,
			spec: previousSpec,
			specVersion: previousSpecVersion,
			updateStatus: {...status, state: 'rollback_started', message},
		};
	});
}

export function completeUpdate(store: Store, serviceId: string): void {
	change(store, serviceId, (tx, service, status) => ({
		...service,
		updateStatus: {
			...status,
			...(status.state === 'rollback_started'
				? {state: 'rollback_completed', message: 'rollback completed'}
				: {state: 'completed', message: 'update completed'}),
			completedAt: tx.now,
		},
	}));
}

function change(
	store: Store,
	serviceId: string,
	changed: (tx: Transaction, service: ServiceObject, status: UpdateStatusObject) => ServiceObject,
): void {
	store.update((tx) => {
		const service = tx.get('service', serviceId);
		if (!service?.updateStatus) return;
		const next = changed(tx, service, service.updateStatus);
		if (next !== service) tx.put(next);
	});
}
