import type {Action} from './action.ts';
import {nodeAvailability} from './node-availability.ts';
import {nodeCleanUp} from './node-clean-up.ts';
import {joinNode} from './node-join.ts';
import {nodeLabels} from './node-labels.ts';
import {nodeRemove} from './node-remove.ts';
import {nodeRole} from './node-role.ts';
import {objectCreate} from './object-create.ts';
import {objectLabels} from './object-labels.ts';
import {objectRemove} from './object-remove.ts';
import {serviceContinue} from './service-continue.ts';
import {serviceDeploy} from './service-deploy.ts';
import {serviceEdit} from './service-edit.ts';
import {serviceImage} from './service-image.ts';
import {serviceReference} from './service-reference.ts';
import {serviceRemove} from './service-remove.ts';
import {serviceRestart} from './service-restart.ts';
import {serviceRollback} from './service-rollback.ts';
import {serviceScale} from './service-scale.ts';
import {serviceStep} from './service-step.ts';
import {swarmAutolock} from './swarm-autolock.ts';
import {swarmInit} from './swarm-init.ts';
import {swarmJoin} from './swarm-join.ts';
import {swarmLeave} from './swarm-leave.ts';
import {swarmRotateCa} from './swarm-rotate-ca.ts';
import {swarmRotateKey} from './swarm-rotate-key.ts';
import {swarmRotateToken} from './swarm-rotate-token.ts';
import {swarmSettings} from './swarm-settings.ts';
import {swarmUnlock} from './swarm-unlock.ts';
import {volumeCreate} from './volume-create.ts';
import {volumeRemove} from './volume-remove.ts';

/** Every action by its name: a new one is its file and its line here. */
const registry = {
	'node.availability': nodeAvailability,
	'node.clean-up': nodeCleanUp,
	'node.join': joinNode,
	'node.labels': nodeLabels,
	'node.remove': nodeRemove,
	'node.role': nodeRole,
	'object.create': objectCreate,
	'object.labels': objectLabels,
	'object.remove': objectRemove,
	'service.continue': serviceContinue,
	'service.deploy': serviceDeploy,
	'service.edit': serviceEdit,
	'service.image': serviceImage,
	'service.reference': serviceReference,
	'service.remove': serviceRemove,
	'service.restart': serviceRestart,
	'service.rollback': serviceRollback,
	'service.scale': serviceScale,
	'service.step': serviceStep,
	'swarm.autolock': swarmAutolock,
	'swarm.init': swarmInit,
	'swarm.join': swarmJoin,
	'swarm.leave': swarmLeave,
	'swarm.rotate-ca': swarmRotateCa,
	'swarm.rotate-key': swarmRotateKey,
	'swarm.rotate-token': swarmRotateToken,
	'swarm.settings': swarmSettings,
	'swarm.unlock': swarmUnlock,
	'volume.create': volumeCreate,
	'volume.remove': volumeRemove,
};

type Registry = typeof registry;

/**
 * What a person wants done, as data: an action, its object's ID and the change. An intent says nothing about versions or the
 * present state; a plan does.
 */
export type Intent = Parameters<Registry[keyof Registry]['verb']>[0];

const byName: {readonly [Name in Intent['action']]: Action<Intent, Intent>} = registry;

/** What there is to know about the action of an intent. */
export const actionOf = (intent: Intent): Action<Intent, Intent> => byName[intent.action];

/** The names of all actions. */
export const actionNames: readonly string[] = Object.keys(registry);
