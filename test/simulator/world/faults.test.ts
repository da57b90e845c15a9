import {mkdtemp, readdir, rm, stat} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import {parseFault} from '../../../source/simulator/fixtures/fault.ts';
import {controlSocketName, listenForControl, sendControl} from '../../../source/simulator/world/control-socket.ts';
import {applyFault} from '../../../source/simulator/world/faults.ts';
import {smallWorld} from './small-world.ts';

const errorOf = (words: string) => {
	const parsed = parseFault(words.split(' ').filter(Boolean));
	return parsed.ok ? 'no error' : parsed.error;
};

describe('a fault as people write it', () => {
	it('is read with its node and its number', () => {
		expect(parseFault(['stop', 'w1'])).toEqual({ok: true, value: {action: 'stop', node: 'w1'}});
		expect(parseFault(['slow', 'm1'])).toEqual({ok: true, value: {action: 'slow', node: 'm1', delayMs: 2000}});
		expect(parseFault(['break', 'm1', '503'])).toEqual({ok: true, value: {action: 'break', node: 'm1', status: 503}});
		expect(parseFault(['registry-down'])).toEqual({ok: true, value: {action: 'registry-down'}});
	});

	it('is refused in one sentence', () => {
		expect(errorOf('')).toMatch(/^No fault was named: one of stop, start,/);
		expect(errorOf('explode w1')).toMatch(/^There is no fault "explode": one of/);
		expect(errorOf('constructor w1')).toMatch(/^There is no fault "constructor"/);
		for (const words of ['stop', 'stop w1 w2', 'slow w1 soon', 'break w1 200']) {
			expect(errorOf(words)).toMatch(/^A fault of this kind is written "/);
		}
		expect(errorOf('registry-up w1')).toBe('"registry-up" takes no node.');
		expect(errorOf('repair w1')).toBe('"repair" takes no node.');
		expect(errorOf('kill')).toBe('A task is killed with "kill TASK".');
		expect(errorOf('split')).toBe('A split names the nodes of one side: "split NODE…".');
	});

	it('names the nodes there are when it names one that is not', () => {
		const {world} = smallWorld('m1 w1');
		expect(applyFault(world, {action: 'stop', node: 'w9'})).toEqual({
			ok: false,
			error: 'There is no node "w9": one of m1, w1.',
		});
	});
});

describe('the whole world', () => {
	it('falls into two parts, and is well again after a repair', () => {
		const {world, host} = smallWorld('m1 w1 w2');
		expect(applyFault(world, {action: 'split', nodes: ['w1', 'w9']}).ok).toBe(false);
		expect(host('w1').isCut).toBe(false);
		applyFault(world, {action: 'split', nodes: ['w1', 'w2']});
		applyFault(world, {action: 'stop', node: 'm1'});
		expect([host('w1').isCut, host('w2').isCut, host('m1').isRunning]).toEqual([true, true, false]);
		applyFault(world, {action: 'repair'});
		expect([host('w1').isCut, host('w2').isCut, host('m1').isRunning]).toEqual([false, false, true]);
	});

	it('has no task to kill that does not run', () => {
		const {world} = smallWorld('m1');
		expect(applyFault(world, {action: 'kill', task: 'web.1'})).toEqual({
			ok: false,
			error: 'No running task is called "web.1".',
		});
	});
});

describe('a host in trouble', () => {
	it('does not answer while it is frozen, and does when it is thawed', async () => {
		const {world, host} = smallWorld('m1');
		applyFault(world, {action: 'freeze', node: 'm1'});
		let isAnswered = false;
		const answer = host('m1')
			.gate()
			.then((refusal) => {
				isAnswered = true;
				return refusal;
			});
		await new Promise((resolve) => setImmediate(resolve));
		expect(isAnswered).toBe(false);
		applyFault(world, {action: 'thaw', node: 'm1'});
		expect(await answer).toBeUndefined();
	});

	it('answers late when it is slow and with an error when it is broken, until it is mended', async () => {
		const {world, host, clock, settle} = smallWorld('m1');
		applyFault(world, {action: 'slow', node: 'm1', delayMs: 500});
		const began = clock.now();
		expect(await settle(host('m1').gate())).toBeUndefined();
		expect(clock.now() - began).toBeGreaterThanOrEqual(500);
		applyFault(world, {action: 'break', node: 'm1', status: 502});
		expect(await host('m1').gate()).toMatchObject({status: 502});
		applyFault(world, {action: 'mend', node: 'm1'});
		expect(await host('m1').gate()).toBeUndefined();
	});
});

describe('the control socket', () => {
	let folder = '';
	beforeEach(async () => {
		folder = await mkdtemp(path.join(tmpdir(), 'control-'));
	});
	afterEach(() => rm(folder, {recursive: true}));

	it('carries words in and the answer out, and is its owner’s alone', async () => {
		const socketPath = path.join(folder, controlSocketName);
		const {world, host} = smallWorld('m1 w1');
		const listening = await listenForControl(socketPath, async (words) => {
			const fault = parseFault(words);
			return fault.ok ? applyFault(world, fault.value) : fault;
		});
		expect((await stat(socketPath)).mode & 0o777).toBe(0o600);
		expect(await sendControl(socketPath, ['stop', 'w1'])).toEqual({ok: true});
		expect(host('w1').isRunning).toBe(false);
		expect(await sendControl(socketPath, ['stop', 'w9'])).toMatchObject({ok: false});
		await listening.close();
		expect(await readdir(folder)).toEqual([]);
		await expect(sendControl(socketPath, ['stop', 'w1'])).rejects.toThrow();
	});
});
