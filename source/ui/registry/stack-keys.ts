/** What can be done to whole stacks: deploy a file, remove one with all that belongs to it. */
import path from 'node:path';
import {readStackFile} from '../../cluster/stack/stack-file.ts';
import {deployWish, removalWish} from '../../cluster/stack/stack-wishes.ts';
import {type SafeText, safe, toSafeText} from '../../text/safe-text.ts';
import type {App} from '../app/app.ts';
import type {KeyBinding} from '../keys/binding.ts';
import {changeKey} from './object-keys.ts';

export const stackKeys: readonly KeyBinding<App>[] = [
	{
		id: 'stack.deploy',
		keys: ['D'],
		scope: 'stacks',
		group: 'act',
		title: toSafeText('Deploy a stack file, planned before anything is done'),
		footer: {label: toSafeText('deploy'), rank: 3},
		isChange: true,
		enabled(app) {
			if (app.isReadOnly) return toSafeText('Read-only mode: started with --read-only, nothing is changed from here.');
			const {connection} = app.cluster;
			return connection.state === 'lost' ? safe`Nothing can be changed now: ${connection.problem}` : true;
		},
		run: promptFile,
	},
	changeKey('stacks', {
		id: 'stack.remove',
		keys: ['x', 'ctrl-d'],
		title: 'Remove with all its services, networks, secrets and configs',
		footer: ['remove', 5],
		run: ({name, services}, app) => app.ask(removalWish(name, services, app.cluster)),
	}),
];

const stackName = /^[a-z0-9][a-z0-9_-]*$/i;

/** The file first: what is wrong with it is said before anything else is asked. */
function promptFile(app: App): void {
	app.prompt({
		label: toSafeText('Stack file'),
		hint: toSafeText('as for docker stack deploy -c'),
		initial: 'compose.yaml',
		isReplacedByTyping: true,
		onSubmit(text) {
			const file = text.trim();
			const read = readStackFile(file, {name: 'stack', variables: process.env});
			if (!read.ok) return read.error;
			promptName(file, app);
			return undefined;
		},
	});
}

/** The folder's, as docker compose has it: never that of a stack that only happens to be selected. */
function promptName(file: string, app: App): void {
	const folder = path.basename(path.dirname(path.resolve(file))).toLowerCase();
	app.prompt({
		label: safe`Name of the stack in ${toSafeText(path.basename(file))}`,
		hint: toSafeText('a new one, or one to be brought to what the file says'),
		initial: folder,
		isReplacedByTyping: true,
		onSubmit: (text) => deploy(file, text.trim(), app),
	});
}

function deploy(file: string, name: string, app: App): SafeText | undefined {
	if (!stackName.test(name)) return toSafeText('letters, digits, - and _');
	const read = readStackFile(file, {name, variables: process.env});
	if (!read.ok) return read.error;
	const wish = deployWish(read.value, app.cluster);
	if (!wish.ok) return wish.error;
	app.ask(wish.value);
	return undefined;
}
