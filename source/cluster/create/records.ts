/** Ports, mounts, networks, secrets and configs of a service as docker's flags write them: short, or field by field. Pure. */
import {parsePortSpec, parsePorts} from '../../compose/load/ports.ts';
import {parseVolume} from '../../compose/load/volume.ts';
import {failed, ok} from '../../runtime/result.ts';
import type {NetworkAttachmentConfig} from '../../wire/network.ts';
import type {Mount, PortConfig} from '../../wire/task.ts';
import {mount as mountWords, port as portWords, reference} from './messages.ts';
import {fieldsOf, type Parse, type Parsed, parseName} from './values.ts';

/** Whether a text is written field by field. */
const isLong = (text: string): boolean => /^[a-z-]+=/i.test(text) || /,[a-z-]+=/i.test(text);

const protocols = ['tcp', 'udp', 'sctp'] as const;
const publishModes = ['ingress', 'host'] as const;
const portForm = /^\d{1,5}$/;

export const parsePort: Parse<readonly PortConfig[]> = (text) => (isLong(text) ? longPort(text) : shortPorts(text));

function shortPorts(text: string): Parsed<readonly PortConfig[]> {
	const spec = parsePortSpec(text);
	if (!spec.ok) {
		if (/ranges/.test(spec.error)) return failed(portWords.ranges);
		const outside = text.match(/\d+/g)?.find((number) => Number(number) > 65_535);
		return failed(outside === undefined ? portWords.form(text) : portWords.range(outside));
	}
	const {ip, published, target} = spec.value;
	if (ip !== '' && !/^[0.:]+$/.test(ip)) return failed(portWords.address(ip));
	if (target.from === 0 || published?.from === 0) return failed(portWords.range('0'));
	const ports = parsePorts(text);
	if (!ports.ok) return failed(portWords.form(text));
	return ok(
		ports.value.map(({target: inside = 0, published: outside = 0, protocol}) => ({
			Protocol: protocols.find((each) => each === protocol) ?? 'tcp',
			TargetPort: inside,
			...(outside > 0 && {PublishedPort: outside}),
			PublishMode: 'ingress',
		})),
	);
}

function longPort(text: string): Parsed<readonly PortConfig[]> {
	const port: PortConfig = {Protocol: 'tcp', PublishMode: 'ingress'};
	for (const [key, value] of fieldsOf(text)) {
		if (key === 'target' || key === 'published') {
			if (!portForm.test(value) || Number(value) < 1 || Number(value) > 65_535) return failed(portWords.range(value));
			port[key === 'target' ? 'TargetPort' : 'PublishedPort'] = Number(value);
		} else if (key === 'protocol') {
			const protocol = protocols.find((each) => each === value);
			if (!protocol) return failed(portWords.form(text));
			port.Protocol = protocol;
		} else if (key === 'mode') {
			const mode = publishModes.find((each) => each === value);
			if (!mode) return failed(portWords.form(text));
			port.PublishMode = mode;
		} else return failed(portWords.field(key));
	}
	return port.TargetPort === undefined ? failed(portWords.target) : ok([port]);
}

/** `8080:80`, or in fields where that says less. */
export function portWord({
	Protocol = 'tcp',
	TargetPort = 0,
	PublishedPort,
	PublishMode = 'ingress',
}: PortConfig): string {
	if (PublishMode === 'host') {
		const published = PublishedPort ? `published=${PublishedPort},` : '';
		return `${published}target=${TargetPort},protocol=${Protocol},mode=host`;
	}
	const protocol = Protocol === 'tcp' ? '' : `/${Protocol}`;
	return `${PublishedPort ? `${PublishedPort}:` : ''}${TargetPort}${protocol}`;
}

/** `8080/tcp`: what two services can't both publish by the routing mesh. */
export const publishedWord = ({PublishedPort, Protocol = 'tcp'}: PortConfig): string => `${PublishedPort}/${Protocol}`;

const mountTypes = ['volume', 'bind', 'tmpfs', 'npipe', 'cluster', 'image'];

const isAbsolute = (path: string): boolean => path.startsWith('/') || /^[A-Za-z]:[\\/]/.test(path);

export const parseMount: Parse<Mount> = (text) => {
	const parsed = isLong(text) ? longMount(text) : shortMount(text);
	if (!parsed.ok) return parsed;
	const {Type: type = 'volume', Source: source = '', Target: target = ''} = parsed.value;
	if (!isAbsolute(target)) return failed(mountWords.target);
	if (type === 'bind' && source === '') return failed(mountWords.sourceMissing);
	if (type === 'bind' && !isAbsolute(source)) return failed(mountWords.source);
	if (type === 'tmpfs' && source !== '') return failed(mountWords.tmpfsSource);
	const named = type === 'volume' && source !== '' ? parseName('volume', source) : parsed;
	return named.ok ? parsed : named;
};

function shortMount(text: string): Parsed<Mount> {
	const parsed = parseVolume(text);
	if (!parsed.ok) return failed(mountWords.form(text));
	const {type, source, target, isReadOnly, volume, bind} = parsed.value;
	return ok({
		Type: type,
		...(source !== '' && {Source: source}),
		Target: target,
		...(isReadOnly && {ReadOnly: true}),
		...(volume?.isNoCopy && {VolumeOptions: {NoCopy: true}}),
		...(bind?.propagation && {BindOptions: {Propagation: bind.propagation}}),
	});
}

const mountKeys: Readonly<Record<string, 'Type' | 'Source' | 'Target' | 'ReadOnly'>> = {
	type: 'Type',
	source: 'Source',
	src: 'Source',
	target: 'Target',
	dst: 'Target',
	destination: 'Target',
	readonly: 'ReadOnly',
	ro: 'ReadOnly',
};

function longMount(text: string): Parsed<Mount> {
	const found: Mount = {Type: 'volume'};
	for (const [key, value] of fieldsOf(text)) {
		const name = mountKeys[key];
		if (name === undefined) return failed(mountWords.field(key));
		if (name === 'ReadOnly') found.ReadOnly = /^(1|true)$/i.test(value);
		else found[name] = value;
	}
	return mountTypes.includes(found.Type ?? '') ? ok(found) : failed(mountWords.type(found.Type ?? ''));
}

export function mountWord({Type = 'volume', Source, Target, ReadOnly}: Mount): string {
	const source = Source ? `,source=${Source}` : '';
	return `type=${Type}${source},target=${Target ?? ''}${ReadOnly ? ',readonly' : ''}`;
}

/** By its name still. */
export const parseAttachment: Parse<NetworkAttachmentConfig> = (text) => {
	if (!text.includes('=')) return /[\s,]/.test(text) ? failed(reference.form('network', text)) : ok({Target: text});
	const aliases: string[] = [];
	let name = '';
	for (const [key, value] of fieldsOf(text)) {
		if (key === 'name') name = value;
		else if (key === 'alias') aliases.push(value);
		else return failed(reference.field('network', key));
	}
	if (name === '') return failed(reference.form('network', text));
	return ok({Target: name, ...(aliases.length > 0 && {Aliases: aliases})});
};

export function attachmentWord(
	{Target = '', Aliases}: NetworkAttachmentConfig,
	nameOf: (id: string) => string,
): string {
	const aliases = (Aliases ?? []).map((alias) => `,alias=${alias}`).join('');
	return aliases === '' ? nameOf(Target) : `name=${nameOf(Target)}${aliases}`;
}

/** A secret or a config, by its name, as a file in the container. */
export type FileReference = {
	readonly name: string;
	readonly file: {readonly Name: string; readonly UID: string; readonly GID: string; readonly Mode: number};
};

const defaultMode = 0o444;
const nameForm = /^[a-zA-Z0-9](?:[a-zA-Z0-9-_.]*[a-zA-Z0-9])?$/;

/** Without a target it is the file of its own name. */
export function parseReference(kind: 'secret' | 'config', text: string): Parsed<FileReference> {
	const found = {source: '', target: '', uid: '0', gid: '0', mode: defaultMode};
	for (const [key, value] of text.includes('=') ? fieldsOf(text) : [['source', text] as const]) {
		if (key === 'source' || key === 'src') found.source = value;
		else if (key === 'target') found.target = value;
		else if (key === 'uid' || key === 'gid') found[key] = value;
		else if (key === 'mode') {
			if (!/^0?[0-7]{3,4}$/.test(value)) return failed(reference.mode(value));
			found.mode = Number.parseInt(value, 8);
		} else return failed(reference.field(kind, key));
	}
	const {source: name, target, uid, gid, mode} = found;
	if (!nameForm.test(name)) return failed(reference.form(kind, text));
	return ok({name, file: {Name: target === '' ? name : target, UID: uid, GID: gid, Mode: mode}});
}

export function referenceWord(name: string, file: FileReference['file'] | undefined): string {
	if (!file) return name;
	const fields = [
		...(file.Name === name ? [] : [`target=${file.Name}`]),
		...(file.UID === '0' ? [] : [`uid=${file.UID}`]),
		...(file.GID === '0' ? [] : [`gid=${file.GID}`]),
		...(file.Mode === defaultMode ? [] : [`mode=0${file.Mode.toString(8)}`]),
	];
	return fields.length === 0 ? name : [`source=${name}`, ...fields].join(',');
}
