import {existsSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {expect, it} from 'vitest';

const file = path.resolve(import.meta.dirname, '../../dist/THIRD-PARTY-LICENSES');
const bundle = ['ink', 'react', 'react-reconciler', 'yoga-layout', 'dockerode', 'docker-modem', 'yaml', 'zod', 'meow'];

it('the bundle comes with the licence of every package in it', () => {
	expect(existsSync(file)).toBe(true);
	const parts = readFileSync(file, 'utf8')
		.split(/^={80}\n(?=.* \(.*\)\n=)/m)
		.slice(1);
	const names = parts.map((part) => /^(\S+) \S+ \(.+\)$/m.exec(part)?.[1]);
	for (const name of bundle) expect(names).toContain(name);
	for (const part of parts) expect(part).toMatch(/permission|licen[cs]e|redistribution/i);
	for (const part of parts) expect(part.length).toBeGreaterThan(400);
});
