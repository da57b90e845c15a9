import {ManualClock} from '../../../source/runtime/manual-clock.ts';
import type {Result} from '../../../source/runtime/result.ts';
import type {AdoptingAgent} from '../../../source/simulator/agents/agent.ts';
import type {Containers, Control, Images, Refusal} from '../../../source/simulator/contract.ts';
import type {HostPlan} from '../../../source/simulator/fixtures/world-plan.ts';
import type {WorldHost} from '../../../source/simulator/world/host.ts';
import {World} from '../../../source/simulator/world/world.ts';
import {Seeded} from '../../../source/swarmkit/random.ts';
import type {NodeObject} from '../../../source/swarmkit/state/objects.ts';

/** A world on a manual clock whose hosts run nothing, for what concerns the swarm itself. */

const noContainers: Containers = {
	list: () => [],
	find: () => undefined,
	ofTask: () => undefined,
	create: () => {
		throw new Error('no containers here');
	},
	remove: () => Promise.reject(new Error('no containers here')),
};
const noImages: Images = {
	list: () => [],
	find: () => undefined,
	remove: () => false,
	tag: () => false,
	pullByHand: () => Promise.reject(new Error('no registry here')),
	resolve: () => Promise.reject(new Error('no registry here')),
};

export type SmallWorld = ReturnType<typeof smallWorld>;

/** `m…` are managers, `w…` workers, anything else is in no swarm; the first manager leads. */
export function smallWorld(names = 'm1 m2 m3 w1 w2', seed = 7) {
	const clock = new ManualClock(Date.parse('2026-11-21T00:00:00Z'));
	const assigned = new Map<string, string[]>();
	const leaders: string[] = [];
	const hosts = names.split(' ').map((name): HostPlan => {
		const role = name.startsWith('m') ? 'manager' : 'worker';
		return /^[mw]\d/.test(name) ? {name, role} : {name};
	});
	const agentOf = (host: WorldHost): AdoptingAgent => ({
		assign: (tasks) => void assigned.set(host.name, tasks.map((task) => task.id).sort()),
		adopt: () => undefined,
		leave: () => void assigned.delete(host.name),
		shutdown: () => void assigned.delete(host.name),
	});
	const world = World.create(
		{hosts},
		{
			clock,
			seeded: new Seeded(seed),
			startManager: () => {
				leaders.push('started');
				return {stop: () => void leaders.push('stopped')};
			},
			createHostRuntime: (host) => ({containers: noContainers, images: noImages, createAgent: () => agentOf(host)}),
			publishSwarmEvents: (store, events) =>
				store.watch(({changes}) => {
					for (const {kind, action, object} of changes) {
						const Actor = {ID: object.id, Attributes: {}};
						events.publish({Type: kind, Action: action, Actor, time: 0, timeNano: 0});
					}
				}),
		},
	);
	const host = (name: string): WorldHost => {
		const found = world.host(name);
		if (!found) throw new Error(`no host ${name}`);
		return found;
	};
	const idOf = (name: string) => host(name).membership.info().NodeID;

	/** Lets the clock run until the promise settles (at most `limitMs`), and gives back its value. */
	async function settle<T>(promise: Promise<T>, limitMs = 60_000): Promise<T> {
		let settled = false;
		const watched = promise.finally(() => {
			settled = true;
		});
		for (let passed = 0; !settled && passed <= limitMs; passed += 10) {
			await new Promise((resolve) => setImmediate(resolve));
			if (!settled) clock.advance(10);
		}
		if (!settled) throw new Error(`not settled within ${limitMs} ms`);
		return watched;
	}

	/** How far the clock had to go until the condition held. */
	function until(what: string, holds: () => boolean, limitMs = 60_000): number {
		const began = clock.now();
		while (!holds()) {
			if (clock.now() - began > limitMs) throw new Error(`${what}: not within ${limitMs} ms`);
			clock.advance(50);
		}
		return clock.now() - began;
	}

	const ask = async (name: string, purpose: 'read' | 'write' = 'read'): Promise<Result<Control, Refusal>> =>
		settle(host(name).membership.control(purpose));

	async function control(name: string): Promise<Control> {
		const answer = await ask(name);
		if (!answer.ok) throw new Error(`${name}: ${answer.error.message}`);
		return answer.value;
	}

	const store = () => {
		const swarmMember = host(names.split(' ')[0] ?? '').membership.swarmMember;
		if (!swarmMember) throw new Error('the first host is in no swarm');
		return swarmMember.swarm.store;
	};
	const node = (name: string): NodeObject => {
		const found = store()
			.all('node')
			.find((candidate) => candidate.description.Hostname === name);
		if (!found) throw new Error(`no node ${name}`);
		return found;
	};
	const leader = () => host(names.split(' ')[0] ?? '').membership.swarmMember?.swarm.consensus.leader;
	const reachability = (name: string, of: string) =>
		host(name)
			.membership.swarmMember?.swarm.consensus.list()
			.find((member) => member.nodeId === idOf(of))?.reachability;
	const setRole = (name: string, role: 'worker' | 'manager') =>
		store().update((tx) => tx.put({...node(name), spec: {...node(name).spec, Role: role}}));

	return {
		clock,
		world,
		host,
		idOf,
		settle,
		until,
		ask,
		control,
		store,
		node,
		leader,
		reachability,
		setRole,
		assigned,
		leaders,
	};
}
