import {failed, ok, type Result} from '../../runtime/result.ts';

/** Image names (distribution/reference). */

const domainPart = '(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])';
const domain = `(?:${domainPart}(?:\\.${domainPart})*|\\[(?:[a-fA-F0-9:]+)\\])(?::[0-9]+)?`;
const pathPart = '[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*';
const repository = `${pathPart}(?:/${pathPart})*`;
const tag = '[\\w][\\w.-]{0,127}';
const digest = '[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}';
const reference = new RegExp(`^((?:${domain}/)?${repository})(?::(${tag}))?(?:@(${digest}))?$`);
const digestLengths: Readonly<Record<string, number>> = {sha256: 64, sha384: 96, sha512: 128};

/**
 * An image's name as docker sends it: without `docker.io/library/`, with `:latest` where it has neither tag nor digest. A bare ID
 * stays as it is.
 */
export function familiarImage(image: string): Result<string, string> {
	if (image === '') return failed('no image specified');
	if (/^[a-f0-9]{64}$/.test(image) || isDigest(image)) return ok(image);
	const [host, rest] = splitHost(image);
	const remote = rest.split(/[:@]/)[0] ?? '';
	if (remote !== remote.toLowerCase()) return failed('repository name must be lowercase');
	const match = reference.exec(`${host}/${rest}`);
	const [, name = '', tagged, hash] = match ?? [];
	if (!match || (hash !== undefined && !isDigest(hash))) return failed('invalid reference format');
	if (name.length > 255 + host.length + 1 || name.slice(host.length + 1).length > 255) {
		return failed('repository name must not be more than 255 characters');
	}
	const short = name.replace(/^docker\.io\/(library\/(?=[^/]+$))?/, '');
	const digestPart = hash === undefined ? '' : `@${hash}`;
	const tagPart = tagged === undefined ? (hash === undefined ? ':latest' : '') : `:${tagged}`;
	return ok(`${short}${tagPart}${digestPart}`);
}

function isDigest(text: string): boolean {
	const [algorithm = '', hex = ''] = text.split(':');
	return digestLengths[algorithm] === hex.length && /^[a-f0-9]+$/.test(hex);
}

/** The registry, which needs a dot, a port or capitals to be told from a folder; Docker Hub where there is none. */
function splitHost(image: string): readonly [string, string] {
	const slash = image.indexOf('/');
	const first = image.slice(0, Math.max(0, slash));
	const isHost = slash !== -1 && (/[.:]/.test(first) || first === 'localhost' || first !== first.toLowerCase());
	const host = isHost ? (first === 'index.docker.io' ? 'docker.io' : first) : 'docker.io';
	const rest = isHost ? image.slice(slash + 1) : image;
	return [host, host === 'docker.io' && !rest.includes('/') ? `library/${rest}` : rest];
}
