/** Whether a text can name an image, by the grammar of distribution/reference (ParseNormalizedNamed). */

const pathComponent = '[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*';
const domainComponent = '(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])';
const ipv6 = '\\[(?:[a-fA-F0-9:]+)\\]';
const domain = `(?:${domainComponent}(?:\\.${domainComponent})*|${ipv6})(?::[0-9]+)?`;
const tag = '[\\w][\\w.-]{0,127}';
const digest = '[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}';
const reference = new RegExp(
	`^(?<name>(?:${domain}/)?${pathComponent}(?:/${pathComponent})*)(?::${tag})?(?:@${digest})?$`,
);

/** A name of 255 characters with its tag and digest stays below; what is longer isn't looked at. */
const longest = 1024;

export function isImageReference(text: string): boolean {
	if (text.length > longest || /^[a-f0-9]{64}$/.test(text)) return false;
	const name = reference.exec(text)?.groups?.['name'];
	return name !== undefined && name.length <= 255;
}
