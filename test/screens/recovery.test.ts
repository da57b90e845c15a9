import {afterEach, describe, expect, it} from 'vitest';
import {type Dashboard, openDashboard} from '../ui/support/dashboard.tsx';
import {cluster, leader, node, service, task} from '../ui/support/entities.ts';

const open: Dashboard[] = [];

afterEach(async () => {
	for (const {terminal, screen} of open.splice(0)) {
		screen.close();
		await terminal.close();
	}
});

async function dashboard(services: ReturnType<typeof service>[], tasks: ReturnType<typeof task>[] = []) {
	const nodes = [node('m1', {manager: leader}), node('w1')];
	const opened = openDashboard({columns: 80, rows: 24, state: cluster({nodes, services, tasks})});
	open.push(opened);
	await opened.pass(0);
	return opened;
}

describe('bringing services back', () => {
	it('resumes one that was scaled to 0 with what it had, and asks where nobody knows', async () => {
		const stopped = service('web', {replicas: 0});
		const previous = {...stopped.raw.Spec, Mode: {Replicated: {Replicas: 5}}};
		const known = await dashboard([{...stopped, raw: {...stopped.raw, PreviousSpec: previous}}]);
		await known.press('R', 'y');
		expect(known.actions.acted).toEqual([{action: 'service.scale', serviceId: stopped.id, replicas: 5}]);
		const unknown = await dashboard([stopped]);
		await unknown.press('R');
		expect(unknown.terminal.text()).toContain('Replicas of web');
	});

	it('says why there is nothing to resume or to continue', async () => {
		const shown = await dashboard([service('web')]);
		await shown.press('R');
		expect(shown.terminal.row(-2)).toContain('web is not scaled to 0');
		await shown.press('C');
		expect(shown.terminal.row(-2)).toContain('web has no paused update');
	});

	it('rebalances only what is skewed', async () => {
		const skewed = [1, 2, 3].map((slot) => task('web', slot, 'm1'));
		const even = [task('api', 1, 'm1'), task('api', 2, 'w1')];
		const shown = await dashboard([service('web'), service('api', {replicas: 2})], [...skewed, ...even]);
		shown.actions.answer = {consent: {kind: 'dialog'}};
		await shown.press('B', 'y');
		expect(shown.actions.acted).toMatchObject([
			{
				action: 'batch',
				title: 'Rebalance 1 service',
				stages: [[{action: 'service.restart', serviceId: 'service-web'}]],
			},
		]);
	});
});
