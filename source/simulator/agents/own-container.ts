import {failed, ok, type Result} from '../../runtime/result.ts';
import type {ContainerRequest, Refusal} from '../contract.ts';
import {SimulatedContainer} from './container.ts';
import {effectiveHealthcheck} from './health.ts';
import {noSuchImage} from './images.ts';
import type {MachineParts} from './machine-parts.ts';
import {mergeEnvironment} from './task-container.ts';

/** Makes a container that belongs to no task: `docker run`. Nothing watches over it. */
export function createOwnContainer(
	machine: MachineParts,
	request: ContainerRequest,
): Result<SimulatedContainer, Refusal> {
	const {clock, seeded, catalogue, memoryBytes, name: host} = machine.options;
	const entry = machine.images.entry(request.image);
	if (!entry) return failed({status: 404, message: noSuchImage(request.image)});
	const taken = machine.containers.find(request.name);
	if (taken?.name === request.name) {
		const message = `Conflict. The container name "/${request.name}" is already in use by container "${taken.id}". You have to remove (or rename) that container to be able to reuse that name.`;
		return failed({status: 409, message});
	}
	const id = seeded.hex64(`container/${host}/${request.name}/${clock.now()}`);
	const hostname = request.hostname ?? id.slice(0, 12);
	const ownCommand = request.entrypoint ? [] : entry.command;
	const networks = request.networks.map(({address, ...network}) => ({
		...network,
		endpoint:
			address === undefined
				? undefined
				: {networkId: network.id, address, names: [request.name], virtualAddress: undefined},
	}));
	const container = new SimulatedContainer(machine.options, {
		id,
		name: request.name,
		task: undefined,
		image: request.image,
		imageId: catalogue.imageId(request.image),
		entry,
		command: [...(request.entrypoint ?? entry.entrypoint), ...(request.command ?? ownCommand)],
		labels: request.labels,
		env: mergeEnvironment(entry.environment, request.env),
		directory: request.directory ?? entry.directory,
		hostname,
		tty: request.tty,
		hasOpenInput: false,
		hasInit: request.hasInit,
		stopSignal: request.stopSignal ?? entry.stopSignal,
		memoryBytes,
		healthcheck: effectiveHealthcheck(undefined, entry.health),
		files: () => [['/etc/hostname', `${hostname}\n`]],
		mounts: request.mounts ?? [],
		networks: networks.length > 0 ? networks : machine.bridge,
		fraction: (purpose) => seeded.fraction(`${id}/${purpose}`),
		hex64: (purpose) => seeded.hex64(`${id}/${purpose}`),
		keepsLog: true,
	});
	if (request.isTransient) removeWhenEnded(machine, container);
	return ok(container);
}

/** Also when it could not be started. Whoever is reading its log gets the rest of it first. */
function removeWhenEnded(machine: MachineParts, container: SimulatedContainer): void {
	const stopWatching = container.onChange(() => {
		if (container.finishedAt === undefined) return;
		stopWatching();
		machine.options.clock.after(transientMs, () => machine.containers.discard(container));
	});
}

/** Between a transient container's end and its removal. */
const transientMs = 200;
