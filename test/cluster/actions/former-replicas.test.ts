import {expect, it} from 'vitest';
import {formerReplicas} from '../../../source/cluster/actions/service-scale.ts';
import type {Progress} from '../../../source/cluster/intent.ts';
import {toSafeText} from '../../../source/text/safe-text.ts';
import {service} from '../../ui/support/entities.ts';

const stopped = service('web', {replicas: 0});
const withPrevious = (replicas: number) => ({
	...stopped,
	raw: {...stopped.raw, PreviousSpec: {...stopped.raw.Spec, Mode: {Replicated: {Replicas: replicas}}}},
});
const scaledDown = (replicas: number): Progress => ({
	id: 1,
	intent: {action: 'service.scale', serviceId: stopped.id, replicas: 0},
	title: toSafeText(''),
	command: toSafeText(''),
	startedAt: 0,
	finishedAt: 1,
	state: 'done',
	detail: toSafeText(''),
	done: 0,
	total: 0,
	undo: {action: 'service.scale', serviceId: stopped.id, replicas},
});

it('takes the former replicas from the settings before the last update, else from what was done here', () => {
	expect(formerReplicas(withPrevious(5), [])).toBe(5);
	expect(formerReplicas(withPrevious(0), [scaledDown(4)])).toBe(4);
	expect(formerReplicas(stopped, [])).toBeUndefined();
});
