/** What can be typed into the palette besides names: `exec web env`, `ssh w1`, `reach`. */
import type {ClusterState, TaskEntity} from '../../cluster/model.ts';
import {parseWords} from '../../text/parse-words.ts';
import {type SafeText, safe, toSafeText} from '../../text/safe-text.ts';
import type {App} from '../app/capabilities.ts';
import type {Suggestion} from '../app/overlay.ts';
import {compareNatural} from '../table/natural.ts';
import type {ContainerTarget} from './node-controls.ts';

/** More than anybody reads. */
const offeredAtMost = 20;

/** The running containers of some tasks, in the order of their names. */
export function containersOf(tasks: Iterable<TaskEntity>): ContainerTarget[] {
	return [...tasks]
		.filter(({state, containerId}) => state === 'running' && containerId !== '')
		.map((task) => ({
			name: taskLabel(task),
			nodeId: task.nodeId,
			containerId: task.containerId,
			detail: toSafeText(''),
		}))
		.sort((a, b) => compareNatural(a.name, b.name));
}

/** `web.3`; of a global service `agent.w1`. */
function taskLabel({name, nodeId, nodeName, serviceName}: TaskEntity): SafeText {
	return nodeId !== '' && nodeName !== '' && name.endsWith(nodeId) ? safe`${serviceName}.${nodeName}` : name;
}

/** What the typed text asks for; undefined when it is none of these commands. */
export function nodeSuggestions(text: string, app: App): readonly Suggestion[] | undefined {
	const [verb = '', ...rest] = text.trimStart().split(/\s+/);
	const name = rest[0] ?? '';
	if (verb === 'reach' && rest.join('') === '') return [reach(app)];
	if (verb === 'ssh' && rest.length > 0) return sshTo(name, app);
	if (verb !== 'exec' || rest.length === 0) return undefined;
	const command = text.trimStart().replace(/^exec\s+\S*\s*/, '');
	return command === '' ? execTargets(name, app) : execIn(name, command, app);
}

function reach(app: App): Suggestion {
	return {
		label: toSafeText('reach'),
		detail: toSafeText('try the ways to all nodes, and show them'),
		key: toSafeText(''),
		run: () => void app.nodes.reach(),
	};
}

function sshTo(name: string, app: App): Suggestion[] {
	const nodes = [...app.cluster.nodes.values()].filter((node) => node.name.startsWith(name));
	return nodes.slice(0, offeredAtMost).map((node) => ({
		label: safe`ssh ${node.name}`,
		detail: toSafeText('a shell on the node itself'),
		key: toSafeText(''),
		run: () => void app.nodes.ssh(node),
	}));
}

/** The names that the word can become; choosing one lets the command be typed. */
function execTargets(name: string, app: App): Suggestion[] {
	return targetNames(app.cluster)
		.filter((target) => target.startsWith(name))
		.slice(0, offeredAtMost)
		.map((target) => ({
			label: safe`exec ${target} …`,
			detail: toSafeText('a command in it'),
			key: toSafeText(''),
			run: () => askForCommand(target, app),
		}));
}

function askForCommand(target: SafeText, app: App): void {
	app.prompts.open({
		id: 'exec',
		label: safe`Run in ${target}`,
		hint: toSafeText('a command, such as env'),
		initial: '',
		onSubmit(text) {
			const words = parseWords(text);
			if (!words.ok || words.value.length === 0) return toSafeText(words.ok ? 'Write a command.' : words.error);
			run(target, words.value, app);
			return undefined;
		},
	});
}

function execIn(name: string, command: string, app: App): Suggestion[] {
	const target = targetNames(app.cluster).find((each) => each === name);
	const words = parseWords(command);
	if (target === undefined || !words.ok) return [];
	const count = targetsOf(target, app.cluster).length;
	return [
		{
			label: safe`exec ${target} ${toSafeText(command)}`,
			detail: toSafeText(count === 1 ? 'in its container' : `in all ${count} running tasks`),
			key: toSafeText(''),
			run: () => run(target, words.value, app),
		},
	];
}

function run(target: SafeText, command: readonly string[], app: App): void {
	void app.nodes.runInAll(target, targetsOf(target, app.cluster), command);
}

function targetNames({services, tasks}: ClusterState): SafeText[] {
	const names = [...services.values()].map(({name}) => name);
	return [...names, ...containersOf(tasks.values()).map(({name}) => name)];
}

function targetsOf(target: SafeText, {services, tasks}: ClusterState): ContainerTarget[] {
	const service = [...services.values()].find(({name}) => name === target);
	const all = [...tasks.values()].filter(({serviceId}) => !service || serviceId === service.id);
	return containersOf(all).filter(({name}) => service !== undefined || name === target);
}
