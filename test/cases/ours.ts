/** What swarmtop makes of a case, in the form of what the docker CLI sends. */
import {readFileSync} from 'node:fs';
import path from 'node:path';
import {readStack, type StackNetwork, type StackStore} from '../../source/compose/stack.ts';
import {describeProblem} from '../../source/documents/document.ts';
import type {ServiceSpec} from '../../source/wire/service.ts';
import type {Answer} from './ask-cli.ts';
import {type Case, shell} from './cases.ts';
import type {Post} from './recording-engine.ts';

/** Reads the case as if its folder were /stacks. */
export function readOurs({directory, files}: Case): Answer {
	const readFile = (file: string) => readFileSync(file.replace(/^\/stacks/, directory));
	const documents = files.map((name) => ({name, text: readFileSync(path.join(directory, name))}));
	const stack = readStack(documents, {name: 'st', directory: '/stacks', variables: shell, readFile});
	if (!stack.ok) return {refused: stack.error.map(describeProblem).join('\n')};
	const {networks, secrets, configs, services, warnings} = stack.value;
	try {
		const posts: Post[] = [
			...toMake(configs).map((store) => storePost('config', store, readFile)),
			...toMake(networks).map(networkPost),
			...toMake(secrets).map((store) => storePost('secret', store, readFile)),
			...services.map((spec): Post => ({kind: 'service', body: withIds(spec)})),
		];
		return {posts: JSON.parse(JSON.stringify(posts)) as Post[], warnings: warnings.join(' ')};
	} catch (error) {
		return {refused: String(error)};
	}
}

const toMake = <T extends {readonly name: string; readonly isExternal: boolean}>(list: readonly T[]): T[] =>
	list.filter(({isExternal}) => !isExternal).toSorted((a, b) => (a.name < b.name ? -1 : 1));

function networkPost({name, driver, options, isInternal, isAttachable, labels, ipam}: StackNetwork): Post {
	const hasIpam = ipam.driver !== undefined || ipam.subnets.length > 0;
	const config = ipam.subnets.length > 0 ? ipam.subnets : null;
	const body = {
		Driver: driver,
		Scope: '',
		IPAM: hasIpam ? {Driver: ipam.driver ?? '', Options: null, Config: config} : null,
		Internal: isInternal,
		Attachable: isAttachable,
		Ingress: false,
		ConfigOnly: false,
		ConfigFrom: null,
		Options: Object.keys(options).length > 0 ? options : null,
		Labels: labels,
		Name: name,
	};
	return {kind: 'network', body};
}

function storePost(kind: 'secret' | 'config', store: StackStore, read: (file: string) => Buffer): Post {
	const {name, labels, data, driver, templating} = store;
	const content = 'file' in data ? read(data.file).toString('base64') : '';
	const body = {
		Name: name,
		Labels: labels,
		...(content === '' ? {} : {Data: content}),
		...(driver ? {Driver: driver} : {}),
		...(templating ? {Templating: templating} : {}),
	};
	return {kind, body};
}

/** IDs as the recording engine gives them. */
function withIds(spec: ServiceSpec): Record<string, unknown> {
	return JSON.parse(JSON.stringify(spec), function (this: Record<string, unknown>, key, value: unknown) {
		if (key === 'SecretID') return `secret:${String(this['SecretName'])}`;
		if (key === 'ConfigID') return `config:${String(this['ConfigName'])}`;
		if (key === 'Config' && typeof value === 'string' && value !== '') return `config:${value}`;
		return value;
	}) as Record<string, unknown>;
}
