import {expect, it} from 'vitest';
import {openDashboard} from '../support/dashboard.tsx';
import {cluster, shop} from '../support/entities.ts';

it('tells nobody of a state that looks the same', async () => {
	const swarm = shop();
	const dashboard = openDashboard({swarm});
	await dashboard.pass(1000);
	let frames = 0;
	dashboard.screen.subscribe(() => frames++);
	const state = cluster(swarm);
	await dashboard.become({...state, revision: state.revision + 1});
	expect(frames).toBe(0);
	await dashboard.press('j');
	expect(frames).toBeGreaterThan(0);
});
