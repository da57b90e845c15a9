import type {AttachedNetwork} from './container-plan.ts';
import {ContainerHost} from './containers.ts';
import {ImageStore} from './images.ts';
import type {MachineOptions, MachineParts} from './machine-parts.ts';
import {hostPaths} from './mounts.ts';
import {createOwnContainer} from './own-container.ts';

/** Puts a machine together. */
export class Machine implements MachineParts {
	readonly options: MachineOptions;
	readonly containers: ContainerHost;
	readonly images: ImageStore;
	readonly hasPath: (path: string) => boolean;
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
