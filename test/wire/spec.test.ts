import {readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {describe, expect, it} from 'vitest';
import {nodeSpecSchema, serviceSpecSchema} from '../../source/cluster/edit/spec-schema.ts';
import {decodeBody} from '../../source/simulator/api/go/decode.ts';
import {encode} from '../../source/simulator/api/go/encode.ts';
import type {GoStruct, GoType} from '../../source/wire/spec/go-types.ts';
import {nodeSpec} from '../../source/wire/spec/node.ts';
import {serviceSpec} from '../../source/wire/spec/service.ts';
import {taskSpec} from '../../source/wire/spec/task.ts';

/** The descriptions of wire/spec, held to everything that engines were recorded to answer. */

const folder = path.resolve(import.meta.dirname, '../../fixtures/recorded');

type Found = {readonly file: string; readonly spec: object};

/** Every object of the recordings with a key that holds such a spec. */
function recorded(isHere: (holder: Record<string, unknown>) => boolean, keys: readonly string[]): Found[] {
	const found: Found[] = [];
	const visit = (value: unknown, file: string): void => {
		if (typeof value !== 'object' || value === null) return;
		if (!Array.isArray(value) && isHere(value as Record<string, unknown>)) {
			for (const key of keys) {
				const spec = (value as Record<string, unknown>)[key];
				if (typeof spec === 'object' && spec !== null) found.push({file, spec});
			}
		}
		for (const member of Object.values(value)) visit(member, file);
	};
	const files = readdirSync(folder, {recursive: true, encoding: 'utf8'}).filter((file) => file.endsWith('.json'));
	for (const file of files) visit(JSON.parse(readFileSync(path.join(folder, file), 'utf8')), file);
	return found;
}

const services = recorded((holder) => 'Endpoint' in holder, ['Spec', 'PreviousSpec']);
const tasks = recorded((holder) => 'DesiredState' in holder, ['Spec']);
const nodes = recorded((holder) => 'Description' in holder && 'Status' in holder, ['Spec']);

/** Keys that the description has no entry for. */
function unknownKeys(type: GoType, value: unknown, at: string): string[] {
	if (value === null || value === undefined) return [];
	if (type.kind === 'pointer') return unknownKeys(type.of, value, at);
	if (type.kind === 'slice') return (value as unknown[]).flatMap((each) => unknownKeys(type.of, each, `${at}[]`));
	if (type.kind !== 'struct') return [];
	return Object.entries(value).flatMap(([key, member]) => {
		const field = type.fields.find(({name}) => name === key);
		return field ? unknownKeys(field.type, member, `${at}.${key}`) : [`${at}.${key}`];
	});
}

describe.each([
	['services', services, serviceSpec as GoStruct],
	['tasks', tasks, taskSpec as GoStruct],
	['nodes', nodes, nodeSpec as GoStruct],
])('the spec of %s', (_name, found, type) => {
	it('has an entry for every key that an engine was seen to send', () => {
		expect(found.length).toBeGreaterThan(5);
		expect([...new Set(found.flatMap(({spec}) => unknownKeys(type, spec, type.go)))]).toEqual([]);
	});

	it('is decoded and written as the engine wrote it', () => {
		for (const {file, spec} of found) {
			const body = Buffer.from(JSON.stringify(spec));
			const decoded = decodeBody<object>(type, body, {contentType: 'application/json', go: 'go1.24'});
			expect(encode<object>(type, decoded), file).toEqual(spec);
		}
	});
});

it('can be edited as the engine has it', () => {
	const plain = (value: unknown): unknown =>
		JSON.parse(JSON.stringify(value), (_key, member: unknown) => (member === null ? undefined : member));
	for (const {file, spec} of services) expect(serviceSpecSchema.safeParse(plain(spec)).error, file).toBeUndefined();
	for (const {file, spec} of nodes) expect(nodeSpecSchema.safeParse(plain(spec)).error, file).toBeUndefined();
});

it('of a plugin is checked as far as its privileges are deep', () => {
	const spec = {
		Name: 'nfs',
		TaskTemplate: {
			PluginSpec: {
				name: 'nfs',
				remote: 'store/nfs:1.2',
				privileges: [{name: 'network', description: 'it mounts', value: ['host']}],
				disabled: true,
				env: ['DEBUG=1'],
			},
			ForceUpdate: 0,
			Runtime: 'plugin',
		},
		Mode: {Replicated: {Replicas: 1}},
	};
	const body = (of: object) => Buffer.from(JSON.stringify(of));
	const engine = {contentType: 'application/json', go: 'go1.24'} as const;
	expect(
		encode<object>(serviceSpec as GoStruct, decodeBody<object>(serviceSpec as GoStruct, body(spec), engine)),
	).toMatchObject(spec);
	expect(serviceSpecSchema.safeParse(spec).error).toBeUndefined();
	const wrong = {...spec, TaskTemplate: {...spec.TaskTemplate, PluginSpec: {name: 'nfs', disabled: 'no'}}};
	expect(() => decodeBody(serviceSpec as GoStruct, body(wrong), engine)).toThrow(/PluginSpec.*disabled/);
	expect(serviceSpecSchema.safeParse(wrong).error?.issues[0]?.path).toEqual(['TaskTemplate', 'PluginSpec', 'disabled']);
});
