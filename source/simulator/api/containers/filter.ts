import type {Container} from '../../contract.ts';
import type {Call} from '../call.ts';
import type {Filters} from '../filters.ts';
import {parseIntegerError} from '../go/parse.ts';
import {badRequest, notFound} from '../refusal.ts';
import {mountsOf} from './mounts.ts';
import {networksOf} from './networks.ts';

/** The filters of GET /containers/json (moby daemon/list.go). */

const keys = [
	'ancestor',
	'before',
	'exited',
	'expose',
	'health',
	'id',
	'is-task',
	'isolation',
	'label',
	'name',
	'network',
];
const moreKeys = ['publish', 'since', 'status', 'volume'];
const healths = ['none', 'starting', 'healthy', 'unhealthy'];
const statuses = ['created', 'restarting', 'running', 'removing', 'paused', 'exited', 'dead'];

/** @throws Refused 400 for a key or a status that isn't known, 404 for a `before` or `since` that isn't there */
export function containerFilter(call: Call, filters: Filters): (container: Container) => boolean {
	filters.accept(...keys, ...moreKeys);
	for (const status of filters.get('status')) {
		if (!statuses.includes(status)) throw badRequest(`invalid filter 'status=${status}'`);
	}
	for (const health of filters.get('health')) {
		if (!healths.includes(health)) throw badRequest(`unrecognized filter value for health: ${health}`);
	}
	for (const code of filters.get('exited')) {
		const error = parseIntegerError(code, 'ParseInt');
		if (error) throw badRequest(`invalid filter 'exited=${code}': ${error.replace('ParseInt', 'Atoi')}`);
	}
	const age = ageLimits(call, filters);
	return (container) =>
		filters.beginsWith('id', container.id) &&
		matchesName(filters, container.name) &&
		filters.matchesLabels('label', container.labels) &&
		filters.isOneOf('status', container.state) &&
		filters.isOneOf('health', container.health) &&
		filters.isOneOf('exited', container.state === 'exited' ? String(container.exitCode) : '') &&
		filters.isOneOf('is-task', String(container.task !== undefined)) &&
		matchesImage(call, filters, container) &&
		(!filters.has('network') || Object.entries(networksOf(call, container, {wantsNames: false})).some(isOn(filters))) &&
		(!filters.has('volume') ||
			mountsOf(container).some(
				({Source = '', Target = ''}) => filters.isOneOf('volume', Source) || filters.isOneOf('volume', Target),
			)) &&
		container.createdAt < age.before &&
		container.createdAt > age.since;
}

/** A part of the name with its slash or without; `^` and `$` tie it to an end, as in the expressions that the engine takes. */
function matchesName(filters: Filters, name: string): boolean {
	if (!filters.has('name')) return true;
	return filters.get('name').some((pattern) => [name, `/${name}`].some((text) => isPart(pattern, text)));
}

function isPart(pattern: string, text: string): boolean {
	const [, start = '', wanted = '', end = ''] = /^(\^?)(.*?)(\$?)$/s.exec(pattern) ?? [];
	if (start && end) return text === wanted;
	if (start) return text.startsWith(wanted);
	return end ? text.endsWith(wanted) : text.includes(wanted);
}

const isOn =
	(filters: Filters) =>
	([name, settings]: [string, unknown]): boolean =>
		filters.isOneOf('network', name) || filters.isOneOf('network', (settings as {NetworkID: string}).NetworkID);

function matchesImage({host}: Call, filters: Filters, {image, imageId}: Container): boolean {
	if (!filters.has('ancestor')) return true;
	return filters.get('ancestor').some((wanted) => wanted === image || host.images.find(wanted)?.id === imageId);
}

function ageLimits({host}: Call, filters: Filters): {before: number; since: number} {
	const createdAt = (key: string, otherwise: number): number => {
		const [reference] = filters.get(key);
		if (reference === undefined) return otherwise;
		const container = host.containers.find(reference);
		if (!container) throw notFound(`No such container: ${reference}`);
		return container.createdAt;
	};
	return {before: createdAt('before', Number.POSITIVE_INFINITY), since: createdAt('since', Number.NEGATIVE_INFINITY)};
}
