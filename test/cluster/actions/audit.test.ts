import {expect, it} from 'vitest';
import type {Progress} from '../../../source/cluster/intent.ts';
import {auditActions} from '../../../source/cluster/pipeline/audit.ts';
import {toSafeText} from '../../../source/text/safe-text.ts';

const scaling: Progress = {
	id: 1,
	intent: {action: 'service.scale', serviceId: 'web-id', replicas: 6},
	title: toSafeText('Scale web from 3 to 6'),
	command: toSafeText('docker service scale web=6'),
	startedAt: Date.UTC(2026, 10, 21, 12),
	finishedAt: undefined,
	state: 'running',
	detail: toSafeText('4/6'),
	done: 4,
	total: 6,
	undo: undefined,
};

it('writes each action once, when it is over, with the command that does the same', () => {
	let list: readonly Progress[] = [scaling];
	const listeners: (() => void)[] = [];
	const lines: string[] = [];
	const subscribe = (listener: () => void) => {
		listeners.push(listener);
		return () => undefined;
	};
	auditActions({progress: () => list, subscribe}, (line) => lines.push(line));
	const tell = () => {
		for (const listener of listeners) listener();
	};
	tell();
	expect(lines).toEqual([]);
	list = [{...scaling, state: 'done', detail: toSafeText('converged in 3s'), finishedAt: scaling.startedAt + 3000}];
	tell();
	tell();
	expect(lines).toHaveLength(1);
	expect(lines[0]).toMatch(/^\{.*\}\n$/);
	expect(JSON.parse(lines[0] ?? '')).toMatchObject({
		startedAt: '2026-11-21T12:00:00.000Z',
		tookMs: 3000,
		action: 'service.scale',
		object: 'web-id',
		command: 'docker service scale web=6',
		state: 'done',
		detail: 'converged in 3s',
	});
});

it('writes what the engine has taken and nobody watches any more, without an end', () => {
	const unsent: Progress = {...scaling, id: 2, state: 'waiting', detail: toSafeText('waiting')};
	const lines: string[] = [];
	const end = auditActions({progress: () => [unsent, scaling], subscribe: () => () => undefined}, (line) =>
		lines.push(line),
	);
	end();
	expect(lines.map((line) => JSON.parse(line))).toEqual([
		expect.objectContaining({object: 'web-id', state: 'running', detail: '4/6'}),
	]);
	expect(lines[0]).not.toContain('finishedAt');
});
