/** Writes down what the simulated swarm of a fixture answers, as files that an engine process can serve from memory. */
import {createHash} from 'node:crypto';
import {createWriteStream, existsSync, readdirSync, readFileSync} from 'node:fs';
import {mkdir, rename, rm, writeFile} from 'node:fs/promises';
import http from 'node:http';
import path from 'node:path';
import {finished} from 'node:stream/promises';
import {JsonArrayParser} from '../../../source/engine/json-scanner.ts';
import {serveSwarm} from '../dashboard-on-simulator.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const cache = path.join(root, 'node_modules/.cache/swarmtop');

/** Lists whose answers depend on filters: an array in one file, and where each object of it lies in another. */
export const lists = ['nodes', 'services', 'tasks', 'networks', 'secrets', 'configs'] as const;
export type ListName = (typeof lists)[number];
export const singles = ['info', 'version', 'volumes'] as const;

/** What filters look at, and from which byte to which the object lies. */
export type Place = {
	readonly id: string;
	readonly from: number;
	readonly to: number;
	readonly name?: string;
	readonly service?: string;
	readonly node?: string;
	readonly desired?: string;
	readonly role?: string;
};

type Stored = {
	readonly ID?: string;
	readonly Id?: string;
	readonly ServiceID?: string;
	readonly NodeID?: string;
	readonly DesiredState?: string;
	readonly Spec?: {readonly Name?: string; readonly Role?: string; readonly TaskTemplate?: TaskSpec} & TaskSpec;
};
type TaskSpec = {readonly ContainerSpec?: {Env?: readonly string[]}};

/**
 * Services of people who run ten thousand of them carry more than those of the simulator: with so much environment a
 * service takes 1.7 kB and a task 1.9 kB on the wire, as measured on engines.
 */
const environment = Array.from({length: 22}, (_, i) => `SETTING_NUMBER_${i}=a value of the usual length ${i}`);

/** The folder with a fixture's answers; recorded when they are not there yet, or of another simulator. */
export async function recorded(fixtureFile: string): Promise<string> {
	const fixture = readFileSync(fixtureFile, 'utf8');
	const folder = path.join(cache, `engine-${fingerprint(fixture)}`);
	if (existsSync(folder)) return folder;
	const making = `${folder}.${process.pid}`;
	await rm(making, {recursive: true, force: true});
	await mkdir(making, {recursive: true});
	await using swarm = await serveSwarm(fixture);
	for (const name of lists) {
		const query = name === 'services' ? '?status=true' : '';
		await recordList(swarm.socket, `/${name}${query}`, path.join(making, name));
	}
	for (const name of singles) {
		const chunks: Buffer[] = [];
		await ask(swarm.socket, `/${name}`, (chunk) => chunks.push(chunk));
		await writeFile(path.join(making, `${name}.json`), Buffer.concat(chunks));
	}
	await rename(making, folder);
	return folder;
}

function fingerprint(fixture: string): string {
	const hash = createHash('sha256')
		.update(fixture)
		.update(readFileSync(import.meta.filename));
	for (const folder of ['source/simulator', 'source/swarmkit', 'source/wire']) {
		for (const file of readdirSync(path.join(root, folder), {recursive: true, encoding: 'utf8'}).sort()) {
			if (file.endsWith('.ts')) hash.update(readFileSync(path.join(root, folder, file)));
		}
	}
	return hash.digest('hex').slice(0, 16);
}

async function recordList(socket: string, route: string, file: string): Promise<void> {
	const out = createWriteStream(`${file}.json`);
	const parser = new JsonArrayParser();
	const places: Place[] = [];
	let at = 0;
	const write = (text: string): void => {
		at += Buffer.byteLength(text);
		out.write(text);
	};
	write('[');
	await ask(socket, route, (chunk) => {
		for (const element of parser.push(chunk)) {
			const object = withUsualEnvironment(element as Stored);
			if (places.length > 0) write(',');
			const from = at;
			write(JSON.stringify(object));
			places.push(placeOf(object, from, at));
		}
	});
	parser.end();
	write(']\n');
	out.end();
	await finished(out);
	await writeFile(`${file}.places.json`, JSON.stringify(places));
}

function withUsualEnvironment(object: Stored): Stored {
	for (const spec of [object.Spec?.ContainerSpec, object.Spec?.TaskTemplate?.ContainerSpec]) {
		if (spec) spec.Env = [...(spec.Env ?? []), ...environment];
	}
	return object;
}

function placeOf({ID, Id, Spec, ServiceID, NodeID, DesiredState}: Stored, from: number, to: number): Place {
	return {
		id: ID ?? Id ?? '',
		from,
		to,
		...(Spec?.Name !== undefined && {name: Spec.Name}),
		...(Spec?.Role !== undefined && {role: Spec.Role}),
		...(ServiceID !== undefined && {service: ServiceID}),
		...(NodeID !== undefined && {node: NodeID}),
		...(DesiredState !== undefined && {desired: DesiredState}),
	};
}

function ask(socketPath: string, route: string, onChunk: (chunk: Buffer) => void): Promise<void> {
	return new Promise((resolve, reject) => {
		const request = http.get({socketPath, path: route}, (response) => {
			response.on('data', onChunk);
			response.on('error', reject);
			response.on('end', () =>
				response.statusCode === 200 ? resolve() : reject(new Error(`${route}: ${response.statusCode}`)),
			);
		});
		request.on('error', reject);
	});
}
