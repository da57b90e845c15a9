import {mkdtemp, readdir, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import {runSimulate} from '../../source/commands/simulate.ts';

/** A command under way, as a shell would have it: what it printed, and a Ctrl-C. */
function run(line: string) {
	const out: string[] = [];
	const err: string[] = [];
	let interrupt: () => void = () => undefined;
	const interrupted = new Promise<void>((resolve) => {
		interrupt = resolve;
	});
	let isReady: () => void = () => undefined;
	const ready = new Promise<void>((resolve) => {
		isReady = resolve;
	});
	const status = runSimulate(line.split(' ').filter(Boolean), {
		out: (text) => {
			out.push(text);
			if (text === 'ready') isReady();
		},
		err: (text) => void err.push(text),
		interrupted: () => interrupted,
	});
	return {out, err, status, ready, interrupt: () => interrupt()};
}

let folder = '';
beforeEach(async () => {
	folder = await mkdtemp(path.join(tmpdir(), 'simulate-'));
});
afterEach(() => rm(folder, {recursive: true, force: true}));

describe('swarmtop simulate', () => {
	it('prints each node’s DOCKER_HOST, takes faults, and cleans up when it is interrupted', async () => {
		const sockets = path.join(folder, 's');
		const serving = run(`conformance --sockets ${sockets} --speed 10`);
		await serving.ready;
		expect(serving.out[0]).toBe(`m1\tDOCKER_HOST=unix://${sockets}/m1/docker.sock`);
		expect(serving.out).toHaveLength(6);
		const second = run(`conformance --sockets ${sockets}`);
		expect(await second.status).toBe(2);
		expect(second.err).toEqual([`A simulator runs with its sockets in ${sockets} already.`]);
		expect(await run(`fault cut w1 --sockets ${sockets}`).status).toBe(0);
		const wrong = run(`fault cut --sockets ${sockets}`);
		expect(await wrong.status).toBe(2);
		expect(wrong.err).toEqual(['A fault of this kind is written "cut NODE".']);
		serving.interrupt();
		expect(await serving.status).toBe(0);
		expect(await readdir(folder)).toEqual([]);
		const late = run(`fault heal w1 --sockets ${sockets}`);
		expect(await late.status).toBe(1);
		expect(late.err).toEqual([`A simulator with its sockets in ${sockets} does not run.`]);
	});

	it('refuses wrong use and broken fixtures with status 2', async () => {
		expect(await run('').status).toBe(2);
		const missing = run(`nosuchfixture --sockets ${folder}`);
		expect(await missing.status).toBe(2);
		expect(missing.err[0]).toMatch(/nosuchfixture\.yaml:1: there is no such file$/);
	});
});
