import type {Clock} from '../../runtime/clock.ts';
import type {Result} from '../../runtime/result.ts';
import {startManager} from '../../swarmkit/orchestrators/manager.ts';
import {Seeded} from '../../swarmkit/random.ts';
import {publishSwarmEvents} from '../api/events.ts';
import {engineReleaseOf, usualPose} from '../api/version.ts';
import {parseFault} from '../fixtures/fault.ts';
import type {Fixture} from '../fixtures/fixture.ts';
import {furnish} from '../fixtures/furnish.ts';
import {applyFault} from './faults.ts';
import {createHostRuntime, createSite} from './host-runtime.ts';
import {LiveClock} from './live-clock.ts';
import {type ServedHost, serveWorld, type Where} from './serving.ts';
import {startTimeline} from './timeline.ts';
import {World} from './world.ts';

/** A simulation that people use: a fixture's world, alive and served. */

type SimulationOptions = {
	readonly fixture: Fixture;
	/** How many times as fast as real time its clock runs, 0: it stands still until it is moved; what the fixture says, or 1, when left out. */
	readonly speed?: number | undefined;
	/** What the fixture says, or 1, when left out. */
	readonly seed?: number | undefined;
	/** The API version that its engines pose as having. */
	readonly apiVersion?: string | undefined;
	readonly where: Where;
};

export type Simulation = {
	readonly hosts: readonly ServedHost[];
	/** Does what the words say, as `swarmtop simulate fault` takes them; resolves when it shows. */
	fault(words: readonly string[]): Promise<Result<void, string>>;
	/** Moves the clock forward by so many milliseconds; resolves when all that falls due on the way has happened. */
	advance(ms: number): Promise<void>;
	close(): Promise<void>;
};

/**
 * How long a fixture's services have been there when people first see them: their first start is over, what crashes has
 * done so, and what waits has said why.
 */
const warmUpMs = 90_000;

export async function startSimulation({
	fixture,
	speed,
	seed,
	apiVersion,
	where,
}: SimulationOptions): Promise<Simulation> {
	const hasServices = fixture.stacks.some(({services}) => services.length > 0);
	const past = hasServices ? warmUpMs : 0;
	const pace = speed ?? fixture.speed ?? 1;
	const clock = new LiveClock({startAt: Date.now() - past, speed: pace});
	const engineVersion = engineReleaseOf(apiVersion ?? usualPose);
	const hosts = fixture.hosts.map((host) => (engineVersion === undefined ? host : {engineVersion, ...host}));
	const world = createFixtureWorld({...fixture, hosts}, clock, new Seeded(seed ?? fixture.seed ?? 1));
	await clock.fastForward(past);
	if (pace > 0) clock.goLive();
	const serving = await serveWorld(world, where, apiVersion === undefined ? {} : {apiVersion});
	const timeline = startTimeline(world, fixture.timeline, clock);
	return {
		hosts: serving.hosts,
		async fault(words) {
			const fault = parseFault(words);
			if (!fault.ok) return fault;
			const applied = applyFault(world, fault.value);
			await serving.settled();
			return applied;
		},
		async advance(ms) {
			await clock.skip(ms);
			await serving.settled();
		},
		async close() {
			timeline.stop();
			await serving.close();
			clock.stop();
		},
	};
}

/** The world that a fixture describes, on any clock. */
export function createFixtureWorld(fixture: Fixture, clock: Clock, seeded: Seeded): World {
	const site = createSite(fixture.images, seeded);
	site.registry.condition = fixture.isRegistryDown ? 'down' : 'up';
	return World.create(
		{hosts: fixture.hosts},
		{
			clock,
			seeded,
			startManager,
			publishSwarmEvents,
			registry: {
				setDown: (isDown) => {
					site.registry.condition = isDown ? 'down' : 'up';
				},
			},
			createHostRuntime: (host) => createHostRuntime(site, host),
			furnish: (swarm) => furnish(swarm.store, fixture, seeded),
		},
	);
}
