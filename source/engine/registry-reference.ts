/** Image names as docker reads them (distribution/reference): what registry they mean, and how people write them. */

export type ImageReference = {
	/** The registry's host, with its port; `docker.io` where none is written. */
	readonly domain: string;
	/** Within the registry: `library/nginx`. */
	readonly path: string;
	readonly tag: string | undefined;
	readonly digest: string | undefined;
};

const defaultDomain = 'docker.io';
const longestName = 255;

const label = '[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?';
const domainForm = new RegExp(`^(?:${label}(?:\\.${label})*|\\[[0-9a-fA-F:]+\\])(?::[0-9]+)?$`);
const pathPart = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*';
const pathForm = new RegExp(`^${pathPart}(?:/${pathPart})*$`);
const tagForm = /^\w[\w.-]{0,127}$/;
const digestForm = /^[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}$/;
const imageId = /^[a-f0-9]{64}$/;

/** Undefined for what docker would not take as the name of an image. */
export function parseImage(text: string): ImageReference | undefined {
	if (imageId.test(text)) return undefined;
	const [named = '', digest, ...more] = text.split('@');
	const colon = named.lastIndexOf(':');
	const hasTag = colon > named.lastIndexOf('/');
	const {domain, path} = splitDomain(hasTag ? named.slice(0, colon) : named);
	const tag = hasTag ? named.slice(colon + 1) : undefined;
	const isWellFormed =
		more.length === 0 &&
		domainForm.test(domain) &&
		pathForm.test(path) &&
		(tag === undefined || tagForm.test(tag)) &&
		(digest === undefined || digestForm.test(digest)) &&
		`${domain}/${path}`.length <= longestName;
	return isWellFormed ? {domain, path, tag, digest} : undefined;
}

/** The first part is a registry if it can't be anything else: docker hub's names have neither dots nor ports. */
function splitDomain(name: string): Pick<ImageReference, 'domain' | 'path'> {
	const slash = name.indexOf('/');
	const first = slash === -1 ? '' : name.slice(0, slash);
	const isDomain = /[.:]/.test(first) || first === 'localhost' || first !== first.toLowerCase();
	const domain = isDomain ? first.replace(/^index\.docker\.io$/, defaultDomain) : defaultDomain;
	const path = isDomain ? name.slice(slash + 1) : name;
	return {domain, path: domain === defaultDomain && !path.includes('/') ? `library/${path}` : path};
}

/** As people write it: without `docker.io/` and `library/`. */
export function familiarImage({domain, path, tag, digest}: ImageReference): string {
	const [official = '', ...more] = path.split('/').slice(path.startsWith('library/') ? 1 : 0);
	const name =
		domain !== defaultDomain ? `${domain}/${path}` : path.startsWith('library/') && more.length === 0 ? official : path;
	return `${name}${tag === undefined ? '' : `:${tag}`}${digest === undefined ? '' : `@${digest}`}`;
}

/** With the tag that is meant where neither tag nor digest is given; what is no image's name stays as it is. */
export function taggedImage(image: string): string {
	const reference = parseImage(image);
	if (!reference) return image;
	const isBare = reference.tag === undefined && reference.digest === undefined;
	return familiarImage(isBare ? {...reference, tag: 'latest'} : reference);
}

/** With the digest, unless it has one. */
export function pinnedImage(image: string, digest: string): string {
	const reference = parseImage(image);
	return reference && reference.digest === undefined ? familiarImage({...reference, digest}) : image;
}

/** What follows the last `@`, and what is before it. */
export function withoutDigest(image: string): string {
	return image.split('@')[0] ?? image;
}
