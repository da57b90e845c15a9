/** What keys and commands do through the nodes' own engines: shells, commands in containers, ways. */

import type {NodeEntity} from '../../cluster/model.ts';
import {readOnly} from '../../cluster/pipeline/messages.ts';
import {type EngineError, engineError, sentencesOf} from '../../engine/error.ts';
import type {ExecPiece} from '../../engine/exec-stream.ts';
import {runExec} from '../../nodes/exec.ts';
import type {NodeEngines} from '../../nodes/node-engines.ts';
import {shellFor} from '../../nodes/shells.ts';
import {subjectOf} from '../../nodes/subject.ts';
import type {Clock} from '../../runtime/clock.ts';
import {failed, ok, type Result} from '../../runtime/result.ts';
import {plural} from '../../text/format.ts';
import {joinSafe, type SafeText, safe, toSafeLines, toSafeText} from '../../text/safe-text.ts';
import type {App} from '../app/capabilities.ts';
import type {RunProgram} from '../app/custom-commands.ts';
import type {TextSource} from '../app/overlay.ts';
import {compareNatural} from '../table/natural.ts';
import {wrapText} from '../text-view/wrap.ts';
import type {ContainerTarget, NodeControls} from './node-controls.ts';
import type {LendTerminal} from './terminal.ts';

export type NodeVerbsOptions = {
	/** Undefined where nothing leads to nodes: in tests of the screen. */
	readonly nodes: NodeEngines | undefined;
	/** What a shell is; empty for the first of the usual ones. */
	readonly shell: readonly string[];
	readonly lendTerminal: LendTerminal;
	readonly runProgram: RunProgram;
	readonly clock: Clock;
	readonly app: Pick<App, 'messages' | 'prompts' | 'cluster' | 'isReadOnly'> & {
		/** Shows it over the panes, unless something lies there that somebody is busy with; false then. */
		readonly texts: {readonly offer: (source: TextSource) => boolean};
	};
	/** Something has been said later than the key that asked for it. */
	readonly onNews: () => void;
};

/** Of what one command prints in one container: more than anybody reads here. */
const mostBytes = 256 * 1024;
/** Sentences are read in lines of this width. */
const problemWidth = 72;
const keyLetters = '123456789abcdefghijklmnopqrstuvwxyz';

export class NodeVerbs implements NodeControls {
	readonly #options: NodeVerbsOptions;

	constructor(options: NodeVerbsOptions) {
		this.#options = options;
	}

	shell(what: SafeText, targets: readonly ContainerTarget[]): void {
		const [first, ...others] = targets;
		if (!first) {
			this.#say('warning', safe`${what} has no running container.`);
			return;
		}
		if (others.length === 0) {
			void this.#shellIn(first);
			return;
		}
		this.#options.app.prompts.choose({
			title: safe`A shell in which task of ${what}?`,
			choices: targets.slice(0, keyLetters.length).map((target, index) => ({
				label: target.name,
				detail: joinSafe([target.detail, this.#wayTo(target)].filter(Boolean), ', '),
				key: keyLetters.charAt(index),
				isPresent: false,
				run: () => void this.#shellIn(target),
			})),
		});
	}

	async runInAll(what: SafeText, targets: readonly ContainerTarget[], command: readonly string[]): Promise<void> {
		const {onNews, app} = this.#options;
		if (app.isReadOnly) return this.#say('warning', readOnly);
		if (targets.length === 0) return this.#say('warning', safe`${what} has no running container.`);
		const shown = toSafeText(command.join(' '));
		this.#say('plain', safe`${shown} in ${plural(targets.length, 'task')} of ${what}: running.`);
		const answers = await Promise.all(targets.map((target) => this.#collect(target, command)));
		const lines = answers.flatMap((answer, index) => [
			...(index === 0 ? [] : [toSafeText('')]),
			safe`${targets[index]?.name ?? what} on ${this.#nodeName(targets[index])}: ${answer.end}`,
			...answer.lines.map((line) => safe`  ${line}`),
		]);
		const failures = answers.filter(({isFine}) => !isFine).length;
		app.texts.offer({kind: 'output', title: safe`${shown} in ${what}`, lines});
		const outcome = failures === 0 ? toSafeText('done') : safe`failed in ${failures}`;
		this.#say(
			failures === 0 ? 'good' : 'danger',
			safe`${shown} in ${plural(targets.length, 'task')} of ${what}: ${outcome}.`,
		);
		onNews();
	}

	async ssh(node: NodeEntity): Promise<void> {
		const {nodes, runProgram, onNews, app} = this.#options;
		if (app.isReadOnly) return this.#say('warning', readOnly);
		const way = await nodes?.sshTo(subjectOf(node.raw));
		if (!way) {
			this.#say(
				'warning',
				safe`No ssh leads to ${node.name}: nodes: in config.yaml can name one, engine: ssh://USER@HOST.`,
			);
			return onNews();
		}
		const shown = `ssh ${way.join(' ')}`;
		const end = await runProgram({file: 'ssh', args: [...way], environment: {}, shown}, 'terminal');
		if (!end.ok) this.#say('danger', end.error);
		else
			this.#say(
				end.value.status === 0 ? 'good' : 'danger',
				safe`ssh to ${node.name} ended with status ${end.value.status}.`,
			);
		onNews();
	}

	async reach(): Promise<void> {
		const {nodes, app, onNews} = this.#options;
		if (!nodes) return;
		const all = [...app.cluster.nodes.values()].sort((a, b) => compareNatural(a.name, b.name));
		this.#say('plain', safe`Asking the engines of ${plural(all.length, 'node')}.`);
		const subjects = all.map(({raw}) => subjectOf(raw));
		await nodes.test(subjects);
		const lines = all.flatMap((node, index) => {
			const subject = subjects[index];
			const reach = subject && nodes.reachOf(subject);
			if (reach?.state === 'reached') return [safe`${node.name}  ${reach.way}  ${reach.url}`];
			const [first = toSafeText('no way'), ...others] = wrapText(reach?.problem ?? toSafeText(''), problemWidth);
			return [safe`${node.name}  -  ${first}`, ...others.map((line) => safe`      ${line}`)];
		});
		const reached = subjects.filter((subject) => nodes.reachOf(subject)?.state === 'reached').length;
		const words = safe`${reached} of ${plural(all.length, 'node')} can be reached`;
		app.texts.offer({kind: 'output', title: words, lines});
		this.#say(reached === all.length ? 'good' : 'warning', safe`${words}.`);
		onNews();
	}

	async #shellIn(target: ContainerTarget): Promise<void> {
		const {nodes, lendTerminal, clock, shell: chosen, onNews} = this.#options;
		const subject = this.#subjectOf(target);
		if (!nodes || !subject.ok) {
			this.#say('danger', subject.ok ? noNodes : sentencesOf(subject.error));
			return onNews();
		}
		const {name, containerId} = target;
		this.#say('plain', safe`Opening a shell in ${name}.`);
		const end = await nodes.ask(
			subject.value,
			async (engine) => {
				const shell = await shellFor(engine, containerId, {chosen, name, clock});
				if (!shell.ok) return shell;
				const request = {containerId, command: shell.value, isTty: true};
				return lendTerminal((io) => runExec(engine, request, io, clock));
			},
			{isFresh: true},
		);
		if (!end.ok) this.#say('danger', sentencesOf(end.error));
		else if (end.value.isDetached) this.#say('plain', safe`The shell in ${name} goes on without you.`);
		else
			this.#say(
				end.value.exitCode === 0 ? 'good' : 'plain',
				safe`The shell in ${name} ended with ${end.value.exitCode}.`,
			);
		onNews();
	}

	async #collect(
		target: ContainerTarget,
		command: readonly string[],
	): Promise<{readonly isFine: boolean; readonly end: SafeText; readonly lines: readonly SafeText[]}> {
		const {nodes, clock} = this.#options;
		const subject = this.#subjectOf(target);
		if (!nodes || !subject.ok)
			return {isFine: false, end: subject.ok ? noNodes : sentencesOf(subject.error), lines: []};
		const chunks: Buffer[] = [];
		let length = 0;
		const write = ({bytes}: ExecPiece): void => {
			if (length < mostBytes) chunks.push(bytes);
			length += bytes.length;
		};
		const {containerId} = target;
		const end = await nodes.ask(
			subject.value,
			(engine) => runExec(engine, {containerId, command, isTty: false}, {write}, clock),
			{isFresh: true},
		);
		const text = Buffer.concat(chunks).toString('utf8').trimEnd();
		const lines = text === '' ? [] : toSafeLines(text);
		if (!end.ok) return {isFine: false, end: sentencesOf(end.error), lines};
		return {isFine: end.value.exitCode === 0, end: safe`exit ${end.value.exitCode}`, lines};
	}

	#subjectOf({nodeId, name}: ContainerTarget): Result<ReturnType<typeof subjectOf>, EngineError> {
		const node = this.#options.app.cluster.nodes.get(nodeId);
		return node ? ok(subjectOf(node.raw)) : failed(engineError('not-found', `The node of ${name} is gone.`, ''));
	}

	#nodeName(target: ContainerTarget | undefined): SafeText {
		return this.#options.app.cluster.nodes.get(target?.nodeId ?? '')?.name ?? toSafeText('a node that is gone');
	}

	/** `on w1 (unix)`. */
	#wayTo(target: ContainerTarget): SafeText {
		const subject = this.#subjectOf(target);
		const reach = subject.ok ? this.#options.nodes?.reachOf(subject.value) : undefined;
		const way = reach?.way ? safe` (${reach.way})` : toSafeText('');
		return safe`on ${this.#nodeName(target)}${way}`;
	}

	#say(tone: Parameters<App['messages']['say']>[0], text: SafeText): void {
		this.#options.app.messages.say(tone, text);
	}
}

const noNodes = toSafeText('There is no way to the nodes of this swarm.');
