import {readStackFiles} from '../../../cluster/stack-file.ts';
import {failed, ok, type Result} from '../../../runtime/result.ts';
import {words} from '../../command-line/declaration.ts';
import {exitStatus} from '../../open-client.ts';
import {nameTheFile} from '../messages.ts';
import type {Refusal} from '../session.ts';
import type {ReadVerb, Verb} from '../verb.ts';

const resolveModes = ['always', 'changed', 'never'] as const;

/** Docker's own. */
export const composeFileFlag = {
	'compose-file': {
		short: 'c',
		title: 'the stack file',
		detail: '- for standard input; given several times, the later ones come on top',
		value: 'FILE',
		completes: {kind: 'file'},
		isMultiple: true,
	},
} as const;

const flags = {
	...composeFileFlag,
	'resolve-image': {
		title: 'when to ask registries for digests',
		detail: 'always, changed, never',
		value: 'MODE',
		completes: words(...resolveModes),
	},
	'with-registry-auth': {title: 'send your registry login to the nodes'},
	prune: {title: 'remove services that the file no longer has'},
} as const;

const wrongUse = (message: string): Result<ReadVerb, Refusal> => failed({status: exitStatus.wrongUse, message});

export const deploy: Verb<typeof flags> = {
	name: 'deploy',
	title: 'deploy a stack, and wait until it runs',
	operands: '-c FILE [-c FILE...] STACK',
	about: 'Does what docker stack deploy does, as far as it changes anything.',
	flags,
	example: 'deploy -c shop.yaml -c shop.prod.yaml --yes shop',
	words: [{kind: 'live', list: 'stacks'}],
	asks: 'Deploy',
	read(values, [stack, ...more], io) {
		if (stack === undefined) return wrongUse('Name the stack.');
		if (more.length > 0) return wrongUse(`One stack at a time: "${more.join(' ')}" is too much.`);
		if (!isStackName(stack)) return wrongUse(`"${stack}" is no stack's name: letters, digits, - and _.`);
		const files = values['compose-file'] ?? [];
		if (files.length === 0) return wrongUse(nameTheFile);
		if (files.filter((file) => file === '-').length > 1)
			return wrongUse('Standard input can be read once: -c - is given twice.');
		const resolveImage = resolveModes.find((mode) => mode === (values['resolve-image'] ?? 'always'));
		if (!resolveImage) return wrongUse(`--resolve-image ${values['resolve-image']}: it is always, changed or never.`);
		const file = readStackFiles(files, {name: stack, variables: io.surroundings.environment, read: io.read});
		if (!file.ok) return failed({status: exitStatus.failed, message: file.error});
		const options = {
			resolveImage,
			sendsLogin: values['with-registry-auth'] ?? false,
			isPruning: values.prune ?? false,
		};
		return ok({
			stack: file.value.name,
			warnings: file.value.warnings,
			readsInput: files.includes('-'),
			async request({actions}) {
				const request = await actions.preparations.deployment(file.value, options);
				if (request.ok) return request;
				const {kind, message} = request.error;
				return failed({kind: kind === 'nothing' ? 'nothing' : 'failed', message});
			},
		});
	},
};

const isStackName = (name: string): boolean => /^[a-z0-9][a-z0-9_-]*$/i.test(name);
