import {expect, it} from 'vitest';
import {allowing} from '../support/engine-proxy.ts';
import {openLiveDashboard} from '../ui/support/live-dashboard.tsx';

/** The screen behind a proxy that lets only a part of the API through, on a simulated swarm. */

const fixture = `
nodes: [{prefix: m, count: 3, role: manager}]
secrets: {password: x}
services:
  web: {image: "nginx:1.27", deploy: {replicas: 3}}
`;
const slow = {deadlineMs: 15_000};

it('shows the swarm without /info and /events, and says in each view what is forbidden', async () => {
	await using live = await openLiveDashboard(fixture, 1, allowing(['_ping', 'nodes', 'services', 'tasks', 'networks']));
	await live.terminal.waitFor(/web .* 3\/3/, slow);
	for (const [key, list] of [
		['7', 'SECRETS'],
		['8', 'CONFIGS'],
		['9', 'VOLUMES'],
	] as const) {
		await live.press(key);
		const screen = await live.terminal.waitFor(`docker-socket-proxy: ${list}=1`, slow).then(() => live.terminal.text());
		expect(screen).toContain(`forbids GET /${list.toLowerCase()}: 403 Forbidden.`);
		expect(screen).not.toContain('reading the');
	}
	await live.press('escape', '6');
	await live.terminal.waitFor('ingress', slow);
});

it('a change is refused by the proxy, in its words', async () => {
	await using live = await openLiveDashboard(
		fixture,
		1,
		allowing(['_ping', 'info', 'events', 'nodes', 'services', 'tasks']),
	);
	await live.terminal.waitFor(/web .* 3\/3/, slow);
	await live.press('2', '+');
	await live.terminal.waitFor(/The proxy refused the change: 403 Forbidden/, slow);
	const answer = await live.other('m2').services();
	expect(answer.ok && answer.value[0]?.Spec.Mode).toEqual({Replicated: {Replicas: 3}});
});
