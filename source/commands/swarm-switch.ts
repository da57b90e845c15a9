import {notAsked} from '../cluster/entities/context.ts';
import type {ContextEntity} from '../cluster/model.ts';
import {resolveEndpoint, type Surroundings} from '../connection/resolve.ts';
import {createSwarmClient} from '../engine/docker-client.ts';
import {failed, ok, type Result} from '../runtime/result.ts';
import {type SafeText, safe, toSafeText} from '../text/safe-text.ts';
import type {Contexts} from '../ui/app/contexts.ts';
import type {RunningDashboard} from '../ui/start.tsx';
import {readDockerContexts} from './docker-contexts.ts';
import {sentences} from './open-client.ts';
import {labelOf, type NamedEndpoint, openSession, type SessionOptions, type SwarmSession} from './swarm-session.ts';

/**
 * Which swarm the dashboard shows, and going to another one. Contexts are only ever read: docker's own current one stays
 * what it is.
 */

/** What is known of a context beyond its files. */
type Found = Pick<ContextEntity, 'state' | 'problem' | 'health'>;

/** Whoever waits for a list of contexts does not wait longer for one that hangs. */
const askMs = 5000;
/** What was asked so recently still holds. */
const freshMs = 15_000;

export class SwarmSwitch implements Contexts {
	readonly #options: SessionOptions;
	readonly #surroundings: Surroundings;
	/** Where the program was started, which need not be a context: the demo, an engine named by -H. */
	readonly #start: NamedEndpoint;
	readonly #found = new Map<string, Found & {readonly at: number}>();
	#contexts: readonly ContextEntity[] = [];
	#shown: SafeText;
	#session: SwarmSession;
	#closing: Promise<unknown> = Promise.resolve();
	#dashboard: Pick<RunningDashboard, 'show'> | undefined;

	constructor(start: NamedEndpoint, options: SessionOptions, surroundings: Surroundings) {
		this.#start = start;
		this.#options = options;
		this.#surroundings = surroundings;
		this.#shown = start.label;
		this.#session = openSession(start, options);
	}

	/** What is shown now. */
	get session(): SwarmSession {
		return this.#session;
	}

	/** From now on switches show there. */
	attach(dashboard: Pick<RunningDashboard, 'show'>): void {
		this.#dashboard = dashboard;
		this.read();
	}

	read = (): void => void this.#list();

	ask = (anew: boolean): void => {
		if (anew) this.#found.clear();
		void this.#list().then((contexts) => Promise.all(contexts.map((context) => this.#askOne(context))));
	};

	show = async (name: string): Promise<Result<void, SafeText>> => {
		if (name === this.#shown) return failed(safe`${toSafeText(name)} is on the screen already.`);
		const target = await this.#resolve(name);
		if (!target.ok) return target;
		const before = this.#shown;
		const left = this.#session;
		this.#shown = target.value.label;
		this.#session = openSession(target.value, this.#options);
		this.#publish();
		this.#session.sync.start();
		this.#dashboard?.show(this.#session.parts, safe`On ${this.#shown} now; :ctx ${before} goes back.`);
		this.#closing = Promise.all([this.#closing, left.close()]);
		return ok(undefined);
	};

	/** Ends what is shown, and what was shown before. */
	async close(): Promise<void> {
		await Promise.all([this.#session.close(), this.#closing]);
	}

	async #resolve(name: string): Promise<Result<NamedEndpoint, SafeText>> {
		if (name === this.#start.label) return ok(this.#start);
		const endpoint = await resolveEndpoint({context: name}, this.#surroundings);
		if (!endpoint.ok) return failed(toSafeText(sentences(endpoint.error)));
		const {origin} = endpoint.value;
		return ok({
			endpoint: endpoint.value,
			label: origin.kind === 'context' ? labelOf(endpoint.value) : toSafeText(name),
		});
	}

	async #list(): Promise<readonly ContextEntity[]> {
		const contexts = await readDockerContexts(this.#surroundings);
		const {label, endpoint} = this.#start;
		const listed = contexts.map(({name, description, host = '', isCurrent}) => ({
			...notAsked,
			id: name,
			name: toSafeText(name),
			description: toSafeText(description),
			endpoint: toSafeText(host),
			isCurrent,
		}));
		const start = {
			...notAsked,
			id: label,
			name: label,
			description: toSafeText('where swarmtop was started'),
			endpoint: endpoint.url,
			isCurrent: false,
		};
		this.#contexts = listed.some(({id}) => id === label) ? listed : [start, ...listed];
		this.#publish();
		return this.#contexts;
	}

	async #askOne({id, name}: ContextEntity): Promise<void> {
		const {clock} = this.#options;
		const last = this.#found.get(id);
		if (last && clock.now() - last.at < freshMs) return;
		const target = await this.#resolve(name);
		const found = target.ok ? await this.#ask(target.value) : unusable(target.error);
		this.#found.set(id, {...found, at: clock.now()});
		this.#publish();
	}

	async #ask({endpoint}: NamedEndpoint): Promise<Found> {
		const client = createSwarmClient(endpoint, {isReadOnly: true, clock: this.#options.clock});
		const answer = await client.connect({timeoutMs: askMs});
		await client.close();
		if (!answer.ok) return unusable(toSafeText(sentences(answer.error)));
		const {name, engineVersion} = answer.value;
		return {state: safe`${toSafeText(name)} ${toSafeText(engineVersion)}`, problem: toSafeText(''), health: 'healthy'};
	}

	#publish(): void {
		const entities = this.#contexts.map((context): ContextEntity => {
			const {state, problem, health} = this.#found.get(context.id) ?? context;
			return {...context, state, problem, health, isShown: context.id === this.#shown};
		});
		this.#session.store.setContexts(new Map(entities.map((entity) => [entity.id, entity])));
	}
}

function unusable(problem: SafeText): Found {
	return {state: toSafeText("can't be shown"), problem, health: 'failing'};
}
