import {mkdtempSync, readFileSync, rmSync, statSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {expect, it, onTestFinished} from 'vitest';
import {openAuditFile} from '../../source/commands/audit-file.ts';

function directory(): string {
	const made = mkdtempSync(path.join(tmpdir(), 'audit-'));
	onTestFinished(() => rmSync(made, {recursive: true}));
	return made;
}

it('appends to a file that only its owner reads', () => {
	const file = path.join(directory(), 'audit.ndjson');
	for (const line of ['{"a":1}\n', '{"b":2}\n']) {
		const opened = openAuditFile(file);
		if (!opened.ok) throw new Error(opened.error);
		opened.value.write(line);
		expect(opened.value.close()).toBeUndefined();
	}
	expect(readFileSync(file, 'utf8')).toBe('{"a":1}\n{"b":2}\n');
	expect(statSync(file).mode & 0o777).toBe(0o600);
});

it('says what is wrong with the path before anything is done', () => {
	const opened = openAuditFile(path.join(directory(), 'none', 'audit.ndjson'));
	expect(opened).toMatchObject({ok: false, error: expect.stringMatching(/^--audit: ENOENT/)});
});

it('tells at the end what could not be written', () => {
	const opened = openAuditFile('/dev/full');
	if (!opened.ok) throw new Error(opened.error);
	opened.value.write('{}\n');
	expect(opened.value.close()).toMatch(/1 finished actions are missing in \/dev\/full: ENOSPC/);
});
