/** Every kind of object that there is a list of. A new kind is a folder of its own and one line here. */

import {contextKind} from './contexts/kind.ts';
import {doctorKind} from './doctor/kind.ts';
import {eventKind} from './events/kind.ts';
import {containerKind} from './inside/containers.ts';
import {diskKind} from './inside/disk.ts';
import {imageKind} from './inside/images.ts';
import {nodeVolumeKind} from './inside/volumes.ts';
import type {Kind} from './kind.ts';
import type {EntityOf, KindId} from './kind-id.ts';
import {networkKind} from './networks/kind.ts';
import {nodeKind} from './nodes/kind.ts';
import {overviewKind} from './overview/kind.ts';
import {pluginKind} from './plugins/kind.ts';
import type {Listed} from './scope.ts';
import {serviceKind} from './services/kind.ts';
import {stackKind} from './stacks/kind.ts';
import {configKind, secretKind} from './stored/kind.ts';
import {taskKind} from './tasks/kind.ts';
import {topologyKind} from './topology/kind.ts';
import {volumeKind} from './volumes/kind.ts';

export const kinds: {readonly [Id in KindId]: Kind<EntityOf<Id>>} = {
	nodes: nodeKind,
	services: serviceKind,
	tasks: taskKind,
	overview: overviewKind,
	topology: topologyKind,
	doctor: doctorKind,
	stacks: stackKind,
	networks: networkKind,
	secrets: secretKind,
	configs: configKind,
	volumes: volumeKind,
	plugins: pluginKind,
	events: eventKind,
	contexts: contextKind,
	containers: containerKind,
	images: imageKind,
	'node-volumes': nodeVolumeKind,
	disk: diskKind,
};

export const kindIds = Object.keys(kinds) as KindId[];

/**
 * A kind as code sees it that works for all of them. Its callbacks must only get rows that came from its own `source`,
 * which is why the type of the rows can be given up here, and only here.
 */
export function kindOf(id: KindId): Kind<Listed> {
	return kinds[id] as unknown as Kind<Listed>;
}

export function isKindId(id: string): id is KindId {
	return Object.hasOwn(kinds, id);
}
