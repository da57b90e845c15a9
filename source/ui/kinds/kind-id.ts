/** The kinds of objects that the screen knows, by their names, and what an object of each is. */
import type {EventEntity} from '../../cluster/entities/event.ts';
import type {NetworkEntity} from '../../cluster/entities/network.ts';
import type {StackEntity} from '../../cluster/entities/stack.ts';
import type {ConfigEntity, SecretEntity} from '../../cluster/entities/stored.ts';
import type {VolumeEntity} from '../../cluster/entities/volume.ts';
import type {Issue} from '../../cluster/issues.ts';
import type {ContextEntity, NodeEntity, ServiceEntity, TaskEntity} from '../../cluster/model.ts';
import type {MapRow} from '../../cluster/topology.ts';

/** A new kind is a line here, a line in the registry, and its folder. */
type Entities = {
	readonly nodes: NodeEntity;
	readonly services: ServiceEntity;
	readonly tasks: TaskEntity;
	readonly overview: Issue;
	readonly topology: MapRow;
	readonly stacks: StackEntity;
	readonly networks: NetworkEntity;
	readonly secrets: SecretEntity;
	readonly configs: ConfigEntity;
	readonly volumes: VolumeEntity;
	readonly events: EventEntity;
	readonly contexts: ContextEntity;
};

export type KindId = keyof Entities;

/** For several kinds, the entity of any of them. */
export type EntityOf<Id extends KindId> = Entities[Id];
