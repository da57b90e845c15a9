import {describe, expect, it} from 'vitest';
import {auditLine} from '../../../source/cluster/pipeline/audit.ts';
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
		await play(live, ['begin a swarm here', 'enter'], ['[ Begin ]', 'enter'], ['★ Leader']);
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
		await live.terminal.waitFor('begin a swarm here', {deadlineMs: 20_000});
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
		await live.terminal.waitFor('This is no join token');
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
