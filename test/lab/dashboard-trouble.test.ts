import {afterAll, afterEach, beforeAll, beforeEach, describe, expect, it} from 'vitest';
import type {PtyScreen} from '../screens/support/pty-screen.ts';
import {openDashboard, rowWith, select} from './support/dashboard.ts';
import {type Lab, startLab} from './support/lab.ts';

/**
 * A swarm in trouble under an open dashboard. It talks to m2, while m1 leads. Each time it must say within five seconds
 * what is wrong, answer keys meanwhile, and come back by itself to where one was.
 */

let lab: Lab;
let screen: PtyScreen;

const soon = {deadlineMs: 5000};
const patient = {deadlineMs: 90_000};

beforeAll(async () => {
	lab = await startLab('lab-trouble', 3, 2);
	for (const name of ['api', 'mail', 'web']) {
		await lab.docker(
			'm1',
			'service',
			'create',
			'-d',
			'--name',
			name,
			'--replicas',
			'2',
			'busybox:lab',
			'sleep',
			'100000',
		);
	}
	screen = openDashboard(lab, 'm2');
	await screen.waitFor(/2 services 3/, {deadlineMs: 15_000});
	await screen.waitFor(/tasks 6\/6/, patient);
	await select(screen, '2', 'mail');
	await screen.press('Escape');
	await screen.waitFor(/▸● mail /);
});
beforeEach(async () => {
	await lab.restore();
	await screen.waitFor(() => isWell() && /tasks 6\/6/.test(screen.row(0)), {...patient, what: 'a swarm that is well'});
});
afterEach(async () => {
	await screen.waitFor(/▸. mail .* 2\/2/, {...patient, what: 'the place kept: mail selected'});
});
afterAll(async () => {
	await screen?.close();
	await lab?.down();
});

/** What stands under the header while something is wrong. */
const banner = (): string => screen.row(1);
const isWell = (): boolean => !banner().includes('✗') && /\blive\b/.test(screen.row(0));

async function answersKeys(): Promise<void> {
	await screen.press('?');
	await screen.waitFor('help: every key there is', {deadlineMs: 2000});
	await screen.press('Escape');
	await screen.waitFor(/2 services 3/, {deadlineMs: 2000});
}

async function recovers(): Promise<void> {
	await screen.waitFor(isWell, {...patient, what: 'the banner to go away'});
}

describe('the screen says what is wrong, answers keys, and recovers by itself', () => {
	it('when the engine it talks to is stopped and started again', async () => {
		await lab.act('stop', 'm2');
		await screen.waitFor(() => banner().includes('✗'), {...soon, what: 'a banner'});
		expect(screen.row(2)).toMatch(/lost .* ago, (next try in \d+s|trying again)/);
		expect(rowWith(screen, /▸. mail /)).toContain('2/2');
		await answersKeys();
		await lab.act('start', 'm2');
		await recovers();
	});

	it('when that engine hangs for 20 seconds', async () => {
		await lab.act('freeze', 'm2');
		const frozenAt = performance.now();
		await screen.waitFor(() => banner().includes('✗'), {...soon, what: 'a banner'});
		expect(banner()).toMatch(/did not answer|hang/);
		await answersKeys();
		await screen.press('x');
		await screen.waitFor('Nothing can be changed now', {deadlineMs: 2000});
		await screen.waitFor(() => performance.now() - frozenAt > 20_000, {deadlineMs: 25_000, what: '20 seconds'});
		await lab.act('thaw', 'm2');
		await recovers();
	});

	it('when the leader, another node, is killed', async () => {
		await lab.act('stop', 'm1');
		await screen.waitFor(() => banner().includes('✗') || /unreachable|no leader|2\/3 managers/.test(screen.row(0)), {
			...soon,
			what: 'the loss of the leader',
		});
		await answersKeys();
		await screen.waitFor(/leader m[23]/, patient);
		await recovers();
		await lab.act('start', 'm1');
		await screen.waitFor(/nodes 5\/5.* 3 managers, 2 needed, leader m[23], 1 can be lost/, patient);
	});

	it('when two of three managers are lost and return', async () => {
		await lab.act('stop', 'm1');
		await lab.act('stop', 'm3');
		// The engine itself needs a while to notice that it leads nobody; its own list of managers says so at once.
		await screen.waitFor(/quorum lost: 1 of 3 managers reachable, 2 needed|no leader/, {
			...soon,
			what: 'the lost quorum',
		});
		// What it was last seen with stays: of its two tasks one may have been moving when m3 went.
		expect(rowWith(screen, /▸. mail /)).toMatch(/[12]\/2/);
		await answersKeys();
		await Promise.all([lab.act('start', 'm1'), lab.act('start', 'm3')]);
		await recovers();
		await screen.waitFor(/nodes 5\/5.* 3 managers, 2 needed, leader m\d, 1 can be lost/, patient);
	});
});
