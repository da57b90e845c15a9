import {describe, expect, it} from 'vitest';
import type {Intent} from '../../../source/cluster/intent.ts';
import {failed, ok, type Result} from '../../../source/runtime/result.ts';
import {type SafeText, toSafeText} from '../../../source/text/safe-text.ts';
import {type Dashboard, openDashboard} from '../support/dashboard.tsx';

/** A dashboard whose registry answers when the test lets it, with u pressed and the image sent off. */
async function askForImage(): Promise<{
	dashboard: Dashboard;
	answer: (found: Result<Intent, SafeText>) => void;
	intent: Intent;
}> {
	const dashboard = openDashboard();
	const registry = Promise.withResolvers<Result<Intent, SafeText>>();
	let intent: Intent | undefined;
	dashboard.actions.preparations = {
		...dashboard.actions.preparations,
		image(service, image) {
			intent = {action: 'service.image', serviceId: service.id, image};
			return registry.promise;
		},
	};
	await dashboard.press('2', 'u', 'x', 'Enter');
	if (!intent) throw new Error('nobody was asked');
	return {dashboard, answer: registry.resolve, intent};
}

describe('a prompt whose answer takes a while', () => {
	it('says what it waits for, takes no keys, and asks for consent once it knows', async () => {
		const {dashboard, answer, intent} = await askForImage();
		expect(dashboard.terminal.text()).toContain('asking the registry; Esc gives up');
		await dashboard.press('y', 'Enter');
		answer(ok(intent));
		await dashboard.pass(100);
		expect(dashboard.actions.acted).toEqual([intent]);
	});

	it('is given up with Esc: what comes later is not heard', async () => {
		const {dashboard, answer, intent} = await askForImage();
		await dashboard.press('Escape');
		answer(ok(intent));
		await dashboard.pass(100);
		expect(dashboard.actions.acted).toEqual([]);
		expect(dashboard.terminal.text()).not.toContain('asking the registry');
	});

	it('says what is wrong to the end, wherever that is', async () => {
		const {dashboard, answer} = await askForImage();
		const long = Array.from({length: 60}, (_, index) => `word${index}`).join(' ');
		answer(failed(toSafeText(long)));
		await dashboard.pass(100);
		expect(dashboard.terminal.text()).toContain('word59');
		await dashboard.press('Escape');
		expect(dashboard.terminal.text()).toContain('word0 ');
		expect(dashboard.terminal.text()).toContain('Image of');
	});
});
