/** New secrets and configs, and new versions of them, as forms. */

import {newId} from '../../cluster/actions/new-object.ts';
import {referringTo} from '../../cluster/actions/service-reference.ts';
import {nextVersion, type StoreKind, sizeProblem, storedProblem, storedSpec} from '../../cluster/create/new-stored.ts';
import type {ConfigEntity, SecretEntity} from '../../cluster/entities/stored.ts';
import type {Intent} from '../../cluster/intent.ts';
import {batchOfStages} from '../../cluster/pipeline/batch-of.ts';
import {isYes, rawTextOf, textOf} from '../../text/entries.ts';
import {plural} from '../../text/format.ts';
import {joinSafe, type SafeText, safe, toSafeText} from '../../text/safe-text.ts';
import type {App} from '../app/capabilities.ts';
import type {ChoiceField, Field, FormAnswer, FormSpec, FormValues} from '../form/form-spec.ts';
import {completePath} from '../prompt/paths.ts';
import {fileProblem, readContent} from './content.ts';

/** What is made before it is asked for: the content of one of them, and what was entered around it. */
type Make = (content: Buffer, values: FormValues, close: () => void) => void;

const words = toSafeText;

export function openStoredForm(kind: StoreKind, app: App): void {
	app.forms.open(
		formOf(kind, app, {
			title: safe`New ${words(kind)}`,
			button: words('Create'),
			name: '',
			labels: [],
			isTemplate: false,
			make(content, values, close) {
				const spec = storedSpec(values, content);
				const intent: Intent = {action: 'object.create', objectId: newId(spec.Name), kind, spec};
				app.consent.ask(intent, (isConsented) => isConsented && close());
			},
			more: [],
		}),
	);
}

/** A new version of it, and every service that uses it moved over. */
export function openRotation(kind: StoreKind, old: SecretEntity | ConfigEntity, app: App): void {
	const {inventory} = app.cluster;
	const taken = new Set((inventory[kind === 'secret' ? 'secrets' : 'configs'] ?? []).map(({Spec}) => Spec.Name));
	const {Name: from, Labels: labels = {}, Templating: templating} = old.raw.Spec;
	const users = referringTo(kind, from, app.cluster).map(({name}) => name);
	const usage =
		users.length === 0
			? words('No service uses it now.')
			: safe`Moved over: ${joinSafe(users, ', ')}. The files in their containers keep their names.`;
	app.forms.open(
		formOf(kind, app, {
			title: safe`New version of ${words(kind)} ${old.name}`,
			button: words('Rotate'),
			name: nextVersion(from, taken),
			nameHint: usage,
			labels: Object.entries(labels).map(([key, value]) => `${key}=${value}`),
			isTemplate: templating !== undefined,
			make(content, values, close) {
				const spec = storedSpec(values, content);
				const replaces = kind === 'config' ? old.raw.Spec : undefined;
				const removes = isYes(values, 'remove');
				const stages: readonly (readonly Intent[])[] = [
					[
						{
							action: 'object.create',
							objectId: newId(spec.Name),
							kind,
							spec,
							...(replaces && 'Data' in replaces && {replaces: replaces.Data ?? ''}),
						},
					],
					referringTo(kind, from, app.cluster).map(
						({id}): Intent => ({action: 'service.reference', serviceId: id, kind, from, to: spec.Name}),
					),
					removes ? [{action: 'object.remove', objectId: old.id, kind, name: from}] : [],
				];
				const title = safe`Rotate ${words(kind)} ${old.name} to ${words(spec.Name)}`;
				const notes = [
					...(kind === 'secret'
						? [note(words('What a secret holds is never shown: the two can’t be compared here.'))]
						: []),
					note(
						removes
							? safe`${old.name} is removed when nothing uses it any more: then there is no way back.`
							: safe`${old.name} is kept: undo moves the services back, and it can be removed later.`,
					),
				];
				app.consent.ask(batchOfStages(stages, {title, verb: 'Rotate', notes}), (isConsented) => isConsented && close());
			},
			more: [
				{
					kind: 'flag',
					id: 'remove',
					label: words('Remove the old'),
					hint: safe`Once ${plural(users.length, 'service')} has moved over. No: it stays, and undo can go back to it.`,
				},
			],
		}),
	);
}

const note = (text: SafeText) => ({tone: 'plain', text}) as const;

type Parts = {
	readonly title: SafeText;
	readonly button: SafeText;
	readonly name: string;
	readonly nameHint?: SafeText;
	readonly labels: readonly string[];
	readonly isTemplate: boolean;
	readonly make: Make;
	readonly more: readonly Field[];
};

const sourceOf = (values: FormValues): string => textOf(values, 'source');

/** A secret in an editor would lie in a file: it is typed or read. A config can't be secret. */
function sourceField(kind: StoreKind): ChoiceField {
	const options = kind === 'secret' ? ['typed', 'file'] : ['editor', 'file', 'typed'];
	return {
		kind: 'choice',
		id: 'source',
		label: words('Content'),
		hint:
			kind === 'secret'
				? words(
						'typed: without echo, pasting works. file: read from this machine. No editor: it would keep a copy on the disk.',
					)
				: words('editor: yours opens when you go on. file: read from this machine. typed: without echo.'),
		options: options.map((value) => ({value, label: words(value)})),
	};
}

function formOf(kind: StoreKind, app: App, parts: Parts): FormSpec {
	const {title, button, name, nameHint, labels, isTemplate, make, more} = parts;
	const check = (id: string) => (text: string, values: FormValues) =>
		storedProblem(kind, id, text, values, app.cluster);
	return {
		title,
		button,
		needs: kind === 'secret' ? ['secrets'] : ['configs'],
		fields: [
			{
				kind: 'text',
				id: 'name',
				label: words('Name'),
				initial: name,
				hint: nameHint ?? safe`What services call it; a ${words(kind)} can't be changed later, only replaced.`,
				check: check('name'),
			},
			sourceField(kind),
			{
				kind: 'text',
				id: 'file',
				label: words('File'),
				hint: words('On this machine; every byte of it is taken, also a line break at its end.'),
				isShown: (values) => sourceOf(values) === 'file',
				check: (text) => fileProblem(kind, text),
				complete: (text) => completePath(text),
			},
			{
				kind: 'hidden',
				id: 'data',
				label: words('Data'),
				hint: safe`Not shown while you type; ${app.keymap.keyOf('prompt.delete-to-start')} empties it.`,
				isShown: (values) => sourceOf(values) === 'typed',
				check: (text) => sizeProblem(kind, Buffer.byteLength(text)),
			},
			{
				kind: 'flag',
				id: 'template',
				label: words('Template'),
				initial: isTemplate,
				hint: words('{{ .Node.Hostname }} and its like are filled in for each task (template driver golang).'),
			},
			{
				kind: 'list',
				id: 'labels',
				label: words('Labels'),
				initial: labels,
				hint: words('As key=value.'),
				check: check('labels'),
			},
			...more,
		],
		onSubmit: (values, close) => submitted(kind, app, values, (content) => make(content, values, close)),
	};
}

function submitted(
	kind: StoreKind,
	app: App,
	values: FormValues,
	make: (content: Buffer) => void,
): FormAnswer | Promise<FormAnswer> {
	switch (sourceOf(values)) {
		case 'file': {
			const content = readContent(kind, textOf(values, 'file'));
			return content.ok ? () => make(content.value) : content.error;
		}
		case 'editor':
			return app.consent.editText(`${textOf(values, 'name')}.txt`, '').then((text): FormAnswer => {
				if (!text.ok) return text.error;
				const problem = sizeProblem(kind, Buffer.byteLength(text.value));
				return problem ?? (() => make(Buffer.from(text.value)));
			});
		default:
			return () => make(Buffer.from(rawTextOf(values, 'data')));
	}
}
