// A long file: the queue, what it runs and what it tells share their state.
import type {SwarmClient} from '../../engine/client.ts';
import {noLogins, type RegistryLogins} from '../../engine/registry-logins.ts';
import type {Clock} from '../../runtime/clock.ts';
import type {Result} from '../../runtime/result.ts';
import type {SafeText} from '../../text/safe-text.ts';
import type {Applied, Machines, NodeActs, SendError, Target} from '../actions/action.ts';
import {objectOf} from '../actions/names.ts';
import {nameOfNew} from '../actions/new-object.ts';
import {actionOf, type Intent} from '../actions/registry.ts';
import type {Forecaster} from '../forecast/forecaster.ts';
import {createForesight, type Foresight} from '../forecast/foresight.ts';
import type {ActionRequest, Actions, Batch, Plan, Preparations, Progress} from '../intent.ts';
import type {ClusterState, ClusterStore, Sync} from '../model.ts';
import type {Basis} from '../plan-line.ts';
import {createPreparations} from '../stack/preparations.ts';
import {type BatchStep, runBatch} from './batch-run.ts';
import {failure, heldBack, nothingToChange, sending, waiting} from './messages.ts';
import {planFor} from './plan.ts';
import {planForBatch} from './plan-batch.ts';
import {type Entry, finish, tasksConcerned, Watch} from './watch.ts';

/** Intent, plan, act, watch: one queue per object, so that what was asked for first happens first. */

export type ActionOptions = {
	readonly client: SwarmClient;
	readonly store: ClusterStore;
	readonly sync: Pick<Sync, 'expectChange'>;
	readonly clock: Clock;
	readonly isReadOnly: boolean;
	/** Of the docker context in use: what the cluster is called where its name must be typed. */
	readonly contextName?: SafeText | undefined;
	/** Everything dangerous asks for a typed word. Default: only what can't be mended. */
	readonly isProtected?: boolean;
	/** Of registries; left out, none is sent. */
	readonly logins?: RegistryLogins;
	/** The ways to machines that are in no swarm yet; left out: there are none. */
	readonly machines?: Machines;
	/** The nodes' own engines; left out, nothing is asked of them. */
	readonly nodes?: NodeActs | undefined;
	/** Left out: plans stay in their first form. */
	readonly forecaster?: Forecaster;
};

export function createActions(options: ActionOptions): Actions {
	return new ActionRunner(options);
}

const rememberedActions = 200;
/** Of a batch so many wait for the engine's answer at the same time. */
const batchAtOnce = 4;
/** What the engine refuses for the moment is asked again so often, so long apart. */
const temporaryTries = 20;
const temporaryPauseMs = 500;
/** Quick presses of + and - add up into one update. */
const gatherMs = 300;

/** An action that waiting, or for the engine's answer. */
type Pending = Entry & {
	readonly basis: Basis | undefined;
	/** What a scaled service has before, by what is known or queued already. */
	readonly from: number;
};

class ActionRunner implements Actions {
	readonly preparations: Preparations;
	readonly #options: ActionOptions;
	readonly #listeners = new Set<() => void>();
	readonly #watch: Watch;
	readonly #foresight: Foresight | undefined;
	#entries: readonly Entry[] = [];
	#list: readonly Progress[] = [];
	#nextId = 1;
	/** Settles when the last of an object's actions has been answered. */
	readonly #queues = new Map<string, Promise<unknown>>();
	/** The action at the end of an object's queue, where the next of its kind is added to it. */
	readonly #gathering = new Map<string, Pending>();
	/** What was written to an object last, while the store may not have seen it yet. */
	readonly #written = new Map<string, Applied>();
	/** What a service will be scaled to by what is queued, or has been by what the store has not seen yet. */
	readonly #intended = new Map<string, {readonly by: Pending; readonly replicas: number}>();

	constructor(options: ActionOptions) {
		this.#options = options;
		const {forecaster, clock, client, store, machines, logins = noLogins} = options;
		this.preparations = createPreparations({client, logins, machines, state: () => store.getState()});
		this.#foresight = forecaster && createForesight({forecaster, clock, onNews: () => this.#changed()});
		this.#watch = new Watch({...options, onChange: () => this.#changed()});
	}

	get plansRevision(): number {
		return this.#foresight?.revision ?? 0;
	}

	plan(request: ActionRequest): Plan {
		const {store, isReadOnly, isProtected, contextName} = this.#options;
		const state = store.getState();
		const options = {isReadOnly, isProtected, contextName, foreseen: this.#foresight?.of(request, state)};
		if (request.action === 'batch') {
			const plan = planForBatch(request, state, options);
			return {...plan, steps: (plan.steps ?? []).map((step) => this.#based(step, state))};
		}
		const intended = withReplicasOf(objectOf(request), this.#replicasBefore(request, state), state);
		return this.#based(planFor(request, intended, options), state);
	}

	act(plan: Plan): number {
		const {intent} = plan;
		if (intent.action === 'batch') return this.#actAll(intent, plan.steps ?? []);
		const open = this.#gathering.get(objectOf(intent));
		const sum = open && plan.refusal === undefined ? merged(open.intent, intent) : undefined;
		if (open && sum) return this.#replace(open, sum);
		const pending = this.#pending(intent, plan);
		this.#remember([pending]);
		if (plan.refusal === undefined) void this.#enqueue(pending);
		else finish(pending, 'failed', plan.refusal, this.#options.clock.now());
		this.#changed();
		return pending.progress.id;
	}

	/** Every step is there from the start, so that it shows what is still to be done. */
	#actAll({title, verb, stages}: Batch, steps: readonly Plan[]): number {
		const {clock} = this.#options;
		const id = this.#nextId++;
		const planOf = new Map(steps.map((step) => [step.intent, step]));
		const all = stages.map((intents, stage) =>
			intents.flatMap((intent) => {
				const plan = planOf.get(intent);
				return plan ? [{plan, ...this.#batchStep(intent, plan, {id, title, verb, stage})}] : [];
			}),
		);
		this.#remember(all.flat().map(({pending}) => pending));
		for (const {plan, pending} of all.flat()) {
			if (plan.refusal !== undefined) finish(pending, 'held', plan.refusal, clock.now());
		}
		this.#changed();
		void runBatch(
			all.map((stage) => stage.filter(({plan}) => plan.refusal === undefined)),
			batchAtOnce,
		);
		return id;
	}

	#batchStep(intent: Intent, plan: Plan, batch: Progress['batch']): BatchStep & {readonly pending: Pending} {
		const {clock} = this.#options;
		const over = Promise.withResolvers<boolean>();
		const pending = this.#pending(intent, plan, {batch, onOver: over.resolve});
		return {
			pending,
			begin: () => {
				pending.progress = {...pending.progress, state: 'running', detail: sending, startedAt: clock.now()};
				const answered = this.#enqueue(pending);
				this.#changed();
				return {answered, over: over.promise};
			},
			hold: () => {
				finish(pending, 'held', heldBack, clock.now());
				this.#changed();
			},
		};
	}

	#pending(intent: Intent, plan: Plan, inBatch?: Pick<Progress, 'batch'> & Pick<Entry, 'onOver'>): Pending {
		const {store, clock} = this.#options;
		const {title, command, commandNote, undo} = plan;
		const state = store.getState();
		return {
			intent,
			basis: plan.basis ?? this.#seen(intent, state),
			from: this.#replicasBefore(intent, state),
			onOver: inBatch?.onOver,
			progress: {
				id: this.#nextId++,
				intent,
				title,
				command,
				commandNote,
				startedAt: clock.now(),
				finishedAt: undefined,
				state: inBatch ? 'waiting' : 'running',
				detail: inBatch ? waiting : sending,
				done: 0,
				total: 0,
				undo,
				batch: inBatch?.batch,
			},
		};
	}

	/** Newest first; what is not over is never forgotten. */
	#remember(pendings: readonly Pending[]): void {
		this.#entries = [...pendings, ...this.#entries].filter(
			({progress}, index) => index < rememberedActions || progress.finishedAt === undefined,
		);
	}

	#based(plan: Plan, state: ClusterState): Plan {
		return plan.intent.action === 'batch' ? plan : {...plan, basis: this.#seen(plan.intent, state)};
	}

	progress(): readonly Progress[] {
		return this.#list;
	}

	subscribe(listener: () => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	#seen(intent: Intent, {services, nodes}: ClusterState): Basis | undefined {
		const id = objectOf(intent);
		return basisOf(intent, {service: services.get(id)?.raw, node: nodes.get(id)?.raw});
	}

	/**
	 * The replicas that own actions have asked for already: a + that follows another goes on from what that one comes to,
	 * also before the engine's answer is on the screen.
	 */
	#replicasBefore(intent: Intent, {services}: ClusterState): number {
		const service = services.get(objectOf(intent));
		const intended = this.#intended.get(objectOf(intent));
		if (!service || !intended || this.#hasArrived(service.id, service.version)) return service?.replicas ?? 0;
		return intended.replicas;
	}

	/** Whether the store has seen what was written last, and nothing more is on its way. */
	#hasArrived(id: string, version: number): boolean {
		const written = this.#written.get(id);
		return !this.#queues.has(id) && (written === undefined || version > written.version);
	}

	/** One action from where the first one began, so that title and undo are those of the sum. */
	#replace(open: Pending, sum: Intent): number {
		const {store, isReadOnly} = this.#options;
		const {from} = open;
		const state = withReplicasOf(objectOf(sum), from, store.getState());
		const {title, command, undo} = planFor(sum, state, {isReadOnly, foreseen: undefined});
		open.intent = sum;
		open.progress = {...open.progress, intent: sum, title, command, undo};
		this.#intend(open);
		this.#changed();
		return open.progress.id;
	}

	#intend(pending: Pending): void {
		const {intent, from} = pending;
		const replicas = actionOf(intent).replicasAfter?.(intent, from);
		if (replicas !== undefined) this.#intended.set(objectOf(intent), {by: pending, replicas});
	}

	/** @returns whether the engine took it */
	#enqueue(pending: Pending): Promise<boolean> {
		const {intent} = pending;
		const key = objectOf(intent);
		const mayGather = actionOf(intent).merge !== undefined;
		// Another action in between ends the adding up: what was asked for after it happens after it.
		if (mayGather) this.#gathering.set(key, pending);
		else this.#gathering.delete(key);
		this.#intend(pending);
		const before = this.#queues.get(key) ?? Promise.resolve();
		const gathered = mayGather ? before.then(() => this.#sleep(gatherMs)) : before;
		const mine = gathered.then(() => this.#send(pending));
		this.#queues.set(key, mine);
		return mine.then((isTaken) => {
			if (this.#queues.get(key) === mine) this.#queues.delete(key);
			return isTaken;
		});
	}

	#sleep(ms: number): Promise<void> {
		return new Promise((resolve) => this.#options.clock.after(ms, resolve));
	}

	/** @returns whether the engine took it */
	async #send(pending: Pending): Promise<boolean> {
		const {clock} = this.#options;
		const {intent} = pending;
		const key = objectOf(intent);
		if (this.#gathering.get(key) === pending) this.#gathering.delete(key);
		if (actionOf(intent).isVoid?.(intent)) {
			finish(pending, 'done', nothingToChange, clock.now());
			this.#changed();
			return true;
		}
		const tasksBefore = tasksConcerned(intent, this.#watch.lookup([intent]));
		const answer = await this.#applied(pending);
		if (!answer.ok) {
			if (this.#intended.get(key)?.by === pending) this.#intended.delete(key);
			finish(
				pending,
				'failed',
				failure(answer.error.message, answer.error.nextStep, answer.error.engineMessage),
				clock.now(),
			);
			const {conflict} = answer.error;
			if (conflict) {
				pending.progress = {...pending.progress, conflict};
				// What somebody else wrote is wanted on the screen at once: the next plan is made from it.
				this.#options.sync.expectChange('serviceId' in intent ? 'service' : 'node', key);
			}
			this.#changed();
			return false;
		}
		const {createdId, outcome} = answer.value;
		this.#written.set(key, answer.value);
		if (createdId !== undefined) {
			// From here on it is known by the ID that the engine gave it.
			const {undo} = pending.progress;
			pending.intent = identified(intent, createdId);
			pending.progress = {...pending.progress, intent: pending.intent, undo: undo && identified(undo, createdId)};
		}
		this.#watch.begin(pending, {
			intent: pending.intent,
			versionBefore: answer.value.version,
			tasksBefore,
			outcome,
		});
		this.#changed();
		return true;
	}

	/** What the engine refuses for the moment is asked again for a while. */
	async #applied(pending: Pending): Promise<Result<Applied, SendError>> {
		const {client, machines, nodes, logins = noLogins} = this.#options;
		const {intent} = pending;
		const action = actionOf(intent);
		let answer = await action.send(intent, {client, logins, machines, nodes, basis: this.#basisNow(pending)});
		for (let left = temporaryTries; left > 0 && !answer.ok && action.isTemporary?.(answer.error); left--) {
			await this.#sleep(temporaryPauseMs);
			answer = await action.send(intent, {client, logins, machines, nodes, basis: undefined});
		}
		return answer;
	}

	/** What was seen before an own action that came first is no longer what there should be: that action's outcome is. */
	#basisNow({intent, basis}: Pending): Basis | undefined {
		const written = this.#written.get(objectOf(intent));
		const isOutdated = basis && written && basis.version <= written.version;
		return isOutdated ? basisOf(intent, written) : basis;
	}

	#changed(): void {
		this.#list = this.#entries.map(({progress}) => progress);
		for (const listener of [...this.#listeners]) listener();
	}
}

/** The intent, about what has that ID by now. */
function identified(intent: Intent, id: string): Intent {
	if ('serviceId' in intent) return {...intent, serviceId: id};
	if ('nodeId' in intent) return {...intent, nodeId: id};
	if (intent.kind === 'swarm' || nameOfNew(intent.objectId) === undefined) return intent;
	return {...intent, objectId: id};
}

/** One intent in place of two in a row, where there is such a one. */
function merged(first: Intent, second: Intent): Intent | undefined {
	return first.action === second.action ? actionOf(first).merge?.(first, second) : undefined;
}

/** What of an object as it is there the intent changes. */
const basisOf = (intent: Intent, target: Target): Basis | undefined => actionOf(intent).basis?.(intent, target);

/** The state as it will be once the service is scaled so. */
function withReplicasOf(serviceId: string, replicas: number, state: ClusterState): ClusterState {
	const service = state.services.get(serviceId);
	if (!service || service.replicas === undefined || service.replicas === replicas) return state;
	return {...state, services: new Map(state.services).set(serviceId, {...service, replicas})};
}
