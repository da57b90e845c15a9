import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {openScreen} from '../screens/support/pty-screen.ts';
import {type Lab, startLab} from './support/lab.ts';

/**
 * A manager is stopped and three services are broken, each in its own way: whoever opens the dashboard then sees every
 * trouble with its cause, in words, before any key is pressed.
 */

let lab: Lab;

const create = (name: string, ...rest: readonly string[]): Promise<string> =>
	lab.docker('m1', 'service', 'create', '-d', '--name', name, ...rest);

beforeAll(async () => {
	lab = await startLab('lab-look', 3, 2);
	for (const name of ['api', 'cache', 'web']) await create(name, '--replicas', '2', 'busybox:lab', 'sleep', '100000');
	await create('crasher', '--restart-delay', '1s', 'busybox:lab', 'sh', '-c', 'echo no database; exit 3');
	await create('needs-gpu', '--constraint', 'node.labels.gpu == a100', 'busybox:lab', 'sleep', '100000');
	await create('no-image', '--no-resolve-image', '--restart-delay', '5s', 'busybox:missing', 'sleep', '100000');
	await lab.act('stop', 'm3');
});
afterAll(async () => {
	await lab?.down();
});

describe.each([
	[80, 24],
	[120, 40],
	[200, 50],
])('the first look at %ix%i', (columns, rows) => {
	it('shows each trouble with its cause, without a key', async () => {
		await using screen = openScreen({
			command: process.execPath,
			args: ['dist/cli.js', '-H', `unix://${lab.socket('m1')}`],
			columns,
			rows,
			env: {CI: undefined},
		});
		const patient = {deadlineMs: 60_000};
		await screen.waitFor(/✗ crasher .*\d\/1 .*\d+ restarts in \d\w+, last exit/, patient);
		await screen.waitFor(/✗ needs-gpu .*0\/1 .*no node has label gpu/, patient);
		await screen.waitFor(/✗ no-image .*0\/1 .*No such image/, patient);
		await screen.waitFor(/✗ m3 .*(down|unreachable)/i, patient);
		expect(screen.row(0)).toMatch(/✗ 3 services.*0 can be lost|0 can be lost.*✗ 3 services/);
	});
});
