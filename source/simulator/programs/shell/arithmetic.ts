/** The shell's integer arithmetic, `$((…))`: C's operators on whole numbers (XCU 2.6.4). */

type Variables = {get(name: string): string; set(name: string, value: string): void};

export class ArithmeticError extends Error {}

/** Evaluates an expression whose `$` expansions are done; names stand for variables, an unset one is 0. */
export function evaluate(expression: string, variables: Variables): number {
	const tokens = tokenise(expression);
	if (tokens.length === 0) return 0;
	const evaluation = new Evaluation(tokens, variables);
	return evaluation.whole();
}

const tokenPattern =
	/\s*(0[xX][0-9a-fA-F]+|[0-9]+|[A-Za-z_][A-Za-z0-9_]*|\*\*|<<=|>>=|[-+*/%&|^]=|\+\+|--|<<|>>|[<>=!]=|&&|\|\||[-+*/%<>=!~&|^?:(),])/y;

function tokenise(text: string): string[] {
	const tokens: string[] = [];
	tokenPattern.lastIndex = 0;
	while (tokenPattern.lastIndex < text.trimEnd().length) {
		const match = tokenPattern.exec(text);
		if (!match?.[1]) throw new ArithmeticError('arithmetic syntax error');
		tokens.push(match[1]);
	}
	return tokens;
}

/** Binary operators from the loosest to the tightest. */
const levels: readonly (readonly string[])[] = [
	['||'],
	['&&'],
	['|'],
	['^'],
	['&'],
	['==', '!='],
	['<', '<=', '>', '>='],
	['<<', '>>'],
	['+', '-'],
	['*', '/', '%'],
	['**'],
];

class Evaluation {
	readonly #tokens: readonly string[];
	readonly #variables: Variables;
	#at = 0;

	constructor(tokens: readonly string[], variables: Variables) {
		this.#tokens = tokens;
		this.#variables = variables;
	}

	whole(): number {
		let value = this.#assignment();
		while (this.#take(',')) value = this.#assignment();
		if (this.#at < this.#tokens.length) throw new ArithmeticError('arithmetic syntax error');
		return value;
	}

	#assignment(): number {
		const name = this.#tokens[this.#at] ?? '';
		const operator = this.#tokens[this.#at + 1] ?? '';
		if (!/^[A-Za-z_]/.test(name) || !/^(?:=|[-+*/%&|^]=|<<=|>>=)$/.test(operator)) return this.#conditional();
		this.#at += 2;
		const right = this.#assignment();
		const value = operator === '=' ? right : apply(operator.slice(0, -1), this.#read(name), right);
		return this.#write(name, value);
	}

	#conditional(): number {
		const condition = this.#binary(0);
		if (!this.#take('?')) return condition;
		const yes = this.#assignment();
		if (!this.#take(':')) throw new ArithmeticError('arithmetic syntax error');
		const no = this.#assignment();
		return condition === 0 ? no : yes;
	}

	#binary(level: number): number {
		const operators = levels[level];
		if (!operators) return this.#unary();
		let left = this.#binary(level + 1);
		for (;;) {
			const operator = this.#tokens[this.#at] ?? '';
			if (!operators.includes(operator)) return left;
			this.#at++;
			left = apply(operator, left, this.#binary(level + 1));
		}
	}

	#unary(): number {
		const token = this.#tokens[this.#at++];
		if (token === undefined) throw new ArithmeticError('arithmetic syntax error');
		if (token === '-') return -this.#unary();
		if (token === '+') return this.#unary();
		if (token === '!') return this.#unary() === 0 ? 1 : 0;
		if (token === '~') return ~this.#unary();
		if (token === '++' || token === '--') {
			const name = this.#tokens[this.#at++] ?? '';
			return this.#write(name, this.#read(name) + (token === '++' ? 1 : -1));
		}
		if (token === '(') return this.#parenthesised();
		if (/^[0-9]/.test(token)) return readNumber(token);
		if (/^[A-Za-z_]/.test(token)) return this.#postfix(token);
		throw new ArithmeticError('arithmetic syntax error');
	}

	#parenthesised(): number {
		const value = this.#assignment();
		if (!this.#take(')')) throw new ArithmeticError('arithmetic syntax error');
		return value;
	}

	#postfix(name: string): number {
		const value = this.#read(name);
		if (this.#take('++')) this.#write(name, value + 1);
		else if (this.#take('--')) this.#write(name, value - 1);
		return value;
	}

	#read(name: string): number {
		const text = this.#variables.get(name).trim();
		if (text === '') return 0;
		if (/^[-+]?[0-9]+$/.test(text) || /^0[xX]/.test(text)) return readNumber(text);
		return evaluate(text, this.#variables);
	}

	#write(name: string, value: number): number {
		this.#variables.set(name, String(value));
		return value;
	}

	#take(token: string): boolean {
		if (this.#tokens[this.#at] !== token) return false;
		this.#at++;
		return true;
	}
}

/** Decimal, hexadecimal with `0x`, octal with a leading 0. */
function readNumber(text: string): number {
	if (/^0[xX]/.test(text)) return Number.parseInt(text, 16);
	if (/^0[0-7]+$/.test(text)) return Number.parseInt(text, 8);
	return Number.parseInt(text, 10);
}

function apply(operator: string, left: number, right: number): number {
	switch (operator) {
		case '||':
			return left !== 0 || right !== 0 ? 1 : 0;
		case '&&':
			return left !== 0 && right !== 0 ? 1 : 0;
		case '|':
			return left | right;
		case '^':
			return left ^ right;
		case '&':
			return left & right;
		case '==':
			return left === right ? 1 : 0;
		case '!=':
			return left === right ? 0 : 1;
		case '<':
			return left < right ? 1 : 0;
		case '<=':
			return left <= right ? 1 : 0;
		case '>':
			return left > right ? 1 : 0;
		case '>=':
			return left >= right ? 1 : 0;
		case '<<':
			return left << right;
		case '>>':
			return left >> right;
		case '+':
			return left + right;
		case '-':
			return left - right;
		case '*':
			return left * right;
		case '**':
			return left ** right;
		default:
			if (right === 0) throw new ArithmeticError('divide by zero');
			return operator === '/' ? Math.trunc(left / right) : left % right;
	}
}
