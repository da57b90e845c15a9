import {failed, ok, type Result} from '../../runtime/result.ts';
import {toSafeText} from '../safe-text.ts';
import type {Functions} from './functions.ts';
import {type Command, type Operand, type Pipeline, TemplateError, type TemplateNode} from './syntax.ts';
import {isFields, isTrue, type Method, valueText} from './values.ts';

/** What a template is filled with: a name that is not there is a mistake, where deeper inside it has no value. */
type Row = Readonly<Record<string, unknown>>;

/** Fills a template with a row. The error is one sentence without a full stop. */
export function fillTemplate(nodes: readonly TemplateNode[], row: Row, functions: Functions): Result<string, string> {
	try {
		return ok(new Evaluation(row, functions).list(nodes, row));
	} catch (error) {
		// It may repeat what an engine says.
		if (error instanceof TemplateError) return failed(toSafeText(error.message));
		throw error;
	}
}

class Evaluation {
	readonly #row: Row;
	readonly #functions: Functions;
	readonly #variables: {readonly name: string; value: unknown}[];

	constructor(row: Row, functions: Functions) {
		this.#row = row;
		this.#functions = functions;
		this.#variables = [{name: '$', value: row}];
	}

	list(nodes: readonly TemplateNode[], dot: unknown): string {
		return nodes.map((node) => this.#node(node, dot)).join('');
	}

	#node(node: TemplateNode, dot: unknown): string {
		switch (node.kind) {
			case 'text':
				return node.text;
			case 'print': {
				const value = this.#pipeline(node.pipeline, dot);
				if (node.pipeline.declares.length > 0) return '';
				return value === undefined || value === null ? '<no value>' : clean(valueText(value));
			}
			default:
				return this.#scoped(() => this.#control(node, dot));
		}
	}

	/** Variables that are declared inside are forgotten behind it. */
	#scoped(run: () => string): string {
		const depth = this.#variables.length;
		try {
			return run();
		} finally {
			this.#variables.length = depth;
		}
	}

	#control({kind, pipeline, body, otherwise}: Extract<TemplateNode, {body: unknown}>, dot: unknown): string {
		if (kind === 'range') return this.#range(pipeline, body, otherwise, dot);
		const value = this.#pipeline(pipeline, dot);
		if (!isTrue(value)) return this.list(otherwise, dot);
		return this.list(body, kind === 'with' ? value : dot);
	}

	#range(pipeline: Pipeline, body: readonly TemplateNode[], otherwise: readonly TemplateNode[], dot: unknown): string {
		const entries = entriesOf(this.#pipeline({...pipeline, declares: []}, dot));
		if (entries.length === 0) return this.list(otherwise, dot);
		const [first, second] = pipeline.declares;
		return entries
			.map(([key, value]) =>
				this.#scoped(() => {
					if (first !== undefined) this.#variables.push({name: first, value: second === undefined ? value : key});
					if (second !== undefined) this.#variables.push({name: second, value});
					return this.list(body, value);
				}),
			)
			.join('');
	}

	#pipeline({declares, isAssignment, commands}: Pipeline, dot: unknown): unknown {
		let value: unknown;
		for (const [index, command] of commands.entries()) value = this.#command(command, dot, index > 0 ? [value] : []);
		const [name] = declares;
		if (name === undefined) return value;
		if (isAssignment) this.#variable(name).value = value;
		else this.#variables.push({name, value});
		return value;
	}

	#variable(name: string): {value: unknown} {
		const found = this.#variables.findLast((each) => each.name === name);
		if (!found) throw new TemplateError(`there is no variable ${name}`);
		return found;
	}

	#command([first, ...rest]: Command, dot: unknown, piped: readonly unknown[]): unknown {
		if (!first) return undefined;
		if (first.kind === 'function') return this.#call(first.name, rest, dot, piped);
		const value = this.#operand(first, dot);
		const args = () => [...rest.map((operand) => this.#argument(operand, dot)), ...piped];
		if (typeof value === 'function') return (value as Method)(...args());
		if (rest.length + piped.length > 0) throw new TemplateError(`${nameOf(first)} takes no arguments`);
		return value;
	}

	#call(name: string, rest: readonly Operand[], dot: unknown, piped: readonly unknown[]): unknown {
		if (name === 'and' || name === 'or') {
			let value: unknown;
			for (const get of [
				...rest.map((operand) => () => this.#argument(operand, dot)),
				...piped.map((each) => () => each),
			]) {
				value = get();
				if (isTrue(value) === (name === 'or')) return value;
			}
			return value;
		}
		const call = Object.hasOwn(this.#functions, name) ? this.#functions[name] : undefined;
		if (!call) throw new TemplateError(`there is no function ${name}`);
		return call(...rest.map((operand) => this.#argument(operand, dot)), ...piped);
	}

	#argument(operand: Operand, dot: unknown): unknown {
		return operand.kind === 'function' ? this.#call(operand.name, [], dot, []) : this.#operand(operand, dot);
	}

	#operand(operand: Exclude<Operand, {kind: 'function'}>, dot: unknown): unknown {
		if (operand.kind === 'literal') return operand.value;
		const {of, names} = operand;
		const start = of === 'dot' ? dot : 'variable' in of ? this.#variable(of.variable).value : this.#pipeline(of, dot);
		return names.reduce<unknown>((value, name) => this.#field(value, name), start);
	}

	#field(value: unknown, name: string): unknown {
		if (isFields(value) && Object.hasOwn(value, name)) return value[name];
		if (value === this.#row) {
			throw new TemplateError(`there is no field .${name}: the fields are ${Object.keys(this.#row).join(', ')}`);
		}
		if (isFields(value)) return undefined;
		throw new TemplateError(`${valueText(value)} has no field .${name}`);
	}
}

/** What an engine says may not drive the terminal; lines and columns are the template's own affair. */
const clean = (text: string): string =>
	text
		.split(/([\n\t])/)
		.map((part, index) => (index % 2 === 1 ? part : toSafeText(part)))
		.join('');

function entriesOf(value: unknown): readonly (readonly [unknown, unknown])[] {
	if (Array.isArray(value)) return [...value.entries()];
	if (typeof value === 'number') return Array.from({length: value}, (_, index) => [index, index]);
	if (isFields(value)) return Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
	if (value === undefined || value === null) return [];
	throw new TemplateError(`range takes a list or a map, not ${valueText(value)}`);
}

function nameOf(operand: Operand): string {
	if (operand.kind === 'function') return operand.name;
	return operand.kind === 'literal' ? valueText(operand.value) : `.${operand.names.join('.')}`;
}
