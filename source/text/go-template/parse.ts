import {failed, ok, type Result} from '../../runtime/result.ts';
import {type Command, type Operand, type Pipeline, TemplateError, type TemplateNode} from './syntax.ts';
import {type Piece, type Placed, piecesOf, type Token, tokensOf} from './tokens.ts';

/**
 * Reads a Go template (text/template): actions, pipelines, variables, `if`, `with`, `range`, comments, trimmed white space. Not
 * `define`, `template` and `block`. The error is one sentence without a full stop.
 */
export function parseTemplate(template: string): Result<readonly TemplateNode[], string> {
	try {
		return ok(new Parser(piecesOf(template)).whole());
	} catch (error) {
		if (error instanceof TemplateError) return failed(error.message);
		throw error;
	}
}

const controls = ['if', 'with', 'range'] as const;

/** What ends a list of nodes, and the rest of that action: `else if …`. */
type End = {readonly word: 'end' | 'else' | undefined; readonly rest: Action};

class Parser {
	readonly #pieces: readonly Piece[];
	#at = 0;

	constructor(pieces: readonly Piece[]) {
		this.#pieces = pieces;
	}

	whole(): readonly TemplateNode[] {
		const {nodes, end} = this.#list();
		if (end.word !== undefined) throw new TemplateError(`{{${end.word}}} stands where nothing is open`);
		return nodes;
	}

	#list(): {nodes: TemplateNode[]; end: End} {
		const nodes: TemplateNode[] = [];
		for (let piece = this.#pieces[this.#at++]; piece; piece = this.#pieces[this.#at++]) {
			if (piece.kind === 'text') {
				if (piece.text !== '') nodes.push(piece);
				continue;
			}
			const action = new Action(tokensOf(piece.text));
			const word = action.word();
			if (word === 'end' || word === 'else') {
				action.skip();
				return {nodes, end: {word, rest: action}};
			}
			const control = controls.find((each) => each === word);
			if (control) {
				action.skip();
				nodes.push(this.#control(control, action));
			} else nodes.push({kind: 'print', pipeline: action.whole()});
		}
		return {nodes, end: {word: undefined, rest: new Action([])}};
	}

	#control(kind: (typeof controls)[number], action: Action): TemplateNode {
		const pipeline = action.whole();
		const {nodes: body, end} = this.#list();
		if (end.word === undefined) throw new TemplateError(`{{${kind}}} has no {{end}}`);
		if (end.word === 'end') return {kind, pipeline, body, otherwise: []};
		const {rest} = end;
		const again = controls.find((each) => each === rest.word());
		if (again && again !== 'range') {
			rest.skip();
			return {kind, pipeline, body, otherwise: [this.#control(again, rest)]};
		}
		const {nodes: otherwise, end: last} = this.#list();
		if (last.word !== 'end') throw new TemplateError(`{{${kind}}} has no {{end}}`);
		return {kind, pipeline, body, otherwise};
	}
}

/** The tokens of one action, read from the left. */
class Action {
	readonly #tokens: readonly Placed[];
	#at = 0;

	constructor(tokens: readonly Placed[]) {
		this.#tokens = tokens;
	}

	/** The word that stands next, if a word does. */
	word(): string | undefined {
		const token = this.#next();
		return token?.kind === 'word' ? token.text : undefined;
	}

	skip(): void {
		this.#at++;
	}

	whole(): Pipeline {
		const pipeline = this.#pipeline();
		if (this.#next()) throw new TemplateError('there is more in an action than belongs there');
		return pipeline;
	}

	#next(offset = 0): Token | undefined {
		return this.#tokens[this.#at + offset]?.token;
	}

	#isMark(text: string, offset = 0): boolean {
		const token = this.#next(offset);
		return token?.kind === 'mark' && token.text === text;
	}

	#pipeline(): Pipeline {
		const {names: declares, isAssignment} = this.#declarations();
		const commands = [this.#command()];
		while (this.#isMark('|')) {
			this.skip();
			commands.push(this.#command());
		}
		return {declares, isAssignment, commands};
	}

	#declarations(): {names: string[]; isAssignment: boolean} {
		const names: string[] = [];
		for (let offset = 0; ; offset += 2) {
			const token = this.#next(offset);
			if (token?.kind !== 'variable') return {names: [], isAssignment: false};
			names.push(token.text);
			if (this.#isMark(',', offset + 1)) continue;
			const isAssignment = this.#isMark('=', offset + 1);
			if (!isAssignment && !this.#isMark(':=', offset + 1)) return {names: [], isAssignment: false};
			this.#at += offset + 2;
			return {names, isAssignment};
		}
	}

	#command(): Command {
		const operands: Operand[] = [];
		for (let operand = this.#operand(); operand; operand = this.#operand()) operands.push(operand);
		if (operands.length === 0) throw new TemplateError('an action has no value');
		return operands;
	}

	#operand(): Operand | undefined {
		const placed = this.#tokens[this.#at];
		if (!placed) return undefined;
		const {token} = placed;
		if (token.kind === 'mark' && token.text !== '(' && token.text !== '.') return undefined;
		this.skip();
		switch (token.kind) {
			case 'literal':
				return {kind: 'literal', value: token.value};
			case 'word':
				return wordOperand(token.text);
			case 'field':
				return {kind: 'path', of: 'dot', names: [token.text, ...this.#fieldsBehind(placed)]};
			case 'variable':
				return {kind: 'path', of: {variable: token.text}, names: this.#fieldsBehind(placed)};
			case 'mark':
				if (token.text === '.') return {kind: 'path', of: 'dot', names: []};
				return this.#parenthesis();
		}
	}

	#parenthesis(): Operand {
		const of = this.#pipeline();
		const closing = this.#tokens[this.#at];
		if (!closing || !this.#isMark(')')) throw new TemplateError('a parenthesis is not closed');
		this.skip();
		return {kind: 'path', of, names: this.#fieldsBehind(closing)};
	}

	/** `.B.C` right behind it. */
	#fieldsBehind(before: Placed): string[] {
		const names: string[] = [];
		let last = before;
		for (let placed = this.#tokens[this.#at]; placed && !last.isApart && placed.token.kind === 'field'; ) {
			names.push(placed.token.text);
			this.skip();
			last = placed;
			placed = this.#tokens[this.#at];
		}
		return names;
	}
}

const constants: Readonly<Record<string, boolean | undefined>> = {true: true, false: false, nil: undefined};

const wordOperand = (name: string): Operand =>
	Object.hasOwn(constants, name) ? {kind: 'literal', value: constants[name]} : {kind: 'function', name};
