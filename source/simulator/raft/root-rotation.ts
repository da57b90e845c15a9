import type {Clock, TimerHandle} from '../../runtime/clock.ts';
import type {Seeded} from '../../swarmkit/random.ts';
import type {ClusterObject, NodeObject} from '../../swarmkit/state/objects.ts';
import type {Store} from '../../swarmkit/state/store.ts';
import type {TLSInfo} from '../../wire/node.ts';
import {newJoinToken} from './keys.ts';
import {tlsInfoOf} from './root-certificate.ts';

/**
 * Replaces the swarm's root certificate, on the leader (swarmkit ca/reconciler.go): every node gets a certificate from the
 * new issuer first, while the old root is still the trusted one; when the last one has it, the new root takes its place,
 * both join tokens are made anew, and the nodes hear of it. A node that can't be reached holds it up.
 */

/** Nodes renew their certificates one after the other. */
const renewalMs = 400;

type RootRotationOptions = {
	readonly clock: Clock;
	readonly seeded: Seeded;
	readonly store: Store;
	readonly isInContact: (nodeId: string) => boolean;
};

export class RootRotation {
	readonly #options: RootRotationOptions;
	#timer: TimerHandle | undefined;
	#unwatch: (() => void) | undefined;

	constructor(options: RootRotationOptions) {
		this.#options = options;
	}

	start(): void {
		this.#unwatch = this.#options.store.watch(({changes}) => {
			if (changes.some(({kind}) => kind === 'cluster' || kind === 'node')) this.#plan();
		});
		this.#plan();
	}

	stop(): void {
		this.#unwatch?.();
		this.#unwatch = undefined;
		this.#timer?.cancel();
		this.#timer = undefined;
	}

	#plan(): void {
		if (this.#timer || !this.#isDue) return;
		this.#timer = this.#options.clock.after(renewalMs, () => {
			this.#timer = undefined;
			this.#step();
			if (this.#unwatch) this.#plan();
		});
	}

	get #isDue(): boolean {
		const cluster = this.#cluster;
		if (!cluster) return false;
		return cluster.nextRootCertificate !== undefined || this.#behind(tlsInfoIn(cluster)) !== undefined;
	}

	/** One node, or the end of it. */
	#step(): void {
		const {store, seeded} = this.#options;
		const cluster = this.#cluster;
		if (!cluster) return;
		const wanted = tlsInfoIn(cluster);
		const next = this.#behind(wanted);
		if (next) {
			store.update((tx) => tx.put({...next, description: {...next.description, TLSInfo: wanted}}));
			return;
		}
		const {nextRootCertificate: root} = cluster;
		if (root === undefined || store.all('node').some((node) => !isOf(node, wanted))) return;
		const {nextRootCertificate: _, ...rest} = cluster;
		const tokens = {worker: newJoinToken(seeded, root), manager: newJoinToken(seeded, root)};
		store.update((tx) => tx.put({...rest, rootCertificate: root, tokens}));
	}

	/** A node that can be told, and has another certificate. */
	#behind(wanted: TLSInfo): NodeObject | undefined {
		const {store, isInContact} = this.#options;
		return store.all('node').find((node) => !isOf(node, wanted) && isInContact(node.id));
	}

	get #cluster(): ClusterObject | undefined {
		return this.#options.store.all('cluster')[0];
	}
}

const isOf = ({description}: NodeObject, {TrustRoot, CertIssuerPublicKey}: TLSInfo): boolean =>
	description.TLSInfo?.CertIssuerPublicKey === CertIssuerPublicKey && description.TLSInfo?.TrustRoot === TrustRoot;

/** What nodes and clients are told: during a rotation the old root is trusted, and the new one signs. */
export const tlsInfoIn = ({rootCertificate, nextRootCertificate}: ClusterObject): TLSInfo =>
	nextRootCertificate === undefined
		? tlsInfoOf(rootCertificate)
		: {...tlsInfoOf(nextRootCertificate), TrustRoot: rootCertificate};
