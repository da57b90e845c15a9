import type {Surroundings} from '../../swarmkit/state/controller.ts';
import type {Events} from '../contract.ts';
import type {Catalogue} from '../programs/catalogue.ts';
import type {AttachedNetwork} from './container-plan.ts';
import {ContainerHost} from './containers.ts';
import type {Fabric} from './fabric.ts';
import {ImageStore, type Registry} from './images.ts';
import {hostPaths} from './mounts.ts';
import {createOwnContainer} from './own-container.ts';

/** What all machines of a simulation share besides clock and seed. */
export type Site = {readonly catalogue: Catalogue; readonly registry: Registry; readonly fabric: Fabric};

type MachineOptions = Surroundings &
	Site & {
		readonly name: string;
		readonly events: Events;
		readonly memoryBytes: number;
		/** Paths that bind mounts find here besides those of any Linux host. */
		readonly paths?: readonly string[];
	};

/** What a host's engine has to run tasks with: its containers and its images. They outlive the engine's process. */
export class Machine {
	readonly options: MachineOptions;
	readonly containers: ContainerHost;
	readonly images: ImageStore;
	readonly hasPath: (path: string) => boolean;
	/** The network of containers that are on no other: the host's own bridge, with the ID that GET /networks has. */
	readonly bridge: readonly AttachedNetwork[];

	constructor(options: MachineOptions) {
		this.options = options;
		this.containers = new ContainerHost(options.events, (request) => createOwnContainer(this, request));
		this.images = new ImageStore(options.clock, options.catalogue, options.registry, options.name);
		this.hasPath = hostPaths(options.paths);
		const id = options.seeded.hex64(`network/${options.name}/bridge`);
		this.bridge = [{id, name: 'bridge', driver: 'bridge', endpoint: undefined}];
	}
}
