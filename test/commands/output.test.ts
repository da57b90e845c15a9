/** Output that can't be written, and terminals that show escapes as they are: the same for every command, as it is run. */
import {execFile, spawnSync} from 'node:child_process';
import path from 'node:path';
import {promisify} from 'node:util';
import {spawn} from '@lydell/node-pty';
import {describe, expect, it} from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');
const env = {PATH: process.env['PATH'] ?? '', HOME: '/nonexistent', TERM: 'dumb'};
const run = promisify(execFile);

const commands = [
	'--help',
	'--version',
	'help get',
	'completion bash',
	'config schema',
	'config show',
	'simulate --help',
	'get --help',
	'get contexts',
	'logs --help',
	'deploy --help',
	'exec --help',
];

const shell = (line: string) =>
	run('bash', ['--norc', '-c', line], {cwd: root, env}).then(
		({stdout, stderr}) => ({status: 0, stdout, stderr}),
		({code, stdout, stderr}: {code: number; stdout: string; stderr: string}) => ({status: code, stdout, stderr}),
	);

describe.each(commands)('swarmtop %s', (command) => {
	it('says that its output could not be written', async () => {
		expect(await shell(`node dist/cli.js ${command} > /dev/full`)).toEqual({
			status: 1,
			stdout: '',
			stderr: 'swarmtop: the output could not be written: no space left on device.\n',
		});
	});

	it('ends quietly when nobody reads', async () => {
		const {stdout, stderr} = await shell(`node dist/cli.js ${command} | true; echo "\${PIPESTATUS[0]}"`);
		expect({stdout, stderr}).toEqual({stdout: '0\n', stderr: ''});
	});
});

/** On a terminal: what it gets, byte by byte. */
function onTerminal(args: readonly string[], added: Readonly<Record<string, string>>) {
	const terminal = spawn('node', ['dist/cli.js', ...args], {
		cwd: root,
		env: {...env, TERM: 'xterm-256color', ...added},
	});
	let bytes = '';
	terminal.onData((data) => {
		bytes += data;
	});
	return new Promise<{bytes: string; status: number}>((resolve) => {
		terminal.onExit(({exitCode}) => resolve({bytes, status: exitCode}));
	});
}

describe('no escape at all', () => {
	it.each([{TERM: 'dumb'}, {NO_COLOR: '1'}])('%o: lists', async (added) => {
		const {bytes, status} = await onTerminal(['get', 'contexts'], added);
		expect(status).toBe(0);
		expect(bytes).toContain('default');
		expect(bytes).not.toContain('\u001b');
	});

	it('of the dashboard on TERM=dumb: a sentence', async () => {
		expect(await onTerminal(['--demo'], {TERM: 'dumb'})).toEqual({
			status: 2,
			bytes:
				'swarmtop: the terminal (TERM=dumb) can\'t show a full screen. For lists there is "swarmtop get", for logs "swarmtop logs".\r\n',
		});
	});
});

it('an error that nobody foresaw is told without the text of the program', () => {
	const {status, stderr} = spawnSync(
		'node',
		[
			'--import',
			'data:text/javascript,process.once("beforeExit",()=>{throw new TypeError("unforeseen")})',
			'dist/cli.js',
			'config',
			'path',
		],
		{cwd: root, env, encoding: 'utf8'},
	);
	expect(status).toBe(1);
	expect(stderr).toMatch(/^swarmtop: TypeError: unforeseen\n/);
	expect(stderr.length).toBeLessThan(2000);
});
