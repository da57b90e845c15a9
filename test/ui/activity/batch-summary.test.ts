import {describe, expect, it} from 'vitest';
import type {Intent, Progress} from '../../../source/cluster/intent.ts';
import {toSafeText} from '../../../source/text/safe-text.ts';
import {summarizeBatch} from '../../../source/ui/activity/batch-summary.ts';

const demoted: Intent = {action: 'node.role', nodeId: 'm3', role: 'worker'};
const promoted: Intent = {action: 'node.role', nodeId: 'm3', role: 'manager'};
const removed: Intent = {action: 'node.remove', nodeId: 'm3', force: false};

const entry = (id: number, intent: Intent, state: Progress['state'], undo?: Intent): Progress => ({
	id,
	intent,
	title: toSafeText('x'),
	command: toSafeText('docker x'),
	startedAt: 1,
	finishedAt: 2,
	state,
	detail: toSafeText(''),
	done: 1,
	total: 1,
	undo,
	batch: {id: 9, title: toSafeText('Remove manager m3'), verb: 'Remove', stage: id},
});

describe('what takes back a batch', () => {
	it('is nothing for an object that the same batch has removed', () => {
		expect(summarizeBatch([entry(2, removed, 'done'), entry(1, demoted, 'done', promoted)]).undo).toBeUndefined();
	});

	it('is what was done to an object that is still there', () => {
		const {undo} = summarizeBatch([entry(2, removed, 'failed'), entry(1, demoted, 'done', promoted)]);
		expect(undo).toMatchObject({stages: [[promoted]]});
	});
});
