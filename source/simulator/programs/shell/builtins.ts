import {type Interpreter, Leave} from './interpreter.ts';
import {parseScript} from './parser.ts';
import {nothing, print, printError, type Routine} from './routine.ts';
import {ShellSyntaxError} from './syntax.ts';

/** What the shell does itself: commands that change it (XCU 2.14). The rest are programs. */

type Builtin = (shell: Interpreter, parameters: readonly string[]) => Routine;

const number = (text: string | undefined, otherwise: number): number => {
	const value = Number(text);
	return text !== undefined && Number.isInteger(value) ? value : otherwise;
};

/** A builtin that takes no time and prints nothing. */
const quiet = (change: (shell: Interpreter, parameters: readonly string[]) => number | undefined): Builtin =>
	// biome-ignore lint/correctness/useYield: it takes no step
	function* (shell, parameters) {
		return change(shell, parameters) ?? 0;
	};

export const builtins: Readonly<Record<string, Builtin>> = {
	':': () => nothing(),
	exit: quiet((shell, [status]) => {
		throw new Leave('exit', number(status, shell.status) & 255);
	}),
	return: quiet((shell, [status]) => {
		throw new Leave('return', number(status, shell.status) & 255);
	}),
	break: quiet((_shell, [count]) => {
		throw new Leave('break', number(count, 1));
	}),
	continue: quiet((_shell, [count]) => {
		throw new Leave('continue', number(count, 1));
	}),
	export: quiet((shell, parameters) => {
		for (const parameter of parameters) {
			const equals = parameter.indexOf('=');
			const name = equals < 0 ? parameter : parameter.slice(0, equals);
			if (equals >= 0) shell.assign(name, parameter.slice(equals + 1));
			shell.exported.add(name);
		}
		return 0;
	}),
	local: quiet(assignAll),
	readonly: quiet(assignAll),
	unset: quiet((shell, parameters) => {
		for (const name of parameters) {
			shell.variables.delete(name);
			shell.functions.delete(name);
		}
		return 0;
	}),
	shift: quiet((shell, [count]) => {
		shell.positional = shell.positional.slice(number(count, 1));
		return 0;
	}),
	set: quiet(setOptions),
	trap: quiet((shell, [action, ...signals]) => {
		for (const signal of signals) {
			const name = signal
				.toUpperCase()
				.replace(/^SIG/, '')
				.replace(/^0$/, 'EXIT')
				.replace(/^15$/, 'TERM')
				.replace(/^2$/, 'INT');
			if (action === '-') shell.traps.delete(name);
			else shell.traps.set(name, action ?? '');
		}
		return 0;
	}),
	cd: function* (shell, [path = '/root']) {
		const target = path.startsWith('/') ? path : `${shell.directory}/${path}`;
		if (!shell.around.files.isDirectory(target)) {
			yield printError(`${shell.name}: cd: can't cd to ${path}: No such file or directory\n`);
			return 1;
		}
		shell.directory = target.length > 1 ? target.replace(/\/+$/, '') : target;
		return 0;
	},
	read: quiet((shell, parameters) =>
		readLine(
			shell,
			parameters.filter((name) => !name.startsWith('-')),
		),
	),
	wait: function* () {
		yield {kind: 'wait'};
		return 0;
	},
	eval: function* (shell, parameters) {
		let script: ReturnType<typeof parseScript>;
		try {
			script = parseScript(parameters.join(' '));
		} catch (error) {
			if (!(error instanceof ShellSyntaxError)) throw error;
			yield printError(`${shell.name}: ${error.message}\n`);
			throw new Leave('exit', 2);
		}
		return yield* shell.list(script);
	},
	exec: function* (shell, parameters) {
		return parameters.length === 0 ? 0 : yield* shell.execute(parameters, [], true);
	},
	command: function* (shell, parameters) {
		if (parameters[0] !== '-v') return yield* shell.invoke(parameters);
		const name = parameters[1] ?? '';
		if (!Object.hasOwn(builtins, name) && !shell.around.program(name)) return 127;
		yield print(`${name}\n`);
		return 0;
	},
	umask: quiet(() => 0),
	ulimit: quiet(() => 0),
};

function assignAll(shell: Interpreter, parameters: readonly string[]): number {
	for (const parameter of parameters) {
		const equals = parameter.indexOf('=');
		if (equals >= 0) shell.assign(parameter.slice(0, equals), parameter.slice(equals + 1));
	}
	return 0;
}

function setOptions(shell: Interpreter, parameters: readonly string[]): number {
	for (const [index, parameter] of parameters.entries()) {
		if (parameter === '--') {
			shell.positional = parameters.slice(index + 1);
			return 0;
		}
		const isOn = parameter.startsWith('-');
		if (!isOn && !parameter.startsWith('+')) {
			shell.positional = parameters.slice(index);
			return 0;
		}
		for (const option of parameter.slice(1)) {
			if (isOn) shell.options.add(option);
			else shell.options.delete(option);
		}
	}
	return 0;
}

/** Fails at the end of the input, as a service's standard input is empty. */
function readLine(shell: Interpreter, names: readonly string[]): number {
	const {text} = shell.stdin;
	const end = text.indexOf('\n');
	const line = end < 0 ? text : text.slice(0, end);
	shell.stdin.text = end < 0 ? '' : text.slice(end + 1);
	const wanted = names.length > 0 ? names : ['REPLY'];
	const fields = line.trim().split(/[ \t]+/);
	for (const [index, name] of wanted.entries()) {
		const isLast = index === wanted.length - 1;
		shell.assign(name, (isLast ? fields.slice(index).join(' ') : fields[index]) ?? '');
	}
	return text === '' ? 1 : 0;
}
