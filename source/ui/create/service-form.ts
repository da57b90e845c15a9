/** A new service, as a form: its fields with their words, and what becomes of them. */
import {serviceProblem} from '../../cluster/create/checks.ts';
import {
	emptySpec,
	entriesOf,
	hasField,
	type ModeWord,
	modeIn,
	type Naming,
	specOf,
} from '../../cluster/create/service-fields.ts';
import {stackLabel} from '../../cluster/entities/service.ts';
import {networksIn} from '../../cluster/inventory.ts';
import type {ClusterState, ServiceEntity} from '../../cluster/model.ts';
import {taggedImage, withoutDigest} from '../../engine/registry-reference.ts';
import {type SafeText, safe, toSafeText} from '../../text/safe-text.ts';
import type {ServiceSpec} from '../../wire/service.ts';
import type {App} from '../app/capabilities.ts';
import type {ChoiceField, Field, FormSpec, FormValues, ListField, TextField} from '../form/form-spec.ts';
import {constraintNames, imageNames, networkNames, preferenceNames, storeNames} from './offers.ts';

/** Opens the form of a new service; of a copy where it is made from another one. */
export function openServiceForm(app: App, original?: ServiceEntity): void {
	const {isNamed, spec} = original ? copyOf(original, app.cluster) : {isNamed: false, spec: emptySpec};
	const form = serviceForm(app, spec);
	app.forms.open(isNamed ? {...form, title: safe`Copy of ${original?.name ?? toSafeText('')}`} : form);
}

function serviceForm(app: App, original: ServiceSpec): FormSpec {
	// What the form doesn't show stays as the editor, or the service that is copied, has it.
	let base = original;
	const naming: Naming = {networkName: (id) => networksIn(app.cluster).get(id)?.name ?? id};
	return {
		title: toSafeText('New service'),
		button: toSafeText('Create'),
		needs: ['networks', 'secrets', 'configs'],
		fields: fieldsFor(app, entriesOf(base, naming)),
		waiting: toSafeText('asking the registry…'),
		async onSubmit(values, close) {
			const wish = await app.consent.preparations.creation(specOf(values, base, naming));
			return () => app.consent.ask(wish, (isConsented) => isConsented && close());
		},
		edit: (values, take) =>
			app.consent.editNew(specOf(values, base, naming), (spec) => {
				base = spec;
				take(entriesOf(spec, naming));
			}),
	};
}

const stackLabels = [stackLabel, 'com.docker.stack.image'];

/** The settings of a service under a free name; what ties it to its stack, and to the image of that day, stays behind. */
function copyOf({raw}: ServiceEntity, {services}: ClusterState): {readonly isNamed: true; readonly spec: ServiceSpec} {
	const {Labels: labels = {}, TaskTemplate: template, Name: name} = raw.Spec;
	const {ForceUpdate: _, Placement: placement, ContainerSpec: container, ...rest} = template;
	const {Platforms: _platforms, ...placed} = placement ?? {};
	const own = Object.entries(labels).filter(([key]) => !stackLabels.includes(key));
	const ownOfContainers = Object.entries(container?.Labels ?? {}).filter(([key]) => !stackLabels.includes(key));
	return {
		isNamed: true,
		spec: {
			...raw.Spec,
			Name: freeName(name, new Set([...services.values()].map((service) => service.raw.Spec.Name))),
			Labels: Object.fromEntries(own),
			TaskTemplate: {
				...rest,
				...(placement && {Placement: placed}),
				ContainerSpec: {
					...container,
					Image: withoutDigest(taggedImage(container?.Image ?? '')),
					...(container?.Labels && {Labels: Object.fromEntries(ownOfContainers)}),
				},
			},
		},
	};
}

function freeName(name: string, taken: ReadonlySet<string>): string {
	let number = 2;
	while (taken.has(`${name}-${number}`)) number++;
	return `${name}-${number}`;
}

type Words = {
	readonly label: string;
	readonly hint: string;
	readonly part?: string;
	readonly required?: SafeText;
	readonly offers?: TextField['offers'];
};

/** What the engine does where nothing is said stands behind each. */
function fieldsFor(app: App, initial: FormValues): readonly Field[] {
	const shared = (id: string, {label, hint, part}: Words) => ({
		id,
		label: toSafeText(label),
		hint: toSafeText(hint),
		...(part !== undefined && {part: toSafeText(part)}),
		isShown: (values: FormValues) => hasField(id, modeIn(values)),
		check: (text: string, values: FormValues) => serviceProblem(id, text, values, app.cluster),
	});
	const text = (id: string, words: Words): TextField => ({
		...shared(id, words),
		kind: 'text',
		initial: initial[id]?.[0] ?? '',
		...(words.offers && {offers: words.offers}),
	});
	const list = (id: string, words: Words): ListField => ({
		...shared(id, words),
		kind: 'list',
		initial: initial[id] ?? [],
		...(words.offers && {offers: words.offers}),
	});
	const choice = (id: string, options: readonly string[], words: Words): ChoiceField => ({
		...shared(id, words),
		kind: 'choice',
		initial: initial[id]?.[0] ?? '',
		options: options.map((value) => ({value, label: toSafeText(value === '' ? 'default' : value)})),
	});
	const modes: readonly ModeWord[] = ['replicated', 'global', 'replicated-job', 'global-job'];
	return [
		text('image', {label: 'Image', hint: 'As nginx:1.27, or registry.example:5000/team/app.', offers: imageNames(app)}),
		text('name', {label: 'Name', hint: 'What the service is called, and its DNS name in its networks.'}),
		choice('mode', modes, {
			label: 'Mode',
			hint: 'replicated: so many tasks. global: one on every node. Jobs run their tasks once, to the end.',
		}),
		text('replicas', {label: 'Replicas', hint: 'How many tasks run at the same time.'}),
		text('completions', {label: 'Completions', hint: 'How many tasks must end well until the job is done.'}),
		text('concurrent', {label: 'At the same time', hint: 'How many of them run at once; empty: all.'}),
		text('command', {
			label: 'Command',
			hint: 'What runs in place of the image’s own, with its arguments. Quotes work as in a shell.',
		}),
		text('entrypoint', {label: 'Entrypoint', hint: 'In place of the image’s own; most services leave it.'}),
		list('ports', {
			part: 'Reached by',
			label: 'Ports',
			hint: 'PUBLISHED:TARGET on every node, as 8080:80 or 53:53/udp; only where it runs: published=8080,target=80,mode=host.',
		}),
		choice('endpoint', ['', 'vip', 'dnsrr'], {
			label: 'Endpoint',
			hint: 'vip: one address for all tasks (the default). dnsrr: the name gives the addresses of all of them.',
		}),
		list('networks', {label: 'Networks', hint: 'By their names, or name=front,alias=web.', offers: networkNames(app)}),
		list('env', {
			part: 'In the container',
			label: 'Environment',
			hint: 'KEY=value, one on each line. What is secret belongs into a secret.',
		}),
		list('mounts', {
			label: 'Mounts',
			hint: 'VOLUME:/path, /on/the/node:/path:ro, or type=tmpfs,target=/tmp.',
		}),
		list('secrets', {
			label: 'Secrets',
			hint: 'Each is a file in /run/secrets; source=key,target=tls.key,mode=0400 says more.',
			offers: storeNames(app, 'secrets'),
		}),
		list('configs', {
			label: 'Configs',
			hint: 'Each is a file in /; source=site,target=/etc/nginx/site.conf says where.',
			offers: storeNames(app, 'configs'),
		}),
		list('constraints', {
			part: 'Where it runs',
			label: 'Constraints',
			hint: 'Nodes that it may run on, as node.labels.zone==a or node.role!=manager.',
			offers: constraintNames(app),
		}),
		list('preferences', {
			label: 'Spread over',
			hint: 'Its tasks are shared out by that label: spread=node.labels.zone.',
			offers: preferenceNames(app),
		}),
		text('max-per-node', {
			label: 'Most per node',
			hint: 'How many of its tasks one node runs at the most; empty: any number.',
		}),
		text('reserve-cpu', {
			part: 'Resources',
			label: 'Reserved CPUs',
			hint: 'A node must have so many free for each task, as 0.25.',
		}),
		text('reserve-memory', {label: 'Reserved memory', hint: 'A node must have so much free for each task, as 128m.'}),
		text('limit-cpu', {label: 'CPU limit', hint: 'No task gets more than that, as 1.5.'}),
		text('limit-memory', {label: 'Memory limit', hint: 'A task that takes more is killed, as 512m.'}),
		text('health-cmd', {
			part: 'Health check',
			label: 'Check',
			hint: 'A shell command in the container: curl -f http://localhost/. Empty: as the image has it.',
		}),
		text('health-interval', {label: 'Interval', hint: 'The time between two checks; empty: 30s.'}),
		text('health-timeout', {label: 'Timeout', hint: 'A check that takes longer has failed; empty: 30s.'}),
		text('health-retries', {label: 'Retries', hint: 'So many failures in a row, and the task is replaced; empty: 3.'}),
		text('health-start', {label: 'Start period', hint: 'Failures before that do not count; empty: none.'}),
		choice('restart-condition', ['', 'any', 'on-failure', 'none'], {
			part: 'Restart',
			label: 'Restart',
			hint: 'When a task that has ended is replaced; default: any.',
		}),
		text('restart-delay', {label: 'Delay', hint: 'The pause before it; empty: 5s.'}),
		text('restart-attempts', {label: 'Attempts', hint: 'The most restarts within the window; empty: no end.'}),
		text('restart-window', {label: 'Window', hint: 'The time that attempts are counted in; empty: for ever.'}),
		text('update-parallelism', {
			part: 'Updates',
			label: 'At once',
			hint: 'Tasks that are replaced at the same time, 0 for all; empty: 1.',
		}),
		text('update-delay', {label: 'Pause', hint: 'Between two of them; empty: none.'}),
		choice('update-order', ['', 'stop-first', 'start-first'], {
			label: 'Order',
			hint: 'Which comes first, the end of the old task or the start of the new one; default: stop-first.',
		}),
		choice('update-failure', ['', 'pause', 'continue', 'rollback'], {
			label: 'On failure',
			hint: 'What an update does when tasks fail; default: pause.',
		}),
		text('update-monitor', {label: 'Watched for', hint: 'A new task that fails within that time counts; empty: 5s.'}),
		text('update-ratio', {label: 'Failures', hint: 'The part of tasks that may fail, 0 to 1; empty: 0.'}),
		list('labels', {part: 'Labels', label: 'Labels', hint: 'Of the service, as key=value.'}),
	];
}
