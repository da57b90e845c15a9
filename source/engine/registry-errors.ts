/** What registries, and engines that ask them, say of images that they don't give: what it means and what to do. */
import {type SafeText, safe, toSafeText} from '../text/safe-text.ts';
import {parseImage} from './registry-reference.ts';

/** `registry` is how people write it, `image` the whole name. */
type Facts = {readonly registry: SafeText; readonly image: SafeText; readonly words: string};

type Trouble = {readonly says: RegExp; readonly means: (facts: Facts) => SafeText};

const onEveryNode = safe`on every node`;

/** In the order in which they are looked for: a refusal may be told in the words of another one. */
const troubles: readonly Trouble[] = [
	{
		says: /toomanyrequests|too many requests|rate limit/i,
		means: ({registry}) =>
			registry === 'docker.io'
				? safe`docker.io gives no more for now: its limit of pulls is reached. Wait some hours, or log in: docker login.`
				: safe`${registry} gives no more for now: too many requests. Wait, or log in: docker login ${registry}.`,
	},
	{
		says: /server gave HTTP response to HTTPS client|first record does not look like a TLS handshake/i,
		means: ({registry}) =>
			safe`${registry} speaks http, and the engine asks by https. Give it a certificate, or name it under "insecure-registries" in /etc/docker/daemon.json ${onEveryNode}.`,
	},
	{
		says: /certificate signed by unknown authority|certificate is not trusted|self-signed certificate/i,
		means: ({registry}) =>
			safe`The engine does not know who signed the certificate of ${registry}. Put that authority's certificate at /etc/docker/certs.d/${registry}/ca.crt ${onEveryNode}.`,
	},
	{
		says: /certificate has expired or is not yet valid/i,
		means: ({registry}) =>
			safe`The certificate of ${registry} has expired, or is not valid yet. Renew it; where it is fresh, set the clock of the node.`,
	},
	{
		says: /certificate is valid for|doesn't contain any IP SANs|certificate is not valid for any names|relies on legacy Common Name/i,
		means: ({registry}) =>
			safe`The certificate of ${registry} is for another name. Name the registry in images as its certificate does, or make one with this name (subjectAltName).`,
	},
	{
		says: /x509:|tls: failed to verify|remote error: tls/i,
		means: ({registry, words}) => safe`The certificate of ${registry} is refused: ${lastWords(words)}.`,
	},
	{
		says: /no matching manifest for|does not match the (?:specified|detected) platform/i,
		means: ({image, words}) => {
			const platform = /no matching manifest for (\S+)/i.exec(words)?.[1];
			const nodes = platform === undefined ? safe`this kind of node` : toSafeText(platform.replace(/,$/, ''));
			return safe`${image} is not made for ${nodes}. Build it for that platform too, or keep the service to other nodes: constraint node.platform.arch.`;
		},
	},
	{
		says: /no such host|server misbehaving|name resolution|name or service not known/i,
		means: ({registry}) =>
			safe`The engine finds no address for ${registry}. Check the name, and the DNS server of the node.`,
	},
	{
		says: /connection refused/i,
		means: ({registry}) => safe`Nothing listens at ${registry}. Start the registry, or check its port.`,
	},
	{
		says: /i\/o timeout|Client\.Timeout exceeded|deadline exceeded|TLS handshake timeout|no route to host|network is unreachable|request canceled|connection reset/i,
		means: ({registry}) =>
			safe`${registry} can't be reached from the engine. Check the network, a firewall, and the proxy that dockerd is set to use.`,
	},
];

const missing = /manifest unknown|manifest for \S+ not found|not found|name unknown|name_unknown/i;
const refused = /unauthorized|authentication required|no basic auth|denied|forbidden|may require 'docker login'/i;

/** Whether the registry wants to know who asks, or has heard and says no. It says so, too, where it has no such image. */
export const isRefused = (words: string): boolean => refused.test(words);

/** The registry of an image, as people write it. */
export const registryOf = (image: string): SafeText => toSafeText(parseImage(image)?.domain ?? image);

/** What the words mean, with what to do; undefined for words of another kind. */
export function registryTrouble(image: string, words: string): SafeText | undefined {
	const facts = {registry: registryOf(image), image: toSafeText(image), words};
	const known = troubles.find(({says}) => says.test(words));
	if (known) return known.means(facts);
	if (!missing.test(words) || refused.test(words)) return undefined;
	return safe`${facts.registry} has no ${facts.image}.`;
}

/** Behind the last colon of what programs hand on to each other. */
const lastWords = (words: string): SafeText => toSafeText(words.trim().split(': ').at(-1)?.replace(/\.$/, '') ?? words);
