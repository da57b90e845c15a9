/** Custom commands: programs of the user's own, run with the fields of the selected object. */
import {type CustomCommand, fieldsIn, type Invocation, invocationOf, swarmFields} from '../../config/custom-command.ts';
import {failed, ok, type Result} from '../../runtime/result.ts';
import {type SafeText, safe, toSafeLines, toSafeText} from '../../text/safe-text.ts';
import {fieldTexts} from '../filter/filter.ts';
import {isKindId, kindOf} from '../kinds/registry.ts';
import type {App, Commands} from './capabilities.ts';
import type {TextSource} from './overlay.ts';

/** How a program ended. */
export type ProgramEnd = {
	/** 0 when all went well; 128 and the signal's number for one that a signal ended, as shells have it. */
	readonly status: number;
	/** What it printed, where it ran beside the screen; '' where it had the terminal. */
	readonly output: string;
};

/** Runs it beside the screen, or with the whole terminal; fails with the sentence that says why it could not be started. */
export type RunProgram = (
	invocation: Invocation,
	where: 'beside' | 'terminal',
) => Promise<Result<ProgramEnd, SafeText>>;

/** The swarm on the screen, for programs that are to act on it and on no other. */
export type SwarmAccess = {
	/** docker's name for it; `default` where it has none. */
	readonly context: string;
	readonly host: string;
	/** What the docker CLI goes by; undefined is what must not be inherited. */
	readonly environment: Readonly<Record<string, string | undefined>>;
};

type CommandOptions = {
	readonly app: Pick<App, 'navigation' | 'selection' | 'prompts' | 'messages'> & {
		/** Shows it over the panes, unless something lies there that somebody is busy with; false then. */
		readonly texts: {readonly offer: (source: TextSource) => boolean};
	};
	readonly runProgram: RunProgram;
	readonly access: SwarmAccess;
	/** Something has been said later than the key that asked for it. */
	readonly onNews: () => void;
};

export class CustomCommands implements Commands {
	readonly #options: CommandOptions;

	constructor(options: CommandOptions) {
		this.#options = options;
	}

	/** The fields that the command names, of the swarm and of what is selected; fails with the sentence that says why there are none. */
	fieldsFor(run: CustomCommand['run']): Result<Readonly<Record<string, string>>, SafeText> {
		const {app, access} = this.#options;
		const {context, host} = access;
		if (fieldsIn(run).every((name) => swarmFields.includes(name))) return ok({context, host});
		const {focus} = app.navigation;
		if (!isKindId(focus)) return failed(toSafeText('Logs have nothing to name: select something in a list.'));
		const selected = app.selection.selected(focus);
		if (!selected.ok) return selected;
		return ok({...fieldTexts(selected.value, kindOf(focus).filterable), context, host});
	}

	/** Asks first where the command says so. What is selected then is what the command is about. */
	run(command: CustomCommand): void {
		const {app} = this.#options;
		const fields = this.fieldsFor(command.run);
		const invocation = fields.ok ? invocationOf(command.run, fields.value) : fields;
		if (!invocation.ok) {
			app.messages.say('warning', toSafeText(invocation.error));
			return;
		}
		if (!command.confirm) {
			void this.#start(command, invocation.value);
			return;
		}
		app.prompts.choose({
			title: safe`${toSafeText(command.title)}?`,
			isConsent: true,
			choices: [
				{label: toSafeText('Cancel'), detail: toSafeText(''), key: 'n', isPresent: false, run: () => undefined},
				{
					label: toSafeText('Run'),
					detail: toSafeText(invocation.value.shown),
					key: 'y',
					isPresent: false,
					run: () => void this.#start(command, invocation.value),
				},
			],
		});
	}

	async #start({title, background}: CustomCommand, invocation: Invocation): Promise<void> {
		const {app, access, runProgram, onNews} = this.#options;
		const name = toSafeText(title);
		if (background) app.messages.say('plain', safe`${name}: running.`);
		const environment = {...access.environment, ...invocation.environment};
		const end = await runProgram({...invocation, environment}, background ? 'beside' : 'terminal');
		if (!end.ok) app.messages.say('danger', safe`${name}: ${end.error}`);
		else {
			const {status, output} = end.value;
			const lines = toSafeLines(output);
			const isShown = lines.length > 0 && app.texts.offer({kind: 'output', title: name, lines});
			const last = isShown ? undefined : lines.at(-1);
			const outcome = status === 0 ? toSafeText('done') : safe`ended with status ${status}`;
			app.messages.say(
				status === 0 ? 'good' : 'danger',
				last ? safe`${name}: ${outcome}: ${last}` : safe`${name}: ${outcome}.`,
			);
		}
		onNews();
	}
}
