import {chmodSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {onTestFinished} from 'vitest';

/** Joins stdin and stdout to the engine's socket, as `docker system dial-stdio` does on the far side. */
const relay = `
const engine = require('node:net').connect(process.argv[2]);
process.stdin.pipe(engine);
engine.pipe(process.stdout);
engine.on('error', () => process.exit(1));
engine.on('close', () => process.exit(0));
`;

/**
 * Puts a program in place of ssh first into the PATH until the test ends. What it does is told by the user's name in its
 * arguments: the shell's lines for each, `relay` being the way to the engine's socket.
 */
export function fakeSsh(socket: string, users: Readonly<Record<string, string>>): void {
	const directory = mkdtempSync(path.join(os.tmpdir(), 'swarmtop-ssh-'));
	const script = path.join(directory, 'relay.cjs');
	writeFileSync(script, relay);
	const cases = Object.entries(users).map(([user, lines]) => `*"-l ${user} "*) ${lines};;`);
	const program = path.join(directory, 'ssh');
	writeFileSync(
		program,
		`#!/bin/sh\nrelay() { exec '${process.execPath}' '${script}' '${socket}'; }\ncase "$*" in\n${cases.join('\n')}\n*) relay;;\nesac\n`,
	);
	chmodSync(program, 0o755);
	const before = process.env['PATH'];
	process.env['PATH'] = `${directory}:${before}`;
	onTestFinished(() => {
		process.env['PATH'] = before;
		rmSync(directory, {recursive: true, force: true});
	});
}
