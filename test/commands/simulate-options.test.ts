import {describe, expect, it} from 'vitest';
import {parseSimulate} from '../../source/commands/simulate-options.ts';
import {usualPose} from '../../source/simulator/api/version.ts';

const parse = (line: string) => parseSimulate(line.split(' ').filter(Boolean));
const problem = (line: string) => {
	const parsed = parse(line);
	return parsed.ok ? 'none' : parsed.error;
};

describe('swarmtop simulate', () => {
	it('takes its flags in any place', () => {
		const options = {
			fixture: 'lab',
			sockets: '/tmp/s',
			listen: undefined,
			speed: 10,
			seed: 7,
			apiVersion: '1.37',
		};
		const expected = {ok: true, value: {kind: 'serve', options}};
		expect(parse('lab --sockets /tmp/s --speed 10 --seed 7 --api 1.37')).toEqual(expected);
		expect(parse('--api=1.37 --speed 10 --sockets /tmp/s lab --seed 7')).toEqual(expected);
	});

	it('takes every version that an engine can pose as, with the one it poses as unasked', () => {
		for (const version of ['1.37', usualPose, '1.52']) expect(parse(`--sockets d --api ${version}`).ok).toBe(true);
	});

	it('takes a fault with its flags in any place', () => {
		const expected = {ok: true, value: {kind: 'fault', options: {words: ['stop', 'w1'], sockets: '/tmp/s'}}};
		for (const line of [
			'fault stop w1 --sockets /tmp/s',
			'--sockets /tmp/s fault stop w1',
			'fault --sockets=/tmp/s stop w1',
		])
			expect(parse(line)).toEqual(expected);
	});

	it('listens on this machine only, unless it is told otherwise', () => {
		const hosts = ['127.0.0.1', '127.1.2.3', 'localhost', '[::1]'];
		for (const host of hosts) expect(parse(`--listen tcp://${host}:23750`).ok).toBe(true);
		for (const host of ['0.0.0.0', '10.1.2.3', '127.evil.example', '[::]', 'example.org']) {
			expect(problem(`--listen tcp://${host}:23750`)).toMatch(/could be reached by others/);
			expect(parse(`--listen tcp://${host}:23750 --insecure-listen-anywhere`).ok).toBe(true);
		}
	});

	it('says in one sentence what is wrong', () => {
		expect(problem('')).toBe('Where to serve it? Give --sockets DIR or --listen tcp://127.0.0.1:PORT.');
		expect(problem('--sockets d --speed fast')).toBe('--speed takes a number above 0 and up to 1000, not "fast".');
		expect(problem('--sockets d --seed 1.5')).toBe('--seed takes a whole number, not "1.5".');
		expect(problem('--sockets d --api 2.0')).toBe('--api takes a version from 1.37 to 1.52, not "2.0".');
		expect(problem('--listen 127.0.0.1:1')).toBe('--listen takes tcp://ADDRESS:PORT, not "127.0.0.1:1".');
		expect(problem('--sockets d --colour')).toBe('There is no flag --colour.');
		expect(problem('a b --sockets d')).toMatch(/^One fixture at a time/);
		expect(problem('fault stop w1')).toMatch(/^Which simulator\?/);
	});
});
