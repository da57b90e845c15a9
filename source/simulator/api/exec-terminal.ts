import type {Duplex} from 'node:stream';
import type {ShellSession} from '../inside-container.ts';

/** How typing into a shell ended: the exit code, or undefined when the person let go of it (ctrl-p ctrl-q). */
export type TerminalEnd = number | undefined;

const keys = {interrupt: '\u0003', end: '\u0004', backspace: '\u007f', clear: '\f', kill: '\u0015'};
/** Control characters, and what arrow keys and their like send, are no text of the line. */
const sequence = /^\u001b(?:\[[0-9;]*[A-Za-z~]|O[A-Z])/;

/**
 * The terminal before a shell: what is typed is echoed, edited and handed over line by line, as the kernel and the shell's
 * own line editor do.
 */
export class ExecTerminal {
	readonly #connection: Duplex;
	readonly #shell: ShellSession;
	readonly #history: string[] = [];
	#line = '';
	#back = 0;
	#isDetaching = false;

	constructor(connection: Duplex, shell: ShellSession) {
		this.#connection = connection;
		this.#shell = shell;
	}

	/** Until the shell ends, the connection does, or `signal` says that the container has. */
	async run(signal: AbortSignal): Promise<TerminalEnd> {
		const connection = this.#connection;
		return new Promise((resolve) => {
			const finish = (end: TerminalEnd): void => {
				connection.off('data', take).off('end', left).off('close', left);
				signal.removeEventListener('abort', killed);
				resolve(end);
			};
			const take = (chunk: Buffer): void => {
				const end = this.#take(chunk.toString('utf8'));
				if (end !== 'goes on') finish(end === 'let go' ? undefined : end);
			};
			const left = (): void => finish(this.#shell.exitCode);
			const killed = (): void => finish(137);
			connection.on('data', take).once('end', left).once('close', left);
			signal.addEventListener('abort', killed, {once: true});
			this.#print(this.#shell.prompt);
		});
	}

	#take(text: string): 'goes on' | 'let go' | number {
		for (let rest = text; rest !== ''; ) {
			const special = sequence.exec(rest)?.[0];
			if (special !== undefined) {
				this.#recall(special);
				rest = rest.slice(special.length);
				continue;
			}
			const [key = ''] = rest;
			rest = rest.slice(key.length);
			if (this.#isDetaching && key === '\u0011') return 'let go';
			this.#isDetaching = key === '\u0010';
			const end = this.#press(key);
			if (end !== undefined) return end;
		}
		return 'goes on';
	}

	#press(key: string): number | undefined {
		switch (key) {
			case '\r':
			case '\n':
				return this.#enter();
			case keys.interrupt:
				this.#line = '';
				this.#print(`^C\n${this.#shell.prompt}`);
				return undefined;
			case keys.end:
				if (this.#line !== '') return undefined;
				this.#print('\n');
				return this.#shell.exitCode;
			case keys.backspace:
			case '\b':
				if (this.#line !== '') this.#print('\b \b');
				this.#line = [...this.#line].slice(0, -1).join('');
				return undefined;
			case keys.kill:
				this.#replace('');
				return undefined;
			case keys.clear:
				this.#print(`\u001b[H\u001b[J${this.#shell.prompt}${this.#line}`);
				return undefined;
			default:
				if (key < ' ') return undefined;
				this.#line += key;
				this.#print(key);
				return undefined;
		}
	}

	#enter(): number | undefined {
		const line = this.#line;
		this.#line = '';
		this.#back = 0;
		this.#print('\n');
		if (line.trim() !== '') {
			this.#history.push(line);
			const {stdout, stderr} = this.#shell.run(line);
			this.#print(stdout + stderr);
		}
		if (this.#shell.isOver) return this.#shell.exitCode;
		this.#print(this.#shell.prompt);
		return undefined;
	}

	/** Up and down. */
	#recall(special: string): void {
		const by = special === '\u001b[A' ? 1 : special === '\u001b[B' ? -1 : 0;
		if (by === 0) return;
		this.#back = Math.min(this.#history.length, Math.max(0, this.#back + by));
		this.#replace(this.#history[this.#history.length - this.#back] ?? '');
	}

	#replace(line: string): void {
		this.#print(`${'\b \b'.repeat([...this.#line].length)}${line}`);
		this.#line = line;
	}

	#print(text: string): void {
		if (!this.#connection.destroyed) this.#connection.write(text.replaceAll(/\r?\n/g, '\r\n'));
	}
}
