/**
 * A spec in the person's own editor, from the key to the plan: what is typed there is never lost. It stays in its file
 * until the engine has taken it, or the person has seen where it lies.
 */

import {objectOf} from '../../cluster/actions/names.ts';
import {theSwarm} from '../../cluster/actions/swarm-subject.ts';
import type {Change} from '../../cluster/edit/changes.ts';
import {type Edited, newSpecText, type Problem, specText} from '../../cluster/edit/spec-text.ts';
import type {Intent, PlanLine, Progress} from '../../cluster/intent.ts';
import {failed, type Result} from '../../runtime/result.ts';
import type {TextEditor} from '../../terminal/text-editor.ts';
import {plural} from '../../text/format.ts';
import {type SafeText, safe, toSafeText} from '../../text/safe-text.ts';
import type {ServiceSpec} from '../../wire/service.ts';
import type {SwarmSpec} from '../../wire/swarm.ts';
import type {App} from '../app/capabilities.ts';
import {nodeIntent} from './node-intent.ts';

export type EditingOptions = {
	readonly editor: TextEditor;
	readonly app: Pick<App, 'keymap' | 'messages' | 'prompts' | 'consent'>;
	/** Something has been said, or lies on the screen, later than the key that asked for it. */
	readonly onNews: () => void;
};

/** One text, from its first opening on. `object` is what it was made from: changes are told from that. */
type Draft = {readonly object: Edited; readonly file: string; readonly original: string};

const problemsShown = 6;

export class SpecEditing {
	readonly #options: EditingOptions;
	/** Texts that came to nothing, by the object's ID. */
	readonly #kept = new Map<string, Draft>();
	/** Texts that were consented to, until it is known what the engine says. */
	readonly #sent = new Map<Intent, Draft>();

	constructor(options: EditingOptions) {
		this.#options = options;
	}

	/** Opens the object's spec; one that was edited before to no avail is offered again. */
	edit(object: Edited): void {
		const {app, editor} = this.#options;
		const kept = this.#kept.get(object.id);
		if (editor.problem !== undefined) app.messages.say('warning', editor.problem);
		else if (kept) this.#offer(kept, object);
		else this.#run(this.#begin(object));
	}

	/** Opens a spec that is only to be made. What is wrong with the text opens it again; left as it is, nothing changes. */
	editNew(spec: ServiceSpec, take: (spec: ServiceSpec) => void): void {
		const {app, editor} = this.#options;
		if (editor.problem !== undefined) app.messages.say('warning', editor.problem);
		else this.#run(this.#beginNew(spec, take));
	}

	async #beginNew(spec: ServiceSpec, take: (spec: ServiceSpec) => void): Promise<void> {
		const {app, editor} = this.#options;
		const file = await editor.create(`${spec.Name === '' ? 'service' : spec.Name}.yaml`, newSpecText(spec));
		if (file.ok) await this.#openNew(file.value, take);
		else app.messages.say('danger', file.error);
	}

	async #openNew(file: string, take: (spec: ServiceSpec) => void): Promise<void> {
		const {app, editor} = this.#options;
		const leave = (why: SafeText): void => {
			app.messages.say('warning', why);
			this.#run(editor.discard(file));
		};
		const saved = await editor.open(file);
		if (!saved.ok) {
			leave(saved.error);
			return;
		}
		const {readNewSpec} = await import('../../cluster/edit/read-spec.ts');
		const read = readNewSpec(saved.value, file);
		if (read.ok) {
			take(read.value);
			await editor.discard(file);
			return;
		}
		this.#askWrong(
			read.error.map(problemText),
			() => this.#run(this.#openNew(file, take)),
			() => leave(toSafeText('The form is as it was before the editor.')),
			'the form stays as it was; the text is thrown away',
		);
	}

	/** Opens a text of its own, and gives it as it was saved. */
	async editText(fileName: string, text: string): Promise<Result<string, SafeText>> {
		const {editor} = this.#options;
		if (editor.problem !== undefined) return failed(editor.problem);
		const file = await editor.create(fileName, text);
		if (!file.ok) return file;
		const saved = await editor.open(file.value);
		await editor.discard(file.value);
		return saved;
	}

	/** @param progress all actions: what has become of the edits that were sent */
	follow(progress: readonly Progress[]): void {
		for (const [intent, draft] of this.#sent) {
			const entry = progress.find((each) => each.intent === intent);
			if (!entry || entry.finishedAt === undefined) continue;
			this.#sent.delete(intent);
			if (entry.state === 'failed') this.#kept.set(draft.object.id, draft);
			else this.#run(this.#options.editor.discard(draft.file));
		}
	}

	/** What is to be done when an edit that somebody else beat has been asked about again. */
	closeOf(intent: Intent): ((isConsented: boolean) => void) | undefined {
		const draft = this.#kept.get(objectOf(intent));
		return draft && ((isConsented) => this.#closed(draft, intent, isConsented));
	}

	#offer(kept: Draft, object: Edited): void {
		const {app, editor} = this.#options;
		const name = toSafeText(object.name);
		app.prompts.choose({
			title: safe`Edit ${name}`,
			lines: [line('plain', safe`Your last text was kept in ${toSafeText(kept.file)}.`)],
			choices: [
				choice('g', 'Go on', 'with that text', () => this.#run(this.#open(kept))),
				choice('f', 'Afresh', 'from what the engine has now; the kept text is thrown away', () => {
					this.#kept.delete(object.id);
					this.#run(editor.discard(kept.file).then(() => this.#begin(object)));
				}),
			],
		});
	}

	async #begin(object: Edited): Promise<void> {
		const {app, editor} = this.#options;
		const original = specText(object);
		const file = await editor.create(`${object.name}.yaml`, original);
		if (file.ok) await this.#open({object, file: file.value, original});
		else app.messages.say('danger', file.error);
	}

	async #open(draft: Draft): Promise<void> {
		const {app, editor} = this.#options;
		const saved = await editor.open(draft.file);
		if (!saved.ok) {
			this.#keep(draft, saved.error);
			return;
		}
		if (saved.value === draft.original) {
			await this.#drop(draft);
			return;
		}
		// The schemas are not needed to draw a screen.
		const {readSpec} = await import('../../cluster/edit/read-spec.ts');
		const read = readSpec(saved.value, draft.object, draft.file);
		if (!read.ok) {
			this.#askAgain(draft, read.error.map(problemText));
		} else if (read.value.length === 0) await this.#drop(draft);
		else {
			const intent = intentOf(draft.object, read.value);
			if (typeof intent === 'string') this.#askAgain(draft, [intent]);
			else {
				const prepared =
					'serviceId' in intent && 'changes' in intent ? await app.consent.preparations.edit(intent) : intent;
				app.consent.ask(prepared, (isConsented) => this.#closed(draft, prepared, isConsented));
			}
		}
	}

	/** What is wrong, and the choice to mend it: the text is as it was left. */
	#askAgain(draft: Draft, problems: readonly SafeText[]): void {
		this.#askWrong(
			problems,
			() => this.#run(this.#open(draft)),
			() => this.#keep(draft, toSafeText('Nothing was changed.')),
			'nothing is changed; the text is kept',
		);
	}

	#askWrong(problems: readonly SafeText[], again: () => void, leave: () => void, leaving: string): void {
		const rest = problems.length - problemsShown;
		const lines = problems.slice(0, problemsShown).map((text) => line('danger', text));
		this.#options.app.prompts.choose({
			title: safe`This can't be sent: ${plural(problems.length, 'problem')} in the text`,
			lines: rest > 0 ? [...lines, line('danger', safe`and ${rest} more`)] : lines,
			choices: [choice('e', 'Edit again', 'your text, as you left it', again), choice('l', 'Leave it', leaving, leave)],
			onCancel: leave,
		});
	}

	#closed(draft: Draft, intent: Intent, isConsented: boolean): void {
		if (isConsented) {
			this.#kept.delete(draft.object.id);
			this.#sent.set(intent, draft);
		} else this.#keep(draft, toSafeText('Nothing was changed.'));
	}

	#keep(draft: Draft, why: SafeText): void {
		const {messages, keymap} = this.#options.app;
		const key = keymap.keyOf(`${draft.object.kind}.edit`);
		this.#kept.set(draft.object.id, draft);
		const file = toSafeText(draft.file);
		messages.say('warning', safe`${why} Your text is kept in ${file} until you quit; ${key} goes on with it.`);
	}

	async #drop({object, file}: Draft): Promise<void> {
		this.#kept.delete(object.id);
		this.#options.app.messages.say('plain', safe`${toSafeText(object.name)} is as it was: the text was not changed.`);
		await this.#options.editor.discard(file);
	}

	#run(work: Promise<void>): void {
		void work.then(this.#options.onNews);
	}
}

function intentOf({kind, id, spec}: Edited, changes: readonly Change[]): Intent | SafeText {
	switch (kind) {
		case 'service':
			return {action: 'service.edit', serviceId: id, changes};
		case 'node':
			return nodeIntent(id, spec, changes);
		case 'swarm':
			// It is what the engine gave, which nobody but the engine makes.
			return {action: 'swarm.settings', ...theSwarm, changes, seen: spec as SwarmSpec};
	}
}

function problemText({line: at, key, message}: Problem): SafeText {
	const place = key === '' ? `line ${at}` : `line ${at}, ${key}`;
	return safe`${toSafeText(place)}: ${toSafeText(message)}`;
}

const line = (tone: PlanLine['tone'], text: SafeText): PlanLine => ({tone, text});

const choice = (key: string, label: string, detail: string, run: () => void) => ({
	key,
	label: toSafeText(label),
	detail: toSafeText(detail),
	isPresent: false,
	run,
});
