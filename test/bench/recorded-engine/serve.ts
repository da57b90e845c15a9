// The engine's process: `serve.ts FOLDER SOCKET`. Answers from memory, so that what a client takes is its own doing, and
// counts what it is asked. Told `counts` or `reset` by the process that forked it.
import {readFileSync} from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import {type ListName, lists, type Place, singles} from './record.ts';

type List = {readonly bytes: Buffer; readonly places: readonly Place[]; readonly byId: ReadonlyMap<string, Place>};
type Counts = Record<string, {requests: number; bytes: number; open: number}>;

const [folder = '', socket = ''] = process.argv.slice(2);
const loaded = Object.fromEntries(lists.map((name) => [name, load(name)])) as Record<ListName, List>;
const bodies = new Map(singles.map((name) => [`/${name}`, readFileSync(path.join(folder, `${name}.json`))]));
const byService = Map.groupBy(loaded.tasks.places, ({service = ''}) => service);
const byNode = Map.groupBy(loaded.tasks.places, ({node = ''}) => node);
let counts: Counts = {};

const server = http.createServer((request, response) => {
	const url = new URL(request.url ?? '/', 'http://docker');
	const route = url.pathname.replace(/^\/v\d+\.\d+/, '');
	const filters = JSON.parse(url.searchParams.get('filters') ?? '{}') as Filters;
	const count = counted(request.method ?? '', route, filters);
	count.requests++;
	count.open++;
	response.once('close', () => {
		count.open--;
	});
	response.setHeader('Api-Version', '1.47');
	response.setHeader('Content-Type', 'application/json');
	const send = (body: Buffer | string): void => {
		count.bytes += Buffer.byteLength(body);
		response.end(body);
	};
	if (route === '/_ping') return send('OK');
	const [, name = '', id, what] = route.split('/');
	const body = bodies.get(route);
	if (body) return send(body);
	if (route === '/events' || what === 'logs') {
		// Quiet, and open for as long as the client likes.
		response.writeHead(200, {'Content-Type': 'application/vnd.docker.multiplexed-stream'});
		response.flushHeaders();
		return undefined;
	}
	if (isList(name)) {
		if (id === undefined) return send(listed(name, filters));
		const place = loaded[name].byId.get(id);
		if (place) return send(loaded[name].bytes.subarray(place.from, place.to));
	}
	response.statusCode = 404;
	return send(JSON.stringify({message: `${route} not found`}));
});

process.on('message', (message) => {
	if (message === 'counts') process.send?.(counts);
	if (message !== 'reset') return;
	// Requests that are still open count on in what was.
	counts = {};
	process.send?.(counts);
});
process.once('disconnect', () => process.exit());
server.listen(socket, () => process.send?.('ready'));

type Filters = Readonly<Record<string, readonly string[] | Readonly<Record<string, boolean>>>>;

const valuesOf = (filter: Filters[string] | undefined): readonly string[] =>
	Array.isArray(filter) ? filter : Object.keys(filter ?? {});

function isList(name: string): name is ListName {
	return lists.some((list) => list === name);
}

function load(name: ListName): List {
	const bytes = readFileSync(path.join(folder, `${name}.json`));
	const places = JSON.parse(readFileSync(path.join(folder, `${name}.places.json`), 'utf8')) as Place[];
	return {bytes, places, byId: new Map(places.map((place) => [place.id, place]))};
}

/** One entry for all requests of a kind: `GET /services/ID/logs`, `GET /tasks service=1`. */
function counted(method: string, route: string, filters: Filters): Counts[string] {
	const [, name = '', id, ...rest] = route.split('/');
	const what = ['', name, ...(id === undefined ? [] : ['ID']), ...rest].join('/');
	const asked = Object.entries(filters).map(([key, values]) => {
		const given = valuesOf(values);
		return key === 'id' || key === 'service' || key === 'node' ? `${key}=${given.length}` : `${key}=${given.join()}`;
	});
	const entry = [`${method} ${what}`, ...asked.sort()].join(' ');
	counts[entry] ??= {requests: 0, bytes: 0, open: 0};
	return counts[entry];
}

function listed(name: ListName, filters: Filters): Buffer {
	const {bytes, places, byId} = loaded[name];
	if (Object.keys(filters).length === 0) return bytes;
	const [ids, services, nodes, desired, roles] = [
		valuesOf(filters['id']),
		valuesOf(filters['service']),
		valuesOf(filters['node']),
		valuesOf(filters['desired-state']),
		valuesOf(filters['role']),
	];
	let found = places;
	if (ids.length > 0) found = ids.flatMap((id) => byId.get(id) ?? []);
	else if (services.length > 0) found = services.flatMap((id) => byService.get(id) ?? []);
	else if (nodes.length > 0) found = nodes.flatMap((id) => byNode.get(id) ?? []);
	const fits = (given: readonly string[], value: string | undefined): boolean =>
		given.length === 0 || given.includes(value ?? '');
	const kept = found.filter(
		(place) =>
			fits(services, place.service) &&
			fits(nodes, place.node) &&
			fits(desired, place.desired) &&
			fits(roles, place.role),
	);
	const parts = kept.flatMap(({from, to}, index) => [...(index > 0 ? [comma] : []), bytes.subarray(from, to)]);
	return Buffer.concat([open, ...parts, close]);
}

const [open, comma, close] = [Buffer.from('['), Buffer.from(','), Buffer.from(']\n')];
