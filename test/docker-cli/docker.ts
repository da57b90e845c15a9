/** The docker CLI on a simulated engine, told what the dashboard would show: whether it does the same. */
import {execFile} from 'node:child_process';
import type {ServiceSpec} from '../../source/wire/service.ts';
import {type Engines, startEngines} from '../simulator/api/engines.ts';
import type {Named} from './specs.ts';

export type CommandLab = AsyncDisposable & {
	readonly named: Named;
	readonly engines: Engines;
	/** Makes it, and tells how the engine has it. */
	readonly create: (spec: ServiceSpec) => Promise<{readonly id: string; readonly spec: ServiceSpec}>;
	/** As swarmtop writes it: the whole spec. Tells how the engine has it then. */
	readonly write: (id: string, spec: ServiceSpec) => Promise<ServiceSpec>;
	readonly spec: (id: string) => Promise<ServiceSpec>;
	readonly remove: (id: string) => Promise<void>;
	/** Runs the line in a shell; rejects with what docker says against it. */
	readonly shell: (line: string) => Promise<string>;
};

type Body = {
	readonly ID: string;
	readonly Id: string;
	readonly Spec: ServiceSpec;
	readonly Version: {readonly Index: number};
};

export async function startCommandLab(): Promise<CommandLab> {
	const engines = await startEngines('m1');
	const call = async (method: string, target: string, body?: unknown): Promise<Body> => {
		const reply = await engines.call('m1', method, target, body === undefined ? {} : {body});
		if (reply.status >= 300) throw new Error(`${method} ${target}: ${reply.status} ${reply.text}`);
		return reply.body as Body;
	};
	const network = async (Name: string) => ({
		Name,
		Id: (await call('POST', '/networks/create', {Name, Driver: 'overlay'})).Id,
	});
	const stored = (kind: string) => async (name: string) => ({
		name,
		id: (await call('POST', `/${kind}/create`, {Name: name, Data: Buffer.from(name).toString('base64')})).ID,
	});
	const named: Named = {
		networks: [await network('back'), await network('Front'), await network('other')],
		secrets: await Promise.all(['key', 'token'].map(stored('secrets'))),
		configs: await Promise.all(['settings', 'rules'].map(stored('configs'))),
	};
	const spec = async (id: string): Promise<ServiceSpec> => (await call('GET', `/services/${id}`)).Spec;
	let count = 0;
	return {
		named,
		engines,
		spec,
		async create(wanted) {
			const {ID: id} = await call('POST', '/services/create', {...wanted, Name: `s${++count}`});
			return {id, spec: await spec(id)};
		},
		async write(id, wanted) {
			const {Version, Spec} = await call('GET', `/services/${id}`);
			await call('POST', `/services/${id}/update?version=${Version.Index}`, {...wanted, Name: Spec.Name});
			return spec(id);
		},
		async remove(id) {
			await call('DELETE', `/services/${id}`);
		},
		shell: (line) => runShell(line, `unix://${engines.socketOf('m1')}`),
		async [Symbol.asyncDispose]() {
			await engines.close();
		},
	};
}

/** docker waits for services to converge unless it is told not to: nothing runs here. */
const withoutWaiting = (line: string): string =>
	line.replace(/^docker service (create|update|scale|rollback) /, 'docker service $1 --detach ');

function runShell(line: string, host: string): Promise<string> {
	const env = {PATH: process.env['PATH'] ?? '', HOME: '/nonexistent', DOCKER_HOST: host, DOCKER_CLI_HINTS: 'false'};
	return new Promise((resolve, reject) => {
		const child = execFile('bash', ['--norc', '-c', withoutWaiting(line)], {env}, (error, out, problem) => {
			if (error) reject(new Error(`${line}\n${problem || error.message}`));
			else resolve(out);
		});
		child.stdin?.end('content');
	});
}
