import {type Call, type Program, print, printError, type Routine} from '../shell/routine.ts';
import {contents, instant, joined, linesOf, type Output, parseOptions, pathOf} from './call.ts';
import {unescaped} from './printing.ts';

/** Filters: what reads text and prints some of it. */

function grep(call: Call, parameters: readonly string[]): Output {
	const {flags, names} = parseOptions(parameters);
	const [pattern = '', ...files] = names;
	const {text, error} = contents(call, files);
	const source = flags.includes('F') ? pattern.replace(/[.*+?^${}()|[\]\\]/g, '\\$&') : pattern;
	const expression = new RegExp(source, flags.includes('i') ? 'i' : '');
	const found = linesOf(text).filter((line) => expression.test(line) !== flags.includes('v'));
	const status = error ? 2 : found.length > 0 ? 0 : 1;
	if (flags.includes('q')) return {status};
	return {out: flags.includes('c') ? `${found.length}\n` : joined(found), error, status};
}

/** `-5`, `-n 5` and the default of ten. */
function lineCount(flags: string, values: ReadonlyMap<string, string>): number {
	const count = Number(values.get('n') ?? /[0-9]+/.exec(flags)?.[0] ?? 10);
	return Number.isFinite(count) ? count : 10;
}

function head(call: Call, parameters: readonly string[]): Output {
	const {flags, names, values} = parseOptions(parameters, ['n', 'c']);
	const {text, error} = contents(call, names);
	const bytes = values.get('c');
	if (bytes !== undefined) return {out: text.slice(0, Number(bytes) || 0), error};
	return {out: joined(linesOf(text).slice(0, lineCount(flags, values))), error};
}

/** With `-f` it goes on for ever: `tail -f /dev/null` keeps many a container up. */
function* tail(call: Call): Routine {
	const {flags, names, values} = parseOptions(call.argv.slice(1), ['n']);
	const {text, error} = contents(call, names);
	if (error) yield printError(error);
	const count = lineCount(flags, values);
	if (count > 0) yield print(joined(linesOf(text).slice(-count)));
	if (/[fF]/.test(flags)) yield {kind: 'pause', ms: Number.POSITIVE_INFINITY};
	return error ? 1 : 0;
}

function countWords(call: Call, parameters: readonly string[]): Output {
	const {flags, names} = parseOptions(parameters);
	const {text, error} = contents(call, names);
	if (flags.includes('l')) return {out: `${text.split('\n').length - 1}\n`, error};
	if (flags.includes('c')) return {out: `${Buffer.byteLength(text)}\n`, error};
	return {out: `${text.split(/\s+/).filter(Boolean).length}\n`, error};
}

function translated(text: string, from: string, to: string): string {
	if (from === '-d') return [...text].filter((character) => !unescaped(to).includes(character)).join('');
	const wide = (set: string) =>
		unescaped(set).replace(/(.)-(.)/g, (_whole, first: string, last: string) => {
			const codes: string[] = [];
			for (let code = first.charCodeAt(0); code <= last.charCodeAt(0); code++) codes.push(String.fromCharCode(code));
			return codes.join('');
		});
	const source = wide(from);
	const target = wide(to);
	return [...text]
		.map((character) =>
			source.includes(character) ? (target[source.indexOf(character)] ?? target.at(-1) ?? '') : character,
		)
		.join('');
}

export const textApplets: Readonly<Record<string, Program>> = {
	cat: instant((call, parameters) => {
		const {text, error} = contents(call, parseOptions(parameters).names);
		return {out: text, error, status: error ? 1 : 0};
	}),
	grep: instant(grep),
	head: instant(head),
	sort: instant((call, parameters) => {
		const sorted = linesOf(contents(call, parseOptions(parameters).names).text).sort();
		return {out: joined(parameters.includes('-r') ? sorted.reverse() : sorted)};
	}),
	tail,
	tee: instant((call, parameters) => {
		for (const name of parseOptions(parameters).names) call.around.files.write(pathOf(call, name), call.stdin.text);
		return {out: call.stdin.text};
	}),
	tr: instant(({stdin}, [from = '', to = '']) => ({out: translated(stdin.text, from, to)})),
	uniq: instant((call) => ({
		out: joined(linesOf(call.stdin.text).filter((line, index, all) => line !== all[index - 1])),
	})),
	wc: instant(countWords),
};
