import {describe, expect, it} from 'vitest';
import type {Intent, Plan} from '../../../source/cluster/intent.ts';
import {planFor} from '../../../source/cluster/pipeline/plan.ts';
import {planForBatch} from '../../../source/cluster/pipeline/plan-batch.ts';
import {removalRequest} from '../../../source/cluster/stack/stack-removal.ts';
import {toSafeText} from '../../../source/text/safe-text.ts';
import type {Network} from '../../../source/wire/network.ts';
import type {Service} from '../../../source/wire/service.ts';
import type {Config, Secret} from '../../../source/wire/store.ts';
import {clusterFrom} from '../../support/cluster-state.ts';
import {fakeNode, fakeService, fakeTask} from '../sync/fake-client.ts';

/** Removing networks, secrets, configs and volumes: who uses them, and what brings them back. */

const now = 1_760_000_000_000;
const stamp = '2026-01-01T00:00:00Z';
const meta = {Version: {Index: 1}, CreatedAt: stamp, UpdatedAt: stamp};
const labels = {'com.docker.stack.namespace': 'shop'};
const secret: Secret = {...meta, ID: 'sec1', Spec: {Name: 'pw', Labels: labels}};
const config: Config = {...meta, ID: 'con1', Spec: {Name: 'web.conf', Labels: {}, Data: 'aGVsbG8='}};
const network: Network = {
	Name: 'front',
	Id: 'net1',
	Created: stamp,
	Scope: 'swarm',
	Driver: 'overlay',
	EnableIPv6: false,
	IPAM: {Driver: 'default', Options: null, Config: [{Subnet: '10.0.7.0/24', Gateway: '10.0.7.1'}]},
	Internal: false,
	Attachable: true,
	Ingress: false,
	ConfigFrom: {Network: ''},
	ConfigOnly: false,
	Options: {'com.docker.network.driver.overlay.vxlanid_list': '4101', encrypted: ''},
	Labels: {tier: 'front'},
};

type Container = NonNullable<Service['Spec']['TaskTemplate']['ContainerSpec']>;
type Template = Service['Spec']['TaskTemplate'];

/** A service of that name, with what it uses. */
function user(index: number, name: string, container: Container, template: Partial<Template> = {}): Service {
	const service = fakeService(index, 1);
	const {TaskTemplate} = service.Spec;
	const ContainerSpec = {...TaskTemplate.ContainerSpec, ...container};
	return {...service, Spec: {...service.Spec, Name: name, TaskTemplate: {...TaskTemplate, ...template, ContainerSpec}}};
}

function planned(intent: Intent, services: Service[] = []): Plan {
	const nodes = [fakeNode(0, true)];
	const tasks = [fakeTask(0, 1, 0)];
	const inventory = {networks: [network], secrets: [secret], configs: [config]};
	return planFor(intent, clusterFrom({nodes, services, tasks, ...inventory, now}), {isReadOnly: false});
}

const remove = (kind: 'network' | 'secret' | 'config', objectId: string, name: string): Intent => ({
	action: 'object.remove',
	objectId,
	kind,
	name,
});
const volume: Intent = {action: 'volume.remove', objectId: 'data', kind: 'volume', name: 'data'};
const mounting: Container = {Mounts: [{Type: 'volume', Source: 'data', Target: '/data'}]};

describe('what a service uses', () => {
	it.each<[string, Intent, Service]>([
		['secret pw', remove('secret', 'sec1', 'pw'), user(0, 'api', {Secrets: [{SecretID: 'sec1', SecretName: 'pw'}]})],
		[
			'config web.conf',
			remove('config', 'con1', 'web.conf'),
			user(0, 'api', {Configs: [{ConfigID: 'con1', ConfigName: 'web.conf'}]}),
		],
		['network front', remove('network', 'net1', 'front'), user(0, 'api', {}, {Networks: [{Target: 'net1'}]})],
		['network front', remove('network', 'net1', 'front'), user(0, 'api', {}, {Networks: [{Target: 'front'}]})],
		['volume data', volume, user(0, 'api', mounting)],
	])('is not removed: %s', (name, intent, service) => {
		expect(planned(intent, [service]).refusal).toBe(`The ${name} is in use by api: remove it from that service first.`);
	});

	it('is not taken for another thing of the same name', () => {
		const other = user(0, 'api', {}, {Networks: [{Target: 'pw'}]});
		expect(planned(remove('secret', 'sec1', 'pw'), [other]).refusal).toBeUndefined();
	});
});

describe('what nobody uses', () => {
	it('a secret is gone for good', () => {
		const plan = planned(remove('secret', 'sec1', 'pw'));
		expect(plan).toMatchObject({refusal: undefined, consent: {kind: 'dialog'}, undo: undefined});
		expect(plan.command).toBe('docker secret rm pw');
		expect(plan.lines.map(({text}) => text).join()).toContain("can't be undone");
	});

	it('a config comes back with its content', () => {
		expect(planned(remove('config', 'con1', 'web.conf')).undo).toEqual({
			action: 'object.create',
			objectId: 'new web.conf',
			kind: 'config',
			spec: config.Spec,
		});
	});

	it('a network comes back with its settings, but for what the engine chooses', () => {
		expect(planned(remove('network', 'net1', 'front')).undo).toMatchObject({
			action: 'object.create',
			kind: 'network',
			request: {
				Name: 'front',
				Attachable: true,
				IPAM: {Config: [{Subnet: '10.0.7.0/24'}]},
				Options: {encrypted: ''},
				Labels: {tier: 'front'},
			},
		});
		expect(JSON.stringify(planned(remove('network', 'net1', 'front')).undo)).not.toContain('4101');
	});

	it('a network of another driver comes back as the swarm’s; one that nodes configure does not', () => {
		const undoOf = (change: Partial<Network>) => {
			const state = clusterFrom({nodes: [fakeNode(0, true)], networks: [{...network, ...change}], now});
			return planFor(remove('network', 'net1', 'front'), state, {isReadOnly: false}).undo;
		};
		expect(undoOf({Driver: 'bridge'})).toMatchObject({request: {Driver: 'bridge', Scope: 'swarm'}});
		expect(undoOf({Driver: 'macvlan', ConfigFrom: {Network: 'lan'}})).toBeUndefined();
	});

	it('the routing mesh is not removed by habit', () => {
		const ingress = clusterFrom({nodes: [fakeNode(0, true)], networks: [{...network, Ingress: true}], now});
		const plan = planFor(remove('network', 'net1', 'front'), ingress, {isReadOnly: false});
		expect(plan.consent).toEqual({kind: 'typed', word: 'network front'});
		expect(plan.lines[0]?.tone).toBe('danger');
	});

	it('a volume goes with its data; who mounts it elsewhere is told', () => {
		const elsewhere = user(3, 'db', mounting);
		const plan = planned(volume, [elsewhere]);
		expect(plan).toMatchObject({refusal: undefined, undo: undefined, command: 'docker volume rm data'});
		expect(plan.lines.map(({tone}) => tone)).toEqual(['danger', 'warning']);
		expect(plan.lines[1]?.text).toContain('db');
	});
});

describe('of a stack', () => {
	const own = {...user(0, 'shop_api', {Secrets: [{SecretID: 'sec1', SecretName: 'pw'}]})};
	const stacked = {...own, Spec: {...own.Spec, Labels: labels}};

	it.each<[string, Service[], string | undefined]>([
		['goes after the services that use it', [stacked], undefined],
		[
			'stays where a service of another stack uses it',
			[stacked, user(1, 'other', {Secrets: [{SecretID: 'sec1', SecretName: 'pw'}]})],
			'The secret pw is in use by other: remove it from that service first.',
		],
	])('a secret %s', (_, services, refusal) => {
		const state = clusterFrom({
			nodes: [fakeNode(0, true)],
			services,
			tasks: [fakeTask(0, 1, 0)],
			secrets: [secret],
			now,
		});
		const members = [...state.services.values()].filter(({stack}) => stack === 'shop');
		const plan = planForBatch(removalRequest(toSafeText('shop'), members, state), state, {isReadOnly: false});
		expect(plan.steps?.map((step) => step.refusal)).toEqual([undefined, refusal]);
	});
});
