import {expect, it} from 'vitest';
import {showDashboard} from '../support/dashboard.tsx';
import {leader, node, service} from '../support/entities.ts';

const withRunning = (running: number) =>
	showDashboard({
		swarm: {
			nodes: [node('m1', {manager: leader})],
			services: [service('web', {counts: {running, desired: 2, completed: 0}})],
		},
	});

it('S says that the tasks are still being read, not that there are none', async () => {
	const shown = await withRunning(2);
	await shown.press('2', 'S');
	expect(shown.terminal.text()).toContain('The tasks of web are still being read; try again in a moment.');
});

it('S says of a service without a running task that it has none', async () => {
	const shown = await withRunning(0);
	await shown.press('2', 'S');
	expect(shown.terminal.text()).not.toContain('still being read');
});
