import {actionOf} from '../actions/registry.ts';
import {type ActionRequest, intentsOf} from '../intent.ts';
import type {ClusterState} from '../model.ts';

/** Whether tasks that are wanted now are stopped by it for good: fewer replicas, a drained node, a removed service. */
export const stopsTasks = (request: ActionRequest, state: ClusterState): boolean =>
	intentsOf(request).some((intent) => actionOf(intent).stopsTasks?.(intent, state) ?? false);
