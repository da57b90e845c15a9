import {readFileSync} from 'node:fs';
import path from 'node:path';
import {describe, expect, it} from 'vitest';
import {eventEntity} from '../../source/cluster/entities/event.ts';
import {networkEntity} from '../../source/cluster/entities/network.ts';
import {stacksOf} from '../../source/cluster/entities/stack.ts';
import {configEntity, secretEntity} from '../../source/cluster/entities/stored.ts';
import {noUses, usesOf} from '../../source/cluster/entities/uses.ts';
import {volumeEntity} from '../../source/cluster/entities/volume.ts';
import {toSafeText} from '../../source/text/safe-text.ts';
import type {EngineEvent} from '../../source/wire/event.ts';
import type {Network} from '../../source/wire/network.ts';
import type {Service} from '../../source/wire/service.ts';
import type {Config, Secret} from '../../source/wire/store.ts';
import {service} from '../ui/support/entities.ts';

const folder = path.resolve(import.meta.dirname, '../../fixtures/recorded/engine-26.1');
const recorded = (name: string) => JSON.parse(readFileSync(path.join(folder, `${name}.json`), 'utf8'));
const networks: Network[] = recorded('networks');
const services: Service[] = recorded('services');
const {secrets, configs}: {secrets: Secret[]; configs: Config[]} = recorded('stores');

describe('what a 26.1 engine recorded', () => {
	const uses = usesOf(services);

	it('is networks with what is particular about them', () => {
		const ingress = networks.map((raw) => networkEntity(raw, uses)).find(({isIngress}) => isIngress);
		expect(ingress).toMatchObject({name: 'ingress', driver: 'overlay', scope: 'swarm', subnets: ['10.0.0.0/24']});
	});

	it('is secrets and configs with the services that use them', () => {
		const used = services.flatMap(({Spec: spec}) => spec.TaskTemplate.ContainerSpec?.Secrets ?? []);
		for (const {SecretID: id} of used) {
			const raw = secrets.find(({ID}) => ID === id);
			if (raw) expect(secretEntity(raw, uses)).toMatchObject({health: 'healthy'});
		}
		expect(secrets.map((raw) => secretEntity(raw, noUses).health)).toEqual(secrets.map(() => 'idle'));
		for (const raw of configs) {
			const bytes = Buffer.from(raw.Spec.Data ?? '', 'base64').length;
			expect(configEntity(raw, uses)).toMatchObject({name: raw.Spec.Name, bytes});
		}
	});
});

describe('uses', () => {
	const using = (name: string, rest: object, endpoint: object = {}) =>
		({Spec: {Name: name, TaskTemplate: rest}, Endpoint: endpoint}) as unknown as Service;

	it('go by networks, secrets, configs and addresses, each service once', () => {
		const uses = usesOf([
			using(
				'web',
				{Networks: [{Target: 'n1'}], ContainerSpec: {Secrets: [{SecretID: 's1'}]}},
				{VirtualIPs: [{NetworkID: 'n1'}, {NetworkID: 'in'}]},
			),
			using('api', {Networks: [{Target: 'n1'}], ContainerSpec: {Configs: [{ConfigID: 'c1'}]}}),
		]);
		expect(Object.fromEntries(uses)).toEqual({n1: ['web', 'api'], in: ['web'], s1: ['web'], c1: ['api']});
	});
});

describe('stacks', () => {
	const shop = toSafeText('shop');

	it('are made of labels: services with their counts and the worst health, and what else belongs to them', () => {
		const stacks = stacksOf({
			services: [
				service('shop_web', {
					stack: shop,
					counts: {running: 2, desired: 3, completed: 0},
					health: 'failing',
					createdAt: 5,
				}),
				service('shop_api', {stack: shop, counts: {running: 1, desired: 1, completed: 0}, createdAt: 3}),
				service('alone'),
			],
			networks: [{stack: shop}, {stack: undefined}],
			configs: [{stack: toSafeText('left-over')}],
		});
		expect([...stacks.keys()]).toEqual(['shop', 'left-over']);
		expect(stacks.get('shop')).toMatchObject({
			counts: {running: 3, desired: 4},
			networks: 1,
			configs: 0,
			createdAt: 3,
			health: 'failing',
		});
		expect(stacks.get('left-over')).toMatchObject({services: [], counts: {running: 0, desired: 0}, health: 'idle'});
	});

	it('know no counts while one service has none', () => {
		const stacks = stacksOf({services: [service('a', {stack: shop}), service('b', {stack: shop, counts: undefined})]});
		expect(stacks.get('shop')?.counts).toBeUndefined();
	});
});

describe('an event', () => {
	const event = (more: Partial<EngineEvent>, attributes: Record<string, string> = {}): EngineEvent => ({
		Type: 'node',
		Action: 'update',
		Actor: {ID: 'x', Attributes: {name: 'w1', ...attributes}},
		time: 1,
		timeNano: 1_500_000_000,
		...more,
	});

	it('says what changed from what to what', () => {
		const entity = eventEntity(event({}, {'state.new': 'down', 'state.old': 'ready'}));
		expect(entity).toMatchObject({
			name: 'w1',
			at: 1500,
			changes: [{what: 'state', from: 'ready', to: 'down'}],
			health: 'failing',
		});
	});

	it('of a container says how it ended', () => {
		expect(eventEntity(event({Type: 'container', Action: 'die'}, {exitCode: '137'}))).toMatchObject({
			exitCode: 137,
			health: 'failing',
		});
		expect(eventEntity(event({Type: 'container', Action: 'die'}, {exitCode: '0'})).health).toBe('idle');
	});

	it('holds nothing that a terminal would obey', () => {
		expect(eventEntity(event({Action: '\u001b[2J'})).action).not.toContain('\u001b');
	});
});

describe('a volume', () => {
	it('nobody named is anonymous', () => {
		const volume = (Name: string) =>
			volumeEntity({Name, Driver: 'local', Mountpoint: '/x', Labels: null, Options: null, Scope: 'local'});
		expect(volume('data').isAnonymous).toBe(false);
		expect(volume('0f'.repeat(32)).isAnonymous).toBe(true);
	});
});
