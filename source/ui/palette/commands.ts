/** Commands of several words, typed into the palette: `scale web 5`, `logs web db`, `drain w1`, `deploy ./shop.yml`. */
import {joinSafe, type SafeText, safe, toSafeText} from '../../text/safe-text.ts';
import type {App} from '../app/capabilities.ts';
import type {Suggestion} from '../app/overlay.ts';
import {runBinding} from '../app/router.ts';
import type {KindId} from '../kinds/kind-id.ts';
import {findListing} from '../kinds/listings.ts';
import {kindIds, kindOf} from '../kinds/registry.ts';
import type {Listed} from '../kinds/scope.ts';
import {deployFiles} from '../kinds/stacks/keys.ts';
import {type LogTarget, severalTargets} from '../logs/log-feed.ts';
import {completePath, filesIn} from '../prompt/paths.ts';
import {completedName, rowsNamed} from './names.ts';

type Command = {
	/** Kinds whose names it takes; the words behind it are completed to them. */
	readonly kinds: readonly KindId[];
	/** It takes a path behind it. */
	readonly isFile?: boolean;
	readonly suggest: (words: readonly string[], app: App) => readonly Suggestion[];
};

/** Of so many objects that a name may mean the command is offered. */
const offeredAtMost = 8;

const offer = (label: SafeText, detail: SafeText, run: () => void): Suggestion => ({
	label,
	detail,
	key: toSafeText(''),
	run,
});

/** Goes to the object, alone: what is marked elsewhere is not meant by who names something. */
function goToAlone(kind: KindId, id: string, app: App): void {
	app.navigation.goTo(kind, id);
	app.selection.unmarkAll();
}

/** What a key does, to the object that is named. */
function doing(kind: KindId, bindingId: string, verb: string): Command {
	return {
		kinds: [kind],
		suggest([name = '', ...rest], app) {
			const binding = app.keymap.bindings.find(({id}) => id === bindingId);
			if (!binding || rest.some((word) => word !== '')) return [];
			const {singular, name: nameOf} = kindOf(kind);
			return rowsNamed(kind, name, app.cluster)
				.slice(0, offeredAtMost)
				.map((row) =>
					offer(safe`${toSafeText(verb)} ${nameOf(row)}`, singular, () => {
						goToAlone(kind, row.id, app);
						runBinding(binding, app);
					}),
				);
		},
	};
}

const scale: Command = {
	kinds: ['services'],
	suggest([name = '', count], app) {
		if (count === undefined || count === '') return doing('services', 'service.scale', 'Scale').suggest([name], app);
		const replicas = /^\d{1,6}$/.test(count) ? Number(count) : undefined;
		const binding = app.keymap.bindings.find(({id}) => id === 'service.scale');
		if (replicas === undefined || !binding) return [];
		const {singular, name: nameOf} = kindOf('services');
		return rowsNamed('services', name, app.cluster)
			.slice(0, offeredAtMost)
			.map((row) =>
				offer(safe`Scale ${nameOf(row)} to ${replicas}`, singular, () => {
					goToAlone('services', row.id, app);
					const run = (): void => app.consent.ask({action: 'service.scale', serviceId: row.id, replicas});
					runBinding({...binding, run}, app);
				}),
			);
	},
};

/** Where logs can be had from, in the order in which a name is looked for. */
const speakers: readonly KindId[] = ['services', 'stacks', 'tasks', 'nodes'];

const logs: Command = {
	kinds: speakers,
	suggest(words, app) {
		const names = words.filter((word) => word !== '');
		const found = names.map((name) => speakerOf(name, app));
		const known = found.filter((target) => target !== undefined);
		const [first, second] = known;
		if (!first || known.length < names.length) return [];
		const title = joinSafe(
			known.map(({name}) => name),
			', ',
		);
		const target = second ? severalTargets(known, title) : first;
		return [offer(safe`Logs of ${title}`, toSafeText('logs'), () => app.navigation.showLogs(target))];
	},
};

function speakerOf(name: string, app: App): LogTarget | undefined {
	for (const kind of speakers) {
		const [row] = rowsNamed(kind, name, app.cluster);
		const target = row && kindOf(kind).logsOf?.(row);
		if (target) return target;
	}
	return undefined;
}

const deploy: Command = {
	kinds: [],
	isFile: true,
	suggest([file = '', name], app) {
		const binding = app.keymap.bindings.find(({id}) => id === 'stack.deploy');
		if (!binding) return [];
		const run = (): void => {
			const problem = deployFiles(filesIn(file), name === '' ? undefined : name, app);
			if (problem !== undefined) app.messages.say('danger', problem);
		};
		return [
			offer(safe`Deploy ${toSafeText(file === '' ? 'a stack file' : file)}`, toSafeText('stack'), () =>
				runBinding(file === '' ? binding : {...binding, run}, app),
			),
		];
	},
};

/** `stack export NAME`, as the command line has it. */
const stack: Command = {
	kinds: ['stacks'],
	suggest: ([verb = '', ...rest], app) =>
		verb !== '' && 'export'.startsWith(verb) ? doing('stacks', 'stack.export', 'Export stack').suggest(rest, app) : [],
};

const commands: Readonly<Record<string, Command>> = {
	scale,
	logs,
	log: logs,
	deploy,
	stack,
	export: doing('stacks', 'stack.export', 'Export stack'),
	restart: doing('services', 'service.restart', 'Restart'),
	rollback: doing('services', 'service.rollback', 'Roll back'),
	image: doing('services', 'service.image', 'Set the image of'),
	edit: doing('services', 'service.edit', 'Edit'),
	why: doing('services', 'service.why', 'Why is it not as desired:'),
	remove: doing('services', 'service.remove', 'Remove service'),
	rm: doing('services', 'service.remove', 'Remove service'),
	drain: doing('nodes', 'node.drain', 'Drain'),
	availability: doing('nodes', 'node.availability', 'Availability of'),
	promote: doing('nodes', 'node.promote', 'Promote'),
	demote: doing('nodes', 'node.demote', 'Demote'),
};

/** What the line means as a command; undefined where its first word is none. */
export function commandSuggestions(
	first: string,
	rest: readonly string[],
	app: App,
): readonly Suggestion[] | undefined {
	const command = Object.hasOwn(commands, first) ? commands[first] : undefined;
	if (command) return command.suggest(rest, app);
	const fault = app.simulator.entries.find(({action, of}) => action === first && of !== 'nothing');
	if (!fault) return undefined;
	const [name = ''] = rest;
	return app.simulator
		.targetsOf(fault)
		.filter((target) => target.name.includes(name))
		.slice(0, offeredAtMost)
		.map((target) =>
			offer(safe`${toSafeText(fault.label)}: ${target.name}`, toSafeText('simulator'), () =>
				app.simulator.run(fault, target),
			),
		);
}

/** Tab: what the last word can be typed on to; undefined where that is nothing. */
export function completeCommand(text: string, app: App): string | undefined {
	const at = text.lastIndexOf(' ') + 1;
	const [head, begun] = [text.slice(0, at), text.slice(at)];
	const first = head.trim().split(/\s+/)[0] ?? '';
	if (first === '') return completedName(begun, [...Object.keys(commands), ...kindIds]);
	const command = Object.hasOwn(commands, first) ? commands[first] : undefined;
	if (command?.isFile) {
		const completed = completePath(begun)?.text;
		return completed === undefined || completed === begun ? undefined : head + completed;
	}
	const name = completedName(begun, namesFor(first, command, app));
	return name === undefined ? undefined : head + name;
}

function namesFor(first: string, command: Command | undefined, app: App): readonly string[] {
	const kind = findListing(first);
	const kinds = command?.kinds ?? (kind ? [kind] : []);
	const fault = app.simulator.entries.find(({action}) => action === first);
	const targets = fault ? app.simulator.targetsOf(fault).map(({name}) => name) : [];
	return [...kinds.flatMap((id) => namesOf(id, app)), ...targets];
}

function namesOf(id: KindId, app: App): readonly string[] {
	const {source, name, isPast} = kindOf(id);
	return [...source(app.cluster).values()].filter((row: Listed) => !isPast?.(row)).map((row) => name(row));
}
