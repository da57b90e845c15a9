import {readFileSync} from 'node:fs';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import type {Swarm} from '../../../source/wire/swarm.ts';
import {type Engines, startEngines} from './engines.ts';

/** Refused calls, and odd ones that are accepted, as engines 26.1.5 and 28.5.2 answered them (fixtures/recorded). */

type Recorded = {
	readonly name: string;
	readonly node: string;
	readonly method: string;
	readonly path: string;
	readonly headers?: Record<string, string>;
	readonly body?: unknown;
	readonly status: number;
	readonly message?: string;
	/** A body that is no JSON. */
	readonly text?: string;
};

const read = (name: string) =>
	JSON.parse(readFileSync(new URL(`../../../fixtures/recorded/${name}.json`, import.meta.url), 'utf8')) as Recorded[];

const of26 = read('engine-26.1/errors');
/** Engine 28.5 answers these otherwise, and all the others the same. */
const changed = new Map(read('engine-28.5/errors-that-differ').map((one) => [one.name, one]));
const of28 = of26.map(({message, ...asked}): Recorded => {
	const differing = changed.get(asked.name);
	return differing ? {...asked, ...differing} : {...asked, ...(message === undefined ? {} : {message})};
});

let engines: Engines;

async function furnish(apiVersion: string): Promise<void> {
	engines = await startEngines(undefined, {apiVersion});
	const container = {Image: 'busybox:lab', Args: ['sleep', '1000000']};
	const made = async (path: string, body: unknown) => {
		const reply = await engines.call('m1', 'POST', path, {body});
		expect(reply.status, reply.text).toBe(201);
		return reply.body as {ID?: string; Id?: string};
	};
	// Version 1 is to be stale for everything.
	const {Spec: spec, Version: version} = (await engines.call('m1', 'GET', '/swarm')).body as Swarm;
	await engines.call('m1', 'POST', '/swarm/update', {query: {version: version.Index}, body: spec});
	await made('/networks/create', {Name: 'usednet', Driver: 'overlay'});
	const ports = [{Protocol: 'tcp', TargetPort: 80, PublishedPort: 8080, PublishMode: 'ingress'}];
	const networks = [{Target: 'usednet'}];
	await made('/services/create', {
		Name: 'web',
		TaskTemplate: {ContainerSpec: container, Networks: networks},
		Mode: {Replicated: {Replicas: 1}},
		EndpointSpec: {Mode: 'vip', Ports: ports},
	});
	await made('/services/create', {Name: 'Wide', TaskTemplate: {ContainerSpec: container}});
	await made('/services/create', {Name: 'fresh', TaskTemplate: {ContainerSpec: container}});
	const {ID: secret} = await made('/secrets/create', {Name: 'dup', Data: 'eA=='});
	const {ID: config} = await made('/configs/create', {Name: 'dup', Data: 'eA=='});
	const file = {Name: 'dup', UID: '0', GID: '0', Mode: 292};
	await made('/services/create', {
		Name: 'user',
		TaskTemplate: {
			ContainerSpec: {
				...container,
				Secrets: [{File: file, SecretID: secret, SecretName: 'dup'}],
				Configs: [{File: file, ConfigID: config, ConfigName: 'dup'}],
			},
		},
	});
}

/** `{service:web}` and the like, as the IDs that they have here. */
function withIds(text: string): string {
	return text.replaceAll(/\{(service|network|secret|node):(\w+)\}/g, (_, kind: 'service', name: string) => {
		const found = engines
			.store()
			.all(kind as 'service' | 'network' | 'secret' | 'node')
			.find((object) => nameOf(object) === name);
		if (!found) throw new Error(`no ${kind} ${name}`);
		return found.id;
	});
}

function nameOf(object: ReturnType<ReturnType<Engines['store']>['all']>[number]): string {
	if (object.kind === 'network') return object.name;
	if (object.kind === 'node') return object.description.Hostname ?? '';
	return object.kind === 'task' ? '' : object.spec.Name;
}

function versionOf(path: string): string {
	const [, kind = '', id = ''] = /^\/(\w+)s\/(\w+)\//.exec(path) ?? [];
	return String(engines.store().get(kind as 'service', id)?.version ?? '');
}

describe.each([
	['1.45', of26],
	['1.51', of28],
] as const)('an engine that speaks API %s', (apiVersion, recorded) => {
	beforeAll(() => furnish(apiVersion));
	afterAll(() => engines.close());

	it.each(recorded)('$name', async ({node, method, path, headers, body, status, message, text}) => {
		const target = withIds(path);
		const reply = await engines.call(
			node,
			method,
			target.replace('{version}', () => versionOf(target)),
			{
				...(headers ? {headers} : {}),
				...(typeof body === 'string'
					? {rawBody: body}
					: body === undefined
						? {}
						: {body: JSON.parse(withIds(JSON.stringify(body)))}),
			},
		);
		expect(reply.status, reply.text).toBe(status);
		if (text !== undefined) expect(reply.text).toBe(text);
		if (message !== undefined) expect(reply.body).toEqual({message: withIds(message)});
		if (status === 201) await engines.call(node, 'DELETE', `/services/${(reply.body as {ID: string}).ID}`);
	});
});
