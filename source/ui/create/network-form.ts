/** New networks and volumes, as forms. */
import {newId} from '../../cluster/actions/new-object.ts';
import {
	hasNetworkField,
	networkDrivers,
	networkProblem,
	networkRequest,
	pairsOf,
} from '../../cluster/create/new-network.ts';
import {volumeProblem} from '../../cluster/create/new-stored.ts';
import {textOf} from '../../text/entries.ts';
import {safe, toSafeText} from '../../text/safe-text.ts';
import type {App} from '../app/capabilities.ts';
import type {FormSpec, FormValues} from '../form/form-spec.ts';

const words = toSafeText;

export const openNetworkForm = (app: App): void => app.forms.open(networkForm(app));

export const openVolumeForm = (app: App): void => app.forms.open(volumeForm(app));

function networkForm(app: App): FormSpec {
	const common = (id: string, label: string, hint: string) => ({
		id,
		label: words(label),
		hint: words(hint),
		isShown: (values: FormValues) => hasNetworkField(id, values),
		check: (text: string, values: FormValues) => networkProblem(id, text, values, app.cluster),
	});
	return {
		title: words('New network'),
		button: words('Create'),
		needs: ['networks'],
		fields: [
			{kind: 'text', ...common('name', 'Name', 'What services call it.')},
			{
				kind: 'choice',
				...common('driver', 'Driver', 'overlay: of the whole swarm, for services. The others: of this engine alone.'),
				options: networkDrivers.map((value) => ({value, label: words(value)})),
			},
			{
				kind: 'flag',
				...common(
					'attachable',
					'Attachable',
					'Containers that belong to no service can join it too (docker run --network).',
				),
			},
			{
				kind: 'flag',
				...common(
					'encrypted',
					'Encrypted',
					'What its tasks send each other is encrypted between nodes (IPSec); it costs speed.',
				),
			},
			{kind: 'flag', ...common('internal', 'Internal', 'Nothing in it reaches the outside.')},
			{kind: 'flag', ...common('ipv6', 'IPv6', 'Addresses of both kinds; give a subnet of each.')},
			{
				kind: 'list',
				...common(
					'subnets',
					'Subnets',
					'As 10.20.0.0/24 or 10.20.0.0/24,gateway=10.20.0.254; empty: the engine takes one of its pools.',
				),
			},
			{kind: 'list', ...common('options', 'Options', 'Of the driver, as com.docker.network.driver.mtu=1450.')},
			{kind: 'list', ...common('labels', 'Labels', 'As key=value.')},
		],
		onSubmit: (values, close) => () => {
			const request = networkRequest(values);
			app.consent.ask(
				{action: 'object.create', objectId: newId(request.Name), kind: 'network', request},
				(isConsented) => isConsented && close(),
			);
		},
	};
}

function volumeForm(app: App): FormSpec {
	const common = (id: string, label: string, hint: string) => ({
		id,
		label: words(label),
		hint: words(hint),
		check: (text: string, values: FormValues) => volumeProblem(id, text, values, app.cluster),
	});
	return {
		title: safe`New volume on ${app.cluster.engine?.name ?? words('this engine')}`,
		button: words('Create'),
		needs: ['volumes'],
		fields: [
			{
				kind: 'text',
				...common('name', 'Name', 'What mounts call it. Only this node has it; other nodes make one of their own.'),
			},
			{kind: 'text', ...common('driver', 'Driver', 'local, or the name of a plugin.'), initial: 'local'},
			{kind: 'list', ...common('options', 'Options', 'Of the driver, as type=nfs.')},
			{kind: 'list', ...common('labels', 'Labels', 'As key=value.')},
		],
		onSubmit: (values, close) => () => {
			const name = textOf(values, 'name');
			const request = {
				Name: name,
				Driver: textOf(values, 'driver') || 'local',
				DriverOpts: pairsOf(values, 'options'),
				Labels: pairsOf(values, 'labels'),
			};
			app.consent.ask(
				{action: 'volume.create', objectId: newId(name), kind: 'volume', request},
				(isConsented) => isConsented && close(),
			);
		},
	};
}
