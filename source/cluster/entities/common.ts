/** What the three kinds of entities share: labels, times, ports and image references out of the wire's shapes. */
import {parseTime} from '../../text/format.ts';
import {type SafeText, toSafeText} from '../../text/safe-text.ts';
import type {PortConfig} from '../../wire/task.ts';
import type {Labels, PublishedPort} from '../model.ts';

export const noText = toSafeText('');

/**
 * A word of the API's own vocabulary (a state, a role, an ID), which the types take at its word. An engine that is none
 * could send anything there, so these are cleaned as all text is; for an honest engine it changes nothing.
 */
export const cleanWord = <T extends string>(word: T): T => toSafeText(word) as string as T;

/** Sorted by key, so that two answers with the same labels look the same. */
export function labelsOf(labels: Readonly<Record<string, string>> | null | undefined): Labels {
	return Object.entries(labels ?? {})
		.sort(([a], [b]) => (a < b ? -1 : 1))
		.map(([key, value]) => [toSafeText(key), toSafeText(value)] as const);
}

/** Milliseconds since the epoch; 0 for what is missing or Go's zero time. */
export function timeOf(timestamp: string | undefined): number {
	return (timestamp && parseTime(timestamp)) || 0;
}

const noPorts: readonly PublishedPort[] = [];

export function portsOf(ports: readonly PortConfig[] | null | undefined): readonly PublishedPort[] {
	if (!ports || ports.length === 0) return noPorts;
	return ports.map((port) => ({
		protocol: cleanWord(port.Protocol ?? 'tcp'),
		targetPort: port.TargetPort ?? 0,
		publishedPort: port.PublishedPort ?? 0,
		mode: cleanWord(port.PublishMode ?? 'ingress'),
	}));
}

/** `nginx:1.27@sha256:…` as its readable part and its digest; the client pins the digest when a registry answers. */
export function splitImage(reference: string | undefined): {readonly image: SafeText; readonly digest: SafeText} {
	const whole = reference ?? '';
	const at = whole.indexOf('@');
	if (at < 0) return {image: toSafeText(whole), digest: noText};
	return {image: toSafeText(whole.slice(0, at)), digest: toSafeText(whole.slice(at + 1))};
}
