/** What people read of what they enter for something new: what is wrong with it, and how it is written. */
import {type SafeText, safe, toSafeText} from '../../text/safe-text.ts';

const quoted = (text: string): SafeText => safe`“${toSafeText(text)}”`;

/** What can be made. */
export type NewKind = 'service' | 'network' | 'secret' | 'config' | 'volume';

const kindWord = (kind: NewKind): SafeText => toSafeText(kind);

export const names = {
	missing: (kind: NewKind) => safe`Name the ${kindWord(kind)}.`,
	dns: (text: string) =>
		safe`${quoted(text)} can't be a name: it takes letters and digits, with - or _ only between them.`,
	store: (text: string) =>
		safe`${quoted(text)} can't be a name: it takes letters, digits, - _ and . and begins and ends with a letter or digit.`,
	volume: (text: string) =>
		safe`${quoted(text)} can't be a name: it takes letters, digits, - _ and . and begins with a letter or digit; two characters at least.`,
	tooLong: (most: number, length: number) => safe`A name has ${most} characters at most; this one has ${length}.`,
	taken: (kind: NewKind, name: string) => safe`There is a ${kindWord(kind)} ${toSafeText(name)} already.`,
};

/** A text is not what the field takes. */
const isNot = (text: string, what: string, example: string): SafeText =>
	safe`${quoted(text)} is not ${toSafeText(what)}: write it as ${toSafeText(example)}.`;

export const values = {
	whole: (text: string) => isNot(text, 'a whole number', '3'),
	tooMany: (most: number) => safe`At most ${most}.`,
	atLeastOne: toSafeText('At least 1.'),
	duration: (text: string) => isNot(text, 'a time', '30s, 1m30s or 500ms'),
	negative: toSafeText('A time is not negative.'),
	tooShort: toSafeText('At least 1ms; leave it empty for the default of the image.'),
	bytes: (text: string) => isNot(text, 'a size', '512m or 1.5g'),
	littleMemory: toSafeText('At least 4m: the engine takes no less.'),
	cpus: (text: string) => isNot(text, 'a number of CPUs', '0.5 or 2'),
	fewCpus: toSafeText('At least 0.001 of a CPU: the engine takes no less.'),
	ratio: (text: string) => safe`${quoted(text)} is not a part of all: write a number from 0 to 1, as 0.2.`,
	words: (problem: string) => toSafeText(problem),
	twice: (text: string) => safe`${quoted(text)} stands there twice.`,
	keyValue: (text: string) => isNot(text, 'a key with its value', 'KEY=value'),
	control: toSafeText('There is a character in it that no name or value can have.'),
};

export const service = {
	imageMissing: toSafeText('A service needs an image.'),
	image: (text: string) => isNot(text, 'an image', 'nginx:1.27 or registry.example:5000/team/app'),
	imageCapitals: (text: string) => safe`${quoted(text)} is not an image: their names have small letters only.`,
	envName: (text: string) => isNot(text, 'a variable', 'KEY=value'),
	dnsrrPort: toSafeText('With dnsrr no port can be published by the routing mesh: add mode=host to each, or take vip.'),
};

export const port = {
	form: (text: string) => isNot(text, 'a port', '8080:80, 53:53/udp or published=8080,target=80,mode=host'),
	range: (text: string) => safe`${quoted(text)} is no port: they go from 1 to 65535.`,
	target: toSafeText('A port needs the one in the container: add target=80.'),
	ranges: toSafeText('Both ranges must be of the same length.'),
	address: (address: string) =>
		safe`A swarm publishes a port on every node: take ${toSafeText(address)} away, or write mode=host.`,
	twice: (published: string) => safe`${toSafeText(published)} is published twice here.`,
	taken: (published: string, by: SafeText) => safe`${toSafeText(published)} is published by the service ${by} already.`,
	field: (key: string) => safe`A port has no ${quoted(key)}: its fields are published, target, protocol and mode.`,
};

export const reference = {
	missing: (kind: NewKind, name: string) => safe`There is no ${kindWord(kind)} ${toSafeText(name)}.`,
	isIngress: (name: string) =>
		safe`${toSafeText(name)} is the routing mesh's own network: no service is attached to it.`,
	isLocal: (name: string) =>
		safe`${toSafeText(name)} is a network of this node alone: a service takes one of the swarm, as an overlay is.`,
	twice: (kind: NewKind, name: string) => safe`The ${kindWord(kind)} ${toSafeText(name)} stands there twice.`,
	sameTarget: (target: string) =>
		safe`Two of them would be the file ${toSafeText(target)}: give one of them another target.`,
	form: (kind: NewKind, text: string) =>
		isNot(
			text,
			`a ${kind}`,
			kind === 'network' ? 'its name, or name=front,alias=web' : 'its name, or source=key,target=tls.key,mode=0400',
		),
	field: (kind: NewKind, key: string) =>
		safe`A ${kindWord(kind)} has no ${quoted(key)}: its fields are ${toSafeText(kind === 'network' ? 'name and alias' : 'source, target, uid, gid and mode')}.`,
	mode: (text: string) => isNot(text, 'a file mode', '0444'),
};

export const mount = {
	form: (text: string) => isNot(text, 'a mount', 'data:/var/lib/data, /etc/app:/etc/app:ro or type=tmpfs,target=/tmp'),
	target: toSafeText('The place in the container is an absolute path, as /data.'),
	source: toSafeText('What is bound is an absolute path on the node, as /srv/data.'),
	sourceMissing: toSafeText('A bind mount needs the path on the node: add source=/srv/data.'),
	tmpfsSource: toSafeText('A tmpfs has no source: take it away.'),
	twice: (target: string) => safe`${toSafeText(target)} is mounted twice.`,
	type: (text: string) => safe`${quoted(text)} is no type of mount: volume, bind, tmpfs.`,
	field: (key: string) =>
		safe`${quoted(key)} is not known here: type, source, target and readonly are; the editor takes all others.`,
};

export const placing = {
	constraint: (text: string) => isNot(text, 'a constraint', 'node.labels.zone==a or node.role!=manager'),
	preference: (text: string) => isNot(text, 'a preference', 'spread=node.labels.zone'),
	key: (key: string) =>
		safe`No node ever has ${quoted(key)}: use node.id, node.hostname, node.role, node.platform.os, node.platform.arch, node.ip, node.labels.… or engine.labels.….`,
};

export const network = {
	subnet: (text: string) => isNot(text, 'a subnet', '10.20.0.0/24'),
	hostBits: (text: string, net: string) =>
		safe`${toSafeText(text)} is an address in ${toSafeText(net)}: write the subnet.`,
	small: toSafeText('A subnet needs room for addresses: /30 or larger.'),
	overlap: (text: string, other: string, of: SafeText) =>
		safe`${toSafeText(text)} overlaps ${toSafeText(other)} of the network ${of}.`,
	overlapHere: (text: string) => safe`${toSafeText(text)} overlaps another one of these.`,
	gateway: (text: string) => isNot(text, 'an address', '10.20.0.1'),
	gatewayOutside: (text: string) => safe`${toSafeText(text)} lies outside of the subnet.`,
	range: (text: string) => isNot(text, 'a range within the subnet', '10.20.0.128/25'),
	field: (key: string) => safe`A subnet has no ${quoted(key)}: gateway and range are what it can have.`,
	predefined: (name: string) => safe`${toSafeText(name)} is a network that every node has: take another name.`,
};

export const data = {
	missing: toSafeText('There is nothing in it: the engine takes no empty ones.'),
	tooLarge: (size: SafeText, most: SafeText) => safe`It has ${size}; the engine takes less than ${most}.`,
	fileMissing: toSafeText('Name the file.'),
	noFile: (file: string) => safe`There is no file ${toSafeText(file)}.`,
	isFolder: (file: string) => safe`${toSafeText(file)} is a folder.`,
	unreadable: (file: string, why: string) => safe`${toSafeText(file)} can't be read: ${toSafeText(why)}.`,
};
