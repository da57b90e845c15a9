/** Networks, secrets and configs that are made and taken away, and nodes that are changed, as docker commands. */
import type {NetworkCreateRequest, VolumeCreateRequest} from '../../engine/client.ts';
import {toSafeText} from '../../text/safe-text.ts';
import {isSayable, shellLine} from '../../text/shell-words.ts';
import type {NodeSpec} from '../../wire/node.ts';
import type {ConfigSpec, SecretSpec} from '../../wire/store.ts';
import {changesBetween, valueAt, withChanges} from '../edit/changes.ts';
import {each, type FlagRow, textFlag} from './flag-row.ts';
import {isLabelKey, textMap} from './list-rows.ts';
import {cantRelabel, cantSet, fromInput} from './messages.ts';
import {plainSpec} from './plain-spec.ts';
import {type DockerCommand, operands} from './service-command.ts';

export function networkCommand(request: NetworkCreateRequest): DockerCommand {
	const {Name, Driver = 'overlay', Scope, Internal, Attachable, Ingress, EnableIPv6, IPAM, Options, Labels} = request;
	const pools = (IPAM?.Config ?? []).flatMap((pool) => [
		...flag('subnet', pool.Subnet),
		...flag('ip-range', pool.IPRange),
		...flag('gateway', pool.Gateway),
		...mapFlags('aux-address', pool.AuxiliaryAddresses),
	]);
	const words = [
		...flag('driver', Driver),
		...flag('scope', Scope),
		...(Internal ? ['--internal'] : []),
		...(Attachable ? ['--attachable'] : []),
		...(Ingress ? ['--ingress'] : []),
		...(EnableIPv6 ? ['--ipv6'] : []),
		...flag('ipam-driver', IPAM?.Driver === 'default' ? undefined : IPAM?.Driver),
		...pools,
		...mapFlags('ipam-opt', IPAM?.Options),
		...mapFlags('opt', Options),
		...labelFlags(Labels),
	];
	return said(['docker', 'network', 'create', ...words, ...operands(Name)], unsayable(Labels));
}

/** What it holds is secret, and is not written into any command: docker reads it from its standard input. */
export function secretCommand({Name, Labels, Driver, Templating}: SecretSpec): DockerCommand {
	const words = [
		...flag('driver', Driver?.Name),
		...flag('template-driver', Templating?.Name),
		...labelFlags(Labels),
		...operands(Name),
	];
	const options = Object.keys(Driver?.Options ?? {}).map((key) => `Driver.Options.${key}`);
	const left = [...unsayable(Labels), ...options];
	const {line, note} = said(['docker', 'secret', 'create', ...words, ...(Driver ? [] : ['-'])], left);
	return {line, note: note ?? (Driver ? undefined : fromInput)};
}

export function configCommand({Name, Labels, Templating}: ConfigSpec): DockerCommand {
	const words = [...flag('template-driver', Templating?.Name), ...labelFlags(Labels), ...operands(Name), '-'];
	const {line, note} = said(['docker', 'config', 'create', ...words], unsayable(Labels));
	return {line, note: note ?? fromInput};
}

export const volumeCommand = ({Name, Driver, DriverOpts, Labels}: VolumeCreateRequest): DockerCommand =>
	said(
		[
			...['docker', 'volume', 'create'],
			...flag('driver', Driver === 'local' ? undefined : Driver),
			...mapFlags('opt', DriverOpts),
			...labelFlags(Labels),
			...operands(Name),
		],
		unsayable(Labels),
	);

/** What there is can't be changed but by a stack deployment. */
export const relabelCommand = (kind: 'secret' | 'config'): DockerCommand => ({
	line: toSafeText(''),
	note: cantRelabel(kind),
});

const nodeRows: readonly FlagRow[] = [
	textFlag('Availability', 'availability'),
	textFlag('Role', 'role'),
	textMap('Labels', 'label'),
];

/** @param node what docker finds it by */
export function nodeCommand(node: string, before: NodeSpec, after: NodeSpec): DockerCommand {
	let result: NodeSpec = before;
	const words: string[] = [];
	for (const {path, flagsOf} of nodeRows) {
		const [from, to] = [valueAt(before, path), valueAt(after, path)];
		if (changesBetween(from, to).length === 0) continue;
		const flags = flagsOf(from, to, {form: 'update', networkWord: (target) => target});
		if (!flags) continue;
		words.push(...flags.words);
		result = withChanges(result, [{path, from, to: flags.becomes}]);
	}
	const left = changesBetween(plainSpec(result), plainSpec(after)).map(({path}) => path.join('.'));
	const [only, role] = words;
	if (only === '--role' && words.length === 2)
		return said(['docker', 'node', role === 'manager' ? 'promote' : 'demote', ...operands(node)], left);
	return said(words.length === 0 ? [] : ['docker', 'node', 'update', ...words, ...operands(node)], left);
}

function said(words: readonly string[], left: readonly string[]): DockerCommand {
	const sayable = words.every(isSayable) ? words : [];
	return {line: shellLine(sayable), note: left.length === 0 ? undefined : cantSet(left)};
}

const flag = (name: string, value: string | undefined): string[] => (value ? [`--${name}`, value] : []);

const mapFlags = (name: string, map: Readonly<Record<string, string>> | null = {}): string[] =>
	each(
		`--${name}`,
		Object.entries(map ?? {}).map(([key, value]) => `${key}=${value}`),
	);

const labelFlags = (labels: Readonly<Record<string, string>> = {}): string[] =>
	mapFlags('label', Object.fromEntries(Object.entries(labels).filter(([key]) => isLabelKey(key))));

const unsayable = (labels: Readonly<Record<string, string>> = {}): string[] =>
	Object.keys(labels)
		.filter((key) => !isLabelKey(key))
		.map((key) => `Labels.${key}`);
