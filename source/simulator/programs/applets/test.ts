import type {Call, Program} from '../shell/routine.ts';
import {instant, type Output, pathOf} from './call.ts';

/** `test` and `[`: the conditions of shell scripts and health checks. */

function test(call: Call, given: readonly string[]): Output {
	const parameters = call.argv[0] === '[' ? given.slice(0, -1) : given;
	if (call.argv[0] === '[' && given.at(-1) !== ']') return {error: 'sh: missing ]\n', status: 2};
	return {status: holds(call, parameters) ? 0 : 1};
}

function holds(call: Call, parameters: readonly string[]): boolean {
	const or = parameters.indexOf('-o');
	if (or > 0) return holds(call, parameters.slice(0, or)) || holds(call, parameters.slice(or + 1));
	const and = parameters.indexOf('-a');
	if (and > 0) return holds(call, parameters.slice(0, and)) && holds(call, parameters.slice(and + 1));
	const [first = '', second = '', third = ''] = parameters;
	if (parameters.length === 0) return false;
	if (first === '!' && parameters.length > 1) return !holds(call, parameters.slice(1));
	if (parameters.length === 1) return first !== '';
	if (parameters.length === 2) return holdsOfOne(call, first, second);
	return compares(first, second, third);
}

function holdsOfOne(call: Call, operator: string, operand: string): boolean {
	const {files} = call.around;
	const path = pathOf(call, operand);
	switch (operator) {
		case '-n':
			return operand !== '';
		case '-z':
			return operand === '';
		case '-d':
			return files.isDirectory(path);
		case '-f':
			return files.read(path) !== undefined;
		case '-s':
			return (files.read(path) ?? '') !== '';
		case '-x':
			return files.exists(path) || call.around.program(operand) !== undefined;
		default:
			return files.exists(path);
	}
}

function compares(left: string, operator: string, right: string): boolean {
	switch (operator) {
		case '=':
		case '==':
			return left === right;
		case '!=':
			return left !== right;
		case '-eq':
			return Number(left) === Number(right);
		case '-ne':
			return Number(left) !== Number(right);
		case '-lt':
			return Number(left) < Number(right);
		case '-le':
			return Number(left) <= Number(right);
		case '-gt':
			return Number(left) > Number(right);
		case '-ge':
			return Number(left) >= Number(right);
		default:
			return false;
	}
}

export const testApplets: Readonly<Record<string, Program>> = {'[': instant(test), test: instant(test)};
