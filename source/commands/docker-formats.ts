import type {KindId} from '../ui/kinds/kind-id.ts';
import {labelHeading} from './docker-texts.ts';

/** The tables that the docker CLI prints, and the fields that its templates can name, kind by kind. */

export type DockerFormat = {
	/** The template of docker's own table; undefined where docker has none. */
	readonly table: string | undefined;
	/** What stands above each field. */
	readonly headings: Readonly<Record<string, unknown>>;
};

const heading = (field: string): string => field.replaceAll(/(?<=[a-z])(?=[A-Z])|(?<=TLS)/g, ' ').toUpperCase();

function format(
	table: string | undefined,
	fields: string,
	exceptions: Readonly<Record<string, unknown>> = {},
): DockerFormat {
	const headings = Object.fromEntries(fields.split(' ').map((field) => [field, heading(field)]));
	return {table, headings: {...headings, ...exceptions}};
}

const Label = (name: unknown): string => labelHeading(String(name));
const labels = {Labels: 'LABELS', Label};
const times = {CreatedAt: 'CREATED', UpdatedAt: 'UPDATED'};

export const dockerFormats: Readonly<Partial<Record<KindId, DockerFormat>>> = {
	nodes: format(
		'{{.ID}} {{if .Self}}*{{else}} {{ end }}\t{{.Hostname}}\t{{.Status}}\t{{.Availability}}\t{{.ManagerStatus}}\t{{.EngineVersion}}',
		'ID Self Hostname Status Availability ManagerStatus TLSStatus EngineVersion',
		{Self: ''},
	),
	services: format(
		'{{.ID}}\t{{.Name}}\t{{.Mode}}\t{{.Replicas}}\t{{.Image}}\t{{.Ports}}',
		'ID Name Mode Replicas Image Ports',
	),
	tasks: format(
		'{{.ID}}\t{{.Name}}\t{{.Image}}\t{{.Node}}\t{{.DesiredState}}\t{{.CurrentState}}\t{{.Error}}\t{{.Ports}}',
		'ID Name Image Node DesiredState CurrentState Error Ports',
	),
	stacks: format('{{.Name}}\t{{.Services}}', 'Name Services'),
	networks: format('{{.ID}}\t{{.Name}}\t{{.Driver}}\t{{.Scope}}', 'ID Name Driver Scope IPv4 IPv6 Internal CreatedAt', {
		ID: 'NETWORK ID',
		...labels,
	}),
	secrets: format('{{.ID}}\t{{.Name}}\t{{.Driver}}\t{{.CreatedAt}}\t{{.UpdatedAt}}', 'ID Name Driver', {
		...times,
		...labels,
	}),
	configs: format('{{.ID}}\t{{.Name}}\t{{.CreatedAt}}\t{{.UpdatedAt}}', 'ID Name', {...times, ...labels}),
	volumes: format('{{.Driver}}\t{{.Name}}', 'Name Driver Scope Mountpoint Availability Group Links Size Status', {
		Name: 'VOLUME NAME',
		...labels,
	}),
	events: format(undefined, 'Type Action Actor Scope Time TimeNano Status ID From'),
	contexts: format(
		'{{.Name}}{{if .Current}} *{{end}}\t{{.Description}}\t{{.DockerEndpoint}}\t{{.Error}}',
		'Name Description DockerEndpoint Current Error',
		{Current: ''},
	),
};
