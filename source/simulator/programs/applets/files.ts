import type {Call, Program} from '../shell/routine.ts';
import {instant, joined, type Output, parseOptions, pathOf, readFile} from './call.ts';

/** What makes, moves and removes files. */

function list(call: Call, parameters: readonly string[]): Output {
	const {names} = parseOptions(parameters);
	let out = '';
	let error = '';
	for (const name of names.length > 0 ? names : ['.']) {
		const path = pathOf(call, name);
		const {files} = call.around;
		if (files.isDirectory(path)) out += joined(files.list(path));
		else if (files.exists(path)) out += `${name}\n`;
		else error += `ls: ${name}: No such file or directory\n`;
	}
	return {out, error, status: error ? 1 : 0};
}

function remove(call: Call, parameters: readonly string[]): Output {
	const {flags, names} = parseOptions(parameters);
	let error = '';
	for (const name of names) {
		const path = pathOf(call, name);
		if (flags.includes('r')) call.around.files.removeTree(path);
		else if (!call.around.files.remove(path) && !flags.includes('f'))
			error += `rm: can't remove '${name}': No such file or directory\n`;
	}
	return {error, status: error ? 1 : 0};
}

function makeDirectories(call: Call, parameters: readonly string[]): Output {
	const {flags, names} = parseOptions(parameters);
	const refused = names.filter(
		(name) => !call.around.files.makeDirectory(pathOf(call, name), {parents: flags.includes('p')}),
	);
	const error = refused.map((name) => `mkdir: can't create directory '${name}': No such file or directory\n`).join('');
	return {error, status: error ? 1 : 0};
}

function touch(call: Call, parameters: readonly string[]): Output {
	const {names} = parseOptions(parameters);
	const refused = names.filter((name) => !call.around.files.append(pathOf(call, name), ''));
	const error = refused.map((name) => `touch: ${name}: No such file or directory\n`).join('');
	return {error, status: error ? 1 : 0};
}

function copy(call: Call, parameters: readonly string[], isMove: boolean): Output {
	const {names} = parseOptions(parameters);
	const [from = '', to = ''] = names;
	const {files} = call.around;
	const text = readFile(call, from);
	if (text === undefined)
		return {error: `${isMove ? 'mv' : 'cp'}: can't stat '${from}': No such file or directory\n`, status: 1};
	const target = pathOf(call, to);
	files.write(files.isDirectory(target) ? `${target}/${from.split('/').at(-1)}` : target, text);
	if (isMove) files.remove(pathOf(call, from));
	return {};
}

export const fileApplets: Readonly<Record<string, Program>> = {
	chmod: instant(() => ({})),
	chown: instant(() => ({})),
	cp: instant((call, parameters) => copy(call, parameters, false)),
	ls: instant(list),
	mkdir: instant(makeDirectories),
	mv: instant((call, parameters) => copy(call, parameters, true)),
	rm: instant(remove),
	touch: instant(touch),
};
