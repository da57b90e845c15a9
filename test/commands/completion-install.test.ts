import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import {completionFor} from '../../source/commands/completion.ts';
import {installCompletion} from '../../source/commands/completion-install.ts';
import {parseCompletionOptions} from '../../source/commands/completion-options.ts';

let home: string;
beforeEach(() => {
	home = mkdtempSync(path.join(tmpdir(), 'completion-'));
});
afterEach(() => rmSync(home, {recursive: true}));

describe('swarmtop completion install', () => {
	it.each([
		['bash', '.local/share/bash-completion/completions/swarmtop'],
		['fish', '.config/fish/completions/swarmtop.fish'],
		['zsh', '.local/share/zsh/site-functions/_swarmtop'],
	] as const)('puts those of %s where it looks', async (shell, file) => {
		const said = await installCompletion(shell, completionFor(shell), {environment: {}, homeDirectory: home});
		expect(said).toMatchObject({ok: true, value: expect.stringContaining(path.join(home, file))});
		expect(said.ok && said.value.includes('fpath=(')).toBe(shell === 'zsh');
		expect(readFileSync(path.join(home, file), 'utf8')).toBe(completionFor(shell));
	});

	it('says in a sentence what can not be written', async () => {
		writeFileSync(path.join(home, '.config'), '');
		const said = await installCompletion('fish', 'x', {environment: {}, homeDirectory: home});
		expect(said).toMatchObject({ok: false, error: expect.stringMatching(/swarmtop\.fish can't be written: /)});
	});

	it.each([
		[['install'], '/usr/bin/zsh', {ok: true, value: {shell: 'zsh', isInstalled: true}}],
		[['install', 'fish'], '/bin/bash', {ok: true, value: {shell: 'fish', isInstalled: true}}],
		[['bash'], '/bin/zsh', {ok: true, value: {shell: 'bash', isInstalled: false}}],
		[['install'], undefined, {ok: false, error: 'For which shell? bash, zsh or fish.'}],
		[['install'], '/bin/ksh', {ok: false, error: 'There are no completions for "ksh": bash, zsh or fish.'}],
		[[], '/bin/bash', {ok: false, error: 'For which shell? bash, zsh or fish.'}],
	])('%j of somebody with %s', (argv, shell, read) => {
		expect(parseCompletionOptions(argv, shell)).toEqual(read);
	});
});
