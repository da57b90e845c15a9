import {expect, it} from 'vitest';
import {openDashboard} from '../ui/support/dashboard.tsx';

it('w says why a service is not as desired, node by node, and follows the swarm', async () => {
	const shown = openDashboard({columns: 160, rows: 36});
	await shown.pass(0);
	await shown.press('2', 'w');
	expect(shown.terminal.text()).toMatch(/why \w+/);
	expect(shown.terminal.text()).toMatch(/now +\d+ of \d+ run/);
	expect(shown.terminal.text()).toMatch(/restarts +always, 5s later, without a limit/);
	await shown.press('Escape');
	expect(shown.terminal.text()).not.toMatch(/restarts +always/);
	shown.screen.close();
	await shown.terminal.close();
});
