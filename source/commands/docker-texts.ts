import {familiarImage, parseImage} from '../engine/registry-reference.ts';
import type {ServiceSpec} from '../wire/service.ts';
import type {PortConfig} from '../wire/task.ts';

/** Texts as the docker CLI prints them. */

const shortIdLength = 12;

export const shortId = (id: string): string => id.slice(0, shortIdLength);

/** `ready` as `Ready`. */
export const titled = (word: string): string => word.slice(0, 1).toUpperCase() + word.slice(1);

/** Without its digest, and without what Docker Hub's names begin with; as it is where it has no tag. */
export function shortImage(image: string): string {
	const reference = parseImage(image);
	return reference?.tag === undefined ? image : familiarImage({...reference, digest: undefined});
}

export function modeText({Mode: mode}: ServiceSpec): string {
	if (mode.Global) return 'global';
	if (mode.ReplicatedJob) return 'replicated job';
	return mode.GlobalJob ? 'global job' : 'replicated';
}

export const taskPorts = (ports: readonly PortConfig[]): string =>
	ports
		.map(({PublishedPort = 0, TargetPort = 0, Protocol = 'tcp'}) => `*:${PublishedPort}->${TargetPort}/${Protocol}`)
		.join(',');

export type PlainLabels = Readonly<Record<string, string>> | null | undefined;

export const labelsText = (labels: PlainLabels): string =>
	Object.entries(labels ?? {})
		.map(([name, value]) => `${name}=${value}`)
		.toSorted()
		.join(',');

export const labelOf = (labels: PlainLabels, name: string): string =>
	labels && Object.hasOwn(labels, name) ? (labels[name] ?? '') : '';

/** What stands above a column of one label: the last part of its name. */
export const labelHeading = (name: string): string => (name.split('.').at(-1) ?? '').replaceAll(/[-_]/g, ' ');

/** `2026-11-21T00:00:00.5Z` as `2026-11-21 00:00:00.5 +0000 UTC`. */
export function goTime(time: string): string {
	const [, date, clock, fraction = '', zone = 'Z'] = /^([\d-]+)T([\d:]+)(\.\d+)?(.*)$/.exec(time) ?? [];
	if (date === undefined) return time;
	const offset = zone.replace(':', '');
	const shown = zone === 'Z' ? '+0000 UTC' : `${offset} ${offset}`;
	return `${date} ${clock}${fraction.replace(/\.?0+$/, '')} ${shown}`;
}

const minute = 60;
const hour = 60 * minute;
const day = 24;
const week = 7 * day;
const month = 30 * day;
const year = 365 * day;

/** How long ago, in docker's words (go-units): `About a minute`, `3 weeks`. */
export function humanAge(time: string | undefined, now: number): string {
	// Go's zero time is that long ago.
	const seconds = Math.trunc((now - Date.parse(time ?? '0001-01-01T00:00:00Z')) / 1000);
	if (seconds < 1) return 'Less than a second';
	if (seconds === 1) return '1 second';
	if (seconds < minute) return `${seconds} seconds`;
	const minutes = Math.trunc(seconds / minute);
	if (minutes === 1) return 'About a minute';
	if (minutes < 60) return `${minutes} minutes`;
	const hours = Math.round(seconds / hour);
	if (hours === 1) return 'About an hour';
	const units = [
		[2 * day, 1, 'hours'],
		[2 * week, day, 'days'],
		[2 * month, week, 'weeks'],
		[2 * year, month, 'months'],
	] as const;
	const [, length, unit] = units.find(([limit]) => hours < limit) ?? [0, year, 'years'];
	return `${Math.trunc((unit === 'years' ? seconds / hour : hours) / length)} ${unit}`;
}
