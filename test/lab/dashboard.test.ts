import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import type {PtyScreen} from '../screens/support/pty-screen.ts';
import {openScreen} from '../screens/support/pty-screen.ts';
import {openDashboard, rowWith, select} from './support/dashboard.ts';
import {cliSays, type Lab, startLab} from './support/lab.ts';

/** The dashboard on a real swarm, by keys alone; what it claims to have done is asked of the docker CLI. */

let lab: Lab;

beforeAll(async () => {
	lab = await startLab('lab-dash', 3, 2);
});
afterAll(() => lab?.down());

const web = ['sh', '-c', 'i=0; while :; do i=$((i+1)); echo "GET /$i 200"; sleep 1; done'];

const patient = {deadlineMs: 60_000};

describe('a day with a swarm', () => {
	let screen: PtyScreen;

	beforeAll(async () => {
		await lab.docker('m1', 'service', 'create', '-d', '--name', 'web', '--replicas', '3', 'busybox:lab', ...web);
		screen = openDashboard(lab, 'm1');
		await screen.waitFor(/1 nodes 5/, {deadlineMs: 15_000});
	});
	afterAll(async () => {
		await screen.close();
	});

	it('shows five nodes and who leads', async () => {
		await screen.waitFor(/nodes 5\/5.* 3 managers, 2 needed, leader m1, 1 can be lost/);
		for (const node of ['m1', 'm2', 'm3', 'w1', 'w2']) expect(rowWith(screen, new RegExp(`● ${node} `))).not.toBe('');
		expect(rowWith(screen, /● m1 /)).toContain('★ Leader');
		expect(rowWith(screen, /● w1 /)).toContain('worker');
	});

	it('scales from 3 to 6 with s, and to 8 with + twice', async () => {
		await select(screen, '2', 'web');
		await screen.waitFor(/▸● web .* 3\/3/, patient);
		await screen.press('s');
		await screen.waitFor(/Replicas of web 3 .*now 3/);
		await screen.press('6', 'Enter');
		await screen.waitFor(/Scale web from 3 to 6[\s\S]*3 tasks will start/, patient);
		await screen.waitFor('[ Cancel ]');
		await screen.press('y');
		await cliSays(lab, '6', 'service', 'inspect', '-f', '{{.Spec.Mode.Replicated.Replicas}}', 'web');
		await screen.waitFor(/▸● web .* 6\/6/, patient);
		await screen.waitFor(/Scale web from 3 to 6: converged in/, patient);
		await screen.press('+', '+');
		await cliSays(lab, '8', 'service', 'inspect', '-f', '{{.Spec.Mode.Replicated.Replicas}}', 'web');
		await screen.waitFor(/▸● web .* 8\/8/, patient);
		await cliSays(lab, '8/8', 'service', 'ls', '--filter', 'name=web', '--format', '{{.Replicas}}');
	});

	it('follows its logs, with timestamps on demand', async () => {
		await screen.press('l');
		await screen.waitFor(/4 logs of web +following/);
		await screen.waitFor(/web\.\d@[mw]\d +GET \/\d+ 200/, patient);
		await screen.press('t');
		await screen.waitFor(/\d\d:\d\d:\d\d\.\d{3} +web\.\d@[mw]\d +GET/);
		const newest = rowWith(screen, /GET/);
		await screen.waitFor(() => rowWith(screen, /GET/) !== newest, {what: 'another line'});
		await screen.press('t', 'Escape');
	});

	it('drains w1 after asking, and watches its tasks move', async () => {
		await select(screen, '1', 'w1');
		await screen.waitFor(/3 tasks on w1 [1-9]/);
		await screen.press('d');
		await screen.waitFor('Drain node w1');
		expect(screen.text()).toContain('$ docker node update --availability drain w1');
		await screen.waitFor('[ Cancel ]', patient);
		await screen.press('y');
		await cliSays(lab, 'drain', 'node', 'inspect', '-f', '{{.Spec.Availability}}', 'w1');
		await screen.waitFor(/Drain node w1: no tasks left/, patient);
		await screen.waitFor(/▸. w1 .* 0\/0 .*drained/, patient);
		await cliSays(lab, '', 'node', 'ps', 'w1', '--filter', 'desired-state=running', '-q');
		await screen.waitFor(/● web .* 8\/8|tasks 8\/8/, patient);
	});

	it('activates it again', async () => {
		await screen.press('a');
		await screen.waitFor('Availability of w1');
		await screen.press('a');
		await screen.waitFor('Activate node w1');
		await screen.waitFor('[ Cancel ]', patient);
		await screen.press('y');
		await cliSays(lab, 'active', 'node', 'inspect', '-f', '{{.Spec.Availability}}', 'w1');
		await screen.waitFor(() => !/▸. w1 .* drain/.test(screen.text()), {...patient, what: 'w1 no longer drained'});
	});

	it('promotes w1 until it is reachable, and demotes it', async () => {
		await screen.press('p');
		await screen.waitFor(/Promote w1/);
		await screen.waitFor('[ Cancel ]');
		await screen.press('y');
		await cliSays(lab, /Reachable/, 'node', 'ls', '--filter', 'name=w1', '--format', '{{.ManagerStatus}}');
		await screen.waitFor(/▸● w1 +Reachable/, patient);
		await screen.waitFor(/4 managers, 3 needed/);
		await screen.press('P');
		await screen.waitFor('[ Cancel ]');
		await screen.press('Tab', 'Enter');
		await cliSays(lab, '', 'node', 'ls', '--filter', 'name=w1', '--format', '{{.ManagerStatus}}');
		await screen.waitFor(/▸● w1 +worker/, patient);
		await screen.waitFor('3 managers');
	});

	it('refuses the demotion that would lose the quorum, with the arithmetic', async () => {
		await lab.act('stop', 'm3');
		await screen.waitFor(/2\/3 managers.*m3 (down|unreachable)/, patient);
		await select(screen, '1', 'm2');
		await screen.press('P');
		await screen.waitFor(/\[ Close \]|✗.*quorum/i);
		expect(screen.text()).toMatch(/quorum/i);
		await screen.press('y', 'Escape');
		await cliSays(lab, 'manager', 'node', 'inspect', '-f', '{{.Spec.Role}}', 'm2');
		await lab.act('start', 'm3');
		await screen.waitFor(/nodes 5\/5.* 3 managers, 2 needed, leader m\d, 1 can be lost/, patient);
	});

	it('removes the service after consent, not before', async () => {
		await select(screen, '2', 'web');
		await screen.press('x');
		await screen.waitFor(/Remove (service )?web/);
		await screen.waitFor('[ Cancel ]');
		await screen.press('Enter');
		await screen.waitFor(() => !screen.text().includes('[ Cancel ]'), {what: 'the dialog to close'});
		await cliSays(lab, 'web', 'service', 'ls', '--format', '{{.Name}}');
		await screen.press('ctrl-d');
		await screen.waitFor(/Remove (service )?web/);
		await screen.waitFor('[ Cancel ]');
		await screen.press('Tab', 'Enter');
		await cliSays(lab, '', 'service', 'ls', '-q');
		await screen.press('Escape');
		await screen.waitFor(/no services yet|web is gone/, patient);
	});

	it('changes nothing with --read-only', async () => {
		await lab.docker('m1', 'service', 'create', '-d', '--name', 'kept', 'busybox:lab', 'sleep', '1000');
		await using reader = openDashboard(lab, 'm2', '--read-only');
		await reader.waitFor(/READ-ONLY/, {deadlineMs: 15_000});
		await select(reader, '2', 'kept');
		await reader.press('x');
		await reader.waitFor('Read-only mode');
		await cliSays(lab, 'kept', 'service', 'ls', '--format', '{{.Name}}');
	});

	it('gives the terminal back', async () => {
		await screen.press('ctrl-c');
		expect(await screen.exit).toEqual({code: 0, signal: 0});
		expect(screen.emulator.terminal.buffer.active.type).toBe('normal');
	});
});

describe('an engine that can not be shown: one sentence, the next step, exit 3', () => {
	async function refusal(node: string, command: readonly string[] = []): Promise<string> {
		const program = [...command, process.execPath, 'dist/cli.js', '-H', `unix://${lab.socket(node)}`];
		await using screen = openScreen({
			command: program[0] ?? '',
			args: program.slice(1),
			columns: 200,
			rows: 20,
			// Whoever runs it, the home of whoever runs the tests is none of theirs.
			env: {CI: undefined, HOME: '/', XDG_CONFIG_HOME: undefined, XDG_STATE_HOME: undefined},
		});
		expect(await screen.exit).toEqual({code: 3, signal: 0});
		await screen.waitFor(/swarmtop: /);
		return screen.text().trim();
	}

	it('a worker names the managers', async () => {
		expect(await refusal('w1')).toMatch(/worker.*10\.\d+\.\d+\.\d+/s);
	});

	it('a missing socket', async () => {
		expect(await refusal('nowhere')).toMatch(/no .*socket|no such|There is no/i);
	});

	it('a socket without permission names what to do', async () => {
		const asNobody = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'];
		expect(await refusal('m1', asNobody)).toMatch(/permission|allowed|group|may not open/i);
	});
});

it('an engine outside of any swarm opens the screen that begins one', async () => {
	const stateOf = (): Promise<string> => lab.docker('w2', 'info', '--format', '{{.Swarm.LocalNodeState}}');
	// Not when it is tried again.
	if (!(await stateOf()).startsWith('inactive')) await lab.docker('w2', 'swarm', 'leave');
	await using outside = openDashboard(lab, 'w2');
	await outside.waitFor(/this engine is in no swarm/, patient);
	await outside.waitFor(/Init +start a swarm here/);
	await outside.press('ctrl-c');
	expect(await outside.exit).toEqual({code: 0, signal: 0});
	expect(await stateOf()).toMatch(/^inactive/);
});
