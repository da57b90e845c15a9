import {normalised} from '../files.ts';
import {type Call, type Program, print, printError} from '../shell/routine.ts';

/** What the small programs share: answering at once, options and operands, files named or the standard input. */

export type Output = {readonly out?: string; readonly error?: string; readonly status?: number};

/** A program that answers at once. */
export const instant = (answer: (call: Call, parameters: readonly string[]) => Output): Program =>
	function* (call) {
		const {out, error, status = 0} = answer(call, call.argv.slice(1));
		if (out) yield print(out);
		if (error) yield printError(error);
		return status;
	};

/** A path as the program means it, from its directory. */
export const pathOf = ({directory}: Call, path: string): string =>
	normalised(path.startsWith('/') ? path : `${directory}/${path}`);

/** Letters given as flags, and what is left; `valued` flags take the next word with them. */
export function parseOptions(
	parameters: readonly string[],
	valued: readonly string[] = [],
): {flags: string; names: string[]; values: ReadonlyMap<string, string>} {
	let flags = '';
	const names: string[] = [];
	const values = new Map<string, string>();
	for (let index = 0; index < parameters.length; index++) {
		const parameter = parameters[index] ?? '';
		if (!/^-./.test(parameter)) {
			names.push(parameter);
			continue;
		}
		const letter = valued.find((known) => parameter.startsWith(`-${known}`));
		if (letter) values.set(letter, parameter.slice(letter.length + 1) || (parameters[++index] ?? ''));
		else flags += parameter.slice(1);
	}
	return {flags, names, values};
}

/** What the files named contain, or the standard input when none is; the complaints about those that are not there. */
export function contents(call: Call, names: readonly string[]): {text: string; error: string} {
	if (names.length === 0) return {text: call.stdin.text, error: ''};
	let text = '';
	let error = '';
	for (const name of names) {
		const found = name === '-' ? call.stdin.text : readFile(call, name);
		if (found === undefined) error += `${call.argv[0]}: can't open '${name}': No such file or directory\n`;
		else text += found;
	}
	return {text, error};
}

export function readFile(call: Call, name: string): string | undefined {
	const path = pathOf(call, name);
	if (path === '/dev/null') return '';
	if (path === '/proc/uptime') return `${(call.around.elapsed() / 1000).toFixed(2)} 0.00\n`;
	return call.around.files.read(path);
}

export const linesOf = (text: string): string[] => {
	const lines = text.split('\n');
	if (lines.at(-1) === '') lines.pop();
	return lines;
};

export const joined = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');
