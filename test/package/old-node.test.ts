import {spawnSync} from 'node:child_process';
import path from 'node:path';
import {expect, it} from 'vitest';

const entry = path.resolve(import.meta.dirname, '../../entry.js');

it('tells an old Node in one sentence of the ways that need none', () => {
	const pose =
		'data:text/javascript,Object.defineProperty(process,"versions",{value:{...process.versions,node:"18.20.4"}})';
	const {status, stdout, stderr} = spawnSync('node', ['--import', pose, entry], {encoding: 'utf8'});
	expect({status, stdout}).toEqual({status: 1, stdout: ''});
	expect(stderr.trimEnd().split('\n')).toEqual([
		expect.stringMatching(
			/^swarmtop: Node 18\.20\.4 is too old: .*Node 22.*install\.sh.*Debian package.*image \(docker run/,
		),
	]);
});
