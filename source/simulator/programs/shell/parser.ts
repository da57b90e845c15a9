import {Scanner} from './scanner.ts';
import type {AndOr, Assignment, Case, Command, For, If, Loop, Pipeline, Redirect, Script, Word} from './syntax.ts';
import {readExpandedText, readWord} from './words.ts';

/** Parses a script; throws ShellSyntaxError with the words of busybox's shell. */
export function parseScript(text: string): Script {
	const scanner = new Scanner(text);
	const script = list(scanner, []);
	if (!scanner.isAtEnd) throw scanner.unexpected();
	return script;
}

/** Commands up to the end, a `)`, a `;;` or one of the reserved words in `ends`, none of them consumed. */
function list(scanner: Scanner, ends: readonly string[]): Script {
	const items: AndOr[] = [];
	for (;;) {
		scanner.skipSeparators();
		if (scanner.isAtEnd || scanner.peek(')') || scanner.peek(';;')) return items;
		if (ends.some((end) => scanner.atReserved(end))) return items;
		items.push(andOr(scanner));
	}
}

const word = (scanner: Scanner): Word => readWord(scanner, (inner) => list(inner, []));

function andOr(scanner: Scanner): AndOr {
	const first = pipeline(scanner);
	const rest: AndOr['rest'][number][] = [];
	for (;;) {
		scanner.skipBlanks();
		const operator = scanner.take('&&') ? '&&' : scanner.take('||') ? '||' : undefined;
		if (!operator) break;
		scanner.skipNewlines();
		rest.push({operator, pipeline: pipeline(scanner)});
	}
	return {first, rest, isBackground: scanner.take('&')};
}

function pipeline(scanner: Scanner): Pipeline {
	scanner.skipBlanks();
	const isNegated = scanner.takeReserved('!');
	const commands = [command(scanner)];
	for (;;) {
		scanner.skipBlanks();
		if (!scanner.peek('|') || scanner.peek('||')) return {isNegated, commands};
		scanner.at++;
		scanner.skipNewlines();
		commands.push(command(scanner));
	}
}

function command(scanner: Scanner): Command {
	scanner.skipBlanks();
	if (scanner.takeReserved('while')) return loop(scanner, false);
	if (scanner.takeReserved('until')) return loop(scanner, true);
	if (scanner.takeReserved('for')) return forLoop(scanner);
	if (scanner.takeReserved('if')) return conditional(scanner);
	if (scanner.takeReserved('case')) return caseCommand(scanner);
	if (scanner.takeReserved('{')) {
		const body = list(scanner, ['}']);
		scanner.needReserved('}');
		return {kind: 'group', isSubshell: false, body, redirects: redirects(scanner)};
	}
	if (scanner.take('(')) {
		const body = list(scanner, []);
		scanner.need(')');
		return {kind: 'group', isSubshell: true, body, redirects: redirects(scanner)};
	}
	return functionDefinition(scanner) ?? simple(scanner);
}

function loop(scanner: Scanner, isUntil: boolean): Loop {
	const condition = list(scanner, ['do']);
	return {kind: 'loop', condition, isUntil, body: doGroup(scanner), redirects: redirects(scanner)};
}

function doGroup(scanner: Scanner): Script {
	scanner.needReserved('do');
	const body = list(scanner, ['done']);
	scanner.needReserved('done');
	return body;
}

function forLoop(scanner: Scanner): For {
	scanner.skipBlanks();
	const variable = scanner.match(/^[A-Za-z_][A-Za-z0-9_]*/);
	if (!variable) throw scanner.unexpected();
	scanner.skipSeparators();
	let words: Word[] | undefined;
	if (scanner.takeReserved('in')) {
		words = [];
		for (scanner.skipBlanks(); !scanner.isAtBreak; scanner.skipBlanks()) words.push(word(scanner));
	}
	return {kind: 'for', variable, words, body: doGroup(scanner), redirects: redirects(scanner)};
}

function conditional(scanner: Scanner): If {
	const branches: If['branches'][number][] = [];
	do {
		const condition = list(scanner, ['then']);
		scanner.needReserved('then');
		branches.push({condition, body: list(scanner, ['elif', 'else', 'fi'])});
	} while (scanner.takeReserved('elif'));
	const otherwise = scanner.takeReserved('else') ? list(scanner, ['fi']) : undefined;
	scanner.needReserved('fi');
	return {kind: 'if', branches, otherwise, redirects: redirects(scanner)};
}

function caseCommand(scanner: Scanner): Case {
	scanner.skipBlanks();
	const subject = word(scanner);
	scanner.needReserved('in');
	const branches: Case['branches'][number][] = [];
	for (scanner.skipSeparators(); !scanner.takeReserved('esac'); scanner.skipSeparators()) {
		if (scanner.isAtEnd) throw scanner.unexpected('esac');
		branches.push(caseBranch(scanner));
	}
	return {kind: 'case', subject, branches, redirects: redirects(scanner)};
}

function caseBranch(scanner: Scanner): Case['branches'][number] {
	scanner.take('(');
	const patterns: Word[] = [];
	do {
		scanner.skipBlanks();
		patterns.push(word(scanner));
		scanner.skipBlanks();
	} while (scanner.take('|'));
	scanner.need(')');
	const body = list(scanner, ['esac']);
	scanner.take(';;');
	return {patterns, body};
}

function functionDefinition(scanner: Scanner): Command | undefined {
	const match = /^([A-Za-z_][A-Za-z0-9_]*)[ \t]*\([ \t]*\)/.exec(scanner.rest());
	if (!match?.[1]) return undefined;
	scanner.at += match[0].length;
	scanner.skipSeparators();
	return {kind: 'function', name: match[1], body: command(scanner)};
}

function simple(scanner: Scanner): Command {
	const assignments: Assignment[] = [];
	const words: Word[] = [];
	const targets: Redirect[] = [];
	for (;;) {
		scanner.skipBlanks();
		const target = redirect(scanner);
		if (target) {
			targets.push(target);
			continue;
		}
		if (scanner.isAtBreak) break;
		const assigned = words.length === 0 ? assignment(scanner) : undefined;
		if (assigned) assignments.push(assigned);
		else words.push(word(scanner));
	}
	if (assignments.length + words.length + targets.length === 0) throw scanner.unexpected();
	return {kind: 'simple', assignments, words, redirects: targets};
}

function assignment(scanner: Scanner): Assignment | undefined {
	const name = /^([A-Za-z_][A-Za-z0-9_]*)=/.exec(scanner.rest())?.[1];
	if (name === undefined) return undefined;
	scanner.at += name.length + 1;
	return {name, value: scanner.isAtWordEnd ? [] : word(scanner)};
}

function redirects(scanner: Scanner): Redirect[] {
	const found: Redirect[] = [];
	for (;;) {
		scanner.skipBlanks();
		const next = redirect(scanner);
		if (!next) return found;
		found.push(next);
	}
}

function redirect(scanner: Scanner): Redirect | undefined {
	const match = /^([0-9]?)(>>|>&|<<-?|<&|<|>\|?)/.exec(scanner.rest());
	const sign = match?.[2];
	if (!match || !sign) return undefined;
	scanner.at += match[0].length;
	const descriptor = match[1] ? Number(match[1]) : sign.startsWith('<') ? 0 : 1;
	scanner.skipBlanks();
	if (scanner.isAtBreak) throw scanner.unexpected();
	if (sign === '<<' || sign === '<<-') {
		return {descriptor, operator: '<<<', target: hereDocument(scanner, sign === '<<-')};
	}
	const operator = sign === '>|' ? '>' : sign === '<&' ? '>&' : (sign as Redirect['operator']);
	return {descriptor, operator, target: word(scanner)};
}

function hereDocument(scanner: Scanner, stripsTabs: boolean): Word {
	const delimiter = word(scanner);
	const end = delimiter.map((part) => (part.kind === 'text' ? part.text : '')).join('');
	const text = scanner.takeHereDocument(end, stripsTabs);
	if (delimiter.some((part) => part.kind === 'text' && part.isQuoted)) return [{kind: 'text', text, isQuoted: true}];
	return readExpandedText(new Scanner(text), (inner) => list(inner, []));
}
