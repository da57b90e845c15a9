import type {ExecAround, ShellSession} from '../inside-container.ts';
import {Files} from '../programs/files.ts';
import {beginCommand, beginTyping, type Environment, startProgram, surroundingsOf} from '../programs/launch.ts';
import type {Process} from '../programs/process.ts';
import {type Outcome, runNow} from '../programs/run-now.ts';
import type {Surroundings} from '../programs/shell/routine.ts';
import type {ContainerPlan} from './container-plan.ts';
import type {Fabric, Peer} from './fabric.ts';

/** A container as what runs in it sees it. */
type Home = Peer & {
	readonly createdAt: number;
	readonly startedAt: number | undefined;
	/** How long it has been running, in milliseconds. */
	elapsed(): number;
};

/** What exec waits for at most: a program that runs longer is cut off there. */
const longestExecMs = 10_000;

/** What runs in a container and what it finds there: its program, its files, and commands beside it. */
export class ContainerProgram {
	readonly #home: Home;
	readonly #plan: ContainerPlan;
	readonly #fabric: Fabric;
	#process: Process | undefined;
	#files: Files | undefined;

	constructor(home: Home, plan: ContainerPlan, fabric: Fabric) {
		this.#home = home;
		this.#plan = plan;
		this.#fabric = fabric;
	}

	/** The program, as far as it has been needed: a server that nobody reads from, signals or asks is never begun. */
	get process(): Process {
		this.#process ??= startProgram(this.#environment(), this.#plan.command, {
			initialFiles: () => this.#initialFiles(),
			files: () => this.files(),
			isInit: !this.#plan.hasInit,
		});
		return this.#process;
	}

	get begun(): Process | undefined {
		return this.#process;
	}

	/** From its beginning again, on the files as they are. */
	restart(): void {
		this.#process = undefined;
	}

	files(): Files {
		this.#files ??= this.#initialFiles();
		return this.#files;
	}

	/** What its programs have made otherwise than they found it. */
	changes(): ReturnType<Files['changesSince']> {
		this.process.settle(this.#home.elapsed());
		return this.files().changesSince(this.#initialFiles());
	}

	exec(command: readonly string[], {input, ...around}: ExecAround): Outcome {
		const {environment, surroundings} = this.#forExec(around);
		const routine = beginCommand(environment, command, surroundings, input);
		if (routine) return runNow(routine, longestExecMs);
		return {stdout: `${execFailure(command[0] ?? '')}\r\n`, stderr: '', exitCode: 126, tookMs: 0};
	}

	openShell(command: readonly string[], around: ExecAround): ShellSession | undefined {
		const {environment, surroundings} = this.#forExec(around);
		return beginTyping(environment, command, surroundings);
	}

	/** The program's files as they are by now, and what the command finds besides. */
	#forExec({environment: variables = [], directory}: ExecAround): {
		environment: Environment;
		surroundings: Surroundings;
	} {
		this.process.settle(this.#home.elapsed());
		const own = this.#environment();
		const environment = {
			...own,
			variables: new Map([...own.variables, ...variables.map(splitPair)]),
			directory: directory || own.directory,
		};
		return {environment, surroundings: surroundingsOf(environment, this.files(), () => this.#home.elapsed())};
	}

	#environment(): Environment {
		const {entry, env, directory, hostname, memoryBytes, tty, hasOpenInput} = this.#plan;
		const home = this.#home;
		return {
			image: entry,
			variables: new Map(env.map((pair) => splitPair(pair))),
			directory,
			hostname,
			isInteractive: tty || hasOpenInput,
			startedAt: home.startedAt ?? home.createdAt,
			memoryBytes,
			fraction: (purpose) => this.#plan.fraction(purpose),
			resolve: (name) =>
				name === hostname ? home.endpoints.map(({address}) => address) : this.#fabric.resolve(home, name),
			fetch: (host, port, path) => this.#fabric.fetch(home, host, port, path),
		};
	}

	#initialFiles(): Files {
		const files = new Files(Object.entries(this.#plan.entry.files));
		for (const [path, text] of this.#plan.files()) {
			files.makeDirectory(path.slice(0, path.lastIndexOf('/')) || '/', {parents: true});
			files.write(path, text);
		}
		return files;
	}
}

/** Between the engine's words (runc's) for a program that the image does not have. */
function execFailure(name: string): string {
	const reason = name.includes('/') ? `stat ${name}: no such file or directory` : 'executable file not found in $PATH';
	return `OCI runtime exec failed: exec failed: unable to start container process: exec: "${name}": ${reason}: unknown`;
}

function splitPair(pair: string): readonly [string, string] {
	const equals = pair.indexOf('=');
	return equals < 0 ? [pair, ''] : [pair.slice(0, equals), pair.slice(equals + 1)];
}
