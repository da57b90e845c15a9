import {afterEach, describe, expect, it} from 'vitest';
import {toSafeText} from '../../source/text/safe-text.ts';
import {type Dashboard, type DashboardOptions, openDashboard} from '../ui/support/dashboard.tsx';
import {cluster, shop} from '../ui/support/entities.ts';

const open: Dashboard[] = [];

async function dashboard(options: DashboardOptions = {}): Promise<Dashboard> {
	const opened = openDashboard({columns: 80, rows: 24, ...options});
	open.push(opened);
	await opened.pass(0);
	return opened;
}

afterEach(async () => {
	for (const {terminal, screen} of open.splice(0)) {
		screen.close();
		await terminal.close();
	}
});

const title = toSafeText('Restart 2 services');
const batch = {id: 90, title, verb: 'Restart', stage: 0};
const restart = (name: string) => ({action: 'service.restart', serviceId: `service-${name}`}) as const;

describe('the activity', () => {
	it('shows a bar and the time for each action, and all that the selected one says', async () => {
		const shown = await dashboard();
		shown.actions.tell({
			intent: restart('shop_web'),
			title: toSafeText('Restart every task of shop_web'),
			state: 'stuck',
			done: 1,
			total: 3,
			detail: toSafeText('updating 1/3: shop_web.2 No such image: shop/web:9'),
			command: toSafeText('docker service update --force shop_web'),
		});
		await shown.pass(12_000);
		await shown.press('A', 'j');
		const {terminal} = shown;
		expect(terminal.text()).toMatch(/▸! Restart every task of shop_web +███░░░░░░░ 1\/3 +12s/);
		expect(terminal.text()).toContain('updating 1/3: shop_web.2 No such image: shop/web:9');
		await shown.pass(3000);
		expect(terminal.text()).toMatch(/1\/3 +15s/);
		await shown.press('c');
		expect(shown.copies).toEqual(['docker service update --force shop_web']);
	});

	it('goes on with what a failure in the middle has left undone', async () => {
		const shown = await dashboard();
		shown.actions.tell({intent: restart('shop_api'), batch, state: 'failed', detail: toSafeText('no leader')});
		shown.actions.tell({intent: restart('shop_web'), batch, state: 'held', detail: toSafeText('not done')});
		await shown.pass(100);
		expect(shown.terminal.row(-2)).toContain('Restart 2 services: 0 of 2 done, 1 failed, 1 not done (A shows them');
		await shown.press('A');
		expect(shown.terminal.text()).toContain('r continues with the rest');
		shown.actions.answer = {consent: {kind: 'dialog'}};
		await shown.press('r', 'y');
		expect(shown.actions.acted).toMatchObject([
			{action: 'batch', stages: [[restart('shop_api'), restart('shop_web')]]},
		]);
	});

	it('continues an update that has paused, or rolls it back', async () => {
		const {services = [], ...rest} = shop();
		const update = {
			state: 'paused',
			message: toSafeText('update paused due to failure or early termination of task abc'),
			startedAt: undefined,
			completedAt: undefined,
		} as const;
		const paused = services.map((each) =>
			each.name === 'shop_api' ? {...each, update, hasPreviousSpec: true} : {...each, update: undefined},
		);
		const shown = await dashboard({state: cluster({...rest, services: paused})});
		await shown.press('A');
		expect(shown.terminal.text()).toContain('shop_api has an update that is paused');
		expect(shown.terminal.text()).toContain('update paused due to failure or early termination of task abc');
		await shown.press('C', 'b');
		expect(shown.actions.acted).toEqual([
			{action: 'service.continue', serviceId: 'service-shop_api'},
			{action: 'service.rollback', serviceId: 'service-shop_api'},
		]);
	});

	it('leads to the object of an action', async () => {
		const shown = await dashboard();
		shown.actions.tell({intent: restart('shop_web')});
		await shown.press('A', 'j', 'enter');
		expect(shown.terminal.text()).toMatch(/▸. shop_web/);
	});
});
