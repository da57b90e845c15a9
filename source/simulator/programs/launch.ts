import {applets} from './applets/applets.ts';
import {sleepMs} from './applets/system.ts';
import type {ImageEntry, ServerProgram} from './catalogue.ts';
import type {Files} from './files.ts';
import {logTape} from './logs/log-tape.ts';
import {type Ending, emptyTape, type Process, type SignalReaction, signalNumbers, simpleProcess} from './process.ts';
import {ScriptProcess} from './script-process.ts';
import {parseScript} from './shell/parser.ts';
import {type Call, type Program, printError, type Routine, type Surroundings} from './shell/routine.ts';
import {Shell} from './shell/shell.ts';
import {type Script, ShellSyntaxError} from './shell/syntax.ts';
import {InteractiveShell} from './shell-session.ts';
import type {UsageBehaviour} from './usage.ts';

/** Finds a container's programs and starts them. */

/** What a program is told about where it runs, but for its clock and its files. */
export type Environment = {
	readonly image: ImageEntry;
	readonly variables: ReadonlyMap<string, string>;
	readonly directory: string;
	readonly hostname: string;
	/** Somebody might still type something: a shell without a script waits for it. */
	readonly isInteractive: boolean;
	readonly startedAt: number;
	readonly memoryBytes: number;
	readonly fraction: Surroundings['fraction'];
	readonly resolve: Surroundings['resolve'];
	readonly fetch: Surroundings['fetch'];
};

/** What `docker run` says of a program that the image does not have (runc's words). */
export function missingProgram(image: ImageEntry, argv: readonly string[]): string | undefined {
	const [name = ''] = argv;
	if (findProgram(image, name)) return undefined;
	if (name.includes('/')) return `exec: "${name}": stat ${name}: no such file or directory`;
	return `exec: "${name}": executable file not found in $PATH`;
}

/** Whether a container's own program is known to run until it is stopped. */
export function isEndless({programs}: ImageEntry, [path = '']: readonly string[]): boolean {
	const entry = programs[path] ?? programs[baseName(path)];
	return entry?.kind === 'server' && !entry.crash;
}

/** What a container's own program uses, as far as its image says so. */
export function usageOf({programs}: ImageEntry, [path = '']: readonly string[]): UsageBehaviour {
	return (programs[path] ?? programs[baseName(path)])?.usage ?? {};
}

export function surroundingsOf(environment: Environment, files: Files, elapsed: () => number): Surroundings {
	const {image, hostname, startedAt, fraction, memoryBytes, resolve, fetch} = environment;
	const around: Surroundings = {
		files,
		elapsed,
		startedAt,
		hostname,
		fraction,
		memoryBytes,
		resolve,
		fetch,
		program: (name) => findProgram(image, name),
	};
	return around;
}

/** A command's routine, as `docker exec` and health checks run it; undefined when the image lacks the program. */
export function beginCommand(
	environment: Environment,
	argv: readonly string[],
	around: Surroundings,
	input = '',
): Routine | undefined {
	const program = around.program(argv[0] ?? '');
	return program?.({...callOf(environment, argv, around), stdin: {text: input}});
}

/** A shell without a script, to be typed into; undefined for any other command. */
export function beginTyping(
	environment: Environment,
	argv: readonly string[],
	around: Surroundings,
): InteractiveShell | undefined {
	const [path = '', ...parameters] = argv;
	const isTyped = isShell(path) && parameters.every((parameter) => /^-[il]+$|^--login$/.test(parameter));
	return isTyped && around.program(path) ? new InteractiveShell(callOf(environment, argv, around)) : undefined;
}

/** Starts a container's own program. The image is known to have it. */
export function startProgram(
	environment: Environment,
	argv: readonly string[],
	options: {readonly initialFiles: () => Files; readonly files: () => Files; readonly isInit: boolean},
): Process {
	return startDirectly(environment, argv, options.isInit) ?? startRoutine(environment, argv, options);
}

/** Programs that are told without being played. */
function startDirectly(environment: Environment, argv: readonly string[], isInit: boolean): Process | undefined {
	const [path = '', first] = argv;
	const name = baseName(path);
	const entry = environment.image.programs[path] ?? environment.image.programs[name];
	if (entry?.kind === 'server') {
		return newServer(entry, environment.fraction, environment.startedAt, isInit);
	}
	if (entry || !environment.image.hasShell) return undefined;
	const ms = name === 'sleep' && argv.length === 2 ? sleepMs(first ?? '') : undefined;
	if (ms === undefined) return undefined;
	const ending: Ending = ms === Number.POSITIVE_INFINITY ? {kind: 'never'} : {kind: 'exit', at: ms, exitCode: 0};
	return simpleProcess({ending, react: (signal) => (isInit ? 'ignored' : endedBy(signal))});
}

function startRoutine(
	environment: Environment,
	argv: readonly string[],
	options: {readonly initialFiles: () => Files; readonly files: () => Files; readonly isInit: boolean},
): Process {
	const text = argv.join(' ');
	return new ScriptProcess({
		...options,
		writesFiles: />\s*[^&\s]|\b(?:touch|rm|mkdir|mv|cp|tee|wget|ln)\b/.test(text),
		heedsSignals: /\btrap\b|\bexec\b/.test(text) || baseName(argv[0] ?? '') === 'ping',
		begin(files, elapsed) {
			const around = surroundingsOf(environment, files, elapsed);
			const call = callOf(environment, argv, around);
			if (isShell(argv[0] ?? '')) return beginShell(call, environment.isInteractive);
			const routine = around.program(argv[0] ?? '')?.(call) ?? notFound(argv[0] ?? '');
			return {routine: asMain(routine), deliver: () => false};
		},
	});
}

/** A program of the image itself takes the place of process 1: signals are its own. */
function* asMain(routine: Routine): Routine {
	for (let result = routine.next(0); ; ) {
		if (result.done) return result.value;
		const step = result.value;
		result = routine.next(yield step.kind === 'process' ? {...step, replaces: true} : step);
	}
}

function callOf(environment: Environment, argv: readonly string[], around: Surroundings): Call {
	return {argv, environment: environment.variables, directory: environment.directory, stdin: {text: ''}, around};
}

const shells = new Set(['sh', 'bash', 'ash', 'dash']);
const programDirectories = new Set(['/bin', '/sbin', '/usr/bin', '/usr/sbin', '/usr/local/bin', '/usr/local/sbin']);

const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
const isShell = (path: string): boolean => shells.has(baseName(path));

function findProgram(image: ImageEntry, path: string): Program | undefined {
	const slash = path.lastIndexOf('/');
	const own = image.programs[path];
	if (!own && slash >= 0 && !programDirectories.has(path.slice(0, slash))) return undefined;
	const name = path.slice(slash + 1);
	const entry = own ?? image.programs[name];
	if (entry?.kind === 'script') return scriptProgram(entry.script);
	if (entry) return serverProgram(entry);
	if (!image.hasShell || image.lacks.includes(name)) return undefined;
	if (shells.has(name)) return shellProgram;
	return Object.hasOwn(applets, name) ? applets[name] : undefined;
}

function* shellProgram(call: Call): Routine {
	return yield* beginShell(call).routine;
}

/** `sh -c SCRIPT [NAME [PARAMETER…]]`, `sh FILE`, or a shell that finds its standard input empty. */
function beginShell(call: Call, isInteractive = false): {routine: Routine; deliver: (signal: string) => boolean} {
	const [name = 'sh', ...parameters] = call.argv;
	const flags: string[] = [];
	while (/^-/.test(parameters[0] ?? '')) flags.push(parameters.shift() ?? '');
	const isCommand = flags.some((flag) => /^-[a-z]*c$/.test(flag));
	const source = isCommand ? (parameters.shift() ?? '') : undefined;
	const file = source === undefined ? parameters.shift() : undefined;
	if (isInteractive && source === undefined && file === undefined) return waitingShell();
	const text = source ?? (file === undefined ? call.stdin.text : call.around.files.read(file));
	if (text === undefined) return refusedShell(`${name}: can't open '${file}': No such file or directory\n`);
	const scriptName = (isCommand ? parameters.shift() : file) ?? name;
	return runScript(
		call,
		text,
		scriptName,
		parameters,
		flags.some((flag) => /^-[a-z]*e/.test(flag)),
	);
}

function runScript(
	call: Call,
	text: string,
	name: string,
	positional: readonly string[],
	exitsOnError = false,
): {routine: Routine; deliver: (signal: string) => boolean} {
	let script: Script;
	try {
		script = parseScript(text);
	} catch (error) {
		if (!(error instanceof ShellSyntaxError)) throw error;
		return refusedShell(`${name}: ${error.message}\n`);
	}
	const shell = new Shell(call.around, {environment: call.environment, name, positional});
	shell.directory = call.directory;
	shell.stdin = call.stdin;
	if (exitsOnError) shell.options.add('e');
	return {
		routine: shell.run(script),
		deliver(signal) {
			if (!shell.traps.has(signal)) return false;
			shell.pendingSignals.push(signal);
			return true;
		},
	};
}

function waitingShell(): {routine: Routine; deliver: (signal: string) => boolean} {
	return {
		routine: (function* () {
			yield {kind: 'pause', ms: Number.POSITIVE_INFINITY};
			return 0;
		})(),
		deliver: () => false,
	};
}

function refusedShell(message: string): {routine: Routine; deliver: (signal: string) => boolean} {
	return {
		routine: (function* () {
			yield printError(message);
			return 2;
		})(),
		deliver: () => false,
	};
}

function* notFound(name: string): Routine {
	yield printError(`${name}: not found\n`);
	return 127;
}

const scriptProgram =
	(text: string): Program =>
	(call) =>
		runScript(call, text, call.argv[0] ?? 'sh', call.argv.slice(1)).routine;

const serverProgram = (entry: ServerProgram): Program =>
	function* ({around}) {
		const startedAt = around.startedAt + around.elapsed();
		return yield {kind: 'process', process: newServer(entry, around.fraction, startedAt, false), replaces: false};
	};

function newServer(
	entry: ServerProgram,
	fraction: Surroundings['fraction'],
	startedAt: number,
	isInit: boolean,
): Process {
	const react = (signal: string): SignalReaction => {
		if (entry.stopMs !== undefined && stopping.has(signal)) return {afterMs: entry.stopMs, exitCode: 0};
		return isInit ? 'ignored' : endedBy(signal);
	};
	const crash = crashOf(entry, fraction);
	const context = {startedAt, chance: fraction('log'), ...(crash && crash.exitCode !== 0 ? {diesAt: crash.at} : {})};
	const tape = entry.log ? logTape(entry.log, context) : emptyTape;
	return simpleProcess({tape, react, ...(crash ? {ending: crash} : {})});
}

/** httpd ends on WINCH and haproxy on USR1, as their images ask for. */
const stopping = new Set(['TERM', 'INT', 'QUIT', 'WINCH', 'USR1']);

function crashOf(
	{crash}: ServerProgram,
	fraction: Surroundings['fraction'],
): Extract<Ending, {kind: 'exit'}> | undefined {
	if (!crash || fraction('crash') >= crash.probability) return undefined;
	const [least, most] = crash.afterMs;
	return {kind: 'exit', at: least + fraction('crash/after') * (most - least), exitCode: crash.exitCode};
}

const endedBy = (signal: string): SignalReaction => {
	const number = signalNumbers[signal];
	return number === undefined || signal === 'WINCH' ? 'ignored' : {afterMs: 0, exitCode: 128 + number};
};
