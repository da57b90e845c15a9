import {expect, it, vi} from 'vitest';
import {openLiveDashboard} from '../ui/support/live-dashboard.tsx';

/** Networks, secrets, configs and volumes are removed from their lists, on a simulated swarm. */

const fixture = `
nodes: [{prefix: m, count: 1, role: manager}]
services:
  web: {image: "nginx:1.27", deploy: {replicas: 1}}
`;
const slow = {deadlineMs: 15_000};
const patient = {timeout: 15_000, interval: 50};

it('removes a config and undoes it; refuses a secret that is in use', async () => {
	await using live = await openLiveDashboard(fixture);
	const engine = live.other('m1');
	const data = Buffer.from('hello').toString('base64');
	expect(await engine.createConfig({Name: 'web.conf', Labels: {}, Data: data})).toMatchObject({ok: true});
	const pw = await engine.createSecret({Name: 'pw', Labels: {}, Data: data});
	const [web] = await listed(engine.services());
	if (!pw.ok || !web) throw new Error('no secret, or no service');
	const {ContainerSpec, ...template} = web.Spec.TaskTemplate;
	const Secrets = [{SecretID: pw.value.ID, SecretName: 'pw', File: {Name: 'pw', UID: '0', GID: '0', Mode: 0o444}}];
	const spec = {...web.Spec, TaskTemplate: {...template, ContainerSpec: {...ContainerSpec, Secrets}}};
	expect(await engine.updateService(web.ID, web.Version.Index, spec)).toMatchObject({ok: true});

	await live.press(':', ...'configs', 'enter');
	await live.terminal.waitFor('web.conf', slow);
	await live.press('x');
	await live.terminal.waitFor('Remove config web.conf', slow);
	await live.terminal.waitFor('docker config rm web.conf', slow);
	await live.terminal.waitFor('[ Cancel ]', slow);
	await live.press('y');
	await vi.waitFor(async () => expect(await listed(engine.configs())).toEqual([]), patient);
	await live.terminal.waitFor((screen) => !/web\.conf +\d/.test(screen.text()), slow);
	await live.press('U');
	await live.terminal.waitFor('Create config web.conf', slow);
	await live.terminal.waitFor('[ Cancel ]', slow);
	await live.press('y');
	await vi.waitFor(async () => {
		const [config] = await listed(engine.configs());
		expect(config?.Spec).toMatchObject({Name: 'web.conf', Data: data});
	}, patient);

	await live.press(':', ...'secrets', 'enter');
	await live.terminal.waitFor('pw', slow);
	await live.press('x');
	await live.terminal.waitFor('The secret pw is in use by web', slow);
});

async function listed<T>(answer: Promise<{ok: true; value: T[]} | {ok: false; error: unknown}>): Promise<T[]> {
	const known = await answer;
	if (!known.ok) throw known.error;
	return known.value;
}
