import {existsSync, statSync} from 'node:fs';
import {chmod, mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterAll, beforeAll, describe, expect, it, onTestFinished} from 'vitest';
import {createTextEditor} from '../../source/terminal/text-editor.ts';
import {openScreen, type PtyScreen} from '../screens/support/pty-screen.ts';

const program = path.resolve(import.meta.dirname, 'fixtures/session-program.ts');
const size = {columns: 100, rows: 16};

/** An editor of the simplest kind: it asks for a line and puts it at the end. */
const lineEditor = `#!/bin/sh
echo "editing $2 with $1"
read line
case $line in fail) exit 3;; esac
echo "$line" >> "$2"
`;

let folder: string;
let editor: string;
beforeAll(async () => {
	folder = await mkdtemp(path.join(tmpdir(), 'editor-test-'));
	editor = path.join(folder, 'line editor');
	await writeFile(editor, lineEditor);
	await chmod(editor, 0o755);
});
afterAll(() => rm(folder, {recursive: true, force: true}));

/** A shell with job control, in which a person started the program with that editor. */
async function inShell(): Promise<PtyScreen> {
	const screen = openScreen({
		command: 'bash',
		args: ['--norc', '-i'],
		env: {PS1: 'prompt> ', HISTFILE: '', VISUAL: `'${editor}' --flag`, TMPDIR: folder},
		...size,
	});
	await screen.waitFor('prompt>');
	screen.type(`node ${program}; echo "code $?"\r`);
	await screen.waitFor(`ready ${size.columns}x${size.rows}`);
	return screen;
}

const buffer = (screen: PtyScreen): string => screen.emulator.terminal.buffer.active.type;

describe('an editor on the terminal', () => {
	it('gets the terminal as the shell had it, and gives it back', async () => {
		await using screen = await inShell();
		await screen.press('e');
		await screen.waitFor(/editing .*web_1\.yaml with --flag/);
		expect(buffer(screen)).toBe('normal');
		screen.type('two\r');
		await screen.waitFor('seen: "one\\ntwo\\n"');
		expect(buffer(screen)).toBe('alternate');
		const file = / of (\S+)/.exec(screen.text())?.[1] ?? '';
		expect(file).toContain(folder);
		expect(existsSync(file)).toBe(false);
		await screen.press('k');
		await screen.waitFor('seen: k');
	});

	it('that fails is told, and the screen goes on', async () => {
		await using screen = await inShell();
		await screen.press('e');
		await screen.waitFor('editing');
		screen.type('fail\r');
		await screen.waitFor(/seen: ".* ended with 3\."/);
	});

	it('may be interrupted: Ctrl-C is the editor’s own', async () => {
		await using screen = await inShell();
		await screen.press('e');
		await screen.waitFor('editing');
		await screen.press('ctrl-c');
		await screen.waitFor(/seen: ".* ended with (SIGINT|130)\."/);
		await screen.press('k');
		await screen.waitFor('seen: k');
	});

	it('may be stopped with Ctrl-Z and taken up again', async () => {
		await using screen = await inShell();
		await screen.press('e');
		await screen.waitFor('editing');
		await screen.press('ctrl-z');
		await screen.waitFor('Stopped');
		screen.type('fg\r');
		await screen.waitFor(/prompt> fg\n.*session-program/);
		screen.type('later\r');
		await screen.waitFor('seen: "one\\nlater\\n"');
	});

	it('may be on a terminal that was given another size meanwhile', async () => {
		await using screen = await inShell();
		await screen.press('e');
		await screen.waitFor('editing');
		screen.resize(90, 12);
		screen.type('x\r');
		await screen.waitFor('ready 90x12');
	});
});

describe('the file', () => {
	const lend = <T>(use: () => Promise<T>): Promise<T> => use();

	it('is its owner’s alone: specs hold passwords', async () => {
		const {create, discard} = createTextEditor({environment: {EDITOR: 'vi'}, folder, lend});
		const file = await create('../we/b.yaml', 'text');
		if (!file.ok) throw new Error(file.error);
		expect(path.dirname(path.dirname(file.value))).toBe(folder);
		expect(statSync(file.value).mode & 0o077).toBe(0);
		expect(await readFile(file.value, 'utf8')).toBe('text');
		await discard(file.value);
		expect(existsSync(path.dirname(file.value))).toBe(false);
	});

	it('that can’t be written is a sentence', async () => {
		const {create} = createTextEditor({environment: {EDITOR: 'vi'}, folder: path.join(folder, 'nowhere'), lend});
		expect(await create('b.yaml', 'text')).toMatchObject({ok: false, error: expect.stringContaining('ENOENT')});
	});

	it('needs an editor', () => {
		const nothing = createTextEditor({environment: {PATH: '/nonexistent'}, folder, lend});
		expect(nothing.problem).toContain('vi and nano are not installed, and EDITOR is not set');
		expect(createTextEditor({environment: {VISUAL: '', EDITOR: 'vi'}, folder, lend}).problem).toBeUndefined();
	});
});

describe('where no editor is named', () => {
	async function withPrograms(...names: readonly string[]): Promise<string> {
		const programs = await mkdtemp(path.join(folder, 'bin-'));
		for (const name of names) {
			await writeFile(path.join(programs, name), `#!/bin/sh\necho ${name} >> "$1"\n`);
			await chmod(path.join(programs, name), 0o755);
		}
		return programs;
	}

	it.each([
		[['vi', 'nano'], 'vi'],
		[['nano'], 'nano'],
	])('of %s it is %s', async (names, taken) => {
		const programs = await withPrograms(...names);
		const before = process.env['PATH'];
		process.env['PATH'] = `${programs}:${before}`;
		onTestFinished(() => {
			process.env['PATH'] = before;
		});
		const texts = createTextEditor({environment: {PATH: programs}, folder, lend: (run) => run()});
		expect(texts.problem).toBeUndefined();
		const file = await texts.create('web.yaml', 'text\n');
		if (!file.ok) throw new Error(file.error);
		expect(await texts.open(file.value)).toEqual({ok: true, value: `text\n${taken}\n`});
	});

	it('no file is left when the program ends, one that was kept neither', async () => {
		const texts = createTextEditor({environment: {EDITOR: 'true'}, folder, lend: (run) => run()});
		const kept = await texts.create('web.yaml', 'text');
		if (!kept.ok) throw new Error(kept.error);
		texts.close();
		expect(existsSync(path.dirname(kept.value))).toBe(false);
	});
});

describe('the file that is edited', () => {
	it.each(['../../etc/passwd', '-rf', '..', '\u001b]0;x\u0007', "a'; touch X #", 'x'.repeat(400)])(
		'lies in a folder of its own, whatever the object is called: %j',
		async (name) => {
			const texts = createTextEditor({environment: {EDITOR: 'true'}, folder, lend: (run) => run()});
			const file = await texts.create(`${name}.yaml`, 'text');
			if (!file.ok) throw new Error(file.error);
			expect(path.dirname(path.dirname(file.value))).toBe(folder);
			expect(path.basename(file.value)).toMatch(/^[\w.-]{1,120}$/);
			expect(await readFile(file.value, 'utf8')).toBe('text');
		},
	);
});
