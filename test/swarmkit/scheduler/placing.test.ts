import {describe, expect, it} from 'vitest';
import {NodeSet} from '../../../source/swarmkit/scheduler/placing.ts';
import type {NodeObject, TaskObject} from '../../../source/swarmkit/state/objects.ts';
import type {PortConfig, TaskSpec} from '../../../source/wire/task.ts';

const now = 1_750_000_000_000;
const seedOf = (id: string): number => [...id].reduce((seed, char) => (seed * 31 + char.charCodeAt(0)) >>> 0, 7);

function node(id: string, more: Partial<NodeObject> = {}, labels: Record<string, string> = {}): NodeObject {
	return {
		kind: 'node',
		id,
		version: 1,
		createdAt: 0,
		updatedAt: 0,
		role: 'worker',
		membership: 'accepted',
		spec: {Labels: labels, Role: 'worker', Availability: 'active'},
		description: {
			Hostname: id,
			Platform: {OS: 'linux', Architecture: 'x86_64'},
			Resources: {
				NanoCPUs: 4e9,
				MemoryBytes: 8e9,
				GenericResources: [
					{NamedResourceSpec: {Kind: 'gpu', Value: 'red'}},
					{NamedResourceSpec: {Kind: 'gpu', Value: 'blue'}},
					{DiscreteResourceSpec: {Kind: 'ssd', Value: 3}},
				],
			},
			Engine: {
				Plugins: [
					{Type: 'Log', Name: 'json-file'},
					{Type: 'Volume', Name: 'nfs:latest'},
				],
			},
		},
		status: {State: 'ready', Addr: '10.0.0.1'},
		...more,
	};
}

let made = 0;
function tasks(count: number, spec: TaskSpec = {}, more: Partial<TaskObject> = {}): TaskObject[] {
	return Array.from({length: count}, () => ({
		kind: 'task',
		id: `t${made++}`,
		version: 1,
		createdAt: 0,
		updatedAt: 0,
		serviceId: 'web',
		slot: 1,
		nodeId: '',
		spec,
		specVersion: 0,
		serviceName: 'web',
		serviceLabels: {},
		status: {state: 'pending', timestamp: 0, message: ''},
		desiredState: 'running',
		attachments: [],
		...more,
	}));
}

function nodeSet(...nodes: NodeObject[]): NodeSet {
	const set = new NodeSet(seedOf);
	for (const each of nodes) set.put(each);
	return set;
}

function perNode(placed: readonly {nodeId: string}[]): Record<string, number> {
	const counts: Record<string, number> = {};
	for (const {nodeId} of placed) counts[nodeId] = (counts[nodeId] ?? 0) + 1;
	return Object.fromEntries(Object.entries(counts).sort());
}

describe('placing', () => {
	it('evens out the tasks of the service first, all tasks second', () => {
		const set = nodeSet(node('a'), node('b'), node('c'));
		for (const other of tasks(5, {}, {serviceId: 'other', nodeId: 'a'})) set.get('a')?.addTask(other);
		const [mine] = tasks(1, {}, {nodeId: 'b'});
		if (mine) set.get('b')?.addTask(mine);
		expect(perNode(set.place(tasks(1), now).placed)).toEqual({c: 1});
		expect(perNode(set.place(tasks(1), now).placed)).toEqual({a: 1});
		expect(perNode(set.place(tasks(6), now).placed)).toEqual({a: 2, b: 2, c: 2});
	});

	it('fills an emptier node up before it goes around', () => {
		const set = nodeSet(node('a'), node('b'), node('c'));
		for (const id of ['a', 'b']) for (const known of tasks(4, {}, {nodeId: id})) set.get(id)?.addTask(known);
		expect(perNode(set.place(tasks(7), now).placed)).toEqual({a: 1, b: 1, c: 5});
	});

	it('never comes back to a node that it has left on the way up, as SwarmKit does not', () => {
		const set = nodeSet(node('a'), node('b'), node('c'));
		for (const known of tasks(4, {}, {nodeId: 'a'})) set.get('a')?.addTask(known);
		expect(Object.values(perNode(set.place(tasks(5), now).placed)).sort()).toEqual([1, 4]);
	});

	it('does not count tasks that were told to stop', () => {
		const set = nodeSet(node('a'), node('b'));
		for (const known of tasks(3, {}, {nodeId: 'a', desiredState: 'shutdown'})) set.get('a')?.addTask(known);
		expect(perNode(set.place(tasks(2), now).placed)).toEqual({a: 1, b: 1});
	});

	it('makes the same choice among equals every time', () => {
		const once = nodeSet(node('a'), node('b'), node('c')).place(tasks(1), now).placed[0]?.nodeId;
		const again = nodeSet(node('c'), node('b'), node('a')).place(tasks(1), now).placed[0]?.nodeId;
		expect(again).toBe(once);
	});

	it('turns away from a node after five failures of the same spec, for five minutes', () => {
		const set = nodeSet(node('a'), node('b'));
		for (const busy of tasks(9, {}, {serviceId: 'other', nodeId: 'b'})) set.get('b')?.addTask(busy);
		const fail = (times: number) => {
			for (const failed of tasks(times)) set.get('a')?.recordFailure(failed, now);
		};
		const choice = (at = now, more: Partial<TaskObject> = {}) => {
			const [placed] = set.place(tasks(1, {}, more), at).placed;
			set.get(placed?.nodeId ?? '')?.removeTask(placed?.task.id ?? '');
			return placed?.nodeId;
		};
		fail(4);
		expect(choice()).toBe('a');
		fail(1);
		expect(choice()).toBe('b');
		expect(choice(now, {specVersion: 1})).toBe('a');
		expect(choice(now + 299_000)).toBe('b');
		expect(choice(now + 301_000)).toBe('a');
	});

	const port = (PublishedPort: number, Protocol: 'tcp' | 'udp' = 'tcp'): {Ports: PortConfig[]} => ({
		Ports: [{TargetPort: 80, PublishedPort, Protocol, PublishMode: 'host'}],
	});

	it.each<[string, NodeObject[], TaskSpec, Partial<TaskObject>, string]>([
		['no node', [], {}, {}, ''],
		[
			'a drained node',
			[node('a', {spec: {Labels: {}, Role: 'worker', Availability: 'drain'}})],
			{},
			{},
			'1 node not available for new tasks',
		],
		[
			'nodes that are down or paused',
			[node('a', {status: {State: 'down'}}), node('b', {spec: {Labels: {}, Role: 'worker', Availability: 'pause'}})],
			{},
			{},
			'2 nodes not available for new tasks',
		],
		['CPU', [node('a')], {Resources: {Reservations: {NanoCPUs: 5e9}}}, {}, 'insufficient resources on 1 node'],
		[
			'memory',
			[node('a'), node('b')],
			{Resources: {Reservations: {MemoryBytes: 9e9}}},
			{},
			'insufficient resources on 2 nodes',
		],
		[
			'generic resources',
			[node('a')],
			{Resources: {Reservations: {GenericResources: [{DiscreteResourceSpec: {Kind: 'gpu', Value: 3}}]}}},
			{},
			'insufficient resources on 1 node',
		],
		['a log driver', [node('a')], {LogDriver: {Name: 'splunk'}}, {}, 'missing plugin on 1 node'],
		[
			'a volume driver',
			[node('a')],
			{ContainerSpec: {Mounts: [{Type: 'volume', VolumeOptions: {DriverConfig: {Name: 'ceph'}}}]}},
			{},
			'missing plugin on 1 node',
		],
		[
			'constraints',
			[node('a')],
			{Placement: {Constraints: ['node.role==manager']}},
			{},
			'scheduling constraints not satisfied on 1 node',
		],
		['the platform', [node('a')], {Placement: {Platforms: [{OS: 'windows'}]}}, {}, 'unsupported platform on 1 node'],
		[
			'a cluster volume',
			[node('a')],
			{ContainerSpec: {Mounts: [{Type: 'cluster'}]}},
			{},
			'cannot fulfill requested CSI volume mounts on 1 node',
		],
	])('says what is missing: %s', (_what, nodes, spec, more, explanation) => {
		const placing = nodeSet(...nodes).place(tasks(1, spec, more), now);
		expect(placing.unplaced.length).toBe(1);
		expect(placing.explanation).toBe(explanation);
	});

	it('joins reasons, the most frequent first', () => {
		const set = nodeSet(node('a'), node('b', {status: {State: 'down'}}), node('c'));
		const spec = {Placement: {Constraints: ['node.labels.zone==x']}};
		expect(set.place(tasks(1, spec), now).explanation).toBe(
			'scheduling constraints not satisfied on 2 nodes; 1 node not available for new tasks',
		);
	});

	it.each<[TaskSpec]>([
		[{LogDriver: {Name: 'none'}}],
		[{LogDriver: {Name: 'json-file'}}],
		[{ContainerSpec: {Mounts: [{Type: 'volume', VolumeOptions: {DriverConfig: {Name: 'nfs'}}}]}}],
		[{ContainerSpec: {Mounts: [{Type: 'volume', VolumeOptions: {DriverConfig: {Name: 'local'}}}]}}],
		[{Placement: {Platforms: [{OS: 'linux', Architecture: 'amd64'}]}}],
		[{Placement: {Platforms: [{OS: 'windows'}, {Architecture: 'x86_64'}]}}],
		[{Resources: {Limits: {NanoCPUs: 100e9}}}],
		[{Placement: {Preferences: [{Spread: {SpreadDescriptor: 'node.hostname'}}]}}],
	])('%j finds its node', (spec) => {
		expect(nodeSet(node('a')).place(tasks(1, spec), now).unplaced).toEqual([]);
	});

	it('places as many as the reservations leave room for, and counts tasks that are still stopping', () => {
		const set = nodeSet(node('a'), node('b'));
		const spec = {Resources: {Reservations: {NanoCPUs: 1.6e9}}};
		const first = set.place(tasks(5, spec), now);
		expect(perNode(first.placed)).toEqual({a: 2, b: 2});
		expect(first.explanation).toBe('insufficient resources on 2 nodes');
		const [leaving] = first.placed;
		if (!leaving) throw new Error('nothing was placed');
		const info = set.get(leaving.nodeId);
		info?.addTask({...leaving.task, nodeId: leaving.nodeId, desiredState: 'shutdown'});
		expect(set.place(tasks(1, spec), now).placed).toEqual([]);
		info?.removeTask(leaving.task.id);
		expect(set.place(tasks(1, spec), now).placed[0]?.nodeId).toBe(leaving.nodeId);
	});

	it('gives named resources out by name, and each once', () => {
		const set = nodeSet(node('a'));
		const gpus = (Value: number): TaskSpec => ({
			Resources: {Reservations: {GenericResources: [{DiscreteResourceSpec: {Kind: 'gpu', Value}}]}},
		});
		const placed = set.place(tasks(3, gpus(1)), now);
		expect(placed.placed.flatMap(({genericResources}) => genericResources)).toEqual([
			{NamedResourceSpec: {Kind: 'gpu', Value: 'red'}},
			{NamedResourceSpec: {Kind: 'gpu', Value: 'blue'}},
		]);
		set.get('a')?.removeTask(placed.placed[0]?.task.id ?? '');
		expect(set.place(tasks(1, gpus(2)), now).placed).toEqual([]);
		expect(set.place(tasks(1, gpus(1)), now).placed[0]?.genericResources).toEqual([
			{NamedResourceSpec: {Kind: 'gpu', Value: 'red'}},
		]);
	});

	it('puts one task with the same host port on a node, but any number of other protocols', () => {
		const set = nodeSet(node('a'), node('b'));
		const placing = set.place(tasks(3, {}, {endpointSpec: port(8080)}), now);
		expect(perNode(placing.placed)).toEqual({a: 1, b: 1});
		expect(placing.explanation).toBe('host-mode port already in use on 2 nodes');
		expect(set.place(tasks(1, {}, {endpointSpec: port(8080, 'udp'), serviceId: 'dns'}), now).unplaced).toEqual([]);
		expect(set.place(tasks(1, {}, {endpointSpec: port(8080), serviceId: 'api'}), now).placed).toEqual([]);
	});

	it('keeps to the replicas per node', () => {
		const placing = nodeSet(node('a'), node('b')).place(tasks(5, {Placement: {MaxReplicas: 2}}), now);
		expect(perNode(placing.placed)).toEqual({a: 2, b: 2});
		expect(placing.explanation).toBe('max replicas per node limit exceed');
	});

	describe('with preferences', () => {
		const spread = (...labels: string[]): TaskSpec => ({
			Placement: {Preferences: labels.map((label) => ({Spread: {SpreadDescriptor: label}}))},
		});

		it('evens out the racks, not the nodes', () => {
			const set = nodeSet(node('a', {}, {rack: 'a'}), node('b', {}, {rack: 'b'}), node('c', {}, {rack: 'b'}));
			expect(perNode(set.place(tasks(4, spread('node.labels.rack')), now).placed)).toEqual({a: 2, b: 1, c: 1});
		});

		it('treats all nodes without the label as one branch', () => {
			const set = nodeSet(node('a', {}, {dc: 'east'}), node('b'), node('c'), node('d'));
			expect(perNode(set.place(tasks(6, spread('node.labels.dc')), now).placed)).toEqual({a: 3, b: 1, c: 1, d: 1});
		});

		it('takes one label after the other', () => {
			const set = nodeSet(
				node('a', {}, {dc: '1', rack: '1'}),
				node('b', {}, {dc: '1', rack: '2'}),
				node('c', {}, {dc: '1', rack: '2'}),
				node('d', {}, {dc: '2', rack: '1'}),
			);
			const placing = set.place(tasks(8, spread('node.labels.dc', 'node.labels.rack')), now);
			expect(perNode(placing.placed)).toEqual({a: 2, b: 1, c: 1, d: 4});
		});

		it('counts the tasks that are there', () => {
			const set = nodeSet(node('a', {}, {rack: 'a'}), node('b', {}, {rack: 'b'}));
			for (const known of tasks(3, {}, {nodeId: 'a'})) set.get('a')?.addTask(known);
			expect(perNode(set.place(tasks(3, spread('node.labels.rack')), now).placed)).toEqual({b: 3});
		});

		it('goes to another branch when one is full', () => {
			const set = nodeSet(
				node('a', {}, {rack: 'a'}),
				node('b', {}, {rack: 'b'}),
				node('c', {spec: {Labels: {rack: 'c'}, Role: 'worker', Availability: 'drain'}}),
			);
			const placing = set.place(
				tasks(6, {...spread('node.labels.rack'), Resources: {Reservations: {NanoCPUs: 1e9}}}),
				now,
			);
			expect(placing.unplaced).toEqual([]);
			expect(placing.placed.length).toBe(6);
		});

		it('places everything there is room for, however the branches lie', () => {
			const nodes = Array.from({length: 12}, (_, n) => node(`n${n}`, {}, {dc: `${n % 3}`, rack: `${n % 5}`}));
			const spec = {...spread('node.labels.dc', 'node.labels.rack'), Resources: {Reservations: {NanoCPUs: 1e9}}};
			const placing = nodeSet(...nodes).place(tasks(60, spec), now);
			expect(placing.placed.length).toBe(48);
			expect(Object.values(perNode(placing.placed))).toEqual(Array(12).fill(4));
		});
	});
});
