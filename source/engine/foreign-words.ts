/** What a proxy between us and the engine says, as a line of text. */

const keptCharacters = 240;

const entities: Readonly<Record<string, string>> = {amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' '};

/**
 * The words of an answer's body that is not the API's: of HTML what a reader would see, of JSON its message, else the text
 * itself. '' when there are none.
 */
export function foreignWords(body: string): string {
	const text = jsonWords(body) ?? (/<\w[^>]*>/.test(body) ? htmlWords(body) : body.replace(/\s+/g, ' ').trim());
	return text.length > keptCharacters ? `${text.slice(0, keptCharacters - 1)}…` : text;
}

function jsonWords(body: string): string | undefined {
	let value: unknown;
	try {
		value = JSON.parse(body);
	} catch {
		return undefined;
	}
	if (typeof value === 'string') return value;
	if (typeof value !== 'object' || value === null) return undefined;
	const fields = value as Readonly<Record<string, unknown>>;
	const words = ['message', 'error', 'detail', 'reason'].map((name) => fields[name]);
	return words.find((each) => typeof each === 'string');
}

/** Each block of the page is a sentence of its own. */
function htmlWords(html: string): string {
	const visible = html
		.replace(/<!--.*?(-->|$)/gs, ' ')
		.replace(/<(head|script|style)\b.*?(<\/\1\s*>|$)/gis, ' ')
		.replace(
			/<\/?(address|article|br|center|dd|div|dt|footer|h\d|header|hr|li|main|ol|p|pre|section|t[dhr]|title|ul)\b[^>]*>/gi,
			'\n',
		)
		.replace(/<\/?[a-z!][^>]*>/gi, '');
	const lines = visible.split('\n').map((line) => decoded(line).replace(/\s+/g, ' ').trim());
	const sentences = lines.filter((line) => line !== '').map((line) => (/[.!?:]$/.test(line) ? line : `${line}.`));
	return [...new Set(sentences)].join(' ').replace(/\.$/, '');
}

function decoded(text: string): string {
	return text.replace(/&(#x[\da-f]+|#\d+|\w+);/gi, (whole, name: string) => {
		if (!name.startsWith('#')) return entities[name.toLowerCase()] ?? whole;
		const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
		return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
	});
}
