/** The demo swarm at a fixed moment, always the same: its world on a clock that only this file moves, read as an engine reads it. */
import type {ClusterState, Inventory} from '../../../source/cluster/model.ts';
import {renderNetwork} from '../../../source/simulator/api/render/network.ts';
import {renderNode} from '../../../source/simulator/api/render/node.ts';
import {renderService} from '../../../source/simulator/api/render/service.ts';
import {renderConfig, renderSecret} from '../../../source/simulator/api/render/store-objects.ts';
import {renderTask} from '../../../source/simulator/api/render/task.ts';
import {loadFixture} from '../../../source/simulator/fixtures/fixture.ts';
import {fixturePath} from '../../../source/simulator/fixtures/locate.ts';
import {LiveClock} from '../../../source/simulator/world/live-clock.ts';
import {createFixtureWorld} from '../../../source/simulator/world/simulation.ts';
import {startTimeline} from '../../../source/simulator/world/timeline.ts';
import {Seeded} from '../../../source/swarmkit/random.ts';
import {serviceStatus} from '../../../source/swarmkit/state/service-status.ts';
import {clusterFrom} from '../../support/cluster-state.ts';
import {noon} from '../../ui/support/entities.ts';

const seed = 7;
/** How long the services have been there when the demo's timeline begins, as in the program. */
const warmUpMs = 90_000;

/** @param afterMs of the demo's timeline; the moment itself is noon */
export async function demoState(afterMs: number): Promise<ClusterState> {
	const fixture = await loadFixture(fixturePath('demo'));
	if (!fixture.ok) throw new Error('the demo fixture can not be read');
	const clock = new LiveClock({startAt: noon - afterMs - warmUpMs, speed: 1});
	const hosts = fixture.value.hosts.map((host) => ({engineVersion: '28.5.2', ...host}));
	const world = createFixtureWorld({...fixture.value, hosts}, clock, new Seeded(seed));
	await clock.fastForward(warmUpMs);
	const timeline = startTimeline(world, fixture.value.timeline, clock);
	await clock.fastForward(afterMs);
	timeline.stop();
	const manager = world.host('m1')?.membership.control('read');
	const answer = await manager;
	if (!answer?.ok) throw new Error('m1 does not answer');
	const {store, members} = answer.value;
	const member = new Map(members().map((each) => [each.nodeId, each]));
	const inventory: Partial<Inventory> = {
		networks: store.all('network').map(renderNetwork),
		secrets: store.all('secret').map(renderSecret),
		configs: store.all('config').map(renderConfig),
	};
	const state = clusterFrom({
		now: noon,
		nodes: store.all('node').map((node) => renderNode(node, member.get(node.id))),
		services: store.all('service').map((service) => renderService(service, serviceStatus(store, service))),
		tasks: store.all('task').map((task) => renderTask(task, store)),
	});
	return {...state, inventory: {...state.inventory, ...inventory}};
}
