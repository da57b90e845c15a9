import type {Usage} from '../cluster/entities/usage.ts';
import type {ClusterState} from '../cluster/model.ts';
import type {Config} from '../config/config.ts';
import {settingsFor} from '../config/contexts.ts';
import type {SwarmClient} from '../engine/client.ts';
import type {EngineError} from '../engine/error.ts';
import {type NodeSubject, subjectOf} from '../nodes/subject.ts';
import {UsageSampler} from '../nodes/usage-sampler.ts';
import {failed, ok, type Result} from '../runtime/result.ts';
import {jsonText} from '../text/json-text.ts';
import {toSafeText} from '../text/safe-text.ts';
import {wrapText} from '../ui/text-view/wrap.ts';
import {readTasks} from './cluster-snapshot.ts';
import {helpOf} from './command-line/help.ts';
import {seeHelp} from './command-line/messages.ts';
import {tableLines} from './get-table.ts';
import {type NodeAccess, readNodeAccess} from './node-access.ts';
import {exitStatus, openClient, sentences} from './open-client.ts';
import {themeForOutput} from './output-theme.ts';
import {readStrictConfig} from './strict-config.ts';
import {connectedTo} from './swarm-session.ts';
import {processTopIo, type TopIo} from './top-io.ts';
import {moreUnreached, nothingRuns, topTitle} from './top-messages.ts';
import {parseTopOptions, type TopOptions, topCommand} from './top-options.ts';
import {inOrder, rowsOf, type TopRow, topListing} from './top-rows.ts';

/** `swarmtop top`: what services, tasks, nodes and stacks use. Gives the exit status. */
export async function runTop(argv: readonly string[], io: TopIo = processTopIo()): Promise<number> {
	const complain = (status: number, message: string): number => {
		io.err(`swarmtop: ${message}`);
		return status;
	};
	const options = parseTopOptions(argv);
	if (!options.ok) return complain(exitStatus.wrongUse, `${options.error} ${seeHelp('top')}`);
	if (options.value === 'help') {
		io.out(helpOf(topCommand));
		return exitStatus.fine;
	}
	const config = await readStrictConfig(io.surroundings);
	if (!config.ok) return complain(exitStatus.wrongUse, config.error);
	const client = await openClient(options.value.connection, io.surroundings);
	if (!client.ok) return complain(client.error.status, client.error.message);
	const {surroundings, clock} = io;
	const {isReadOnly} = settingsFor(config.value.contexts, connectedTo(client.value.endpoint));
	const rules = config.value.nodes;
	const access = await readNodeAccess({client: client.value, rules, isReadOnly, surroundings, clock});
	const top = new Top(client.value, access, options.value, config.value, io);
	try {
		const done = await (options.value.isOnce ? top.once() : top.live());
		return done.ok ? done.value : complain(exitStatus.failed, done.error);
	} finally {
		top.stop();
		await access.close();
		await client.value.close();
	}
}

/** Two samples make a rate: with --once the second follows sooner. */
const everyMs = {once: 1000, live: 2000};
/** What several engines answer at about the same time is shown together. */
const settleMs = 200;
/** At most this part of the time goes into asking for the lists. */
const listShare = 0.1;
const mostProblems = 3;

class Top {
	readonly #client: SwarmClient;
	readonly #access: NodeAccess;
	readonly #options: TopOptions;
	readonly #config: Config;
	readonly #io: TopIo;
	readonly #sampler: UsageSampler;
	readonly #said = new Set<string>();
	#cluster: ClusterState | undefined;
	#usage: ReadonlyMap<string, Usage> = new Map();
	#rows: readonly TopRow[] = [];
	#asked: readonly NodeSubject[] = [];
	#trouble: string | undefined;
	#onUsage: () => void = () => undefined;
	#isStopped = false;

	constructor(client: SwarmClient, access: NodeAccess, options: TopOptions, config: Config, io: TopIo) {
		this.#client = client;
		this.#access = access;
		this.#options = options;
		this.#config = config;
		this.#io = io;
		const publish = (usage: ReadonlyMap<string, Usage>): void => {
			this.#usage = usage;
			this.#onUsage();
		};
		const pace = options.isOnce ? everyMs.once : everyMs.live;
		this.#sampler = new UsageSampler(access.engines, io.clock, publish, pace);
	}

	/** Prints it when every engine has answered twice, or can't be reached. */
	async once(): Promise<Result<number, string>> {
		const {io, options} = {io: this.#io, options: this.#options};
		const read = await this.#read();
		if (!read.ok) return read;
		const missing = this.#missing();
		if (missing !== undefined) return failed(missing);
		const settled = new Promise<'settled'>((resolve) => {
			const look = (): void => {
				if (this.#asked.every((node) => this.#isSettled(node))) resolve('settled');
			};
			this.#onUsage = look;
			look();
		});
		const by = await Promise.race([settled, io.interrupted]);
		if (by === 'SIGINT' || by === 'SIGTERM') return ok(by === 'SIGINT' ? 130 : 143);
		this.stop();
		const {columns} = io.terminal?.size() ?? {columns: undefined};
		if (options.format === 'json') io.out(jsonText(this.#objects(), 2));
		else if (this.#rows.length > 0) io.out(this.#table(columns).join('\n'));
		if (this.#asked.length === 0) io.err(nothingRuns);
		for (const problem of this.#problems()) io.err(`swarmtop: ${problem}`);
		const isNothingKnown = this.#asked.length > 0 && this.#usage.size === 0;
		return ok(isNothingKnown ? exitStatus.failed : exitStatus.fine);
	}

	/** Shows it again and again until somebody has seen enough. */
	async live(): Promise<Result<number, string>> {
		const first = await this.#read();
		if (!first.ok) return first;
		const missing = this.#missing();
		if (missing !== undefined) return failed(missing);
		const {clock, terminal, interrupted} = this.#io;
		let isDue = false;
		const showSoon = (): void => {
			if (isDue) return;
			isDue = true;
			clock.after(terminal ? settleMs : everyMs.live, () => {
				isDue = false;
				if (!this.#isStopped) this.#show();
			});
		};
		this.#onUsage = showSoon;
		showSoon();
		this.#readAgain(showSoon, 0);
		await interrupted;
		return ok(exitStatus.fine);
	}

	stop(): void {
		this.#isStopped = true;
		this.#sampler.stop();
	}

	#readAgain(show: () => void, tookMs: number): void {
		const {clock} = this.#io;
		clock.after(Math.max(everyMs.live, tookMs / listShare), async () => {
			if (this.#isStopped) return;
			const startedAt = clock.now();
			const read = await this.#read();
			if (this.#isStopped) return;
			this.#trouble = read.ok ? undefined : read.error;
			show();
			this.#readAgain(show, clock.now() - startedAt);
		});
	}

	async #read(): Promise<Result<undefined, string>> {
		const cluster = await readTasks(this.#client, ({message}: EngineError) => this.#say(message));
		if (!cluster.ok) return failed(sentences(cluster.error));
		this.#cluster = cluster.value;
		this.#rows = rowsOf(this.#options, cluster.value);
		const asked = new Map<string, NodeSubject>();
		const watched = this.#rows.flatMap(({tasks}) =>
			tasks.flatMap(({id, containerId, nodeId}) => {
				const node = cluster.value.nodes.get(nodeId);
				// Nobody answers on a node that is down.
				if (node?.state !== 'ready') return [];
				const subject = subjectOf(node.raw);
				asked.set(nodeId, subject);
				return [{taskId: id, containerId, node: subject}];
			}),
		);
		this.#asked = [...asked.values()];
		if (!this.#isStopped) this.#sampler.watch(watched);
		return ok(undefined);
	}

	/** The names that mean nothing. */
	#missing(): string | undefined {
		const {words, kind} = this.#options;
		const cluster = this.#cluster;
		if (!cluster) return undefined;
		const [unknown] = words.filter((word) => rowsOf({kind, words: [word]}, cluster).length === 0);
		if (unknown === undefined) return undefined;
		return `There is no ${kind === 'tasks' ? 'running task' : kind.slice(0, -1)} "${unknown}".`;
	}

	#isSettled(node: NodeSubject): boolean {
		const isFailed = this.#access.engines.reachOf(node)?.state === 'failed';
		return this.#sampler.roundsOf(node.id) >= (isFailed ? 1 : 2);
	}

	/** The swarm with what its tasks use now. */
	#seen(): ClusterState | undefined {
		return this.#cluster && {...this.#cluster, inside: {reach: new Map(), usage: this.#usage, kills: new Map()}};
	}

	#ordered(): readonly TopRow[] {
		const cluster = this.#seen();
		if (!cluster) return [];
		// Sums belong to a state of the swarm: this one has what is used.
		return inOrder(rowsOf(this.#options, cluster), this.#options, cluster);
	}

	#objects(): readonly object[] {
		return this.#ordered().map(({object}) => object());
	}

	#table(width: number | undefined): readonly string[] {
		const cluster = this.#seen();
		if (!cluster) return [];
		const rows = this.#ordered().map(({row}) => row);
		const {terminal, clock} = this.#io;
		return tableLines(topListing(this.#options.kind), rows, {
			width,
			hasIds: false,
			hasHeadings: true,
			isPainted: terminal !== undefined,
			theme: themeForOutput(this.#config, this.#io),
			cluster,
			now: clock.now(),
		});
	}

	#show(): void {
		const {terminal, out, show, clock} = this.#io;
		if (this.#options.format === 'json') {
			out(jsonText(this.#objects()));
			return;
		}
		if (!terminal) {
			for (const problem of this.#problems()) this.#say(problem);
			out(`${this.#table(undefined).join('\n')}\n`);
			return;
		}
		const {columns, rows} = terminal.size();
		const below = this.#problems().flatMap((problem) => wrapText(toSafeText(problem), columns - 1));
		const asked = this.#rows.reduce((sum, {tasks}) => sum + tasks.length, 0);
		const title = topTitle(timeOf(clock.now()), asked, this.#asked.length, this.#options.order);
		const table = this.#table(columns).slice(0, Math.max(1, rows - 2 - below.length));
		show([...wrapText(toSafeText(title), columns - 1).slice(0, 1), ...table, ...below].slice(0, rows - 1));
	}

	/** What keeps cells blank: of each node whose engine can't be asked. */
	#problems(): readonly string[] {
		const unreached = this.#asked.flatMap((node) => {
			const reach = this.#access.engines.reachOf(node);
			return reach?.state === 'failed' ? [reach.problem] : [];
		});
		const more = unreached.length - mostProblems;
		return [
			...(this.#trouble === undefined ? [] : [this.#trouble]),
			...unreached.slice(0, mostProblems),
			...(more > 0 ? [moreUnreached(more)] : []),
		];
	}

	#say(message: string): void {
		if (this.#said.has(message)) return;
		this.#said.add(message);
		this.#io.err(`swarmtop: ${message}`);
	}
}

function timeOf(at: number): string {
	const date = new Date(at);
	return [date.getHours(), date.getMinutes(), date.getSeconds()].map((part) => String(part).padStart(2, '0')).join(':');
}
