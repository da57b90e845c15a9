import {beforeEach, expect, it, vi} from 'vitest';
import {footerLine} from '../../source/ui/footer/footer-line.ts';
import {headerLine} from '../../source/ui/header/header-line.ts';
import {logTitle} from '../../source/ui/logs/log-title.ts';
import {listTitle} from '../../source/ui/table/list-title.ts';
import {showDashboard} from '../ui/support/dashboard.tsx';
import {cluster, shop} from '../ui/support/entities.ts';

vi.mock('../../source/ui/header/header-line.ts', {spy: true});
vi.mock('../../source/ui/footer/footer-line.ts', {spy: true});
vi.mock('../../source/ui/table/list-title.ts', {spy: true});
vi.mock('../../source/ui/logs/log-title.ts', {spy: true});

beforeEach(() => {
	vi.clearAllMocks();
});

/** How often each part of the screen was drawn. */
function draws() {
	const count = (part: unknown): number => vi.mocked(part as () => void).mock.calls.length;
	return {header: count(headerLine), lists: count(listTitle), logs: count(logTitle), footer: count(footerLine)};
}

it('a log line draws the logs again and nothing else', async () => {
	const dashboard = await showDashboard();
	await dashboard.pass(1000);
	await dashboard.press('4');
	vi.clearAllMocks();
	dashboard.feed.last?.say('shop_web.1@m1', 'GET / 200');
	await dashboard.pass(100);
	await dashboard.terminal.waitFor('GET / 200');
	expect(draws()).toEqual({header: 0, lists: 0, logs: 1, footer: 0});
});

it('a key in a list draws neither header nor footer again', async () => {
	const dashboard = await showDashboard();
	await dashboard.pass(1000);
	await dashboard.press('3');
	vi.clearAllMocks();
	await dashboard.press('j');
	expect(draws()).toMatchObject({header: 0, lists: 1, footer: 0});
});

it('a cluster that looks the same is no frame', async () => {
	const swarm = shop();
	const dashboard = await showDashboard({swarm});
	await dashboard.pass(1000);
	const {frames} = dashboard.terminal;
	const state = cluster(swarm);
	await dashboard.become({...state, revision: state.revision + 1});
	expect(dashboard.terminal.frames).toBe(frames);
	await dashboard.press('j');
	expect(dashboard.terminal.frames).toBe(frames + 1);
});
