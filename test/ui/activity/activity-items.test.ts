import {describe, expect, it} from 'vitest';
import type {Progress} from '../../../source/cluster/intent.ts';
import {toSafeText} from '../../../source/text/safe-text.ts';
import {activityItems} from '../../../source/ui/activity/activity-items.ts';
import {cluster, service} from '../support/entities.ts';

const done: Progress = {
	id: 1,
	intent: {action: 'service.scale', serviceId: 'service-web', replicas: 6},
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

const batch = {id: 10, title: toSafeText('Restart 3 services'), verb: 'Restart', stage: 0};

function part(id: number, state: Progress['state']): Progress {
	const serviceId = `service-${id}`;
	return {
		...done,
		id,
		state,
		batch,
		intent: {action: 'service.restart', serviceId},
		title: toSafeText(`Restart ${id}`),
	};
}

describe('what the activity lists', () => {
	it('is each action with what it says and what docker would be told', () => {
		expect(activityItems([done], cluster({}))).toMatchObject([
			{
				title: 'Scale web from 3 to 6',
				state: 'done',
				details: ['converged in 3s'],
				command: 'docker service scale web=6',
			},
		]);
	});

	it('is a batch with a heading that counts, and with what is left of it to do', () => {
		const [heading, ...parts] = activityItems([part(13, 'held'), part(12, 'failed'), part(11, 'done')], cluster({}));
		expect(heading).toMatchObject({title: 'Restart 3 services', state: 'failed', done: 1, total: 3, isPart: false});
		expect(heading?.details).toEqual(['1 of 3 done, 1 failed, 1 not done']);
		expect(heading?.batch?.rest).toMatchObject({
			title: 'Restart 3 services: the 2 actions left',
			stages: [
				[
					{action: 'service.restart', serviceId: 'service-12'},
					{action: 'service.restart', serviceId: 'service-13'},
				],
			],
		});
		expect(parts.map(({isPart}) => isPart)).toEqual([true, true, true]);
	});

	it('has nothing left while a batch is under way', () => {
		const [heading] = activityItems([part(12, 'waiting'), part(11, 'failed')], cluster({}));
		expect(heading?.batch?.rest).toBeUndefined();
	});

	it('begins with the updates of others, and says which wait for an answer and why', () => {
		const update = {
			state: 'paused',
			message: toSafeText('task x failed'),
			startedAt: 500,
			completedAt: undefined,
		} as const;
		const state = cluster({services: [service('api', {update}), service('web')]});
		expect(activityItems([done], state)[0]).toMatchObject({
			title: 'api has an update that is paused',
			state: 'stuck',
			details: ['task x failed'],
			troubled: {name: 'api'},
		});
	});
});
