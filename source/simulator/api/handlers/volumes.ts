import {field, string, stringMap, structFor} from '../../../wire/spec/go-types.ts';
import {bodyOf, type Call, empty, type Handler, json, param} from '../call.ts';
import {mountsOf, volumeDirectory} from '../containers/mounts.ts';
import {booleansOf, type Filters, parseFilters} from '../filters.ts';
import {laxBool} from '../go/parse.ts';
import {rfc3339Seconds} from '../go/time.ts';
import type {LocalVolume} from '../local-state.ts';
import {badRequest, notFound, Refused} from '../refusal.ts';
import {type Route, route} from '../router.ts';

/** /volumes: those that somebody made, and those that came with the containers of tasks. */

/** What containers brought with them stays, also after they have gone. */
export function volumesOf({host, local}: Call): LocalVolume[] {
	for (const container of host.containers.list()) {
		for (const {Type, Source: name, VolumeOptions: options} of mountsOf(container)) {
			if (Type !== 'volume' || !name || local.volumes.has(name)) continue;
			local.volumes.set(name, {
				name,
				driver: options?.DriverConfig?.Name || 'local',
				labels: options?.Labels ?? null,
				options: options?.DriverConfig?.Options ?? {},
				createdAt: container.createdAt,
			});
		}
	}
	return [...local.volumes.values()];
}

export const renderVolume = ({name, driver, labels, options, createdAt}: LocalVolume): Record<string, unknown> => ({
	CreatedAt: rfc3339Seconds(createdAt),
	Driver: driver,
	Labels: labels,
	Mountpoint: volumeDirectory(name),
	Name: name,
	Options: options,
	Scope: 'local',
});

const isUsed = ({host}: Call, name: string): boolean =>
	host.containers.list().some((container) => mountsOf(container).some(({Source}) => Source === name));

const listVolumes: Handler = (call) => {
	const filters = volumeFilters(call).accept('dangling', 'name', 'driver', 'label');
	const found = volumesOf(call).filter((volume) => matches(call, filters, volume));
	return json({Volumes: found.map(renderVolume), Warnings: null});
};

/** This route alone says what it was doing. */
function volumeFilters({query}: Call): Filters {
	try {
		return parseFilters(query);
	} catch (error) {
		if (!(error instanceof Refused)) throw error;
		throw new Refused(error.status, `error reading volume filters: ${error.message}`);
	}
}

function matches(call: Call, filters: Filters, {name, driver, labels}: LocalVolume): boolean {
	const dangling = booleansOf(filters, 'dangling', (value) => badRequest(`invalid filter 'dangling=[${value}]'`));
	return (
		filters.isWithin('name', name) &&
		filters.isOneOf('driver', driver) &&
		filters.matchesLabels('label', labels ?? {}) &&
		(dangling.length === 0 || dangling.includes(!isUsed(call, name)))
	);
}

const volumeRequest = structFor<{
	Name: string;
	Driver: string;
	DriverOpts: Record<string, string>;
	Labels: Record<string, string>;
}>('volume.CreateOptions', {
	Name: field(string),
	Driver: field(string),
	DriverOpts: field(stringMap),
	Labels: field(stringMap),
});

const volumeName = /^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/;

const create: Handler = async (call) => {
	const sent = await bodyOf(call, volumeRequest);
	const name = sent.Name || call.host.seeded.hex64(`volume/${call.host.name}/${call.local.volumes.size}`);
	if (!volumeName.test(name)) {
		throw badRequest(
			`create ${name}: "${name}" includes invalid characters for a local volume name, only "[a-zA-Z0-9][a-zA-Z0-9_.-]" are allowed. If you intended to pass a host directory, use absolute path`,
		);
	}
	const driver = sent.Driver || 'local';
	if (driver !== 'local')
		throw notFound(`create ${name}: error looking up volume plugin ${driver}: plugin "${driver}" not found`);
	const present = volumesOf(call).find((volume) => volume.name === name);
	const volume: LocalVolume = present ?? {
		name,
		driver,
		labels: textMap(sent.Labels),
		options: textMap(sent.DriverOpts),
		createdAt: call.host.clock.now(),
	};
	call.local.volumes.set(name, volume);
	return json(renderVolume(volume), 201);
};

const textMap = (map: Readonly<Record<string, string | undefined>> | undefined): Record<string, string> | null =>
	map ? Object.fromEntries(Object.entries(map).map(([key, value]) => [key, value ?? ''])) : null;

function volumeOf(call: Call): LocalVolume {
	const name = param(call, 'name');
	const volume = volumesOf(call).find((one) => one.name === name);
	// Managers look among the swarm's volumes last, and say so in other words.
	const isManager = call.minor >= 42 && call.host.membership.info().ControlAvailable;
	if (!volume) throw notFound(isManager ? `volume ${name} not found` : `get ${name}: no such volume`);
	return volume;
}

const inspect: Handler = (call) => json(renderVolume(volumeOf(call)));

const remove: Handler = (call) => {
	const isForced = laxBool(call.query, 'force');
	const name = param(call, 'name');
	if (isForced && !volumesOf(call).some((volume) => volume.name === name)) return empty(204);
	volumeOf(call);
	const users = call.host.containers
		.list()
		.filter((container) => mountsOf(container).some(({Source}) => Source === name));
	if (users.length > 0) {
		throw new Refused(409, `remove ${name}: volume is in use - [${users.map(({id}) => id).join(', ')}]`);
	}
	call.local.volumes.delete(name);
	return empty(204);
};

/** Without `all` only volumes with made-up names go. */
const prune: Handler = (call) => {
	const filters = parseFilters(call.query).accept('label', 'label!', 'all');
	const wantsAll = filters.get('all').some((value) => /^(1|t|true)$/i.test(value)) || call.minor < 42;
	const unused = volumesOf(call).filter(({name}) => !isUsed(call, name) && (wantsAll || /^[0-9a-f]{64}$/.test(name)));
	for (const {name} of unused) call.local.volumes.delete(name);
	return json({VolumesDeleted: unused.map(({name}) => name), SpaceReclaimed: 0});
};

export const volumeRoutes: readonly Route[] = [
	route('GET', '/volumes', listVolumes),
	route('POST', '/volumes/create', create),
	route('POST', '/volumes/prune', prune),
	route('GET', '/volumes/{name:.*}', inspect),
	route('DELETE', '/volumes/{name:.*}', remove),
];
