/** An image reference, taken apart as docker's does (distribution/reference). */
type ImageReference = {
	/** As people write it: without `docker.io/` and `library/`. */
	readonly name: string;
	/** `latest` where neither tag nor digest is given. */
	readonly tag: string | undefined;
	readonly digest: string | undefined;
};

/** `nginx`, `docker.io/library/nginx:1.25`, `registry:5000/team/app@sha256:…`. */
export function parseReference(text: string): ImageReference {
	const [rest = '', digest] = text.split('@', 2);
	const slash = rest.lastIndexOf('/');
	const colon = rest.lastIndexOf(':');
	const hasTag = colon > slash;
	const name = hasTag ? rest.slice(0, colon) : rest;
	const tag = hasTag ? rest.slice(colon + 1) : undefined;
	return {name: familiarName(name), tag: tag ?? (digest ? undefined : 'latest'), digest};
}

/** As the engine names it in `No such image: …`: with the tag that was understood. */
export function formatReference({name, tag, digest}: ImageReference): string {
	return `${name}${tag ? `:${tag}` : ''}${digest ? `@${digest}` : ''}`;
}

function familiarName(name: string): string {
	return name.replace(/^(?:index\.)?docker\.io\//, '').replace(/^library\//, '');
}
