import {spawnSync} from 'node:child_process';
import {createHash} from 'node:crypto';
import {existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {gzipSync} from 'node:zlib';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';

const script = path.resolve(import.meta.dirname, '../../install.sh');
const arch = process.arch === 'arm64' ? 'arm64' : 'x64';

let folder: string;
beforeEach(() => {
	folder = mkdtempSync(path.join(tmpdir(), 'install-'));
});
afterEach(() => rmSync(folder, {recursive: true}));

const nameOf = (version: string) => `swarmtop-${version}-linux-${arch}.gz`;

/** A release whose program only knows its version. */
function release(version: string, program = `#!/bin/sh\necho ${version}\n`): void {
	const packed = gzipSync(program);
	writeFileSync(path.join(folder, nameOf(version)), packed);
	const sum = createHash('sha256').update(packed).digest('hex');
	writeFileSync(path.join(folder, 'SHA256SUMS'), `${sum}  ${nameOf(version)}\n`);
}

const target = (): string => path.join(folder, 'bin', 'swarmtop');

function install(...argv: string[]) {
	const {stdout, stderr, status} = spawnSync('sh', [script, ...argv, '--to', path.join(folder, 'bin')], {
		encoding: 'utf8',
		env: {PATH: process.env['PATH'] ?? '', HOME: folder, TMPDIR: folder},
	});
	return {stdout, stderr, status};
}

describe('install.sh', () => {
	it('installs, upgrades and removes', () => {
		release('1.2.3');
		const first = install('--from', folder);
		expect(first).toMatchObject({status: 0, stderr: ''});
		expect(first.stdout).toContain(`Installed swarmtop 1.2.3 as ${target()}.`);
		expect(first.stdout).toContain('is not in your PATH');
		release('1.3.0');
		expect(install('--from', folder).stdout).toContain('from 1.2.3 to 1.3.0');
		expect(spawnSync(target(), {encoding: 'utf8'}).stdout).toBe('1.3.0\n');
		expect(install('--uninstall').stdout).toContain(`Removed ${target()}.`);
		expect(existsSync(target())).toBe(false);
	});

	it('installs nothing that is not what its checksum says, and leaves nothing behind', () => {
		release('1.2.3');
		writeFileSync(path.join(folder, nameOf('1.2.3')), gzipSync('#!/bin/sh\necho evil\n'));
		expect(install('--from', folder)).toMatchObject({
			status: 1,
			stderr: expect.stringContaining('is not what SHA256SUMS says'),
		});
		expect(existsSync(target())).toBe(false);
		expect(readdirSync(folder).toSorted()).toEqual(['SHA256SUMS', nameOf('1.2.3')].toSorted());
	});

	it('keeps what was there when the new one does not start', () => {
		release('1.2.3');
		install('--from', folder);
		release('2.0.0', '#!/bin/sh\nexit 1\n');
		expect(install('--from', folder)).toMatchObject({status: 1, stderr: expect.stringContaining('does not start')});
		expect(spawnSync(target(), {encoding: 'utf8'}).stdout).toBe('1.2.3\n');
	});

	it.each([
		[[], 2, 'Say where the files are'],
		[['--from'], 2, '--from needs a value'],
		[['--form', 'x'], 2, 'There is no option --form'],
		[['--from', '/nowhere'], 1, '/nowhere/SHA256SUMS could not be read'],
		[['--uninstall'], 1, 'There is no '],
	])('says in one sentence what is wrong with %j', (argv, status, sentence) => {
		const args = argv.length === 1 && argv[0] === '--from' ? ['--from'] : argv;
		const result =
			args.at(-1) === '--from' ? spawnSync('sh', [script, '--from'], {encoding: 'utf8'}) : install(...args);
		expect(result).toMatchObject({status, stderr: expect.stringContaining(sentence)});
	});

	it('asks for a version that the release has', () => {
		release('1.2.3');
		expect(install('--from', folder, '--version', '9.9.9').stderr).toContain(`does not name ${nameOf('9.9.9')}`);
	});
});
