import {type Since, serviceShape} from './service-shape.ts';
import type {Shape} from './shape.ts';
import {
	anything,
	bool,
	empty,
	extensible,
	list,
	listOrMap,
	mapOf,
	name,
	oneOf,
	openRecord,
	options,
	record,
	text,
	textOrNumber,
} from './shapes.ts';

/** The newest version of the format that the docker CLI knows: 3.13. */
export const newestMinor = 13;

/** What a stack file of format 3.MINOR may say: each version has its own schema, and a key of a later one is refused. */
export function fileShape(minor: number, allowsContent: boolean): Shape {
	const since: Since = (first, keys) => (minor >= first ? keys : {});
	const isExtensible = minor >= 7;
	const object = (keys: Readonly<Record<string, Shape>>) => (isExtensible ? extensible(keys) : record(keys));
	const content = allowsContent ? {content: text} : {};
	const external = oneOf(bool, record({name: text}));
	const openExternal = oneOf(bool, openRecord({name: text}));
	const driverOpts = options(textOrNumber);
	const network = object({
		driver: text,
		driver_opts: driverOpts,
		ipam: record({driver: text, config: list(record({subnet: text}))}),
		external,
		internal: bool,
		labels: listOrMap,
		...since(2, {attachable: bool}),
		...since(5, {name: text}),
	});
	const volume = object({
		driver: text,
		driver_opts: driverOpts,
		external,
		labels: listOrMap,
		...since(4, {name: text}),
		...since(7, {'x-cluster-spec': clusterSpec}),
	});
	const secret = object({
		file: text,
		external: openExternal,
		labels: listOrMap,
		...content,
		...since(5, {name: text}),
		...since(8, {driver: text, driver_opts: driverOpts, template_driver: text}),
	});
	const config = object({
		file: text,
		external: openExternal,
		labels: listOrMap,
		...content,
		...since(5, {name: text}),
		...since(8, {template_driver: text}),
	});
	const keys = {
		version: text,
		services: mapOf(name, serviceShape(since, isExtensible)),
		// A name of other characters is taken, and nothing of it is looked at.
		networks: mapOf(name, oneOf(network, empty), {isOpen: true}),
		volumes: mapOf(name, oneOf(volume, empty)),
		...since(1, {secrets: mapOf(name, secret)}),
		...since(3, {configs: mapOf(name, config)}),
	};
	return minor >= 4 ? {is: 'map', keys, others: [[/^x-/, anything]], isOpen: false, required: []} : record(keys);
}

const topologies = list(openRecord({segments: listOrMap}));

/** Of a volume from a plugin for clusters. Only checked: docker does not make such volumes from a stack file. */
const clusterSpec = openRecord({
	group: text,
	access_mode: openRecord({
		scope: text,
		sharing: text,
		block_volume: openRecord({}),
		mount_volume: openRecord({fs_type: text, mount_flags: list(text)}),
	}),
	accessibility_requirements: openRecord({requisite: topologies, preferred: topologies}),
	capacity_range: openRecord({required_bytes: text, limit_bytes: text}),
	availability: text,
});
