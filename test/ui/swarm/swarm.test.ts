import {describe, expect, it} from 'vitest';
import {auditLine} from '../../../source/cluster/pipeline/audit.ts';
import {ok} from '../../../source/runtime/result.ts';
import {type LiveDashboard, openLiveDashboard} from '../support/live-dashboard.tsx';

const fixture = `
name: bare
nodes:
  - { name: m1, role: none }
  - { name: m2, role: none }
  - { name: w1, role: none }
`;

/** Each key once what it is about is on the screen. */
async function play(live: LiveDashboard, ...steps: readonly (readonly [seen: string, ...keys: readonly string[]])[]) {
	for (const [seen, ...keys] of steps) {
		await live.terminal.waitFor(seen, {deadlineMs: 20_000});
		await live.press(...keys);
	}
}

/** A dialog takes its answer once it was to be read. */
async function accept(live: LiveDashboard, title: string): Promise<void> {
	await live.terminal.waitFor(`┏━ ${title}`, {deadlineMs: 20_000});
	await live.terminal.waitFor('[ Cancel ]', {deadlineMs: 20_000});
	await live.press('y');
}

const type = (text: string): readonly string[] => [...text];

async function palette(live: LiveDashboard, words: string): Promise<void> {
	await live.press(':', ...type(words), 'enter');
}

const info = async (live: LiveDashboard, host: string) => {
	const answer = await live.other(host).info();
	if (!answer.ok) throw new Error(answer.error.message);
	return answer.value.Swarm;
};

describe('from bare engines', () => {
	it('begins a swarm with Enter Enter, lets others join, and leaves', async () => {
		await using live = await openLiveDashboard(fixture, 10);
		live.begin();
		await play(live, ['start a swarm here', 'enter'], ['[ Begin ]', 'enter'], ['★ Leader']);
		expect(await info(live, 'm1')).toMatchObject({LocalNodeState: 'active', ControlAvailable: true});

		// Tokens are hidden until asked for; what is copied is the whole line.
		await palette(live, 'tokens');
		await live.terminal.waitFor('Join tokens');
		expect(live.terminal.text()).not.toContain('SWMTKN');
		await live.press('w');
		await expect.poll(() => live.copied.at(-1)).toMatch(/^docker swarm join --token SWMTKN-1-\w+-\w+ [\d.]+:2377$/);
		const [line = ''] = live.copied;
		await palette(live, 'tokens');
		await play(live, ['Show both', 's'], ['SWMTKN-1-', 'W']);
		await accept(live, 'Rotate the join token for workers');
		await expect.poll(() => live.actions.progress()[0]?.state, {timeout: 20_000}).toBe('done');
		await palette(live, 'tokens');
		await play(live, ['Copy for a worker', 'w']);
		await expect.poll(() => live.copied.length).toBe(2);
		expect(live.copied[1]).not.toBe(line);

		// A machine whose engine can be reached joins from here.
		await palette(live, 'swarm.add');
		await play(live, ['Which machine joins?', ...type('w1'), 'enter'], ['w1 joins as', 'w']);
		await accept(live, 'Let w1 join as a worker');
		await live.terminal.waitFor(/● w1 +worker +ready/, {deadlineMs: 20_000});
		await palette(live, 'swarm.add');
		await play(live, ['Which machine joins?', ...type('m2'), 'enter'], ['m2 joins as', 'm']);
		await accept(live, 'Let m2 join as a manager');
		await live.terminal.waitFor(/● m2 +Reachable +ready/, {deadlineMs: 20_000});
		expect(await info(live, 'm2')).toMatchObject({ControlAvailable: true});

		// Of two managers neither can go without the other losing the quorum.
		await palette(live, 'leave');
		await live.terminal.waitFor('loses its quorum');
		await live.press('escape');
		await live.press('1', 'g', 'g');
		await palette(live, 'node m2 demote');
		await accept(live, 'Demote m2');
		await live.terminal.waitFor(/● m2 +worker/, {deadlineMs: 20_000});
		await palette(live, 'leave');
		await live.terminal.waitFor('Type m1 and press Enter');
		await live.terminal.waitFor('Enter: ', {deadlineMs: 20_000});
		await live.press(...type('m1'), 'enter');
		await live.terminal.waitFor('start a swarm here', {deadlineMs: 20_000});
		expect(await info(live, 'm1')).toMatchObject({LocalNodeState: 'inactive'});

		const told = live.actions.progress().map(auditLine).join('');
		expect(told).toContain('docker swarm join-token --rotate worker');
		expect(told).not.toMatch(/SWMTKN-1-\w/);
	}, 90_000);

	it('says what a join comes to nothing for, with the next step', async () => {
		await using live = await openLiveDashboard(fixture, 20);
		const begun = await live.other('m2').membership.init({ListenAddr: '0.0.0.0:2377'});
		expect(begun.ok).toBe(true);
		const swarm = await live.other('m2').membership.inspect();
		if (!swarm.ok) throw new Error(swarm.error.message);
		const {Worker: token} = swarm.value.JoinTokens;
		const address = (await info(live, 'm2')).NodeAddr;
		live.begin();
		await play(live, ['join a swarm', 'j'], ['Token', ...type('SWMTKN-1-x')]);
		await live.terminal.waitFor('not a join token');
		const wrong = token.replace(/.{3}$/, 'xyz');
		const tell = async (given: string, manager: string, words: string | RegExp): Promise<void> => {
			await live.press('up', 'up', 'up', 'up', 'ctrl-u');
			live.terminal.paste(given);
			await live.press('tab', 'ctrl-u', ...type(manager), 'ctrl-s');
			await live.terminal.waitFor(words, {deadlineMs: 30_000});
			expect(live.terminal.text()).not.toContain(given);
		};
		await tell(wrong, address, 'The swarm refused the token');
		await tell(token, `${address}:2399`, `Nothing listens at ${address}:2399`);
		await tell(token, 'nowhere.example', "can't resolve the name nowhere.example");
		await tell(token, '10.99.99.99', /No manager answered at 10\.99\.99\.99:2377 within 20 s/);
		const told = live.actions.progress().map(auditLine).join('');
		expect(told).toContain('docker swarm join --token TOKEN 10.99.99.99');
		expect(told).not.toContain(token);
	}, 90_000);
});

describe('a member', () => {
	it('changes what the swarm has, gets locked and unlocked, and replaces a dead manager', async () => {
		const names = ['m1', 'm2', 'm3'].map((name) => `  - { name: ${name}, role: manager }`).join('\n');
		await using live = await openLiveDashboard(`name: three\nnodes:\n${names}\n  - { name: x1, role: none }\n`, 20);
		await live.terminal.waitFor(/● m3 +Reachable/, {deadlineMs: 20_000});
		const settings = async () => {
			const answer = await live.other('m1').membership.inspect();
			if (!answer.ok) throw new Error(answer.error.message);
			return answer.value;
		};

		// Settings are edited as everything else is: as YAML, with a diff.
		live.editor.edits.push((text) => ok(text.replace('TaskHistoryRetentionLimit: 5', 'TaskHistoryRetentionLimit: 2')));
		await palette(live, 'swarm.edit');
		await live.terminal.waitFor('docker swarm update --task-history-limit 2', {deadlineMs: 20_000});
		expect(live.editor.opened[0]).toContain('NodeCertExpiry');
		await accept(live, 'Change 1 setting of the swarm');
		await expect.poll(async () => (await settings()).Spec.Orchestration.TaskHistoryRetentionLimit).toBe(2);

		const {Worker: before} = (await settings()).JoinTokens;
		await palette(live, 'swarm.certificates');
		await accept(live, 'Rotate the swarm');
		await live.terminal.waitFor('every node has its new certificate', {deadlineMs: 20_000});
		expect((await settings()).JoinTokens.Worker).not.toBe(before);

		await palette(live, 'swarm.autolock');
		await accept(live, 'Turn autolock on');
		await expect.poll(async () => (await settings()).Spec.EncryptionConfig.AutoLockManagers).toBe(true);
		await palette(live, 'unlock-key');
		await live.terminal.waitFor('The unlock key', {deadlineMs: 20_000});
		expect(live.terminal.text()).not.toContain('SWMKEY');
		await live.press('c');
		await expect.poll(() => live.copied.at(-1)).toMatch(/^SWMKEY-1-/);
		const key = live.copied.at(-1) ?? '';

		// The manager on the screen restarts: it is locked.
		await live.simulation.fault(['stop', 'm1']);
		await live.terminal.waitFor(/There is no|refused|broke|Nothing listens/, {deadlineMs: 20_000});
		await live.simulation.fault(['start', 'm1']);
		await live.terminal.waitFor('This manager is locked', {deadlineMs: 30_000});
		await live.press('f6');
		await play(live, ['m1 is locked', 'u'], ['┏━ Unlock']);
		live.terminal.paste(`SWMKEY-1-${'A'.repeat(43)}`);
		await live.press('enter');
		await live.terminal.waitFor('This key does not unlock it', {deadlineMs: 20_000});
		await live.press('up', 'ctrl-u');
		live.terminal.paste(key);
		await live.press('enter');
		await live.terminal.waitFor(/● m1 +\S* ?Reachable/, {deadlineMs: 30_000});
		expect(live.terminal.text()).not.toContain('SWMKEY');

		// A manager dies for good: one plan takes it out and lets another machine in.
		await live.simulation.fault(['stop', 'm3']);
		await live.terminal.waitFor(/m3 +Unreachable +down/, {deadlineMs: 30_000});
		await palette(live, 'node m3 replace');
		await play(live, ['Who takes the place of m3?', ...type('x1'), 'enter'], ['Replace manager m3 with x1']);
		await live.terminal.waitFor('Enter: ', {deadlineMs: 20_000});
		await live.press(...type('m3'), 'enter');
		await live.terminal.waitFor('Replace manager m3 with x1: 3 of 3 done', {deadlineMs: 30_000});
		expect(await info(live, 'm1')).toMatchObject({Nodes: 3, Managers: 3});
		expect(await info(live, 'x1')).toMatchObject({ControlAvailable: true});
		const told = live.actions.progress().map(auditLine).join('');
		expect(told).not.toContain(key);

		// Without a quorum nothing can be changed: what is left to do is said, and what it costs.
		await live.simulation.fault(['stop', 'm2']);
		await live.simulation.fault(['stop', 'x1']);
		await live.terminal.waitFor('The swarm has no leader', {deadlineMs: 30_000});
		await live.press('f6');
		await live.terminal.waitFor('--force-new-cluster', {deadlineMs: 20_000});
	}, 120_000);
});
