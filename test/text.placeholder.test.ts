import {execFileSync} from 'node:child_process';
import {expect, it} from 'vitest';

it('the bundle runs', () => {
	expect(execFileSync('node', ['dist/cli.js'], {encoding: 'utf8'})).toBe('swarmtop\n');
});
