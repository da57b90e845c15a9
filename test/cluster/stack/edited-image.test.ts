import {expect, it} from 'vitest';
import {planFor} from '../../../source/cluster/pipeline/plan.ts';
import {createPreparations} from '../../../source/cluster/stack/preparations.ts';
import type {SwarmClient} from '../../../source/engine/client.ts';
import {failed, ok} from '../../../source/runtime/result.ts';
import {cluster, service} from '../../ui/support/entities.ts';

const digest = `sha256:${'ab'.repeat(32)}`;
const web = service('web');
const state = () => cluster({services: [web]});
const before = web.raw.Spec.TaskTemplate.ContainerSpec?.Image;
const path = ['TaskTemplate', 'ContainerSpec', 'Image'];
const edit = (to: string) =>
	({action: 'service.edit', serviceId: web.id, changes: [{path, from: before, to}]}) as const;
const logins = {of: async () => ({header: 'a login'})};

const preparing = (distribution: SwarmClient['distribution']) =>
	createPreparations({client: {distribution} as SwarmClient, logins, state});

it('an edit that names another image gets its newest digest, its platforms and the login, as docker does it', async () => {
	const {edit: prepare} = preparing(async () =>
		ok({
			Descriptor: {digest, mediaType: '', size: 1},
			Platforms: [{architecture: 'amd64', os: 'linux'}],
		}),
	);
	const prepared = await prepare(edit('registry.example/app:2'));
	expect(prepared).toMatchObject({
		sendsLogin: true,
		changes: [
			{path, from: before, to: `registry.example/app:2@${digest}`},
			{path: ['TaskTemplate', 'Placement', 'Platforms'], to: [{Architecture: 'amd64', OS: 'linux'}]},
		],
	});
	const {lines} = planFor(prepared, state(), {isReadOnly: false});
	expect(lines.map(({text}) => text).join()).toContain('registry.example');
});

it('an image with a digest, and an edit of something else, stay as they are', async () => {
	const {edit: prepare} = preparing(async () => {
		throw new Error('the registry was asked');
	});
	const pinned = edit(`app:2@${digest}`);
	expect(await prepare(pinned)).toBe(pinned);
	const other = {...pinned, changes: [{path: ['Labels', 'a'], from: undefined, to: 'b'}]};
	expect(await prepare(other)).toBe(other);
});

it('what the registry refuses is said in the plan', async () => {
	const {edit: prepare} = preparing(async () =>
		failed({kind: 'not-found', message: 'no such manifest', nextStep: '', statusCode: 404} as never),
	);
	const prepared = await prepare(edit('registry.example/app:2'));
	expect(prepared).toMatchObject({changes: [{to: 'registry.example/app:2'}]});
	const {lines} = planFor(prepared, state(), {isReadOnly: false});
	expect(lines.map(({tone}) => tone)).toContain('warning');
});
