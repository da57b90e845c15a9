import {type ActionRequest, type Intent, intentsOf} from '../intent.ts';
import type {ClusterState} from '../model.ts';

/** Whether tasks that are wanted now are stopped by it for good: fewer replicas, a drained node, a removed service. */
export function stopsTasks(wish: ActionRequest, state: ClusterState): boolean {
	return intentsOf(wish).some((intent) => stops(intent, state));
}

function stops(intent: Intent, {services}: ClusterState): boolean {
	switch (intent.action) {
		case 'service.scale':
			return intent.replicas < (services.get(intent.serviceId)?.replicas ?? 0);
		case 'service.step':
			return intent.by < 0;
		case 'service.remove':
			return true;
		case 'node.availability':
			return intent.availability === 'drain';
		default:
			return false;
	}
}
