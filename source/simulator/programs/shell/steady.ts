import type {AndOr, Command, Loop, Part, Script, Simple, Word} from './syntax.ts';

/**
 * Which loops go on for ever in equal steps, so that their n-th round can be told by arithmetic: the condition is always
 * true, pauses are constant, variables only count, and whatever depends on anything else merely prints.
 */

const printing = new Set(['echo', 'printf', ':', 'true', 'date', 'hostname', 'uptime']);
const testing = new Set([...printing, 'test', '[', 'false']);

export function isSteady(loop: Loop): boolean {
	if (!isEndless(loop) || loop.redirects.length > 0) return false;
	const assigned = assignedIn(loop.body);
	return loop.body.every((item) => isSteadyItem(item, assigned));
}

/** How many commands a round runs at most: what its time is reckoned by. */
export function countCommands(script: Script): number {
	let count = 0;
	for (const item of script) {
		for (const pipeline of [item.first, ...item.rest.map(({pipeline}) => pipeline)]) {
			for (const command of pipeline.commands) count += countIn(command);
		}
	}
	return count;
}

function countIn(command: Command): number {
	if (command.kind === 'group' || command.kind === 'for' || command.kind === 'loop') return countCommands(command.body);
	if (command.kind === 'if') {
		const bodies = command.branches.flatMap(({condition, body}) => [condition, body]);
		return [...bodies, command.otherwise ?? []].reduce((sum, body) => sum + countCommands(body), 0);
	}
	if (command.kind === 'case') return command.branches.reduce((sum, {body}) => sum + countCommands(body), 0);
	return 1;
}

function isEndless(loop: Loop): boolean {
	const only = loop.condition.length === 1 ? onlyCommand(loop.condition[0]) : undefined;
	if (only?.kind !== 'simple' || only.redirects.length > 0 || only.assignments.length > 0) return false;
	const text = only.words.map(literal).join(' ');
	return loop.isUntil ? text === 'false' : text === ':' || text === 'true' || text === '[ 1 ]';
}

function onlyCommand(item: AndOr | undefined): Command | undefined {
	if (!item || item.isBackground || item.rest.length > 0 || item.first.isNegated) return undefined;
	return item.first.commands.length === 1 ? item.first.commands[0] : undefined;
}

/** The variables of a steady loop's body that go up or down by the same amount in each round. */
export function countedBy(body: Script): Set<string> {
	const commands = body.map(onlyCommand).filter((command) => command?.kind === 'simple');
	const assignments = commands.flatMap((command) => command.assignments);
	return new Set(assignments.filter(({name, value}) => isCount(name, value)).map(({name}) => name));
}

export function assignedIn(body: Script): Set<string> {
	return new Set(body.flatMap(assignedBy));
}

function assignedBy(item: AndOr): string[] {
	const command = onlyCommand(item);
	return command?.kind === 'simple' && command.words.length === 0 ? command.assignments.map(({name}) => name) : [];
}

function isSteadyItem(item: AndOr, assigned: ReadonlySet<string>): boolean {
	const command = onlyCommand(item);
	if (command?.kind !== 'simple') return isPrinting(item);
	if (command.words.length === 0) {
		return (
			command.redirects.length === 0 &&
			command.assignments.every(({name, value}) => isSteadyValue(name, value, assigned))
		);
	}
	if (literal(command.words[0]) !== 'sleep') return isPrinting(item);
	return command.redirects.length === 0 && command.words.slice(1).every((word) => isConstant(word, assigned));
}

/** `i=$((i+1))`. */
function isCount(name: string, value: Word): boolean {
	const [only] = value;
	if (value.length !== 1 || only?.kind !== 'arithmetic') return false;
	const expression = only.expression
		.map((part) => (part.kind === 'parameter' ? part.name : literalPart(part)))
		.join('');
	return /^\s*([A-Za-z_]\w*)\s*[-+]\s*\d+\s*$/.exec(expression)?.[1] === name;
}

/** A count, or a value that no variable of the loop has a part in. */
function isSteadyValue(name: string, value: Word, assigned: ReadonlySet<string>): boolean {
	return isCount(name, value) || value.every((part) => isPure(part) && !mentions(part, assigned));
}

function isConstant(word: Word, assigned: ReadonlySet<string>): boolean {
	return word.every((part) => {
		if (part.kind === 'text') return true;
		return part.kind === 'parameter' && !part.operator && part.name !== 'RANDOM' && !assigned.has(part.name);
	});
}

function mentions(part: Part, names: ReadonlySet<string>): boolean {
	if (part.kind === 'parameter')
		return names.has(part.name) || (part.operand ?? []).some((inner) => mentions(inner, names));
	if (part.kind === 'arithmetic') {
		return part.expression.some((inner) =>
			inner.kind === 'text' ? inner.text.split(/\W+/).some((name) => names.has(name)) : mentions(inner, names),
		);
	}
	// what a substitution prints may mention anything
	return part.kind === 'command' && names.size > 0 && countCommands(part.script) > 1;
}

/** Commands that only print or compare, in any combination, taking no time. */
function isPrinting(item: AndOr): boolean {
	if (item.isBackground) return false;
	return [item.first, ...item.rest.map(({pipeline}) => pipeline)].every(
		({commands}) => commands.length === 1 && commands.every(isPrintingCommand),
	);
}

function isPrintingCommand(command: Command): boolean {
	if (command.kind === 'if') {
		const scripts = command.branches.flatMap(({condition, body}) => [condition, body]);
		return (
			command.redirects.length === 0 &&
			[...scripts, command.otherwise ?? []].every((script) => script.every(isPrinting))
		);
	}
	if (command.kind === 'group') return command.redirects.length === 0 && command.body.every(isPrinting);
	return command.kind === 'simple' && isPrintingSimple(command);
}

function isPrintingSimple({assignments, words, redirects}: Simple): boolean {
	const name = literal(words[0]);
	if (assignments.length > 0 || name === undefined || !testing.has(name)) return false;
	if (!redirects.every(({operator, target}) => operator === '>&' || literal(target) === '/dev/null')) return false;
	return words.every((word) => word.every(isPure));
}

/** Whether expanding the part changes nothing and asks for nothing but variables and the time. */
function isPure(part: Part): boolean {
	if (part.kind === 'text') return true;
	if (part.kind === 'parameter') return !/=$/.test(part.operator ?? '') && (part.operand ?? []).every(isPure);
	if (part.kind === 'command') return part.script.every(isPrinting);
	const text = part.expression.map((inner) => (inner.kind === 'text' ? inner.text : 'x')).join('');
	return part.expression.every(isPure) && !/\+\+|--|(?:^|[^=!<>])=(?!=)/.test(text);
}

function literal(word: Word | undefined): string | undefined {
	if (!word?.every((part) => part.kind === 'text')) return undefined;
	return word.map(literalPart).join('');
}

const literalPart = (part: Part): string => (part.kind === 'text' ? part.text : '');
