import type {Surroundings} from '../../swarmkit/state/controller.ts';
import type {Events} from '../contract.ts';
import type {Catalogue} from '../programs/catalogue.ts';
import type {AttachedNetwork} from './container-plan.ts';
import type {ContainerHost} from './containers.ts';
import type {Fabric} from './fabric.ts';
import type {ImageStore, Registry} from './images.ts';

/** What all machines of a simulation share besides clock and seed. */
export type Site = {readonly catalogue: Catalogue; readonly registry: Registry; readonly fabric: Fabric};

export type MachineOptions = Surroundings &
	Site & {
		readonly name: string;
		readonly events: Events;
		readonly memoryBytes: number;
		/** Paths that bind mounts find here besides those of any Linux host. */
		readonly paths?: readonly string[];
	};

/** What a host's engine has to run tasks with: its containers and its images. They outlive the engine's process. */
export interface MachineParts {
	readonly options: MachineOptions;
	readonly containers: ContainerHost;
	readonly images: ImageStore;
	readonly hasPath: (path: string) => boolean;
	/** The network of containers that are on no other: the host's own bridge, with the ID that GET /networks has. */
	readonly bridge: readonly AttachedNetwork[];
}
