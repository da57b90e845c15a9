/** What is wrong with what was entered for a new service: each field by itself, beside the others, and against the swarm. Pure. */

import {type Entries, listOf} from '../../text/entries.ts';
import type {SafeText} from '../../text/safe-text.ts';
import {isPredefined} from '../actions/references.ts';
import type {ClusterState} from '../model.ts';
import {mount, type NewKind, names, port, reference, service, values} from './messages.ts';
import {parseAttachment, parseMount, parsePort, parseReference, publishedWord} from './records.ts';
import {countFields, serviceFields} from './service-fields.ts';
import {parseName} from './values.ts';

/** The sentence that says what is wrong with one text of a field of a new service, or undefined. */
export function serviceProblem(id: string, text: string, entries: Entries, state: ClusterState): SafeText | undefined {
	if (id === 'name')
		return nameProblem(
			'service',
			text,
			[...state.services.values()].map(({raw}) => raw.Spec.Name),
		);
	if (id === 'image' && text === '') return service.imageMissing;
	if (id === 'endpoint') return endpointProblem(text, entries);
	if (text === '') return undefined;
	const parse = countFields[id] ?? serviceFields[id]?.parse;
	const parsed = parse?.(text);
	if (parsed && !parsed.ok) return parsed.error;
	switch (id) {
		case 'ports':
			return portProblem(text, entries, state);
		case 'mounts':
			return targetTwice(text, entries, 'mounts', mountTarget) ? mount.twice(mountTarget(text)) : undefined;
		case 'networks':
			return networkProblem(text, entries, state);
		case 'secrets':
		case 'configs':
			return storeProblem(id === 'secrets' ? 'secret' : 'config', id, text, entries, state);
		case 'env':
		case 'labels':
			return targetTwice(text, entries, id, keyOf) ? values.twice(keyOf(text)) : undefined;
		case 'constraints':
		case 'preferences':
			return targetTwice(text, entries, id, (each) => each) ? values.twice(text) : undefined;
		default:
			return undefined;
	}
}

/** The name of something new, against the names of what is there; the engine tells small letters from capitals nowhere. */
export function nameProblem(kind: NewKind, text: string, taken: readonly string[]): SafeText | undefined {
	const parsed = parseName(kind, text);
	if (!parsed.ok) return parsed.error;
	const ignoresCase = kind !== 'volume';
	const fold = (name: string): string => (ignoresCase ? name.toLowerCase() : name);
	const other = taken.find((name) => fold(name) === fold(text));
	return other === undefined ? undefined : names.taken(kind, other);
}

const keyOf = (text: string): string => text.split('=')[0] ?? '';

const mountTarget = (text: string): string => {
	const parsed = parseMount(text);
	return parsed.ok ? (parsed.value.Target ?? '') : '';
};

/** Whether another text of the list means the same. */
function targetTwice(text: string, entries: Entries, id: string, keyOfText: (text: string) => string): boolean {
	const key = keyOfText(text);
	return listOf(entries, id).filter((each) => keyOfText(each) === key).length > 1;
}

function portProblem(text: string, entries: Entries, {services}: ClusterState): SafeText | undefined {
	const all = listOf(entries, 'ports').flatMap((each) => {
		const parsed = parsePort(each);
		return parsed.ok ? parsed.value : [];
	});
	const own = parsePort(text);
	if (!own.ok) return own.error;
	for (const each of own.value) {
		if (!each.PublishedPort) continue;
		const published = publishedWord(each);
		if (all.filter((other) => publishedWord(other) === published).length > 1) return port.twice(published);
		for (const {raw, name} of services.values()) {
			const theirs = [...(raw.Spec.EndpointSpec?.Ports ?? []), ...(raw.Endpoint?.Ports ?? [])];
			// Two of mode host may meet on one number: the scheduler keeps them on different nodes.
			const isTaken = theirs.some(
				(other) => publishedWord(other) === published && !(other.PublishMode === 'host' && each.PublishMode === 'host'),
			);
			if (isTaken) return port.taken(published, name);
		}
	}
	return undefined;
}

function endpointProblem(text: string, entries: Entries): SafeText | undefined {
	if (text !== 'dnsrr') return undefined;
	const isMeshed = listOf(entries, 'ports').some((each) => {
		const parsed = parsePort(each);
		return parsed.ok && parsed.value.some(({PublishMode}) => PublishMode !== 'host');
	});
	return isMeshed ? service.dnsrrPort : undefined;
}

function networkProblem(text: string, entries: Entries, {inventory}: ClusterState): SafeText | undefined {
	const parsed = parseAttachment(text);
	if (!parsed.ok) return parsed.error;
	const name = parsed.value.Target ?? '';
	const nameOfText = (each: string): string => {
		const other = parseAttachment(each);
		return other.ok ? (other.value.Target ?? '') : '';
	};
	if (targetTwice(text, entries, 'networks', nameOfText)) return reference.twice('network', name);
	if (!inventory.networks || isPredefined(name)) return undefined;
	const called = inventory.networks.filter(({Name, Id}) => Name === name || Id === name);
	if (called.some(({Ingress}) => Ingress)) return reference.isIngress(name);
	if (called.length === 0) return reference.missing('network', name);
	return called.some(({Scope}) => Scope === 'swarm') ? undefined : reference.isLocal(name);
}

function storeProblem(
	kind: 'secret' | 'config',
	id: 'secrets' | 'configs',
	text: string,
	entries: Entries,
	{inventory}: ClusterState,
): SafeText | undefined {
	const parsed = parseReference(kind, text);
	if (!parsed.ok) return parsed.error;
	const {name, file} = parsed.value;
	const known = inventory[id];
	if (known && !known.some(({Spec}) => Spec.Name === name)) return reference.missing(kind, name);
	const fileOf = (each: string): string => {
		const other = parseReference(kind, each);
		return other.ok ? other.value.file.Name : '';
	};
	return targetTwice(text, entries, id, fileOf) ? reference.sameTarget(file.Name) : undefined;
}
