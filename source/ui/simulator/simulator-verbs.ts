/** Breaking and mending a simulated swarm from the dashboard; what cannot be done to a real one is said, and not done. */
import type {ClusterState} from '../../cluster/model.ts';
import {joinSafe, type SafeText, safe, toSafeText} from '../../text/safe-text.ts';
import type {App} from '../app/capabilities.ts';
import type {Choice, Suggestion} from '../app/overlay.ts';
import {taskName} from '../kinds/tasks/listing.ts';
import {compareNatural} from '../table/natural.ts';
import {type FaultEntry, type FaultVictim, faultEntries, smallerSide} from './faults.ts';
import type {SimulatedSwarm} from './simulated-swarm.ts';
import type {SimulatorControls} from './simulator-controls.ts';

type SimulatorOptions = {
	/** Undefined: the swarm on the screen is a real one, as far as anybody knows. */
	readonly swarm: SimulatedSwarm | undefined;
	readonly app: Pick<App, 'cluster' | 'prompts' | 'messages' | 'selection' | 'navigation'>;
	/** Something has been said later than the key that asked for it. */
	readonly onNews: () => void;
};

/** More than anybody reads; typing finds the others. */
const offeredAtMost = 60;

export class SimulatorVerbs implements SimulatorControls {
	readonly #options: SimulatorOptions;

	constructor(options: SimulatorOptions) {
		this.#options = options;
	}

	get isThere(): boolean {
		return this.#options.swarm !== undefined;
	}

	get entries(): readonly FaultEntry[] {
		return this.isThere ? faultEntries : [];
	}

	openMenu(): void {
		const {prompts} = this.#options.app;
		const choices = faultEntries.map(
			(entry): Choice => ({
				key: entry.key,
				label: toSafeText(entry.label),
				detail: toSafeText(entry.detail),
				isPresent: false,
				run: () => this.begin(entry),
			}),
		);
		prompts.choose({title: toSafeText('Break something: this swarm is simulated'), choices});
	}

	/** Does it, or asks first to what. */
	begin(entry: FaultEntry): void {
		if (entry.of === 'nothing') this.#doAlone(entry);
		else this.#ask(entry);
	}

	/** What it can be done to, those that are selected first. */
	targetsOf({of}: FaultEntry): readonly FaultVictim[] {
		if (of === 'nothing') return [];
		return of === 'task' ? this.#tasks() : this.#nodes();
	}

	/** Does it to one task or node. */
	run({action, done}: FaultEntry, {name, word}: FaultVictim): void {
		void this.#fault([action, word], safe`${name} ${toSafeText(done)}`);
	}

	#doAlone({action, done}: FaultEntry): void {
		if (action !== 'split') {
			void this.#fault([action], toSafeText(done));
			return;
		}
		const side = smallerSide(this.#cluster);
		if (side.length > 0) {
			void this.#fault([action, ...side], safe`${joinSafe(side.map(toSafeText), ', ')} ${toSafeText(done)}`);
		} else {
			this.#options.app.messages.say('warning', toSafeText('This swarm is too small to fall into two parts.'));
		}
	}

	#ask(entry: FaultEntry): void {
		const suggestion = (target: FaultVictim): Suggestion => ({
			label: target.name,
			detail: toSafeText(entry.of),
			key: toSafeText(''),
			run: () => this.run(entry, target),
		});
		this.#options.app.prompts.open({
			label: safe`${toSafeText(entry.label)}: which?`,
			hint: toSafeText('part of its name'),
			initial: '',
			suggest: (text) =>
				this.targetsOf(entry)
					.filter(({name}) => name.toLowerCase().includes(text.trim().toLowerCase()))
					.slice(0, offeredAtMost)
					.map(suggestion),
			onSubmit: () => safe`no such ${toSafeText(entry.of)}`,
		});
	}

	/** Running tasks: of the selected service or node first, the selected one before all. */
	#tasks(): readonly FaultVictim[] {
		const {selection, navigation} = this.#options.app;
		const selected = navigation.focus === 'tasks' ? selection.selected('tasks') : undefined;
		const service = selection.selected('services');
		const rank = (task: {readonly id: string; readonly serviceId: string}): number =>
			selected?.ok && selected.value.id === task.id ? 0 : service.ok && service.value.id === task.serviceId ? 1 : 2;
		return [...this.#cluster.tasks.values()]
			.filter(({state, isCurrent}) => isCurrent && state === 'running')
			.map((task) => ({name: taskName(task), word: task.id, rank: rank(task)}))
			.sort((a, b) => a.rank - b.rank || compareNatural(a.name, b.name))
			.map(({name, word}) => ({name, word}));
	}

	#nodes(): readonly FaultVictim[] {
		const {selection, navigation} = this.#options.app;
		const selected =
			navigation.focus === 'nodes' || navigation.focus === 'topology' ? selection.selected('nodes') : undefined;
		const first = selected?.ok ? selected.value.hostname : undefined;
		const hosts = this.#options.swarm?.hosts() ?? [];
		return hosts
			.map(({name}) => ({name: toSafeText(name), word: name}))
			.sort((a, b) => Number(b.name === first) - Number(a.name === first) || compareNatural(a.name, b.name));
	}

	async #fault(words: readonly string[], done: SafeText): Promise<void> {
		const {swarm, app, onNews} = this.#options;
		const result = await swarm?.fault(words);
		if (!result) return;
		if (result.ok) app.messages.say('plain', done);
		else app.messages.say('danger', toSafeText(result.error));
		onNews();
	}

	get #cluster(): ClusterState {
		return this.#options.app.cluster;
	}
}
