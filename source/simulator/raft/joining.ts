import type {TimerHandle} from '../../runtime/clock.ts';
import {failed, ok, type Result} from '../../runtime/result.ts';
import type {JoinRequest, Refusal} from '../contract.ts';
import {requestTimeoutMs} from './access.ts';
import {type Endpoint, endpointText, parseEndpoint} from './addresses.ts';
import {availabilityOf} from './founding.ts';
import type {HostNetwork} from './host-network.ts';
import {newNode} from './initial-objects.ts';
import {digestOf, hexDigest, type JoinToken, parseJoinToken} from './keys.ts';
import type {Machine} from './machine.ts';
import {connectionRefused, foreignToken, joinTimedOut, malformedToken, refusedToken, unknownName} from './refusals.ts';
import {checkJoin} from './requests.ts';
import type {Swarm} from './swarm.ts';
import {SwarmMember} from './swarm-member.ts';

/**
 * `swarm join`: the engine asks a manager for a certificate with its token, which alone decides the role. Whatever is
 * refused is tried five times in ten seconds; what gets no answer goes on in the background after the request's twenty
 * (swarmkit ca/certificates.go, moby daemon/cluster/swarm.go Join).
 */

const retryMs = 2000;
const refusalTries = 5;
const backgroundRetryMs = 5000;
/** From the node's creation to its first session. */
const sessionMs = 200;
const managerJoinMs = 300;

type Try =
	| {readonly kind: 'welcome'; readonly swarm: Swarm; readonly role: 'worker' | 'manager'}
	| {readonly kind: 'refused'; readonly refusal: Refusal; readonly isFinal?: true}
	| {readonly kind: 'no-answer'};

export class JoinAttempt {
	readonly outcome: Promise<Result<void, Refusal>>;
	readonly address: string;
	readonly remotes: readonly string[];
	/** Called when the engine has its certificate. */
	onMember: (swarmMember: SwarmMember) => void = () => undefined;
	readonly #machine: Machine;
	readonly #hostNetwork: HostNetwork;
	readonly #request: JoinRequest;
	readonly #token: JoinToken | undefined;
	readonly #advertised: Endpoint;
	#settle: (result: Result<void, Refusal>) => void = () => undefined;
	#retry: TimerHandle | undefined;
	readonly #deadline: TimerHandle;
	#refusals = 0;
	#isInBackground = false;
	#isOver = false;

	/** Begins, or tells what is wrong with the request. */
	static begin(machine: Machine, hostNetwork: HostNetwork, request: JoinRequest): Result<JoinAttempt, Refusal> {
		const advertised = checkJoin(request, machine.address);
		if (!advertised.ok) return advertised;
		const token = parseJoinToken(request.token);
		if (request.token !== '' && !token) return failed(malformedToken);
		return ok(new JoinAttempt(machine, hostNetwork, request, token, advertised.value));
	}

	private constructor(
		machine: Machine,
		hostNetwork: HostNetwork,
		request: JoinRequest,
		token: JoinToken | undefined,
		advertised: Endpoint,
	) {
		this.#machine = machine;
		this.#hostNetwork = hostNetwork;
		this.#request = request;
		this.#token = token;
		this.#advertised = advertised;
		this.address = advertised.host;
		this.remotes = request.remoteAddresses;
		this.outcome = new Promise((resolve) => {
			this.#settle = resolve;
		});
		this.#deadline = machine.clock.after(requestTimeoutMs, () => {
			this.#isInBackground = true;
			this.#settle(failed(joinTimedOut));
		});
		// The next turn: whoever begins the attempt listens to it first.
		this.#retry = machine.clock.after(0, () => this.#tryOnce());
	}

	/** It has not ended in a refusal: it goes on, or has come through. */
	get isUnderWay(): boolean {
		return !this.#isOver;
	}

	/** Gives up (`swarm leave` of a pending node). */
	cancel(): void {
		this.#end();
		this.#settle(failed(joinTimedOut));
	}

	#end(): void {
		this.#isOver = true;
		this.#retry?.cancel();
		this.#deadline.cancel();
	}

	#tryOnce(): void {
		const {clock} = this.#machine;
		const result = this.#knock();
		if (result.kind === 'welcome') {
			this.#enter(result.swarm, result.role);
		} else if (result.kind === 'refused' && (result.isFinal || ++this.#refusals > refusalTries)) {
			this.#end();
			this.#settle(failed(result.refusal));
		} else {
			const delay = this.#isInBackground ? backgroundRetryMs : retryMs;
			this.#retry = clock.after(delay, () => this.#tryOnce());
		}
	}

	/** Asks the first remote address; the engine looks at no other. */
	#knock(): Try {
		const machine = this.#machine;
		const endpoint = parseEndpoint(this.remotes[0] ?? '');
		if (!machine.isRunning || machine.isFrozen || machine.isCut) return {kind: 'no-answer'};
		const found = this.#hostNetwork.find(endpoint.host);
		if (found === 'no-machine') return {kind: 'no-answer'};
		if (found === 'unknown-name') return {kind: 'refused', refusal: unknownName(endpoint.host), isFinal: true};
		if (found.machine.isCut || (found.machine.isRunning && found.machine.isFrozen)) return {kind: 'no-answer'};
		const swarmMember = found.swarmMember;
		if (!swarmMember?.isManagerUp || swarmMember.advertised.port !== endpoint.port) {
			const where = endpointText({host: found.machine.address, port: endpoint.port});
			return {kind: 'refused', refusal: connectionRefused(where)};
		}
		return swarmMember.swarm.consensus.standing(swarmMember.nodeId) === 'led'
			? this.#present(swarmMember.swarm)
			: {kind: 'no-answer'};
	}

	/** Shows the token to the swarm's certificate authority. */
	#present(swarm: Swarm): Try {
		const {tokens, rootCertificate} = swarm.cluster;
		if (this.#token && this.#token.digest !== digestOf(rootCertificate)) {
			return {kind: 'refused', refusal: foreignToken(hexDigest(this.#token))};
		}
		if (this.#request.token === tokens.worker) return {kind: 'welcome', swarm, role: 'worker'};
		if (this.#request.token === tokens.manager) return {kind: 'welcome', swarm, role: 'manager'};
		return {kind: 'refused', refusal: refusedToken};
	}

	/** Recorded: the node is created, written three times while its certificate is made out, then opens its session. */
	#enter(swarm: Swarm, role: 'worker' | 'manager'): void {
		const machine = this.#machine;
		const nodeId = machine.seeded.id('node', machine.name);
		const availability = availabilityOf(this.#request.availability);
		swarm.store.update((tx) =>
			tx.create(newNode({id: nodeId, role, availability, description: {}, status: {State: 'unknown'}})),
		);
		for (let writes = 0; writes < 3; writes++) {
			swarm.store.update((tx) => {
				const node = tx.get('node', nodeId);
				if (node) tx.put({...node});
			});
		}
		const swarmMember = new SwarmMember({machine, swarm, nodeId, advertised: this.#advertised, role});
		swarm.attach(swarmMember);
		this.#end();
		this.onMember(swarmMember);
		const settle = () => this.#settle(ok(undefined));
		machine.clock.after(sessionMs, () => {
			swarmMember.whenRegistered(role === 'worker' ? settle : () => machine.clock.after(managerJoinMs + 100, settle));
			swarm.dispatcher.register(nodeId);
		});
	}
}
