import {execFile, spawnSync} from 'node:child_process';
import {chmod, mkdir, mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import {promisify} from 'node:util';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {completionFor} from '../../source/commands/completion.ts';
import {parseCompletionOptions} from '../../source/commands/completion-options.ts';
import {openScreen} from '../screens/support/pty-screen.ts';

const run = promisify(execFile);
const hasShell = (name: string) => spawnSync(name, ['--version']).status === 0;

describe('swarmtop completion', () => {
	it('takes one of three shells', () => {
		expect(parseCompletionOptions(['fish'], '/bin/bash')).toEqual({
			ok: true,
			value: {shell: 'fish', isInstalled: false},
		});
		expect(parseCompletionOptions([], '/bin/bash')).toEqual({ok: false, error: 'For which shell? bash, zsh or fish.'});
		expect(parseCompletionOptions(['tcsh'], '/bin/bash')).toMatchObject({ok: false});
	});
});

let folder: string;
let asked: string;

/** A swarmtop that knows a few names, and writes down what it was asked. */
const fake = `#!/bin/sh
echo "$@" >> "$ASKED"
case "$2" in
	services|svc) printf 'shop_web\\nshop_api\\nping\\n' ;;
	tasks) printf 'shop_web.1\\nshop_web.2\\nping.1\\n' ;;
	no) printf 'm1\\nw1\\n' ;;
	contexts) printf 'default\\nprod\\nprod-eu\\n' ;;
	*) echo 'no engine' >&2; exit 3 ;;
esac
`;

beforeAll(async () => {
	folder = await mkdtemp(path.join(os.tmpdir(), 'completion-'));
	asked = path.join(folder, 'asked');
	await mkdir(path.join(folder, 'bin'));
	await writeFile(path.join(folder, 'bin', 'swarmtop'), fake);
	await chmod(path.join(folder, 'bin', 'swarmtop'), 0o755);
	for (const shell of ['bash', 'zsh', 'fish'] as const) {
		await writeFile(path.join(folder, `swarmtop.${shell}`), completionFor(shell));
	}
});

afterAll(() => rm(folder, {recursive: true}));

const environment = () => ({
	PATH: `${path.join(folder, 'bin')}:${process.env['PATH']}`,
	ASKED: asked,
	HOME: folder,
	LC_ALL: 'C.UTF-8',
});

/** What `TAB` offers behind the line, and what the program was asked for it. */
type Offer = {readonly offered: string[]; readonly questions: string[]};

async function complete(command: string, args: readonly string[]): Promise<Offer> {
	await writeFile(asked, '');
	const {stdout, stderr} = await run(command, args, {env: environment(), cwd: folder});
	expect(stderr).toBe('');
	const lines = (text: string) => text.split('\n').filter(Boolean);
	return {offered: lines(stdout), questions: lines(await readFile(asked, 'utf8'))};
}

/** As readline does it: the words are broken at COMP_WORDBREAKS too. */
const bashScript = `
source swarmtop.bash
COMP_LINE=$1
COMP_POINT=\${#1}
_swarmtop
printf '%s\\n' "\${COMPREPLY[@]}"
`;
const inBash = (line: string) => complete('bash', ['-c', bashScript, 'bash', line]);
const inFish = async (line: string) => {
	const offer = await complete('fish', ['-c', 'source swarmtop.fish; complete -C $argv[1]', line]);
	return {...offer, offered: offer.offered.map((each) => each.split('\t')[0] ?? '')};
};

const cases: readonly [line: string, offered: string[], questions: string[]][] = [
	['swarmtop co', ['config', 'completion'], []],
	['swarmtop get s', ['services', 'stacks', 'secrets'], []],
	['swarmtop get svc shop_', ['shop_web', 'shop_api'], ['get svc -o name']],
	['swarmtop get -o json svc p', ['ping'], ['get svc -o name']],
	['swarmtop get no m1 w', ['w1'], ['get no -o name']],
	['swarmtop get svc -o ', ['table', 'wide', 'json', 'yaml', 'name'], []],
	['swarmtop get svc --output w', ['wide'], []],
	['swarmtop get svc --wat', ['--watch'], []],
	['swarmtop get --context pr', ['prod', 'prod-eu'], ['get contexts -o name']],
	['swarmtop get svc -H unix:///x --tls pi', ['ping'], ['get svc -o name -H unix:///x --tls']],
	['swarmtop get svc --host=unix:///x pi', ['ping'], ['get svc -o name --host=unix:///x']],
	['swarmtop get -f svc no m', ['m1'], ['get no -o name']],
	['swarmtop logs -f shop_web pi', ['ping'], ['get services -o name']],
	['swarmtop exec -it shop_w', ['shop_web', 'shop_web.1', 'shop_web.2'], ['get services -o name', 'get tasks -o name']],
	['swarmtop top tasks shop_web', ['shop_web.1', 'shop_web.2'], ['get tasks -o name']],
	['swarmtop top --sort re', ['reserved'], []],
	['swarmtop get volumes x', [], ['get volumes -o name']],
	['swarmtop simulate fault regi', ['registry-down', 'registry-up'], []],
	['swarmtop config s', ['show', 'schema'], []],
	['swarmtop completion ', ['bash', 'zsh', 'fish', 'install'], []],
	['swarmtop --read', ['--read-only'], []],
	['swarmtop --demo l', ['large'], []],
];

describe('in bash', () => {
	it('is a script that bash reads', async () => {
		await run('bash', ['-n', path.join(folder, 'swarmtop.bash')]);
	});

	it.each(cases)('%j', async (line, offered, questions) => {
		expect(await inBash(line)).toEqual({offered, questions});
	});

	it('completes a value behind an equals sign, and an address behind its colon', async () => {
		expect((await inBash('swarmtop get svc --output=w')).offered).toEqual(['wide']);
		expect((await inBash('swarmtop simulate --listen tcp:')).offered).toEqual(['//127.0.0.1:23750']);
	});

	it('completes files where a file goes', async () => {
		expect((await inBash('swarmtop config check swarmtop.b')).offered).toEqual(['swarmtop.bash']);
	});
});

describe.skipIf(!hasShell('fish'))('in fish', () => {
	it.each(cases)('%j', async (line, offered, questions) => {
		const offer = await inFish(line);
		expect({offered: offer.offered.sort(), questions: offer.questions}).toEqual({
			offered: offered.toSorted(),
			questions,
		});
	});
});

/** A Tab behind the line, in a terminal: what the line has become. */
async function tab(
	shell: string,
	args: readonly string[],
	start: string,
	line: string,
	expected: string,
): Promise<void> {
	const env = {...environment(), PS1: '$ ', PROMPT: '$ ', ZDOTDIR: folder};
	await using screen = openScreen({command: shell, args, env, cwd: folder, columns: 100, rows: 12});
	screen.type(`${start}; echo it is ready\r`);
	await screen.waitFor(/^it is ready$/m);
	screen.type(`${line}\t`);
	await screen.waitFor(expected);
}

describe('a Tab in bash', () => {
	const inTerminal = (line: string, expected: string) =>
		tab('bash', ['--norc', '--noprofile', '-i'], 'source swarmtop.bash', line, expected);

	it('completes the name of a service', () => inTerminal('swarmtop get svc pi', 'swarmtop get svc ping'));
	it('completes a value behind an equals sign', () => inTerminal('swarmtop get svc --output=wi', 'svc --output=wide'));
	it('completes an address', () => inTerminal('swarmtop -H ss', 'swarmtop -H ssh://'));
});

describe.skipIf(!hasShell('zsh'))('a Tab in zsh', () => {
	const inTerminal = (line: string, expected: string) =>
		tab('zsh', ['-f', '-i'], 'autoload -Uz compinit; compinit -u -D; source swarmtop.zsh', line, expected);

	it('completes a command', () => inTerminal('swarmtop compl', 'swarmtop completion'));
	it('completes a kind of list', () => inTerminal('swarmtop get vol', 'swarmtop get volumes'));
	it('completes the name of a service', () => inTerminal('swarmtop get svc pi', 'swarmtop get svc ping'));
	it('completes a flag and its value', () => inTerminal('swarmtop get svc -o wi', 'swarmtop get svc -o wide'));
	it('completes a task of exec', () => inTerminal('swarmtop exec pi', 'swarmtop exec ping'));
	it('completes a context', () => inTerminal('swarmtop logs --context=de', 'logs --context=default'));
	it('completes the flags of the dashboard', () => inTerminal('swarmtop --read', 'swarmtop --read-only'));
});
