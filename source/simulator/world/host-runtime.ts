import type {Seeded} from '../../swarmkit/random.ts';
import type {Store} from '../../swarmkit/state/store.ts';
import {createAgent} from '../agents/agent.ts';
import type {Dependencies} from '../agents/dependencies.ts';
import {Fabric} from '../agents/fabric.ts';
import {Registry} from '../agents/images.ts';
import {Machine} from '../agents/machine.ts';
import type {Site} from '../agents/machine-parts.ts';
import type {FixtureImage} from '../fixtures/schema.ts';
import {builtinImages} from '../programs/builtin-images.ts';
import {Catalogue, type ImageEntry, type ScriptProgram, type ServerProgram} from '../programs/catalogue.ts';
import {plainImage} from '../programs/image-entry.ts';
import type {UsageBehaviour} from '../programs/usage.ts';
import type {HostRuntime, WorldHost} from './host.ts';

/** What runs on the hosts of a world, and what they share for it: images, a registry, the containers' network. */

/** The built-in images and those of a fixture, which go first. */
export function createSite(images: readonly FixtureImage[], seeded: Seeded): Site {
	const catalogue = new Catalogue([...builtinImages, ...images.map(imageEntry)], seeded);
	return {catalogue, registry: new Registry(catalogue), fabric: new Fabric()};
}

export function createHostRuntime(site: Site, host: WorldHost): HostRuntime {
	const {clock, seeded, name, events, memoryBytes} = host;
	const machine = new Machine({...site, clock, seeded, name, events, memoryBytes});
	return {
		containers: machine.containers,
		images: machine.images,
		createAgent: (nodeId, store, report) => createAgent({machine, dependencies: dependenciesOf(nodeId, store), report}),
	};
}

const dependenciesOf = (nodeId: string, store: Store): Dependencies => ({
	node: () => store.get('node', nodeId),
	secret: (id) => store.get('secret', id),
	config: (id) => store.get('config', id),
	network: (id) => store.get('network', id),
	service: (id) => store.get('service', id),
});

function imageEntry(image: FixtureImage): ImageEntry {
	const {health, serves} = image;
	return {
		...plainImage,
		name: image.name,
		tags: image.tags,
		sizeBytes: image.size,
		...(image.pull === undefined ? {} : {pullMs: image.pull}),
		startMs: image.start,
		entrypoint: image.entrypoint,
		command: image.command,
		environment: [...plainImage.environment, ...image.environment],
		directory: image.directory || plainImage.directory,
		hasShell: image.shell,
		programs: Object.fromEntries(Object.entries(image.programs).map(([name, program]) => [name, programOf(program)])),
		files: image.files,
		stopSignal: image.stopSignal,
		...(health ? {healthBehaviour: {healthyAfterMs: health.healthyAfter, failureProbability: health.failures}} : {}),
		...(serves ? {serves: {port: serves.port, bodies: [serves.body].flat()}} : {}),
		isOn: image.on,
		isInRegistry: image.registry,
	};
}

function programOf(program: FixtureImage['programs'][string]): ScriptProgram | ServerProgram {
	const usage = program.usage && {usage: usageOf(program.usage)};
	if ('script' in program) return {kind: 'script', script: program.script, ...usage};
	const {log, crash, stop} = program;
	return {
		kind: 'server',
		...(log ? {log: {style: log.style, linesPerSecond: log.rate}} : {}),
		...(crash ? {crash: {afterMs: crash.after, exitCode: crash.exit, probability: crash.probability}} : {}),
		...(stop === undefined ? {} : {stopMs: stop}),
		...usage,
	};
}

const usageOf = ({cpu, memory}: NonNullable<FixtureImage['programs'][string]['usage']>): UsageBehaviour => ({
	...(cpu !== undefined && {cpu}),
	...(memory !== undefined && {memory}),
});
