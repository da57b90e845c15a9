import {describe, expect, it} from 'vitest';
import {auditLine} from '../../../source/cluster/actions/audit.ts';
import {planForBatch} from '../../../source/cluster/actions/plan-batch.ts';
import {type Batch, intentsOf} from '../../../source/cluster/intent.ts';
import type {ServiceEntity} from '../../../source/cluster/model.ts';
import {emptyInventory} from '../../../source/cluster/model.ts';
import {withIds} from '../../../source/cluster/stack/references.ts';
import {readStackFile} from '../../../source/cluster/stack/stack-file.ts';
import {deployWish, removalWish} from '../../../source/cluster/stack/stack-wishes.ts';
import {toSafeText} from '../../../source/text/safe-text.ts';
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
	return readStackFile('shop/compose.yaml', {
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

function wishFor(state = empty, text = compose): Batch {
	const stack = read(text);
	if (!stack.ok) throw new Error(stack.error);
	const wish = deployWish(stack.value, state);
	if (!wish.ok) throw new Error(wish.error);
	return wish.value;
}

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
			ContainerSpec: {...container, Image: `${container?.Image}@sha256:abc`, Isolation: 'default'},
		},
	};
	return {...entity, raw: {...entity.raw, Spec: raw}};
}

function deployedAll(wish: Batch): ServiceEntity[] {
	return intentsOf(wish).flatMap((intent) =>
		intent.action === 'service.deploy'
			? [deployed(withIds(intent.spec, {networks: [], secrets: [{...meta, ...secret}], configs: []}))]
			: [],
	);
}

const secret = {ID: 'sec1', Spec: {Name: 'shop_password', Labels: {'com.docker.stack.namespace': 'shop'}}};
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
			{inventory: {...inventory, secrets: [{...meta, ...secret}], networks: []}},
		);
		const again = wishFor(state);
		expect(intentsOf(again).map(({action}) => action)).toEqual(['object.create']);
		const changed = wishFor(state, compose.replace('nginx:1.27', 'nginx:1.28'));
		expect(intentsOf(changed).map(({action}) => action)).toEqual(['object.create', 'service.deploy']);
		expect(changed.notes?.map(({text}) => text)).toContain('1 service of the file stay as they are.');
	});

	it('says what is external and missing, and what is wrong with the file, with its line', () => {
		const stack = read(
			`${compose}networks:\n  front: {external: true}\n`.replace(
				'image: nginx:1.27',
				'image: nginx:1.27\n    networks: [front]',
			),
		);
		if (!stack.ok) throw new Error(stack.error);
		expect(deployWish(stack.value, empty)).toMatchObject({error: 'External, and not there: network front.'});
		expect(read('services:\n  web: {imge: nginx}\n')).toMatchObject({
			ok: false,
			error: expect.stringMatching(/^compose.yaml:2: /),
		});
		expect(readStackFile('none.yaml', {name: 'x', variables: {}})).toMatchObject({
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
	const wish = removalWish(toSafeText('shop'), services, state);
	expect(wish).toMatchObject({word: 'shop', command: 'docker stack rm shop'});
	expect(wish.stages).toEqual([
		[{action: 'service.remove', serviceId: 'service-shop_web'}],
		[{action: 'object.remove', objectId: 'sec1', kind: 'secret', name: 'shop_password'}],
	]);
});
