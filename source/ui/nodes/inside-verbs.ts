/** What keys do with the inside of nodes: going in, reading a container's log there, cleaning up. */
import type {ContainerEntity} from '../../cluster/entities/contents.ts';
import {type Unused, unusedOf} from '../../cluster/entities/unused.ts';
import type {Intent} from '../../cluster/intent.ts';
import type {NodeEntity} from '../../cluster/model.ts';
import {batchOf} from '../../cluster/pipeline/batch-of.ts';
import {readOnly} from '../../cluster/pipeline/messages.ts';
import {type EngineError, engineError, sentencesOf} from '../../engine/error.ts';
import type {Prunable} from '../../engine/node-engine.ts';
import {readContainerLog} from '../../nodes/container-log.ts';
import type {ContentsControls} from '../../nodes/contents-sync.ts';
import type {NodeEngines} from '../../nodes/node-engines.ts';
import {subjectOf} from '../../nodes/subject.ts';
import {failed, ok, type Result} from '../../runtime/result.ts';
import {bytes, plural} from '../../text/format.ts';
import {joinSafe, type SafeText, safe, toSafeText} from '../../text/safe-text.ts';
import type {App} from '../app/capabilities.ts';
import type {Choice, TextSource} from '../app/overlay.ts';
import type {InsideControls} from './inside-controls.ts';

export type InsideVerbsOptions = {
	readonly nodes: NodeEngines | undefined;
	readonly contents?: ContentsControls | undefined;
	readonly app: Pick<App, 'messages' | 'prompts' | 'cluster' | 'isReadOnly' | 'navigation' | 'consent'> & {
		readonly texts: {readonly offer: (source: TextSource) => boolean};
	};
	/** Something has been said later than the key that asked for it. */
	readonly onNews: () => void;
};

/** Lines of a log that are read from its node. */
const mostLogLines = 1000;
/** Counting a disk takes the engine a walk through its files. */
const diskMs = 120_000;

/** What is offered: a key, words, and what of a node it removes. Volumes are never part of anything but themselves. */
const offers: readonly (readonly [key: string, label: string, parts: readonly Prunable[]])[] = [
	['a', 'stopped containers, dangling images and build cache', ['containers', 'dangling-images', 'build-cache']],
	['c', 'stopped containers', ['containers']],
	['d', 'dangling images', ['dangling-images']],
	['u', 'all unused images', ['unused-images']],
	['b', 'build cache', ['build-cache']],
	['v', 'unused volumes, with the data in them', ['volumes']],
];

type Found = {
	readonly node: NodeEntity;
	readonly host: string;
	readonly unused: Readonly<Record<Prunable, Unused>>;
};

export class InsideVerbs implements InsideControls {
	readonly #options: InsideVerbsOptions;

	constructor(options: InsideVerbsOptions) {
		this.#options = options;
	}

	async enter(node: NodeEntity): Promise<void> {
		const {nodes, contents, app, onNews} = this.#options;
		if (!nodes || !contents) return this.#say('warning', noNodes);
		const subject = subjectOf(node.raw);
		if (nodes.reachOf(subject)?.state !== 'reached') {
			this.#say('plain', safe`Asking the engine of ${node.name}.`);
			const reached = await nodes.ask(subject, async () => ok(undefined), {isFresh: true});
			if (!reached.ok) {
				this.#say('danger', sentencesOf(reached.error));
				return onNews();
			}
			this.#say('plain', safe`In ${node.name}.`);
		}
		contents.open(subject, node.name);
		app.navigation.show('containers');
		onNews();
	}

	async logs({id, name}: ContainerEntity): Promise<void> {
		const {nodes, app, onNews} = this.#options;
		const node = this.#here();
		if (!nodes || !node) return this.#say('warning', noNodes);
		this.#say('plain', safe`Reading the log of ${name} from ${node.name}.`);
		const read = await nodes.ask(subjectOf(node.raw), (engine) => readContainerLog(engine, id, mostLogLines));
		if (!read.ok) this.#say('danger', sentencesOf(read.error));
		else {
			const {lines, isCut} = read.value;
			const title = safe`log of ${name}, straight from ${node.name}${toSafeText(isCut ? `, its last ${mostLogLines} lines` : '')}`;
			app.texts.offer({
				kind: 'output',
				title,
				lines: lines.length === 0 ? [toSafeText('it has printed nothing')] : lines,
			});
			this.#say('plain', safe`Read from the engine of ${node.name}, not through the swarm.`);
		}
		onNews();
	}

	cleanUpHere(): void {
		const node = this.#here();
		if (node) void this.cleanUp([node]);
		else this.#say('warning', noNodes);
	}

	async cleanUp(nodes: readonly NodeEntity[]): Promise<void> {
		const {app, onNews} = this.#options;
		if (app.isReadOnly) return this.#say('warning', readOnly);
		if (!this.#options.nodes) return this.#say('warning', noNodes);
		this.#say('plain', safe`Asking ${nodesOf(nodes)} what nothing uses.`);
		const answers = await Promise.all(nodes.map((node) => this.#unusedOn(node)));
		const found = answers.flatMap((answer) => (answer.ok ? [answer.value] : []));
		const problems = answers.flatMap((answer) => (answer.ok ? [] : [sentencesOf(answer.error)]));
		if (problems.length > 0) this.#say('danger', joinSafe(problems, ' '));
		else this.#say('plain', toSafeText(''));
		if (found.length > 0) this.#choose(found);
		onNews();
	}

	#choose(found: readonly Found[]): void {
		const choices = offers.map(([key, label, parts]): Choice => {
			const all = found.flatMap(({unused}) => parts.map((part) => unused[part]));
			const count = all.reduce((sum, each) => sum + each.count, 0);
			const size = all.reduce((sum, each) => sum + each.bytes, 0);
			return {
				key,
				label: toSafeText(label),
				detail: count === 0 ? toSafeText('none') : safe`${count}, about ${bytes(size)}`,
				isPresent: false,
				run: () => this.#propose(found, label, parts),
			};
		});
		this.#options.app.prompts.choose({
			title: safe`Clean up ${nodesOf(found.map(({node}) => node))}: what goes?`,
			choices,
		});
	}

	#propose(found: readonly Found[], label: string, parts: readonly Prunable[]): void {
		const intents = found.flatMap(({node, host, unused}) =>
			parts
				.filter((what) => unused[what].count > 0)
				.map((what): Intent => ({action: 'node.clean-up', nodeId: node.id, what, found: unused[what], host})),
		);
		const where = nodesOf(found.map(({node}) => node));
		if (intents.length === 0) {
			this.#say('good', safe`There is nothing of that on ${where}.`);
			return;
		}
		const isForGood = parts.includes('volumes') && found.length > 1;
		const title = safe`Clean up ${where}: ${toSafeText(label)}`;
		this.#options.app.consent.propose(
			batchOf(intents, {title, verb: 'Clean up', ...(isForGood && {word: plural(found.length, 'node')})}),
		);
	}

	async #unusedOn(node: NodeEntity): Promise<Result<Found, EngineError>> {
		const {nodes, app} = this.#options;
		const subject = subjectOf(node.raw);
		const disk = await nodes?.ask(subject, (engine) => engine.diskUsage({timeoutMs: diskMs}), {isFresh: true});
		if (!disk?.ok) return disk ?? failed(engineError('unreachable', noNodes, ''));
		const reach = nodes?.reachOf(subject);
		const isOwn = node.id === app.cluster.engine?.nodeId;
		return ok({node, host: isOwn ? '' : (reach?.url ?? ''), unused: unusedOf(disk.value)});
	}

	/** The node that one went into, as long as the swarm has it. */
	#here(): NodeEntity | undefined {
		const {cluster} = this.#options.app;
		return cluster.nodes.get(cluster.inside?.contents?.nodeId ?? '');
	}

	#say(tone: Parameters<App['messages']['say']>[0], text: SafeText): void {
		this.#options.app.messages.say(tone, text);
	}
}

const nodesOf = (nodes: readonly NodeEntity[]): SafeText =>
	nodes.length === 1 && nodes[0] ? nodes[0].name : plural(nodes.length, 'node');

const noNodes = toSafeText('There is no way to the nodes of this swarm.');
