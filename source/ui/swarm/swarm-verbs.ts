/** What keys can do about the swarm itself: begin or join one, unlock, tokens and keys, leave. */
import {engineName, managerAddress, swarmIn, theSwarm} from '../../cluster/actions/swarm-subject.ts';
import type {Intent, Progress, SwarmQuestions} from '../../cluster/intent.ts';
import type {NodeEntity} from '../../cluster/model.ts';
import type {SafeText} from '../../text/safe-text.ts';
import type {NodeRole} from '../../wire/node.ts';
import type {Choice} from '../app/overlay.ts';
import {initForm, joinForm, type Send, unlockForm} from './forms.ts';
import {GrowVerbs} from './grow-verbs.ts';
import {menuOf} from './menu.ts';
import {key, menu, nothing, settingsKept, tokens} from './messages.ts';
import type {SwarmControls} from './swarm-controls.ts';
import type {SwarmVerbsOptions} from './swarm-options.ts';

type Waiting = {readonly intent: Intent; readonly done: (problem: SafeText | undefined) => void};

export class SwarmVerbs implements SwarmControls {
	readonly #options: SwarmVerbsOptions;
	readonly #grow: GrowVerbs;
	/** Forms that wait for what comes of what they sent. */
	#waiting: readonly Waiting[] = [];
	#isGreeting = false;

	constructor(options: SwarmVerbsOptions) {
		this.#options = options;
		this.#grow = new GrowVerbs(options);
	}

	/** @param progress all actions: what has become of what forms have sent */
	follow(progress: readonly Progress[]): void {
		this.#greet();
		this.#waiting = this.#waiting.filter(({intent, done}) => {
			const entry = progress.find((each) => each.intent === intent);
			if (!entry || entry.finishedAt === undefined) return true;
			done(entry.state === 'done' ? undefined : entry.detail);
			return false;
		});
	}

	/** From now on the menu opens by itself as soon as it is known what the engine is. */
	beginGreeting(): void {
		this.#isGreeting = true;
	}

	#greet(): void {
		const {app, model} = this.#options;
		if (!this.#isGreeting || app.cluster.connection.state === 'connecting') return;
		this.#isGreeting = false;
		if (app.cluster.connection.state === 'lost' && model.state.overlays.length === 0) this.openMenu();
	}

	openMenu(): void {
		const {app, simulated} = this.#options;
		const spec = menuOf(app.cluster, this, simulated ? () => app.texts.showFirstSteps() : undefined);
		if (spec) app.prompts.choose(spec);
		else app.messages.say('plain', menu.notNow);
	}

	begin(): void {
		const {app} = this.#options;
		app.forms.open(initForm(engineName(app.cluster), this.#ask.addresses(), this.#send));
	}

	join(): void {
		const {app} = this.#options;
		app.forms.open(joinForm(engineName(app.cluster), this.#ask.addresses(), this.#send));
	}

	unlock(): void {
		const {app} = this.#options;
		app.forms.open(unlockForm(engineName(app.cluster), this.#send));
	}

	/** Managers leave only with --force, which is typed. */
	leave(): void {
		const {app} = this.#options;
		const {connection} = app.cluster;
		const isWorker = connection.state === 'lost' && connection.reason === 'worker';
		const isPending = connection.state === 'lost' && connection.reason === 'pending';
		const intent = {action: 'swarm.leave', ...theSwarm, force: !isWorker && !isPending} as const;
		const done = (problem: SafeText | undefined): void => {
			if (problem === undefined) this.beginGreeting();
		};
		app.consent.ask(intent, (isConsented) => {
			if (isConsented) this.#waiting = [...this.#waiting, {intent, done}];
		});
	}

	showTokens(): void {
		void this.#open(tokens.asking, this.#ask.tokens(), (found) => this.#chooseToken(found, false));
	}

	rotateToken(role: NodeRole): void {
		this.#options.app.consent.ask({action: 'swarm.rotate-token', ...theSwarm, role});
	}

	showUnlockKey(): void {
		void this.#open(key.asking, this.#ask.unlockKey(), (found) => {
			if (found === '') this.#options.app.messages.say('plain', key.off);
			else this.#chooseKey(found, false);
		});
	}

	toggleAutolock(): void {
		void this.#open(settingsKept, this.#ask.settings(), ({Spec}) =>
			this.#options.app.consent.ask({
				action: 'swarm.autolock',
				...theSwarm,
				isOn: !Spec.EncryptionConfig.AutoLockManagers,
			}),
		);
	}

	rotateCertificates(): void {
		this.#options.app.consent.ask({action: 'swarm.rotate-ca', ...theSwarm});
	}

	editSettings(): void {
		void this.#open(settingsKept, this.#ask.settings(), ({ID, Version, Spec}) =>
			this.#options.app.consent.editSpec({
				kind: 'swarm',
				id: ID,
				name: 'swarm',
				version: Version.Index,
				spec: Spec,
			}),
		);
	}

	addNode(): void {
		void this.#grow.addNode();
	}

	replace(node: NodeEntity): void {
		void this.#grow.replace(node);
	}

	get isMember(): true | SafeText {
		const {connection} = this.#cluster;
		if (connection.state === 'connected') return true;
		return connection.state === 'lost' ? connection.problem : menu.notNow;
	}

	get isOutside(): true | SafeText {
		const {connection} = this.#cluster;
		if (connection.state === 'lost' && connection.reason === 'not-in-swarm') return true;
		return menu.inSwarm;
	}

	get isLocked(): true | SafeText {
		const {connection} = this.#cluster;
		return connection.state === 'lost' && connection.reason === 'locked' ? true : menu.notLocked;
	}

	get #cluster() {
		return this.#options.app.cluster;
	}

	get #ask(): SwarmQuestions {
		return this.#options.app.consent.preparations.swarm;
	}

	/** The form stays until it is known what came of it. */
	readonly #send: Send = (intent, close) => {
		const {app} = this.#options;
		return new Promise((resolve) => {
			const done = (problem: SafeText | undefined): void => {
				if (problem === undefined) close();
				resolve(problem);
			};
			this.#waiting = [...this.#waiting, {intent, done}];
			app.consent.ask(intent, (isConsented) => {
				if (isConsented) return;
				this.#waiting = this.#waiting.filter((each) => each.intent !== intent);
				resolve(undefined);
			});
		});
	};

	/** Shows what has been asked for, or says why it can't be had. */
	async #open<T>(
		words: SafeText,
		answer: Promise<{ok: true; value: T} | {ok: false; error: SafeText}>,
		show: (value: T) => void,
	): Promise<void> {
		const {messages} = this.#options.app;
		messages.say('plain', words);
		const found = await answer;
		if (found.ok) {
			messages.wipe();
			show(found.value);
		} else messages.say('danger', found.error);
		this.#options.onNews();
	}

	#chooseToken(found: Readonly<Record<NodeRole, string>>, isShown: boolean): void {
		const {app} = this.#options;
		const address = managerAddress(app.cluster) ?? '';
		const copy = (role: NodeRole) => () =>
			app.texts.copy(`docker swarm join --token ${found[role]} ${address}`, tokens.copied(role));
		const line = tokens.line(address);
		app.prompts.choose({
			title: tokens.title,
			lines: isShown
				? [
						{tone: 'plain', text: tokens.of('worker', found.worker)},
						{tone: 'plain', text: tokens.of('manager', found.manager)},
					]
				: [{tone: 'plain', text: tokens.hidden}],
			choices: [
				choice('w', tokens.copyWorker, line, copy('worker')),
				choice('m', tokens.copyManager, line, copy('manager')),
				...(isShown ? [] : [choice('s', tokens.show, tokens.showDetail, () => this.#chooseToken(found, true))]),
				choice('W', tokens.rotateWorker, tokens.rotateDetail, () => this.rotateToken('worker')),
				choice('M', tokens.rotateManager, tokens.rotateDetail, () => this.rotateToken('manager')),
			],
		});
	}

	#chooseKey(found: string, isShown: boolean): void {
		const {app} = this.#options;
		app.prompts.choose({
			title: key.title,
			lines: [{tone: 'plain', text: isShown ? key.shown(found) : key.hidden}],
			choices: [
				...(isShown ? [] : [choice('s', key.show, nothing, () => this.#chooseKey(found, true))]),
				choice('c', key.copy, nothing, () => app.texts.copy(found, key.copied)),
				choice('R', key.rotate, key.rotateDetail, () => app.consent.ask({action: 'swarm.rotate-key', ...theSwarm})),
				choice('o', key.turnOff, key.turnOffDetail, () =>
					app.consent.ask({action: 'swarm.autolock', ...theSwarm, isOn: false}),
				),
			],
		});
	}

	/** What is known of autolock; undefined while the settings have not been read. */
	get isAutolocked(): boolean | undefined {
		return swarmIn(this.#cluster)?.Spec.EncryptionConfig.AutoLockManagers;
	}
}

export const choice = (letter: string, label: SafeText, detail: SafeText, run: () => void): Choice => ({
	key: letter,
	label,
	detail,
	isPresent: false,
	run,
});
