import {Composer, type Document, LineCounter, Parser, type YAMLParseError} from 'yaml';
import {failed, ok, type Result} from '../../runtime/result.ts';

/** Where go-yaml's parser, which is libyaml's, differs from the one that is used here. */

type Misread = {readonly line: number; readonly message: string};

/** A file's text with its lines ended by line feeds; what YAML does not allow in a file is refused, as is what is not UTF-8. */
export function decodeYaml(text: string | Uint8Array): Result<string, Misread> {
	let decoded: string;
	try {
		decoded = typeof text === 'string' ? text : new TextDecoder(encodingOf(text), {fatal: true}).decode(text);
	} catch {
		return failed({line: 1, message: 'it is not written in UTF-8'});
	}
	const bare = decoded.replace(/^\uFEFF/, '').replaceAll(/\r\n?|[\x85\u2028\u2029]/g, '\n');
	const control = /[^\t\n\x20-\x7E\xA0-\uFFFD]/.exec(bare);
	if (!control) return ok(bare);
	const line = bare.slice(0, control.index).split('\n').length;
	return failed({line, message: 'control characters are not allowed'});
}

/** By its byte-order mark. */
function encodingOf(bytes: Uint8Array): string {
	const mark = (bytes[0] ?? 0) * 256 + (bytes[1] ?? 0);
	return mark === 0xfffe ? 'utf-16le' : mark === 0xfeff ? 'utf-16be' : 'utf-8';
}

export type Parsed = {
	/** The first document of the text. */
	readonly document: Document.Parsed | undefined;
	readonly hasMore: boolean;
	/** What was parsed: offsets count in it. Its lines are those of the text. */
	readonly text: string;
};

const most = 100;

/**
 * Lines inside of brackets and quotes may be indented as one likes: those that are too far left for the parser are moved. It also does
 * not know the escape `\\'`.
 */
export function parseLeniently(text: string, lines: LineCounter): Parsed {
	let tried = text;
	let first: Parsed | undefined;
	for (let times = 0; ; times++) {
		const counter = new LineCounter();
		const parsed = parseFirst(tried, counter);
		const error = parsed.document?.errors[0];
		const mended = error && times < most ? mend(error, tried) : undefined;
		first ??= parsed;
		if (mended !== undefined) {
			tried = mended;
			continue;
		}
		// What can't be mended is told as it was found.
		const settled = error ? first : parsed;
		const starts = settled === parsed ? counter : lineStarts(text);
		for (const start of starts.lineStarts) lines.addNewLine(start);
		return settled;
	}
}

function lineStarts(text: string): LineCounter {
	const counter = new LineCounter();
	counter.addNewLine(0);
	for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) counter.addNewLine(at + 1);
	return counter;
}

/** The text without what this parser alone finds wrong; lines stay lines. */
function mend(error: YAMLParseError, text: string): string | undefined {
	const at = error.pos[0];
	if (error.code === 'BAD_DQ_ESCAPE' && text.startsWith("\\'", at)) return text.slice(0, at) + text.slice(at + 1);
	// A dash that nothing follows in brackets is a text.
	if (error.code === 'BLOCK_IN_FLOW' && /^-[,\]}]/.test(text.slice(at, at + 2))) {
		return `${text.slice(0, at)}'-'${text.slice(at + 1)}`;
	}
	const isCutOff =
		(error.code === 'BAD_INDENT' && /must be sufficiently indented/.test(error.message)) ||
		(error.code === 'MISSING_CHAR' && /Missing closing ["']quote/.test(error.message));
	if (!isCutOff) return undefined;
	const start = text.lastIndexOf('\n', at - 1) + 1;
	const isAtStart = text.slice(start, at).trim() === '';
	const line = isAtStart ? start : text.indexOf('\n', at) + 1;
	const rest = text.slice(line);
	const isMovable = line > 0 && !/^(---|\.\.\.)/.test(rest) && rest.trimStart() !== '' && !/^ {80}/.test(rest);
	return isMovable ? `${text.slice(0, line)}${' '.repeat(80)}${rest}` : undefined;
}

function parseFirst(text: string, lines: LineCounter): Parsed {
	const parser = new Parser(lines.addNewLine);
	const composer = new Composer({schema: 'failsafe', resolveKnownTags: false, uniqueKeys: false, strict: false});
	let document: Document.Parsed | undefined;
	for (const each of composer.compose(parser.parse(text))) {
		if (document) return {document, hasMore: true, text};
		document = each as Document.Parsed;
	}
	return {document, hasMore: false, text};
}
