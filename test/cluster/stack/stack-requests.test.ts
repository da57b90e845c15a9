import {describe, expect, it} from 'vitest';
import {withIds} from '../../../source/cluster/edit/described-spec.ts';
import {type Batch, type DeployOptions, intentsOf} from '../../../source/cluster/intent.ts';
import {emptyInventory, type ServiceEntity} from '../../../source/cluster/model.ts';
import {auditLine} from '../../../source/cluster/pipeline/audit.ts';
import {planForBatch} from '../../../source/cluster/pipeline/plan-batch.ts';
import type {ResolvedImage} from '../../../source/cluster/stack/images.ts';
import {removalRequest} from '../../../source/cluster/stack/stack-removal.ts';
import {deployRequest, type Knowledge} from '../../../source/cluster/stack/stack-requests.ts';
import {readStackFiles} from '../../../source/cluster/stack-file.ts';
import {toSafeText} from '../../../source/text/safe-text.ts';
import type {Network} from '../../../source/wire/network.ts';
import type {ServiceSpec} from '../../../source/wire/service.ts';
import {cluster, leader, node, service} from '../../ui/support/entities.ts';

const compose = `
services:
  web:
    image: nginx:1.27
    deploy: {replicas: 2}
  db:
    image: postgres:16
    secrets: [password]
secrets:
  password: {file: password.txt}
`;

const files: Record<string, string> = {'shop/compose.yaml': compose, 'shop/password.txt': 'hunter2'};

function read(text = compose) {
	const contents: Record<string, string> = {...files, 'shop/compose.yaml': text};
	return readStackFiles(['shop/compose.yaml'], {
		name: 'shop',
		variables: {},
		read(file) {
			const found = Object.entries(contents).find(([name]) => file.endsWith(name));
			if (!found) throw Object.assign(new Error('none'), {code: 'ENOENT'});
			return Buffer.from(found[1]);
		},
	});
}

const inventory = {...emptyInventory, networks: [], secrets: [], configs: []};
const nodes = [node('m1', {manager: leader})];
const empty = cluster({nodes}, {inventory});

const usual = {resolveImage: 'always', sendsLogin: true, isPruning: false} as const;

const digestOf = (letter: string): string => `sha256:${letter.repeat(64)}`;

/** What registries have: each image under the digest of that letter. */
function registry(letter: string, ...images: readonly string[]): ReadonlyMap<string, ResolvedImage> {
	return new Map(
		images.map((image) => [
			image,
			{
				image: `${image}@${digestOf(letter)}`,
				platforms: [{Architecture: 'amd64', OS: 'linux'}],
				problem: undefined,
				hasLogin: false,
			},
		]),
	);
}

function tryWish(state = empty, text = compose, known: Partial<Knowledge> = {}, options: Partial<DeployOptions> = {}) {
	const stack = read(text);
	if (!stack.ok) throw new Error(stack.error);
	const {networks, secrets, configs} = state.inventory;
	return deployRequest(
		stack.value,
		{
			services: state.services,
			references: {networks: networks ?? [], secrets: secrets ?? [], configs: configs ?? []},
			images: new Map(),
			withLogin: new Set(),
			withOtherData: new Set(),
			apiVersion: '1.51',
			notes: [],
			...known,
		},
		{...usual, ...options},
	);
}

function wishFor(...args: Parameters<typeof tryWish>): Batch {
	const wish = tryWish(...args);
	if (!wish.ok) throw new Error(wish.error.message);
	return wish.value;
}

const specsOf = (wish: Batch): ServiceSpec[] =>
	intentsOf(wish).flatMap((intent) => (intent.action === 'service.deploy' ? [intent.spec] : []));
const notesOf = ({notes = []}: Batch): string[] => notes.map(({text}) => text);

/** A service as docker leaves it behind: with defaults written out, a digest at the image, platforms, a runtime. */
function deployed(spec: ServiceSpec): ServiceEntity {
	const {ContainerSpec: container, Placement: placement} = spec.TaskTemplate;
	const entity = service(spec.Name, {stack: toSafeText('shop')});
	const raw: ServiceSpec = {
		...spec,
		EndpointSpec: {Mode: 'vip'},
		TaskTemplate: {
			...spec.TaskTemplate,
			Runtime: 'container',
			ForceUpdate: 3,
			Placement: {...placement, Platforms: [{Architecture: 'amd64', OS: 'linux'}]},
			ContainerSpec: {...container, Image: `${container?.Image}@${digestOf('a')}`, Isolation: 'default'},
		},
	};
	return {...entity, raw: {...entity.raw, Spec: raw}};
}

function deployedAll(wish: Batch): ServiceEntity[] {
	return intentsOf(wish).flatMap((intent) =>
		intent.action === 'service.deploy'
			? [deployed(withIds(intent.spec, {networks: [defaultNetwork], secrets: [{...meta, ...secret}], configs: []}))]
			: [],
	);
}

const secret = {ID: 'sec1', Spec: {Name: 'shop_password', Labels: {'com.docker.stack.namespace': 'shop'}}};
const defaultNetwork: Network = {
	Name: 'shop_default',
	Id: 'net1',
	Created: '',
	Scope: 'swarm',
	Driver: 'overlay',
	EnableIPv6: false,
	IPAM: {Driver: '', Options: null, Config: null},
	Internal: false,
	Attachable: false,
	Ingress: false,
	ConfigFrom: {Network: ''},
	ConfigOnly: false,
	Options: null,
	Labels: {'com.docker.stack.namespace': 'shop'},
};
const meta = {Version: {Index: 1}, CreatedAt: '', UpdatedAt: ''};

describe('deploying a stack file', () => {
	it('makes what is missing first, then the services', () => {
		const wish = wishFor();
		expect(wish.stages.map((stage) => stage.map(({action}) => action))).toEqual([
			['object.create', 'object.create'],
			['service.deploy', 'service.deploy'],
		]);
		expect(wish.command).toBe('docker stack deploy -c shop/compose.yaml shop');
		expect(planForBatch(wish, empty, {isReadOnly: false}).lines[0]?.text).toBe(
			'network shop_default, secret shop_password, shop_db, shop_web',
		);
	});

	it('leaves a service alone that is as the file says, whatever docker wrote into it by itself', () => {
		const state = cluster(
			{nodes, services: deployedAll(wishFor())},
			{inventory: {...inventory, secrets: [{...meta, ...secret}], networks: [defaultNetwork]}},
		);
		expect(tryWish(state)).toMatchObject({error: {kind: 'nothing'}});
		const changed = wishFor(state, compose.replace('nginx:1.27', 'nginx:1.28'));
		expect(intentsOf(changed).map(({action}) => action)).toEqual(['service.deploy']);
		expect(changed.notes?.map(({text}) => text)).toContain('1 service of the file stays as it is.');
	});

	it('moves services to the digest that the registry has now, and says so; the one they have needs no deployment', () => {
		const images = registry('a', 'nginx:1.27', 'postgres:16');
		const state = cluster(
			{nodes, services: deployedAll(wishFor())},
			{inventory: {...inventory, secrets: [{...meta, ...secret}], networks: [defaultNetwork]}},
		);
		expect(tryWish(state, compose, {images})).toMatchObject({error: {kind: 'nothing'}});
		const newer = wishFor(state, compose, {images: new Map([...images, ...registry('b', 'nginx:1.27')])});
		expect(specsOf(newer).map(({TaskTemplate}) => TaskTemplate.ContainerSpec?.Image)).toEqual([
			`nginx:1.27@${digestOf('b')}`,
		]);
		expect(notesOf(newer)).toContain(`shop_web: same tag, newer image: nginx:1.27@${digestOf('b')}`);
		expect(tryWish(state, compose, {}, {resolveImage: 'never'})).toMatchObject({error: {kind: 'nothing'}});
	});

	it('keeps the digest of an image whose registry does not answer, and says that it could not be asked', () => {
		const problem = toSafeText('no route to host');
		const image = {image: 'nginx:1.27', platforms: undefined, problem, hasLogin: false};
		const state = cluster(
			{nodes, services: deployedAll(wishFor())},
			{inventory: {...inventory, secrets: [{...meta, ...secret}], networks: [defaultNetwork]}},
		);
		const images = new Map([['nginx:1.27', image]]);
		expect(tryWish(state, compose, {images})).toMatchObject({
			error: {kind: 'nothing', message: expect.stringContaining('no route to host')},
		});
		const changed = wishFor(state, compose.replace('replicas: 2', 'replicas: 3'), {images});
		expect(notesOf(changed)[0]).toMatch(/could not be accessed on a registry to record its digest: no route/);
		expect(changed.command).toBe('docker stack deploy -c shop/compose.yaml --resolve-image changed shop');
		expect(notesOf(wishFor(empty, compose, {images}))[0]).toMatch(/Each node will access it independently/);
	});

	it('sends a login with what is made or replaced, not with what only gets another label', () => {
		const withLogin = new Set(['nginx:1.27']);
		const sends = (wish: Batch): boolean => intentsOf(wish).some((intent) => 'sendsLogin' in intent);
		const made = wishFor(empty, compose, {withLogin});
		expect(sends(made)).toBe(true);
		expect(made.command).toContain('--with-registry-auth');
		expect(sends(wishFor(empty, compose, {withLogin}, {sendsLogin: false}))).toBe(false);
		const state = cluster(
			{nodes, services: deployedAll(wishFor())},
			{inventory: {...inventory, secrets: [{...meta, ...secret}], networks: [defaultNetwork]}},
		);
		const relabelled = wishFor(state, compose.replace('replicas: 2', 'replicas: 2, labels: {tier: front}'), {
			withLogin,
		});
		expect(sends(relabelled)).toBe(false);
	});

	it('says of a secret with other content how to rotate it; other labels are applied', () => {
		const state = cluster({nodes}, {inventory: {...inventory, secrets: [{...meta, ...secret}]}});
		expect(tryWish(state, compose, {withOtherData: new Set(['secret shop_password'])})).toMatchObject({
			error: {kind: 'obstacle', message: expect.stringMatching(/can't be changed.*name: shop_password_v2/)},
		});
		const labelled = compose.replace('{file: password.txt}', '{file: password.txt, labels: {a: b}}');
		expect(intentsOf(wishFor(state, labelled))).toContainEqual({
			action: 'object.labels',
			objectId: 'sec1',
			kind: 'secret',
			name: 'shop_password',
			labels: {a: 'b', 'com.docker.stack.namespace': 'shop'},
		});
	});

	it('refuses what belongs to others, removes what the file has no more when told to, and leaves networks', () => {
		const stranger = cluster({nodes, services: [service('shop_web')]}, {inventory});
		expect(tryWish(stranger)).toMatchObject({
			error: {message: expect.stringMatching(/^A service shop_web already exists and does not belong to stack shop/)},
		});
		const other = {...defaultNetwork, Attachable: true};
		const services = deployedAll(wishFor());
		const state = cluster({nodes, services}, {inventory: {...inventory, networks: [other]}});
		const less = compose.replace(/ {2}db:\n.*\n.*\n/, '');
		expect(notesOf(wishFor(state, less))).toEqual([
			"Network shop_default keeps its attachable: the file says otherwise, but a network can't be changed.",
			'1 service of the file stays as it is.',
			'Not in the file, and left running: shop_db.',
		]);
		const pruned = wishFor(state, less, {}, {isPruning: true});
		expect(intentsOf(pruned)[0]).toMatchObject({action: 'service.remove'});
		expect(pruned.command).toContain('--prune');
	});

	it('leaves out of the comparison what an old engine leaves out, and says so', () => {
		const text = compose.replace(
			'image: nginx:1.27',
			'image: nginx:1.27\n    healthcheck: {test: [CMD, ok], start_interval: 5s}',
		);
		const inventoryNow = {...inventory, secrets: [{...meta, ...secret}], networks: [defaultNetwork]};
		const old = {apiVersion: '1.41'};
		const made = wishFor(empty, text, old);
		expect(notesOf(made)[0]).toMatch(/^The engine leaves out Healthcheck.StartInterval: that needs API 1.44/);
		const state = cluster({nodes, services: deployedAll(made)}, {inventory: inventoryNow});
		expect(tryWish(state, text, old)).toMatchObject({error: {kind: 'nothing'}});
		expect(tryWish(state, text)).toMatchObject({ok: true});
		const other = text.replace('image: postgres:16', 'image: postgres:17');
		expect(notesOf(wishFor(state, other, old)).join()).not.toContain('leaves out');
	});

	it('says what is external and missing, and what is wrong with the file, with its line', () => {
		const text = `${compose}networks:\n  front: {external: true}\n`.replace(
			'image: nginx:1.27',
			'image: nginx:1.27\n    networks: [front]',
		);
		expect(tryWish(empty, text)).toMatchObject({
			error: {kind: 'obstacle', message: expect.stringMatching(/^The network front is declared as external/)},
		});
		expect(read('services:\n  web: {imge: nginx}\n')).toMatchObject({
			ok: false,
			error: expect.stringMatching(/^compose.yaml:2: /),
		});
		expect(readStackFiles(['none.yaml'], {name: 'x', variables: {}})).toMatchObject({
			error: 'none.yaml: there is no such file',
		});
	});

	it('tells the audit trail of a secret, and not what it is', () => {
		const intent = intentsOf(wishFor()).find((each) => each.action === 'object.create' && each.kind === 'secret');
		if (!intent) throw new Error('no secret');
		const none = toSafeText('');
		const progress = {
			id: 1,
			intent,
			title: none,
			command: none,
			startedAt: 0,
			finishedAt: 0,
			state: 'done',
			detail: none,
			done: 0,
			total: 0,
			undo: undefined,
		} as const;
		const line = auditLine(progress);
		expect(line).toContain('shop_password');
		expect(line).not.toContain(Buffer.from('hunter2').toString('base64'));
	});
});

it('removes a stack service by service, then what they used, when its name is typed', () => {
	const services = [service('shop_web', {stack: toSafeText('shop')})];
	const wire = {...meta, ...secret};
	const state = cluster({nodes, services}, {inventory: {...inventory, secrets: [wire]}});
	const wish = removalRequest(toSafeText('shop'), services, state);
	expect(wish).toMatchObject({word: 'shop', command: 'docker stack rm shop'});
	expect(wish.stages).toEqual([
		[{action: 'service.remove', serviceId: 'service-shop_web'}],
		[{action: 'object.remove', objectId: 'sec1', kind: 'secret', name: 'shop_password'}],
	]);
});

it('says what stays of a removed stack because a proxy forbids to list it', () => {
	const services = [service('shop_web', {stack: toSafeText('shop')})];
	const refused = {secrets: toSafeText('The proxy forbids GET /secrets.')};
	const state = cluster({nodes, services}, {inventory: {...inventory, refused}});
	expect(removalRequest(toSafeText('shop'), services, state).notes).toEqual([
		{tone: 'warning', text: 'Its secrets are not removed, if it has any. The proxy forbids GET /secrets.'},
	]);
});
