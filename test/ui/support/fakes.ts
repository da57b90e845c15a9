/** What a screen reads and asks, held in the hand of a test. */

import {
	type ActionRequest,
	type Actions,
	intentsOf,
	type Plan,
	type PlanLine,
	type Preparations,
	type Progress,
} from '../../../source/cluster/intent.ts';
import type {ClusterState, ClusterStore, InventoryKind, ShownRows, TaskScope} from '../../../source/cluster/model.ts';
import type {LogNames} from '../../../source/logs/display.ts';
import {LogBuffer} from '../../../source/logs/log-buffer.ts';
import {msToStamp} from '../../../source/logs/log-line.ts';
import type {LogStart} from '../../../source/logs/log-since.ts';
import {failed, ok, type Result} from '../../../source/runtime/result.ts';
import type {TextEditor} from '../../../source/terminal/text-editor.ts';
import {type SafeText, toSafeText} from '../../../source/text/safe-text.ts';
import type {LogFeed, LogSource, LogSourceStatus, LogTarget} from '../../../source/ui/logs/log-feed.ts';
import {noon} from './entities.ts';

class Subject {
	readonly #listeners = new Set<() => void>();

	subscribe(listener: () => void): () => void {
		this.#listeners.add(listener);
		return () => {
			this.#listeners.delete(listener);
		};
	}

	notify(): void {
		for (const listener of this.#listeners) listener();
	}
}

export class FakeStore extends Subject implements ClusterStore {
	#state: ClusterState;

	constructor(state: ClusterState) {
		super();
		this.#state = state;
	}

	getState(): ClusterState {
		return this.#state;
	}

	set(state: ClusterState): void {
		this.#state = state;
		this.notify();
	}
}

export class FakeActions extends Subject implements Actions {
	readonly plansRevision = 0;
	/** What was acted on, in order. */
	readonly acted: ActionRequest[] = [];
	/** What the next plans say. */
	answer: Partial<Plan> = {};
	/** What is answered before something is planned. */
	preparations: Preparations = {
		deployment: async () => failed({kind: 'obstacle', message: toSafeText('no engine')}),
		image: async (service, image) => ok({action: 'service.image', serviceId: service.id, image}),
		edit: async (intent) => intent,
		swarm: {
			tokens: async () => ok({worker: 'SWMTKN-1-worker', manager: 'SWMTKN-1-manager'}),
			unlockKey: async () => ok(''),
			settings: async () => failed(toSafeText('no engine')),
			addresses: () => [],
			machines: async () => [],
		},
		creation: async (spec) => ({action: 'service.deploy', serviceId: `new ${spec.Name}`, spec}),
	};
	#progress: readonly Progress[] = [];

	plan(intent: ActionRequest): Plan {
		return {
			intent,
			title: toSafeText(intent.action),
			forecast: 'none',
			lines: [],
			consent: {kind: 'none'},
			refusal: undefined,
			command: toSafeText('docker …'),
			undo: undefined,
			...this.answer,
		};
	}

	act(plan: Plan): number {
		this.acted.push(plan.intent);
		const [intent] = intentsOf(plan.intent);
		if (!intent) throw new Error('nothing to do');
		this.tell({intent, title: plan.title, command: plan.command, undo: plan.undo});
		return this.#progress.length;
	}

	progress(): readonly Progress[] {
		return this.#progress;
	}

	/** The action of that ID comes to say something new. */
	tellOf(id: number, rest: Partial<Progress>): void {
		this.#progress = this.#progress.map((entry) => (entry.id === id ? {...entry, ...rest} : entry));
		this.notify();
	}

	/** The newest action comes to say something new, or a new one begins. */
	tell(rest: Partial<Progress>): void {
		const [newest, ...others] = this.#progress;
		const isNew = rest.intent !== undefined && rest.intent !== newest?.intent;
		const base: Progress = {
			id: this.#progress.length + 1,
			intent: {action: 'service.remove', serviceId: ''},
			title: toSafeText('acting'),
			command: toSafeText(''),
			startedAt: noon,
			finishedAt: undefined,
			state: 'running',
			detail: toSafeText('asked'),
			done: 0,
			total: 1,
			undo: undefined,
		};
		const told = {...(isNew || !newest ? base : newest), ...rest};
		this.#progress = isNew || !newest ? [told, ...this.#progress] : [told, ...others];
		this.notify();
	}
}

export function line(tone: PlanLine['tone'], text: string): PlanLine {
	return {tone, text: toSafeText(text)};
}

export class FakeSync {
	readonly shown: TaskScope[] = [];
	readonly looked: (readonly InventoryKind[])[] = [];
	readonly lookedAt: (string | undefined)[] = [];
	readonly rows: ShownRows[] = [];
	refreshes = 0;

	show(scope: TaskScope): void {
		this.shown.push(scope);
	}

	showRows(rows: ShownRows): void {
		this.rows.push(rows);
	}

	lookAt(taskId: string | undefined): void {
		this.lookedAt.push(taskId);
	}

	showInventory(kinds: readonly InventoryKind[]): void {
		this.looked.push(kinds);
	}

	refresh(): void {
		this.refreshes++;
	}
}

/** Logs into which a test speaks: `say('web.1@m1', 'GET /')` is what the task in slot 1 on m1 prints. */
export class FakeLogSource extends Subject implements LogSource {
	readonly target: LogTarget;
	readonly start: LogStart;
	readonly buffer = new LogBuffer({lines: 1000, bytes: 1 << 20});
	readonly names: LogNames = {
		task(taskId) {
			const [, service = '', slot = ''] = /^(.*)\.([^.@]*)@/.exec(taskId) ?? [];
			return {service: toSafeText(service), slot: toSafeText(slot)};
		},
		node: (nodeId) => toSafeText(nodeId),
	};
	isClosed = false;
	stoppedTasks: ReadonlySet<string> = new Set();
	#status: LogSourceStatus = {state: 'streaming', problem: toSafeText(''), missing: [], dropped: 0};
	#said = 0;

	constructor(target: LogTarget, start: LogStart) {
		super();
		this.target = target;
		this.start = start;
	}

	get status(): LogSourceStatus {
		return {...this.#status, dropped: this.buffer.dropped};
	}

	set status(status: LogSourceStatus) {
		this.#status = status;
		this.notify();
	}

	say(speaker: string, ...texts: readonly string[]): void {
		this.#add('stdout', speaker, texts);
	}

	complain(speaker: string, ...texts: readonly string[]): void {
		this.#add('stderr', speaker, texts);
	}

	mark(text: SafeText): void {
		this.buffer.note({tone: 'mark', text});
		this.notify();
	}

	close(): void {
		this.isClosed = true;
	}

	/** One line each second from noon on. */
	#add(stream: 'stdout' | 'stderr', speaker: string, texts: readonly string[]): void {
		const origin = {taskId: speaker, nodeId: speaker.replace(/^.*@/, ''), serviceId: 'service'};
		this.buffer.add(
			texts.map((text) => ({stamp: msToStamp(noon + 1000 * this.#said++), stream, origin, text, isLate: false})),
		);
		this.notify();
	}
}

export class FakeFeed implements LogFeed {
	readonly opened: FakeLogSource[] = [];

	open(target: LogTarget, start: LogStart): LogSource {
		const source = new FakeLogSource(target, start);
		this.opened.push(source);
		return source;
	}

	get last(): FakeLogSource | undefined {
		return this.opened.at(-1);
	}
}

/** An editor that does to a text what the test says, one thing per opening; without any, it saves what it got. */
export class FakeEditor implements TextEditor {
	problem: SafeText | undefined;
	readonly edits: ((text: string) => Result<string, SafeText>)[] = [];
	/** The files that there are. */
	readonly files = new Map<string, string>();
	/** What each opening showed. */
	readonly opened: string[] = [];

	async create(fileName: string, text: string): Promise<Result<string, SafeText>> {
		const file = `/tmp/swarmtop-${this.opened.length}/${fileName}`;
		this.files.set(file, text);
		return ok(file);
	}

	async open(file: string): Promise<Result<string, SafeText>> {
		const text = this.files.get(file) ?? '';
		this.opened.push(text);
		const saved = this.edits.shift()?.(text) ?? ok(text);
		if (saved.ok) this.files.set(file, saved.value);
		return saved;
	}

	close(): void {
		this.files.clear();
	}

	async discard(file: string): Promise<void> {
		this.files.delete(file);
	}
}
