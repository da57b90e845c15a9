/** Nodes that come to the swarm from machines to which a way leads, and managers that are replaced. */
import type {Machine} from '../../cluster/actions/action.ts';
import {newId} from '../../cluster/actions/new-object.ts';
import {engineName} from '../../cluster/actions/swarm-subject.ts';
import type {Intent} from '../../cluster/intent.ts';
import type {NodeEntity} from '../../cluster/model.ts';
import {isReachable, quorumWithout} from '../../cluster/quorum.ts';
import {type SafeText, safe, toSafeText} from '../../text/safe-text.ts';
import type {NodeRole} from '../../wire/node.ts';
import type {Suggestion} from '../app/overlay.ts';
import {compareNatural} from '../table/natural.ts';
import {entry, machines, nothing, replacement} from './messages.ts';
import type {SwarmVerbsOptions} from './swarm-options.ts';

/** Who can take the place of a manager. */
type Successor = {readonly name: SafeText; readonly detail: SafeText; readonly intent: Intent};

export class GrowVerbs {
	readonly #options: SwarmVerbsOptions;

	constructor(options: SwarmVerbsOptions) {
		this.#options = options;
	}

	async addNode(): Promise<void> {
		const {app, onNews} = this.#options;
		const found = await this.#machines();
		if (found.length === 0) app.texts.open({kind: 'message', title: machines.title, text: machines.none});
		else {
			this.#offer(
				machines.prompt,
				machines.hint,
				found.map((machine) => ({
					label: toSafeText(machine.name),
					detail: machine.problem ?? toSafeText(machine.dockerHost),
					key: nothing,
					run: () => this.#askRole(machine),
				})),
			);
		}
		onNews();
	}

	/** One plan: the dead manager is demoted and removed, then another one comes. Refused where the quorum would go with it. */
	async replace(node: NodeEntity): Promise<void> {
		const {app, onNews} = this.#options;
		const {cluster, messages} = app;
		if (cluster.connection.state === 'lost' && cluster.connection.reason === 'no-leader') {
			const text = replacement.noQuorum(engineName(cluster));
			app.texts.open({kind: 'message', title: replacement.refusedTitle, text});
		} else if (!node.manager) messages.say('warning', replacement.notManager(node.name));
		else if (isReachable(node)) messages.say('warning', replacement.isWell(node.name));
		else {
			const left = quorumWithout(cluster.nodes.values(), node.id);
			if (left.isAllowed) this.#offerSuccessors(node, await this.#machines());
			else {
				const text = replacement.refused(node.name, left.managers, left.reachable, left.needed);
				app.texts.open({kind: 'message', title: replacement.refusedTitle, text});
			}
		}
		onNews();
	}

	async #machines(): Promise<readonly Machine[]> {
		const {app} = this.#options;
		app.messages.say('plain', machines.asking);
		const found = await app.consent.preparations.swarm.machines();
		app.messages.wipe();
		return found.toSorted(
			(a, b) =>
				Number(a.problem !== undefined) - Number(b.problem !== undefined) ||
				compareNatural(toSafeText(a.name), toSafeText(b.name)),
		);
	}

	#askRole(machine: Machine): void {
		const {app} = this.#options;
		const name = toSafeText(machine.name);
		if (machine.problem !== undefined) {
			app.messages.say('warning', safe`${name} ${machine.problem}`);
			return;
		}
		const role = (key: string, each: NodeRole, detail: SafeText) => ({
			key,
			label: toSafeText(each),
			detail,
			isPresent: false,
			run: () => app.consent.ask(joining(machine, each)),
		});
		app.prompts.choose({
			title: machines.role(name),
			choices: [role('w', 'worker', entry.asWorker), role('m', 'manager', entry.asManager)],
		});
	}

	#offerSuccessors(node: NodeEntity, found: readonly Machine[]): void {
		const {app} = this.#options;
		const workers = [...app.cluster.nodes.values()]
			.filter(({role, state}) => role === 'worker' && state === 'ready')
			.map(
				({id, name}): Successor => ({
					name,
					detail: replacement.promote,
					intent: {action: 'node.role', nodeId: id, role: 'manager'},
				}),
			);
		const joiners = found
			.filter(({problem}) => problem === undefined)
			.map(
				(machine): Successor => ({
					name: toSafeText(machine.name),
					detail: replacement.join,
					intent: joining(machine, 'manager'),
				}),
			);
		const successors = [...joiners, ...workers];
		if (successors.length === 0) {
			app.messages.say('warning', replacement.nobody);
			return;
		}
		this.#offer(
			replacement.prompt(node.name),
			replacement.hint,
			successors.map(({name, detail, intent}) => ({
				label: name,
				detail,
				key: nothing,
				run: () =>
					app.consent.ask({
						action: 'batch',
						title: replacement.title(node.name, name),
						verb: 'Replace',
						stages: [
							[{action: 'node.role', nodeId: node.id, role: 'worker'}],
							[{action: 'node.remove', nodeId: node.id, force: false}],
							[intent],
						],
						word: node.name,
					}),
			})),
		);
	}

	#offer(label: SafeText, hint: SafeText, suggestions: readonly Suggestion[]): void {
		this.#options.app.prompts.open({
			label,
			hint,
			initial: '',
			suggest: (text) => suggestions.filter(({label: name}) => name.toLowerCase().includes(text.trim().toLowerCase())),
			onSubmit: () => machines.unknown,
		});
	}
}

const joining = ({name, dockerHost}: Machine, role: NodeRole) =>
	({action: 'node.join', nodeId: newId(name), role, machine: name, dockerHost}) as const;
