import {describe, expect, it} from 'vitest';
import {notification} from '../../source/terminal/notification.ts';
import {toSafeText} from '../../source/text/safe-text.ts';
import {type Dashboard, showDashboard} from '../ui/support/dashboard.tsx';

async function ended(shown: Dashboard, state: 'done' | 'failed'): Promise<void> {
	shown.actions.tell({
		intent: {action: 'service.scale', serviceId: 'service-shop_web', replicas: 4},
		title: toSafeText('Scale shop_web'),
		state: 'running',
		detail: toSafeText('3/4'),
	});
	await shown.pass(100);
	shown.actions.tell({title: toSafeText('Scale shop_web'), state, detail: toSafeText('4/4'), finishedAt: 1});
	await shown.pass(100);
}

describe('an action that ends while the terminal is not looked at', () => {
	it('is told once, when it has converged or failed', async () => {
		const shown = await showDashboard();
		shown.screen.handle({type: 'focus', isFocused: false});
		await ended(shown, 'done');
		expect(shown.notices).toEqual(['Scale shop_web: 4/4']);
	});

	it('is not told to who is looking', async () => {
		const shown = await showDashboard();
		await ended(shown, 'failed');
		shown.screen.handle({type: 'focus', isFocused: false});
		shown.screen.handle({type: 'focus', isFocused: true});
		await ended(shown, 'done');
		expect(shown.notices).toEqual([]);
	});
});

describe('what the terminal is sent for it', () => {
	it('is a bell or a notification in its own sequence, and nothing of the text can end it', () => {
		expect(notification('off', 'swarmtop', 'done')).toBe('');
		expect(notification('bell', 'swarmtop', 'done')).toBe('\u0007');
		expect(notification('osc9', 'swarmtop', 'a\u0007b')).toBe('\u001b]9;swarmtop: a b\u0007');
		expect(notification('osc777', 'swarmtop', 'a;b')).toBe('\u001b]777;notify;swarmtop;a b\u0007');
	});
});
