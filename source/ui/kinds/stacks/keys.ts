/** What can be done to whole stacks: deploy a file, remove one with all that belongs to it. */

import {writeFileSync} from 'node:fs';
import path from 'node:path';
import type {StackEntity} from '../../../cluster/entities/stack.ts';
import {readOnly} from '../../../cluster/pipeline/messages.ts';
import {exportRunning} from '../../../cluster/stack/stack-export.ts';
import {removalRequest} from '../../../cluster/stack/stack-removal.ts';
import {readStackFiles} from '../../../cluster/stack-file.ts';
import {type SafeText, safe, toSafeText} from '../../../text/safe-text.ts';
import type {App} from '../../app/capabilities.ts';
import type {Submitted} from '../../app/overlay.ts';
import type {KeyBinding} from '../../keys/binding.ts';
import {keysOf} from '../../keys/keys-of.ts';
import {completePath, expandHome, filesIn} from '../../prompt/paths.ts';
import {changeKey, viewKey} from '../object-keys.ts';

export const stackKeys: readonly KeyBinding<App>[] = [
	...keysOf({scope: 'stacks', group: 'act'}, [
		{
			id: 'stack.deploy',
			keys: ['D'],
			title: 'Deploy a stack file, planned before anything is done',
			footer: {label: 'deploy', rank: 3},
			isChange: true,
			enabled(app) {
				if (app.isReadOnly) return readOnly;
				const {connection} = app.cluster;
				return connection.state === 'lost' ? safe`Nothing can be changed now: ${connection.problem}` : true;
			},
			run: promptFile,
		},
	]),
	viewKey('stacks', {
		id: 'stack.export',
		keys: [],
		title: 'Export: a stack file from what runs',
		run: promptExport,
	}),
	changeKey('stacks', {
		id: 'stack.remove',
		keys: ['x', 'ctrl-d'],
		title: 'Remove with all its services, networks, secrets and configs',
		footer: {label: 'remove', rank: 5},
		run: ({name, services}, app) => app.consent.ask(removalRequest(name, services, app.cluster)),
	}),
];

/** Asks where to; a file that is there stays as it is. */
function promptExport({name}: StackEntity, app: App): void {
	app.prompts.open({
		id: 'stack-export',
		label: safe`Write stack ${name} to the file`,
		hint: toSafeText('a stack file that makes what runs, for docker stack deploy'),
		initial: `${name}.yaml`,
		complete: (text) => completePath(text),
		onSubmit: (text) => writeExport(name, expandHome(text.trim()), app),
	});
}

function writeExport(name: SafeText, file: string, app: App): SafeText | undefined {
	const {services, inventory} = app.cluster;
	if (file === '') return toSafeText('name a file');
	if (!inventory.networks) return inventory.refused.networks ?? toSafeText('its networks are not known yet: try again');
	const raw = [...services.values()].map((service) => service.raw);
	const found = exportRunning(name, raw, inventory.networks);
	if (!found) return safe`${name} has no services: there is nothing to write`;
	try {
		writeFileSync(file, found.text, {flag: 'wx'});
	} catch (error) {
		const isThere = error instanceof Error && 'code' in error && error.code === 'EEXIST';
		return toSafeText(isThere ? `${file} is there already: name another` : `${file}: ${String(error)}`);
	}
	const [note] = found.notes;
	if (note === undefined)
		app.messages.say('good', safe`${name} is in ${toSafeText(file)}: deployed back, it changes nothing.`);
	else app.messages.say('warning', safe`${name} is in ${toSafeText(file)}. ${note}`);
	return undefined;
}

const stackName = /^[a-z0-9][a-z0-9_-]*$/i;

/** The file first: what is wrong with it is said before anything else is asked. */
function promptFile(app: App): void {
	app.prompts.open({
		id: 'stack-file',
		label: toSafeText('Stack file'),
		hint: safe`as for docker stack deploy -c; ${app.keymap.keyOf('prompt.complete')} completes`,
		initial: 'compose.yaml',
		complete: (text) => completePath(text),
		onSubmit: (text) => deployFiles(filesIn(text), undefined, app),
	});
}

/** Asks under which name, proposing the one that is given; or says what is wrong with the files. */
export function deployFiles(files: readonly string[], name: string | undefined, app: App): SafeText | undefined {
	const read = readStackFiles(files, {name: 'stack', variables: process.env});
	if (!read.ok) return read.error;
	promptName(files, name, app);
	return undefined;
}

/** The folder's, as docker compose has it: never that of a stack that only happens to be selected. */
function promptName(files: readonly string[], name: string | undefined, app: App): void {
	const [file = ''] = files;
	const folder = path.basename(path.dirname(path.resolve(file))).toLowerCase();
	app.prompts.open({
		label: safe`Name of the stack in ${toSafeText(path.basename(file))}`,
		hint: toSafeText('a new stack, or one to update from the file'),
		initial: name ?? folder,
		onSubmit: (text) => deploy(files, text.trim(), app),
		waiting: safe`asking the engine and the registries; ${app.keymap.keyOf('prompt.cancel')} gives up`,
	});
}

function deploy(files: readonly string[], name: string, app: App): SafeText | Promise<Submitted> {
	if (!stackName.test(name)) return toSafeText('letters, digits, - and _');
	const read = readStackFiles(files, {name, variables: process.env});
	if (!read.ok) return read.error;
	return app.consent.preparations
		.deployment(read.value)
		.then((request) => (request.ok ? () => app.consent.ask(request.value) : request.error.message));
}
