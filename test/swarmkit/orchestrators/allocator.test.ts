import {describe, expect, it} from 'vitest';
import {AddressPool, SubnetPool} from '../../../source/swarmkit/orchestrators/addresses.ts';
import type {ServiceSpec} from '../../../source/wire/service.ts';
import type {PortConfig} from '../../../source/wire/task.ts';
import {replicated, TestSwarm, taskSpec} from './test-swarm.ts';

const port = (TargetPort: number, PublishedPort = 0, more: Partial<PortConfig> = {}): PortConfig => ({
	Protocol: 'tcp',
	TargetPort,
	...(PublishedPort ? {PublishedPort} : {}),
	PublishMode: 'ingress',
	...more,
});

describe('networks', () => {
	it('get subnets one after the other, and VXLAN ids from the ingress network on', () => {
		const swarm = new TestSwarm();
		swarm.addNetwork('a');
		swarm.addNetwork('b');
		swarm.pass(1);
		const of = (id: string) => {
			const {driver, vxlanId, ipam} = swarm.store.get('network', id)?.allocated ?? {};
			return [driver, vxlanId, ipam?.[0]?.Subnet, ipam?.[0]?.Gateway];
		};
		expect(of('ingress')).toEqual(['overlay', 4096, '10.0.0.0/24', '10.0.0.1']);
		expect(of('a')).toEqual(['overlay', 4097, '10.0.1.0/24', '10.0.1.1']);
		expect(of('b')).toEqual(['overlay', 4098, '10.0.2.0/24', '10.0.2.1']);
	});

	it('keep the subnet that they ask for, and others go around it', () => {
		const pool = new SubnetPool(['10.0.0.0/8'], 24);
		pool.claim({base: 0x0a000000, prefix: 16});
		expect(pool.take()).toEqual({base: 0x0a010000, prefix: 24});
	});

	it('give every address once, and free ones again after a round', () => {
		const pool = new AddressPool({base: 0x0a000100, prefix: 29}, {gateway: 0x0a000101});
		const all = Array.from({length: 5}, () => pool.take());
		expect(all).toEqual(['10.0.1.2/29', '10.0.1.3/29', '10.0.1.4/29', '10.0.1.5/29', '10.0.1.6/29']);
		expect(pool.take()).toBeUndefined();
		pool.release('10.0.1.4/29');
		pool.release('10.0.1.3/29');
		expect(pool.take()).toBe('10.0.1.3/29');
	});
});

describe('networks that overlap another', () => {
	it('are never allocated, and nothing starts on them, until the other is gone', () => {
		const swarm = new TestSwarm();
		swarm.addNetwork('a');
		swarm.pass(1);
		const a = swarm.store.get('network', 'a');
		if (!a) throw new Error('no network a');
		const {allocated, ...fresh} = a;
		swarm.store.update((tx) =>
			tx.create({...fresh, id: 'b', name: 'b', requestedIpam: [{Subnet: allocated?.ipam[0]?.Subnet ?? ''}]}),
		);
		const web = swarm.create('web', replicated(1), {TaskTemplate: taskSpec('runs', {Networks: [{Target: 'b'}]})});
		swarm.pass(5);
		expect(swarm.store.get('network', 'b')?.allocated).toBeUndefined();
		expect(swarm.tasks(web)[0]?.status.state).toBe('new');
		swarm.store.update((tx) => tx.remove('network', 'a'));
		swarm.untilRunning(web, 1);
		expect(swarm.service(web).endpoint.virtualIps).toEqual([{networkId: 'b', address: '10.0.1.2/24'}]);
	});
});

describe('services', () => {
	it('are not written when they need nothing', () => {
		const swarm = new TestSwarm();
		const plain = swarm.create('plain', replicated(1), {EndpointSpec: {Mode: 'vip'}});
		const {version} = swarm.service(plain);
		swarm.untilRunning(plain, 1);
		expect(swarm.service(plain).version).toBe(version);
		expect(swarm.service(plain).endpoint).toEqual({});
	});

	it('get a virtual address on each of their networks, the routing mesh first, and tasks an address on each', () => {
		const swarm = new TestSwarm();
		swarm.addNetwork('a');
		const web = swarm.create('web', replicated(1), {
			EndpointSpec: {Mode: 'vip', Ports: [port(80, 8080)]},
			TaskTemplate: taskSpec('runs', {Networks: [{Target: 'a'}]}),
		});
		const [task] = swarm.untilRunning(web, 1);
		expect(swarm.service(web).endpoint).toEqual({
			spec: {Mode: 'vip', Ports: [port(80, 8080)]},
			ports: [port(80, 8080)],
			// Three nodes have the addresses before.
			virtualIps: [
				{networkId: 'ingress', address: '10.0.0.5/24'},
				{networkId: 'a', address: '10.0.1.2/24'},
			],
		});
		expect(task?.attachments).toEqual([
			{networkId: 'ingress', addresses: ['10.0.0.6/24']},
			{networkId: 'a', addresses: ['10.0.1.3/24']},
		]);
	});

	it('get no virtual address in dnsrr mode', () => {
		const swarm = new TestSwarm();
		swarm.addNetwork('a');
		const db = swarm.create('db', replicated(1), {
			EndpointSpec: {Mode: 'dnsrr'},
			TaskTemplate: taskSpec('runs', {Networks: [{Target: 'a'}]}),
		});
		const [task] = swarm.untilRunning(db, 1);
		expect(swarm.service(db).endpoint).toEqual({});
		expect(task?.attachments.length).toBe(1);
	});

	it('keep the spec of an endpoint that is no longer needed', () => {
		const swarm = new TestSwarm();
		swarm.addNetwork('a');
		const web = swarm.create('web', replicated(1), {
			EndpointSpec: {Mode: 'vip'},
			TaskTemplate: taskSpec('runs', {Networks: [{Target: 'a'}]}),
		});
		swarm.pass(1);
		swarm.update(web, () => ({EndpointSpec: {Mode: 'dnsrr'}}));
		swarm.pass(1);
		expect(swarm.service(web).endpoint).toEqual({spec: {Mode: 'dnsrr'}});
	});

	it('get ports from 30000 on for those they leave open, and keep them as long as there are as many', () => {
		const swarm = new TestSwarm();
		const web = swarm.create('web', replicated(0), {
			EndpointSpec: {Mode: 'vip', Ports: [port(80), port(53, 0, {Protocol: 'udp'}), port(81)]},
		});
		const api = swarm.create('api', replicated(0), {
			EndpointSpec: {Mode: 'vip', Ports: [port(80), port(9000, 9000, {PublishMode: 'host'})]},
		});
		swarm.pass(1);
		const ports = (id: string) => swarm.service(id).endpoint.ports?.map((each) => each.PublishedPort);
		expect(ports(web)).toEqual([30000, 30000, 30001]);
		expect(ports(api)).toEqual([30002, 9000]);
		swarm.update(web, () => ({EndpointSpec: {Mode: 'vip', Ports: [port(81), port(82, 8082), port(83)]}}));
		swarm.pass(1);
		expect(ports(web)).toEqual([8082, 30001, 30003]);
		swarm.update(web, () => ({EndpointSpec: {Mode: 'vip', Ports: [port(81)]}}));
		swarm.pass(1);
		expect(ports(web)).toEqual([30004]);
	});

	it('lose their ports with the endpoint, and free them', () => {
		const swarm = new TestSwarm();
		const web = swarm.create('web', replicated(0), {EndpointSpec: {Mode: 'vip', Ports: [port(80, 8080)]}});
		swarm.pass(1);
		swarm.store.update((tx) => {
			const {EndpointSpec: _dropped, ...spec} = swarm.service(web).spec;
			tx.put({...swarm.service(web), spec});
		});
		swarm.pass(1);
		expect(swarm.service(web).endpoint).toEqual({});
		const other = swarm.create('other', replicated(0), {EndpointSpec: {Mode: 'vip', Ports: [port(80, 8080)]}});
		swarm.pass(1);
		expect(swarm.service(other).endpoint.ports?.[0]?.PublishedPort).toBe(8080);
	});

	it('wait for a port until the other service is gone, and their tasks with them', () => {
		const swarm = new TestSwarm();
		const spec: Partial<ServiceSpec> = {EndpointSpec: {Mode: 'vip', Ports: [port(80, 8080)]}};
		const first = swarm.create('first', replicated(1), spec);
		swarm.untilRunning(first, 1);
		const next = swarm.create('next', replicated(1), spec);
		swarm.pass(5);
		expect(swarm.tasks(next)[0]?.status.state).toBe('new');
		swarm.remove(first);
		swarm.untilRunning(next, 1);
	});
});

describe('tasks', () => {
	it('stay new while their network has no address left, and go on when one is freed', () => {
		const swarm = new TestSwarm({nodes: 1});
		swarm.addNetwork('small');
		swarm.pass(1);
		const web = swarm.create('web', replicated(260), {
			TaskTemplate: taskSpec('runs', {Networks: [{Target: 'small'}]}),
		});
		swarm.untilRunning(web, 252);
		swarm.pass(5);
		expect(swarm.tasks(web).filter((task) => task.status.state === 'new').length).toBe(8);
		const addresses = swarm.running(web).map((task) => task.attachments[0]?.addresses[0]);
		expect(new Set(addresses).size).toBe(252);
		swarm.scale(web, 252);
		swarm.until('nothing waits', () => swarm.running(web).length === 252 && swarm.tasks(web).length === 252);
	});

	it('on the network of the host have no address of their own', () => {
		const swarm = new TestSwarm();
		swarm.store.update((tx) => {
			const ingress = swarm.store.get('network', 'ingress');
			if (ingress)
				tx.create({
					...ingress,
					id: 'host',
					name: 'host',
					driver: 'host',
					ingress: false,
					predefined: true,
					scope: 'local',
				});
		});
		const agent = swarm.create('agent', replicated(1), {
			TaskTemplate: taskSpec('runs', {Networks: [{Target: 'host'}]}),
		});
		const [task] = swarm.untilRunning(agent, 1);
		expect(task?.attachments).toEqual([{networkId: 'host', addresses: []}]);
		expect(swarm.service(agent).endpoint).toEqual({virtualIps: [{networkId: 'host', address: ''}]});
	});

	it('have addresses of their own after a change of leader, too', () => {
		const swarm = new TestSwarm();
		swarm.addNetwork('a');
		const spec = {TaskTemplate: taskSpec('runs', {Networks: [{Target: 'a'}]})};
		const one = swarm.create('one', replicated(5), spec);
		swarm.untilRunning(one, 5);
		swarm.changeLeader();
		swarm.addNetwork('b');
		const two = swarm.create('two', replicated(5), spec);
		swarm.untilRunning(two, 5);
		const vips = [one, two].map((id) => swarm.service(id).endpoint.virtualIps?.[0]?.address);
		const addresses = [one, two].flatMap((id) => swarm.running(id).map((task) => task.attachments[0]?.addresses[0]));
		expect(new Set([...vips, ...addresses]).size).toBe(12);
		expect(swarm.store.get('network', 'b')?.allocated?.vxlanId).toBe(4098);
	});
});
