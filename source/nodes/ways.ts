import {existsSync} from 'node:fs';
import path from 'node:path';
import {listContexts} from '../connection/contexts.ts';
import type {Endpoint} from '../connection/endpoint.ts';
import {dockerConfigDirectory, resolveEndpoint, type Surroundings} from '../connection/resolve.ts';
import {sshName} from '../connection/ssh.ts';
import type {EngineError} from '../engine/error.ts';
import {NodeEngine} from '../engine/node-engine.ts';
import type {Clock} from '../runtime/clock.ts';
import {failed, ok, type Result} from '../runtime/result.ts';
import {toSafeText} from '../text/safe-text.ts';
import {badEngine, fieldMissing, noWay} from './messages.ts';
import type {SharedLogins} from './shared-logins.ts';
import {engineOf, type NodeRule, type NodeSubject, ruleFor} from './subject.ts';

/** A way to a node's engine, not yet tried. */
export type Way = {
	readonly kind: 'own' | 'configured' | 'sockets' | 'context' | 'ssh';
	readonly endpoint: Endpoint;
};

export type WaysOptions = {
	/** The engine that the swarm is seen through. */
	readonly own: Endpoint;
	readonly rules: readonly NodeRule[];
	/** Sockets of a simulated swarm's nodes, by host name. */
	readonly sockets?: ReadonlyMap<string, string> | undefined;
	readonly surroundings: Surroundings;
	readonly logins: SharedLogins;
	readonly clock: Clock;
};

const contextMs = 5000;

/**
 * Where a node's engine may be, in this order: the engine that is spoken with already, what the configuration says, a
 * socket beside that engine's own, a docker context whose engine says that it is the node, and ssh. Only contexts are
 * asked here, and only when nothing before them leads there.
 */
export class Ways {
	readonly #options: WaysOptions;
	/** Of the swarm that is asked; known once its engine has said so. */
	#ownNode: NodeSubject | undefined;
	#contexts: Promise<ReadonlyMap<string, Endpoint>> | undefined;

	constructor(options: WaysOptions) {
		this.#options = options;
	}

	/** Which node the engine is that the swarm is seen through. */
	setOwnNode(node: NodeSubject): void {
		this.#ownNode = node;
	}

	/** Whether somebody has said how to get to nodes, beyond the engine that is spoken with anyway. */
	leadsTo(node: NodeSubject): boolean {
		return ruleFor(this.#options.rules, node) !== undefined || this.#socketOf(node) !== undefined;
	}

	isOwn({id}: NodeSubject): boolean {
		return id === this.#ownNode?.id;
	}

	async find(node: NodeSubject): Promise<Result<Way, EngineError>> {
		const {own, rules} = this.#options;
		if (this.isOwn(node)) return ok({kind: 'own', endpoint: own});
		const rule = ruleFor(rules, node);
		if (rule) return this.#configured(rule, node);
		const socket = this.#socketOf(node);
		if (socket !== undefined) return ok({kind: 'sockets', endpoint: unixEndpoint(socket)});
		this.#contexts ??= this.#askContexts();
		const context = (await this.#contexts).get(node.id);
		if (context) return ok({kind: 'context', endpoint: context});
		const ssh = this.#bySsh(node);
		return ssh ? ok({kind: 'ssh', endpoint: ssh}) : failed(noWay(node.hostname));
	}

	/** The arguments that a person would give to ssh; undefined where no ssh leads there. */
	async sshTo(node: NodeSubject): Promise<readonly string[] | undefined> {
		const way = await this.find(node);
		const found = way.ok ? way.value.endpoint.transport : undefined;
		const transport = found?.kind === 'ssh' ? found : this.#bySsh(node)?.transport;
		if (transport?.kind !== 'ssh') return undefined;
		const {user, host, port, through} = transport;
		return [
			...(through === undefined ? [] : ['-J', through]),
			...(user === undefined ? [] : ['-l', user]),
			...(port === undefined ? [] : ['-p', String(port)]),
			'--',
			host,
		];
	}

	/** Contexts are asked anew the next time: one may have been made. */
	forgetContexts(): void {
		this.#contexts = undefined;
	}

	async #configured(rule: NodeRule, node: NodeSubject): Promise<Result<Way, EngineError>> {
		const filled = engineOf(rule, node);
		if ('missing' in filled) return failed(fieldMissing(node.hostname, rule.engine, filled.missing));
		const endpoint = await resolveEndpoint({host: filled.engine}, this.#options.surroundings);
		if (!endpoint.ok) {
			const {message, nextStep} = endpoint.error;
			return failed(badEngine(node.hostname, filled.engine, message, nextStep));
		}
		return ok({kind: 'configured', endpoint: this.#shared({...endpoint.value, origin: {kind: 'node'}})});
	}

	/** Of a simulated swarm, or in the folder where the asked engine's own socket lies as DIR/NODE/docker.sock. */
	#socketOf({hostname}: NodeSubject): string | undefined {
		const {own, sockets} = this.#options;
		if (sockets) return sockets.get(hostname);
		if (own.transport.kind !== 'unix' || !this.#ownNode || hostname.includes('/')) return undefined;
		const [folder, file] = [path.dirname(own.transport.path), path.basename(own.transport.path)];
		if (path.basename(folder) !== this.#ownNode.hostname) return undefined;
		const socket = path.join(path.dirname(folder), hostname, file);
		return existsSync(socket) ? socket : undefined;
	}

	/** Through the manager, as the same user; or from the manager that this is. */
	#bySsh({address}: NodeSubject): Endpoint | undefined {
		const {own, sockets} = this.#options;
		if (sockets || address === '' || address === '0.0.0.0' || address === '127.0.0.1') return undefined;
		const {transport} = own;
		if (transport.kind === 'tcp' || (transport.kind === 'unix' && own.origin.kind !== 'default')) return undefined;
		const user = transport.kind === 'ssh' ? transport.user : undefined;
		const way = {kind: 'ssh', user, host: address, port: undefined, socketPath: undefined} as const;
		return this.#shared({
			url: toSafeText(
				`ssh://${user === undefined ? '' : `${user}@`}${address.includes(':') ? `[${address}]` : address}`,
			),
			origin: {kind: 'node'},
			transport: transport.kind === 'ssh' ? {...way, through: sshName(transport)} : way,
		});
	}

	#shared(endpoint: Endpoint): Endpoint {
		const {transport} = endpoint;
		return transport.kind === 'ssh' ? {...endpoint, transport: this.#options.logins.share(transport)} : endpoint;
	}

	/** The engines of docker's contexts by the node that each says it is. */
	async #askContexts(): Promise<ReadonlyMap<string, Endpoint>> {
		const {surroundings, own, clock} = this.#options;
		if (this.#options.sockets) return new Map();
		const names = (await listContexts(dockerConfigDirectory(surroundings))).map(({name}) => name);
		const found = await Promise.all(
			names.map(async (context): Promise<[string, Endpoint] | undefined> => {
				const endpoint = await resolveEndpoint({context}, surroundings);
				if (!endpoint.ok || endpoint.value.url === own.url) return undefined;
				const engine = new NodeEngine(endpoint.value, {isReadOnly: true, clock});
				const info = await engine.info({timeoutMs: contextMs});
				await engine.close();
				return info.ok && info.value.Swarm.NodeID !== '' ? [info.value.Swarm.NodeID, endpoint.value] : undefined;
			}),
		);
		return new Map(found.filter((entry) => entry !== undefined));
	}
}

function unixEndpoint(socket: string): Endpoint {
	return {url: toSafeText(`unix://${socket}`), origin: {kind: 'node'}, transport: {kind: 'unix', path: socket}};
}
