import type {Image} from '../../contract.ts';
import {type Answer, type Call, empty, type Handler, json, list, param, type Sink} from '../call.ts';
import {booleansOf, type Filters, parseFilters} from '../filters.ts';
import {laxBool} from '../go/parse.ts';
import {rfc3339, zeroTime} from '../go/time.ts';
import {badRequest, notFound, Refused} from '../refusal.ts';
import {type Route, route} from '../router.ts';
import {isImageReference} from '../services/image-reference.ts';

/** /images and /distribution (moby api/server/router/{image,distribution}). */

const listImages: Handler = (call) => {
	const filters = parseFilters(call.query).accept('dangling', 'label', 'before', 'since', 'reference', 'until');
	const dangling = booleansOf(filters, 'dangling', (value) => badRequest(`invalid filter 'dangling=[${value}]'`));
	for (const reference of [...filters.get('before'), ...filters.get('since')]) {
		if (!call.host.images.find(reference)) throw noSuchImage(reference);
	}
	const found = byId(call.host.images.list().filter((image) => matches(filters, image, dangling))).sort(
		(a, b) => b.createdAt - a.createdAt,
	);
	return list(found.map((image) => summarise(call, image)));
};

/** An image of several names is one. */
function byId(images: readonly Image[]): Image[] {
	const found = new Map<string, Image>();
	for (const image of images) {
		const known = found.get(image.id);
		const {tags = [], digests = []} = known ?? {};
		found.set(image.id, {...image, tags: [...tags, ...image.tags], digests: [...digests, ...image.digests]});
	}
	return [...found.values()];
}

function matches(filters: Filters, {tags}: Image, dangling: readonly boolean[]): boolean {
	if (dangling.length > 0 && !dangling.includes(tags.length === 0)) return false;
	// No simulated image has labels.
	if (filters.has('label')) return false;
	if (!filters.has('reference')) return true;
	return filters.get('reference').some((pattern) => tags.some((tag) => isFamiliarMatch(pattern, tag)));
}

/** The whole reference or its name, with `*` for a part (distribution/reference FamiliarMatch). */
function isFamiliarMatch(pattern: string, tag: string): boolean {
	const name = tag.replace(/:[^:/]*$/, '');
	return [tag, name].some((text) => isGlob(pattern, text));
}

/** `*` doesn't reach over a slash. */
function isGlob(pattern: string, text: string): boolean {
	const source = pattern.replaceAll(/[\\^$.*+?()[\]{}|]/g, (sign) => (sign === '*' ? '[^/]*' : `\\${sign}`));
	return pattern.length < 256 && new RegExp(`^${source.replaceAll(/(\[\^\/\]\*)+/g, '[^/]*')}$`).test(text);
}

function summarise(call: Call, image: Image): Record<string, unknown> {
	return {
		Containers: call.minor < 51 ? -1 : call.host.containers.list().filter(({imageId}) => imageId === image.id).length,
		Created: Math.floor(image.createdAt / 1000),
		Id: image.id,
		Labels: null,
		ParentId: '',
		RepoDigests: [...image.digests],
		RepoTags: [...image.tags],
		SharedSize: -1,
		Size: image.sizeBytes,
		...(call.minor < 44 ? {VirtualSize: image.sizeBytes} : {}),
	};
}

const noSuchImage = (reference: string): Refused =>
	notFound(`No such image: ${/[:@][^/]*$/.test(reference) ? reference : `${reference}:latest`}`);

function imageOf(call: Call): Image {
	const reference = param(call, 'name');
	const image = call.host.images.find(reference);
	if (image) return image;
	throw noSuchImage(reference);
}

const inspect: Handler = (call) => {
	const image = imageOf(call);
	return json({
		Id: image.id,
		RepoTags: [...image.tags],
		RepoDigests: [...image.digests],
		Parent: '',
		Comment: '',
		Created: rfc3339(image.createdAt),
		DockerVersion: '',
		Author: '',
		Config: {Env: ['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'], Cmd: null, Labels: null},
		Architecture: 'amd64',
		Os: 'linux',
		Size: image.sizeBytes,
		...(call.minor < 44 ? {VirtualSize: image.sizeBytes} : {}),
		GraphDriver: {Data: null, Name: 'overlay2'},
		RootFS: {Type: 'layers', Layers: [`sha256:${call.host.seeded.hex64(`layer/${image.id}`)}`]},
		Metadata: {LastTagTime: zeroTime},
	});
};

const history: Handler = (call) => {
	const {id, createdAt, tags, sizeBytes} = imageOf(call);
	return json([
		{Comment: '', Created: Math.floor(createdAt / 1000), CreatedBy: '', Id: id, Size: sizeBytes, Tags: [...tags]},
	]);
};

/** What a registry knows of the image: the CLI asks before it makes a service, and only warns when it gets no answer. */
const distribution: Handler = async (call) => {
	const reference = param(call, 'name');
	if (!isImageReference(reference)) throw badRequest(malformed(reference));
	const found = await call.host.images.resolve(reference);
	if (!found.ok) throw new Refused(found.error.status, found.error.message);
	const {digest, platforms} = found.value;
	return json({
		Descriptor: {mediaType: 'application/vnd.docker.distribution.manifest.v2+json', digest, size: 528},
		Platforms: platforms.map(({architecture, os}) => ({architecture, os})),
	});
};

/** `docker pull`: what the registry has comes with the words of its progress. */
const pull: Handler = async (call): Promise<Answer> => {
	const name = call.query.get('fromImage') ?? '';
	const tag = call.query.get('tag') || 'latest';
	const reference = /@|:[^/]*$/.test(name) ? name : `${name}:${tag}`;
	const found = await call.host.images.resolve(reference);
	if (!found.ok) {
		const familiar = name.replace(/^docker\.io\/(library\/)?/, '');
		const denied = `pull access denied for ${familiar}, repository does not exist or may require 'docker login': denied: requested access to the resource is denied`;
		throw found.error.status === 403 ? notFound(denied) : new Refused(found.error.status, found.error.message);
	}
	const {digest} = found.value;
	const run = async (sink: Sink) => {
		const say = (line: object) => sink.write(`${JSON.stringify(line)}\r\n`);
		await say({status: `Pulling from ${name.replace(/^docker\.io\//, '')}`, id: tag});
		const isHere = await call.host.images.pullByHand(reference);
		await say({status: `Digest: ${digest}`});
		await say({status: `Status: ${isHere ? 'Downloaded newer image' : 'Image is up to date'} for ${reference}`});
	};
	return {kind: 'stream', contentType: 'application/json', run};
};

/** Running containers hold the name that they were made by, unless it is forced away. */
const remove: Handler = (call) => {
	const reference = param(call, 'name');
	const {id, tags} = imageOf(call);
	const user = call.host.containers.list().find(({image}) => tags.includes(image));
	if (user && !laxBool(call.query, 'force')) {
		throw new Refused(
			409,
			`conflict: unable to remove repository reference "${reference}" (must force) - container ${user.id.slice(0, 12)} is using its referenced image ${id.replace('sha256:', '').slice(0, 12)}`,
		);
	}
	call.host.images.remove(reference);
	const isGone = !call.host.images.list().some((image) => image.id === id);
	return json([...tags.map((tag) => ({Untagged: tag})), ...(isGone ? [{Deleted: id}] : [])]);
};

const tag: Handler = (call) => {
	const {query} = call;
	const repository = query.get('repo') ?? '';
	if (!isImageReference(repository)) throw badRequest(malformed(repository));
	imageOf(call);
	call.host.images.tag(param(call, 'name'), `${repository}:${query.get('tag') || 'latest'}`);
	return empty(201);
};

/** A name in capitals is the one mistake that is told. */
function malformed(reference: string): string {
	const isOnlyCase = isImageReference(reference.toLowerCase());
	const name = reference.replace(/[:@][^/]*$/, '');
	const full = name.includes('/') ? name : `library/${name}`;
	return `invalid reference format${isOnlyCase ? `: repository name (${full}) must be lowercase` : ''}`;
}

const prune: Handler = (call) => {
	const filters = parseFilters(call.query).accept('dangling', 'label', 'label!', 'until');
	const wantsAll = filters.get('dangling').some((value) => /^(0|f|false)$/i.test(value));
	const {images, containers} = call.host;
	const used = new Set(containers.list().map(({imageId}) => imageId));
	const unused = images.list().filter(({id, tags}) => !used.has(id) && (wantsAll || tags.length === 0));
	for (const {id, tags} of unused) for (const name of tags.length > 0 ? tags : [id]) images.remove(name);
	const deleted = unused.flatMap(({id, tags}) => [...tags.map((name) => ({Untagged: name})), {Deleted: id}]);
	const space = unused.reduce((sum, {sizeBytes}) => sum + sizeBytes, 0);
	return json({ImagesDeleted: deleted.length > 0 ? deleted : null, SpaceReclaimed: space});
};

export const imageRoutes: readonly Route[] = [
	route('GET', '/images/json', listImages),
	route('POST', '/images/create', pull),
	route('POST', '/images/prune', prune),
	route('GET', '/images/{name:.*}/json', inspect),
	route('GET', '/images/{name:.*}/history', history),
	route('POST', '/images/{name:.*}/tag', tag),
	route('DELETE', '/images/{name:.*}', remove),
	route('GET', '/distribution/{name:.*}/json', distribution),
];
