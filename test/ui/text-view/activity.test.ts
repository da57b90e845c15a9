import {expect, it} from 'vitest';
import type {Progress} from '../../../source/cluster/intent.ts';
import {toSafeText} from '../../../source/text/safe-text.ts';
import {activityDocument} from '../../../source/ui/text-view/activity.ts';

const done: Progress = {
	id: 1,
	intent: {action: 'service.scale', serviceId: 'web', replicas: 6},
	title: toSafeText('Scale web from 3 to 6'),
	command: toSafeText('docker service scale web=6'),
	startedAt: 1000,
	finishedAt: 4000,
	state: 'done',
	detail: toSafeText('converged in 3s'),
	done: 6,
	total: 6,
	undo: undefined,
};

it('lists actions with state, time and command; c takes the command on top', () => {
	const running: Progress = {
		...done,
		id: 2,
		title: toSafeText('Drain node w1'),
		command: toSafeText('docker node update --availability drain w1'),
		finishedAt: undefined,
		state: 'running',
		detail: toSafeText('2 tasks still there'),
	};
	const document = activityDocument([running, done], 80);
	expect(document.lines).toEqual([
		'◐ Drain node w1: running',
		'  2 tasks still there',
		'  $ docker node update --availability drain w1',
		'✓ Scale web from 3 to 6: done after 3s',
		'  converged in 3s',
		'  $ docker service scale web=6',
	]);
	expect(document.copyAt?.(0)).toBe('docker node update --availability drain w1');
	expect(document.copyAt?.(3)).toBe('docker service scale web=6');
	expect(activityDocument([], 80).copyAt?.(0)).toBeUndefined();
});
