import {afterEach, describe, expect, it} from 'vitest';
import {emptyInventory, type Inventory} from '../../source/cluster/model.ts';
import {toSafeText} from '../../source/text/safe-text.ts';
import type {EngineEvent} from '../../source/wire/event.ts';
import type {Network} from '../../source/wire/network.ts';
import type {Config, Secret} from '../../source/wire/store.ts';
import {type Dashboard, type DashboardOptions, openDashboard, rowOf} from '../ui/support/dashboard.tsx';
import {cluster, leader, node, noon, service, task} from '../ui/support/entities.ts';

const open: Dashboard[] = [];

afterEach(async () => {
	for (const {terminal, screen} of open.splice(0)) {
		screen.close();
		await terminal.close();
	}
});

const meta = {Version: {Index: 1}, CreatedAt: '2026-11-21T09:00:00Z', UpdatedAt: '2026-11-21T09:00:00Z'};
const stack = {'com.docker.stack.namespace': 'shop'};

const backend: Network = {
	Name: 'shop_backend',
	Id: 'net1',
	Created: '2026-11-21T09:00:00Z',
	Scope: 'swarm',
	Driver: 'overlay',
	EnableIPv6: false,
	IPAM: {Driver: 'default', Options: null, Config: [{Subnet: '10.0.1.0/24'}]},
	Internal: false,
	Attachable: true,
	Ingress: false,
	ConfigFrom: {Network: ''},
	ConfigOnly: false,
	Options: null,
	Labels: stack,
};
const password: Secret = {ID: 'sec1', ...meta, Spec: {Name: 'shop_password', Labels: stack}};
const settings: Config = {ID: 'cfg1', ...meta, Spec: {Name: 'shop_settings', Labels: stack, Data: 'YTogMQo='}};

const event = (Action: string, name: string, secondsAfterNoon: number, attributes = {}): EngineEvent => ({
	Type: 'service',
	Action,
	Actor: {ID: `id-${name}`, Attributes: {name, ...attributes}},
	scope: 'swarm',
	time: noon / 1000 + secondsAfterNoon,
	timeNano: (noon + secondsAfterNoon * 1000) * 1e6,
});

function using(name: string, spec: object) {
	const plain = service(name, {stack: toSafeText('shop')});
	const TaskTemplate = {...plain.raw.Spec.TaskTemplate, ...spec};
	return {...plain, raw: {...plain.raw, Spec: {...plain.raw.Spec, TaskTemplate}}};
}

const swarm = {
	nodes: [node('m1', {manager: leader})],
	services: [
		using('shop_api', {
			Networks: [{Target: 'net1'}],
			ContainerSpec: {Image: 'api', Secrets: [{SecretID: 'sec1', SecretName: 'shop_password'}]},
		}),
		using('shop_db', {Networks: [{Target: 'net1'}]}),
		service('lonely'),
	],
	tasks: [task('shop_api', 1, 'm1'), task('shop_db', 1, 'm1')],
};

const inventory: Inventory = {
	...emptyInventory,
	networks: [backend],
	secrets: [password],
	configs: [settings],
	volumes: [],
	plugins: [],
	events: [event('create', 'lonely', -60), event('update', 'shop_api', -5, {'replicas.old': '2', 'replicas.new': '3'})],
};

async function dashboard(options: DashboardOptions = {}): Promise<Dashboard> {
	const opened = openDashboard({state: cluster(swarm, {inventory}), ...options});
	open.push(opened);
	await opened.pass(0);
	return opened;
}

describe.each([
	[200, 50],
	[80, 24],
])('the views at %ix%i', (columns, rows) => {
	it('lists stacks with what they are made of, and leads to their services and back', async () => {
		const shown = await dashboard({columns, rows});
		await shown.press('5');
		expect(shown.terminal.row(1)).toContain('stacks 1');
		expect(rowOf(shown, '▸● shop')).toMatch(/shop +2\/2 +6\/6/);
		expect(shown.terminal.styleOf('● shop ')).toMatch(/^1;32;48/);
		await shown.press('enter');
		expect(shown.terminal.text()).toContain('2 services of stack shop 2');
		expect(shown.terminal.text()).not.toContain('lonely');
		await shown.press('j', 'enter', 'escape');
		expect(rowOf(shown, '▸● shop_db')).not.toBe('');
		await shown.press('escape');
		expect(rowOf(shown, '▸● shop ')).not.toBe('');
		await shown.press('escape');
		expect(shown.terminal.text()).toContain('2 services 3');
	});

	it('leads from a network, a secret and a config to the services that use them', async () => {
		const shown = await dashboard({columns, rows});
		await shown.press('6');
		expect(rowOf(shown, 'shop_backend')).toContain('10.0.1.0/24');
		expect(rowOf(shown, 'shop_backend')).toContain('shop_api, ');
		await shown.press('enter');
		expect(shown.terminal.text()).toContain('services that use network shop_backend 2');
		await shown.press('escape', '7', 'enter');
		expect(shown.terminal.text()).toContain('services that use secret shop_password 1');
		await shown.press('escape', '8');
		expect(rowOf(shown, '▸○ shop_settings')).not.toBe('');
		await shown.press('enter');
		expect(shown.terminal.text()).toContain('no service uses the config shop_settings; Esc goes back');
		await shown.press('escape', 'escape');
		expect(shown.terminal.text()).toContain('2 services 3');
	});

	it('shows what happens, the newest first, and lets nothing push it away from who reads the first', async () => {
		const shown = await dashboard({columns, rows});
		await shown.press('e');
		expect(rowOf(shown, '▸● ')).toMatch(/service +update +shop_api/);
		const later = {...inventory, events: [...(inventory.events ?? []), event('remove', 'lonely', 1)]};
		await shown.become(cluster(swarm, {inventory: later}));
		expect(rowOf(shown, '▸○ ')).toMatch(/service +remove +lonely/);
		await shown.press('j');
		await shown.become(cluster(swarm, {inventory: {...later, events: [...later.events, event('create', 'new', 2)]}}));
		expect(rowOf(shown, '▸● ')).toMatch(/update +shop_api/);
	});

	it('shows the plugins of this engine, disabled ones too, and says how to get one where there is none', async () => {
		const shown = await dashboard({columns, rows});
		await shown.press('X');
		expect(shown.terminal.text()).toContain('no plugins on m1: docker plugin install NAME');
		const plugin = (Name: string, Enabled: boolean, Types: string[]) => ({
			Id: `id-${Name}`,
			Name,
			Enabled,
			Config: {Description: 'files over SSH', Interface: {Types}},
		});
		const plugins = [
			plugin('vieux/sshfs:latest', true, ['docker.volumedriver/1.0']),
			plugin('store/logs:2', false, []),
		];
		await shown.become(cluster(swarm, {inventory: {...inventory, plugins}}));
		expect(rowOf(shown, 'vieux/sshfs')).toMatch(/latest +enabled +volumedriver +files over SSH/);
		expect(rowOf(shown, 'store/logs')).toMatch(/2 +disabled/);
		await shown.press('G', 'i');
		expect(shown.terminal.text()).toContain('docker.volumedriver/1.0');
	});

	it('says what an empty list means', async () => {
		const shown = await dashboard({columns, rows});
		await shown.press('9');
		expect(shown.terminal.text()).toContain('no volumes on m1');
		await shown.become(cluster({nodes: swarm.nodes}, {inventory: {...emptyInventory, secrets: []}}));
		await shown.press('7');
		expect(shown.terminal.text()).toContain('no secrets: n creates one');
		await shown.press('6');
		expect(shown.terminal.text()).toContain('reading the networks…');
		await shown.press('5');
		expect(shown.terminal.text()).toContain('no stacks: D deploys a file, as docker stack deploy -c FILE NAME does');
	});
});

describe('a view', () => {
	it('is listed for as long as it is on the screen', async () => {
		const shown = await dashboard();
		await shown.press('6', '5', 'escape');
		expect(shown.sync.looked).toEqual([['networks'], ['networks', 'secrets', 'configs'], []]);
	});

	it('is inspected as YAML', async () => {
		const shown = await dashboard();
		await shown.press('6', 'i');
		expect(shown.terminal.text()).toContain('Name: shop_backend');
		await shown.press('escape', 'e', 'enter');
		expect(shown.terminal.text()).toContain('Action: update');
		await shown.press('escape', '5', 'i');
		expect(shown.terminal.text()).toContain('Name: shop');
	});

	it('keeps its place and its filter', async () => {
		const shown = await dashboard();
		await shown.press('e', 'j', '2', 'e');
		expect(rowOf(shown, '▸● ')).toMatch(/create +lonely/);
	});
});

describe('copying from a list', () => {
	it('offers the name, the ID, and the way into a container', async () => {
		const shown = await dashboard();
		await shown.press('2', 'j', '3', 'c');
		expect(shown.terminal.text()).toContain('Copy of shop_api.1');
		await shown.press('e');
		expect(shown.copies).toEqual(['ssh m1 docker exec -it c0ffee sh']);
		await shown.press('2', 'c', 'n');
		expect(shown.copies.at(-1)).toBe('shop_api');
	});
});
