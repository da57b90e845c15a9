import {empty, type Handler, json} from '../call.ts';
import {mountsOf} from '../containers/mounts.ts';
import {summarise} from '../containers/summary.ts';
import {type Route, route} from '../router.ts';
import {systemInfo} from '../system/info.ts';
import {engineVersion} from '../system/version.ts';
import {renderVolume, volumesOf} from './volumes.ts';

/** /_ping, /info, /version and what else is about the engine itself (moby api/server/router/system). */

const ping =
	(text: string): Handler =>
	({host, offer}) => ({
		kind: 'text',
		text,
		headers: {
			...(offer.minor >= 42 ? {'Builder-Version': '2'} : {}),
			'Cache-Control': 'no-cache, no-store, must-revalidate',
			'Content-Type': 'text/plain; charset=utf-8',
			'Content-Length': String(text.length),
			Pragma: 'no-cache',
			...(offer.minor >= 42 ? {Swarm: host.membership.summary()} : {}),
		},
	});

const info: Handler = (call) => json(systemInfo(call));
const version: Handler = (call) => json(engineVersion(call));

/** The node runs what its tasks need, and keeps no build cache. */
const diskUsage: Handler = (call) => {
	const {images, containers} = call.host;
	const all = images.list();
	return json({
		LayersSize: all.reduce((sum, {sizeBytes}) => sum + sizeBytes, 0),
		Images: all.map(({id, tags, digests, sizeBytes, createdAt}) => ({
			Containers: containers.list().filter(({imageId}) => imageId === id).length,
			Created: Math.floor(createdAt / 1000),
			Id: id,
			Labels: null,
			ParentId: '',
			RepoDigests: digests.length > 0 ? [...digests] : null,
			RepoTags: [...tags],
			SharedSize: 0,
			Size: sizeBytes,
			...(call.minor < 44 ? {VirtualSize: sizeBytes} : {}),
		})),
		Containers: containers.list().map((container) => summarise(call, container)),
		Volumes: volumesOf(call).map((volume) => ({
			...renderVolume(volume),
			UsageData: {
				RefCount: containers
					.list()
					.filter((container) => mountsOf(container).some(({Source}) => Source === volume.name)).length,
				Size: 0,
			},
		})),
		BuildCache: [],
	});
};

/** Every registry of a simulated swarm lets everybody in. */
const auth: Handler = () => json({Status: 'Login Succeeded', IdentityToken: ''});

const nothing: Handler = () => empty();

export const systemRoutes: readonly Route[] = [
	route('GET', '/_ping', ping('OK')),
	route('HEAD', '/_ping', ping('')),
	route('GET', '/info', info),
	route('GET', '/version', version),
	route('GET', '/system/df', diskUsage),
	route('POST', '/auth', auth),
	route('GET', '/plugins', () => json([])),
	route('POST', '/build/prune', () => json({CachesDeleted: null, SpaceReclaimed: 0})),
	route('OPTIONS', '/{anything:.*}', nothing),
];
