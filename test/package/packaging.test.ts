/** Debian packages and releases, without the executable, which takes minutes to make. */
import {execFileSync, spawnSync} from 'node:child_process';
import {chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import {isLater, released, unreleased} from '../../packaging/changelog.ts';
import {debName, writeDeb} from '../../packaging/deb.ts';

const root = path.resolve(import.meta.dirname, '../..');
let folder: string;

beforeEach(() => {
	folder = mkdtempSync(path.join(tmpdir(), 'packaging-'));
});
afterEach(() => rmSync(folder, {recursive: true}));

describe.skipIf(spawnSync('dpkg-deb', ['--version']).error !== undefined)('a Debian package', () => {
	it('is one that dpkg reads: its facts, its files, root’s and executable', () => {
		const tree = path.join(folder, 'tree');
		mkdirSync(path.join(tree, 'usr/bin'), {recursive: true});
		writeFileSync(path.join(tree, 'usr/bin/swarmtop'), '#!/bin/sh\necho 1\n');
		chmodSync(path.join(tree, 'usr/bin/swarmtop'), 0o755);
		const file = path.join(folder, debName('1.2.3', 'linux-arm64'));
		expect(path.basename(file)).toBe('swarmtop_1.2.3_arm64.deb');
		writeDeb(file, {root: tree, work: folder, version: '1.2.3', platform: 'linux-arm64', description: 'A dashboard'});
		const field = (name: string) => execFileSync('dpkg-deb', ['--field', file, name], {encoding: 'utf8'}).trim();
		expect([field('Package'), field('Version'), field('Architecture')]).toEqual(['swarmtop', '1.2.3', 'arm64']);
		const listed = execFileSync('dpkg-deb', ['--contents', file], {encoding: 'utf8'});
		expect(listed).toMatch(/^-rwxr-xr-x 0\/0 .* \.\/usr\/bin\/swarmtop$/m);
	});
});

describe('a release', () => {
	const changelog = '# Changelog\n\n## Unreleased\n\n### Added\n- This.\n\n## 0.1.0\n\nThe first.\n';

	it('moves what is unreleased below its version', () => {
		expect(unreleased(changelog)).toBe('### Added\n- This.');
		const after = released(changelog, '0.2.0', '2026-12-01');
		expect(unreleased(after)).toBe('');
		expect(after).toContain('## 0.2.0 - 2026-12-01\n\n### Added\n- This.\n\n## 0.1.0');
	});

	it.each([
		['0.2.0', '0.1.9', true],
		['0.1.10', '0.1.9', true],
		['1.0.0', '0.9.9', true],
		['0.1.0', '0.1.0', false],
		['0.0.9', '0.1.0', false],
		['next', '0.1.0', undefined],
	])('%s after %s: %s', (version, than, later) => {
		expect(isLater(version, than)).toBe(later);
	});

	function release(env: NodeJS.ProcessEnv, ...args: string[]) {
		const {status, stdout, stderr} = spawnSync('node', [path.join(root, 'packaging/release.mjs'), ...args], {
			cwd: folder,
			encoding: 'utf8',
			env: {...process.env, ...env},
		});
		return {status, said: `${stdout}${stderr}`};
	}

	function repository(): void {
		writeFileSync(path.join(folder, 'package.json'), '{"name": "swarmtop", "version": "0.1.0"}\n');
		writeFileSync(path.join(folder, 'CHANGELOG.md'), changelog);
		const git = (...args: string[]) =>
			execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@t.invalid', ...args], {cwd: folder});
		git('init', '--quiet');
		git('add', '.');
		git('commit', '--quiet', '--message', 'first');
	}

	it('says what it would do, and does nothing of it', () => {
		repository();
		const {status, said} = release({}, '0.2.0', '--dry-run');
		expect(status).toBe(0);
		expect(said).toMatch(
			/^0\.1\.0 becomes 0\.2\.0: the checks, the version, .*the SBOM, .*the tag\. Nothing was done\.$/m,
		);
		expect(execFileSync('git', ['status', '--porcelain'], {cwd: folder, encoding: 'utf8'})).toBe('');
	});

	it('leaves nothing behind where its last step fails', () => {
		repository();
		const git = (...args: string[]) => execFileSync('git', args, {cwd: folder, encoding: 'utf8'}).trim();
		const first = git('rev-parse', 'HEAD');
		// Every step but the tag: npm stands for all that takes minutes, and changes what a release changes.
		const bin = path.join(folder, '.git/bin');
		mkdirSync(bin);
		writeFileSync(path.join(bin, 'npm'), '#!/bin/sh\necho > release/swarmtop-0.2.0.tgz\n', {mode: 0o755});
		git('config', 'user.name', 't');
		git('config', 'user.email', 't@t.invalid');
		git('config', 'tag.gpgSign', 'true');
		git('config', 'gpg.program', 'false');
		const {status, said} = release({PATH: `${bin}:${process.env['PATH']}`}, '0.2.0');
		expect({status, said}).toEqual({status: 1, said: expect.stringContaining('the tag failed')});
		expect([git('rev-parse', 'HEAD'), git('status', '--porcelain', '--ignored'), git('tag')]).toEqual([first, '', '']);
	});

	it.each([
		['next', '"next" is no version'],
		['0.1.0', '0.1.0 is not later than 0.1.0'],
	])('refuses %s', (version, why) => {
		repository();
		expect(release({}, version, '--dry-run')).toEqual({status: 2, said: expect.stringContaining(why)});
	});

	it('refuses a tree with changes, and a tag that is there', () => {
		repository();
		execFileSync('git', ['tag', 'v0.2.0'], {cwd: folder});
		expect(release({}, '0.2.0', '--dry-run').said).toContain('there is a tag v0.2.0 already');
		writeFileSync(path.join(folder, 'more'), '');
		expect(release({}, '0.3.0', '--dry-run').said).toContain('commit first what has changed:\n?? more');
	});
});
