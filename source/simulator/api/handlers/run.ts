import type {NetworkObject} from '../../../swarmkit/state/objects.ts';
import {any, bool, field, pointer, string, stringMap, strings, structFor} from '../../../wire/spec/go-types.ts';
import type {Mount} from '../../../wire/task.ts';
import type {Container, ContainerRequest} from '../../contract.ts';
import {type Answer, bodyOf, type Call, empty, type Handler, json, type Sink} from '../call.ts';
import {containerOf} from '../containers/find.ts';
import {laxBool} from '../go/parse.ts';
import {contentTypeOf} from '../logs/frames.ts';
import {LogPump} from '../logs/pump.ts';
import {generatedName} from '../names.ts';
import {findLocalNetwork} from '../networks/local.ts';
import {Refused} from '../refusal.ts';
import {sinkOf} from '../respond.ts';
import {type Route, route} from '../router.ts';

/** `docker run`: a container by hand is made, attached to, waited for and started (moby api/server/router/container). */

type HostConfigBody = {NetworkMode: string; AutoRemove: boolean; Init: boolean | null; Binds: string[]};
type CreateBody = {
	Hostname: string;
	Env: string[];
	Cmd: string[];
	Image: string;
	Tty: boolean;
	WorkingDir: string;
	Entrypoint: string[];
	Labels: Record<string, string>;
	StopSignal: string;
	HostConfig: HostConfigBody;
	NetworkingConfig: unknown;
};

const createRequest = structFor<CreateBody>('runconfig.ContainerConfigWrapper', {
	Hostname: field(string),
	Env: field(strings),
	Cmd: field(strings),
	Image: field(string),
	Tty: field(bool),
	WorkingDir: field(string),
	Entrypoint: field(strings),
	Labels: field(stringMap),
	StopSignal: field(string),
	HostConfig: field(
		structFor<HostConfigBody>('container.HostConfig', {
			NetworkMode: field(string),
			AutoRemove: field(bool),
			Init: field(pointer(bool)),
			Binds: field(strings),
		}),
	),
	NetworkingConfig: field(any),
});

const words = (given: readonly (string | undefined)[] | undefined): string[] => (given ?? []).map((word) => word ?? '');

const create: Handler = async (call) => {
	const sent = await bodyOf(call, createRequest);
	const {host} = call;
	const labels = Object.entries(sent.Labels ?? {}).map(([key, value]): [string, string] => [key, value ?? '']);
	const request: ContainerRequest = {
		name: call.query.get('name') || generatedName(host.seeded, `container/${host.name}/${call.local.nextExecNumber()}`),
		image: sent.Image ?? '',
		entrypoint: sent.Entrypoint ? words(sent.Entrypoint) : undefined,
		command: sent.Cmd ? words(sent.Cmd) : undefined,
		env: words(sent.Env),
		labels: Object.fromEntries(labels),
		hostname: sent.Hostname || undefined,
		directory: sent.WorkingDir || undefined,
		tty: sent.Tty ?? false,
		hasInit: sent.HostConfig?.Init ?? false,
		stopSignal: sent.StopSignal || undefined,
		isTransient: sent.HostConfig?.AutoRemove ?? false,
		mounts: words(sent.HostConfig?.Binds).map(mountOf),
		networks: await networksFor(call, sent.HostConfig?.NetworkMode ?? 'default'),
	};
	const made = host.containers.create(request);
	if (!made.ok) throw new Refused(made.error.status, made.error.message);
	return json({Id: made.value.id, Warnings: []}, 201);
};

/** `kept:/data`, `/srv:/data:ro`: what begins with a slash is a folder of the host, else it is a volume. */
function mountOf(bind: string): Mount {
	const [source = '', target = source, mode = ''] = bind.split(':');
	const type = source.startsWith('/') ? 'bind' : 'volume';
	return {Type: type, Source: source, Target: target, ReadOnly: mode.split(',').includes('ro')};
}

/** The one network that is asked for: an attachable one of the swarm, or one of the host's own. */
async function networksFor(call: Call, mode: string): Promise<ContainerRequest['networks']> {
	if (mode === 'default' || mode === 'bridge' || mode === '') return [];
	const ofSwarm = await swarmNetwork(call, mode);
	if (ofSwarm) {
		if (!ofSwarm.attachable) {
			const reason = `rpc error: code = PermissionDenied desc = network ${ofSwarm.name} not manually attachable`;
			throw new Refused(403, `Could not attach to network ${mode}: ${reason}`);
		}
		return [{id: ofSwarm.id, name: ofSwarm.name, driver: 'overlay', address: freeAddress(call, ofSwarm)}];
	}
	const own = findLocalNetwork(call, mode);
	if (!own) throw new Refused(404, `network ${mode} not found`);
	return [{id: own.Id, name: own.Name, driver: own.Driver, address: undefined}];
}

async function swarmNetwork(call: Call, reference: string): Promise<NetworkObject | undefined> {
	const control = await call.host.membership.control('read');
	const known = control.ok ? control.value.store.all('network') : call.host.membership.networks();
	return known.find(({id, name, predefined}) => !predefined && (id === reference || name === reference));
}

/** One from the end of the network's first subnet, where the swarm's own tasks come to last. */
function freeAddress(call: Call, network: NetworkObject): string {
	const subnet = network.allocated?.ipam[0]?.Subnet ?? '10.0.0.0/24';
	const last = 250 - Math.floor(call.host.seeded.fraction(`attach/${network.id}/${call.local.nextExecNumber()}`) * 60);
	return subnet.replace(/\.\d+\/\d+$/, `.${last}`);
}

const start: Handler = (call) => {
	const container = containerOf(call);
	if (container.state === 'running') return empty(304);
	const started = container.startByHand();
	if (!started.ok) throw new Refused(started.error.status, started.error.message);
	return empty(204);
};

/** Answers when the container has ended, or with `condition=removed` when it is gone; the headers come at once. */
const wait: Handler = (call): Answer => {
	const container = containerOf(call);
	const condition = call.query.get('condition') || 'not-running';
	const isOver = () =>
		condition === 'removed' ? container.isRemoved : container.state !== 'running' && container.state !== 'created';
	const run = async (sink: Sink) => {
		if (condition === 'next-exit' || !isOver()) await changed(container, sink.signal, isOver);
		await sink.write(`${JSON.stringify({StatusCode: container.exitCode})}\n`);
	};
	return {kind: 'stream', contentType: 'application/json', run};
};

function changed(container: Container, signal: AbortSignal, isOver: () => boolean): Promise<void> {
	return new Promise((resolve) => {
		const done = () => {
			stopWatching();
			signal.removeEventListener('abort', done);
			resolve();
		};
		const stopWatching = container.onChange(() => {
			if (isOver()) done();
		});
		signal.addEventListener('abort', done, {once: true});
	});
}

/** The container's output from now on, or with `logs` from its beginning. Nothing reads what is sent. */
const attach: Handler = (call): Answer => {
	const container = containerOf(call);
	const format = {isFramed: !container.tty, timestamps: false, details: false};
	const query = {
		stdout: laxBool(call.query, 'stdout'),
		stderr: laxBool(call.query, 'stderr'),
		...(laxBool(call.query, 'logs') || container.state === 'created' ? {} : {tail: 0}),
	};
	return {
		kind: 'hijack',
		contentType: contentTypeOf(format, call.minor),
		run: async (connection) => {
			const gone = new AbortController();
			connection.once('close', () => gone.abort());
			connection.resume();
			const pump = new LogPump(sinkOf(connection, gone.signal), format);
			if (laxBool(call.query, 'stream') || laxBool(call.query, 'logs')) {
				pump.add(container.openLog(query), '', undefined);
			}
			await pump.run({forEver: false});
		},
	};
};

const resize: Handler = (call) => {
	containerOf(call);
	return empty();
};

export const runRoutes: readonly Route[] = [
	route('POST', '/containers/create', create),
	route('POST', '/containers/{id}/start', start),
	route('POST', '/containers/{id}/wait', wait),
	route('POST', '/containers/{id}/attach', attach),
	route('POST', '/containers/{id}/resize', resize),
];
