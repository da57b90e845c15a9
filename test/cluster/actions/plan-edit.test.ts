import {describe, expect, it} from 'vitest';
import type {Change} from '../../../source/cluster/edit/changes.ts';
import type {PlanDiffLine} from '../../../source/cluster/intent.ts';
import {planFor} from '../../../source/cluster/pipeline/plan.ts';
import type {Service} from '../../../source/wire/service.ts';
import {clusterFrom} from '../../support/cluster-state.ts';
import {fakeNode, fakeService, fakeTask} from '../sync/fake-client.ts';

const now = 1_760_000_000_000;

function planOf(changes: readonly Change[], service: Service = fakeService(0, 2)) {
	const state = clusterFrom({nodes: [fakeNode(0, true)], services: [service], tasks: [fakeTask(0, 1, 0)], now});
	return planFor({action: 'service.edit', serviceId: service.ID, changes}, state, {isReadOnly: false});
}

const signs = {same: ' ', removed: '-', added: '+'} as const;
const shown = (diff: readonly PlanDiffLine[] | undefined): string[] =>
	(diff ?? []).map((line) => {
		if (line.kind === 'heading') return `# ${line.text}`;
		return line.kind === 'skipped' ? '…' : `${signs[line.kind]} ${line.text.trim()}`;
	});

const label: Change = {path: ['Labels', 'tier'], from: undefined, to: 'front'};

describe('the plan of an edit', () => {
	it('shows what changes in the spec, and can be taken back', () => {
		const plan = planOf([label]);
		expect(plan.title).toBe('Change the labels of service web0');
		expect(shown(plan.diff).filter((line) => /^[-+]/.test(line))).toContain('+ tier: front');
		expect(plan.consent).toEqual({kind: 'dialog'});
		expect(plan.undo).toMatchObject({changes: [{path: ['Labels', 'tier'], from: 'front', to: undefined}]});
		expect(plan.lines).toEqual([]);
	});

	it('of what replaces tasks says how, by the new settings', () => {
		const changes: Change[] = [
			{path: ['TaskTemplate', 'ContainerSpec', 'Env'], from: undefined, to: ['A=1']},
			{path: ['UpdateConfig'], from: undefined, to: {Parallelism: 1, Order: 'start-first'}},
		];
		const plan = planOf(changes);
		expect(plan.title).toBe('Change 2 settings of service web0');
		expect(plan.lines.map(({text}) => text).join()).toContain('1 at a time; the new one starts first');
	});

	it('shows both sides where someone else was faster', () => {
		const service = fakeService(0, 2);
		service.Spec = {...service.Spec, Labels: {tier: 'theirs'}};
		const plan = planOf([label], service);
		expect(plan.lines[0]).toMatchObject({tone: 'danger', text: expect.stringContaining('Someone else changed')});
		const lines = shown(plan.diff).filter((line) => /^[-+#]/.test(line));
		expect(lines.indexOf('# theirs, since you looked')).toBeLessThan(lines.indexOf('+ tier: theirs'));
		expect(lines.slice(lines.indexOf('# yours'))).toEqual(['# yours', '- tier: theirs', '+ tier: front']);
	});

	it('keeps what somebody else changed elsewhere', () => {
		const service = fakeService(0, 2);
		service.Spec = {...service.Spec, Labels: {owner: 'ops'}};
		const plan = planOf([label], service);
		expect(plan.lines).toEqual([]);
		expect(shown(plan.diff)).not.toContain('- owner: ops');
	});

	it('refuses what is so already', () => {
		const service = fakeService(0, 2);
		service.Spec = {...service.Spec, Labels: {tier: 'front'}};
		expect(planOf([label], service).refusal).toContain('already has these settings');
	});
});

describe('the plan of a rollback', () => {
	it('shows what it restores', () => {
		const service = fakeService(0, 2);
		const before = {...service.Spec, Labels: {release: '1'}};
		const plan = planFor(
			{action: 'service.rollback', serviceId: service.ID},
			clusterFrom({
				nodes: [fakeNode(0, true)],
				services: [{...service, Spec: {...service.Spec, Labels: {release: '2'}}, PreviousSpec: before}],
				tasks: [],
				now,
			}),
			{isReadOnly: false},
		);
		expect(shown(plan.diff).filter((line) => /^[-+]/.test(line))).toEqual(['- release: "2"', '+ release: "1"']);
	});

	it('says what the engine would drop of it', () => {
		const change: Change = {path: ['TaskTemplate', 'Resources', 'SwapBytes'], from: undefined, to: 100};
		expect(planOf([change]).lines).toContainEqual({
			tone: 'warning',
			text: 'This engine ignores Resources.SwapBytes: that needs API 1.52, and the engine speaks 1.51.',
		});
		const newer: Change = {path: ['TaskTemplate', 'ContainerSpec', 'Init'], from: undefined, to: true};
		expect(
			planOf([newer])
				.lines.map(({text}) => text)
				.join(),
		).not.toContain('drops');
	});

	it('does not speak of what the engine would drop where the edit leaves it alone', () => {
		const service = fakeService(0, 2);
		const {TaskTemplate} = service.Spec;
		service.Spec = {...service.Spec, TaskTemplate: {...TaskTemplate, Resources: {SwapBytes: 100, MemorySwappiness: 5}}};
		expect(planOf([label], service).lines).toEqual([]);
		const change: Change = {path: ['TaskTemplate', 'Resources', 'SwapBytes'], from: 100, to: 200};
		const words = planOf([change], service).lines.map(({text}) => text);
		expect(words.join()).toContain('ignores Resources.SwapBytes');
		expect(words.join()).not.toContain('MemorySwappiness');
		const away: Change = {path: ['TaskTemplate', 'Resources', 'SwapBytes'], from: 100, to: undefined};
		const cleared = planOf([away], service).lines.map(({text}) => text);
		expect(cleared.join()).not.toContain('drops');
	});

	it('does not speak of it where a service is scaled or gets another image', () => {
		const service = fakeService(0, 2);
		service.Spec.TaskTemplate.Resources = {SwapBytes: 100};
		const state = clusterFrom({nodes: [fakeNode(0, true)], services: [service], tasks: [], now});
		for (const intent of [
			{action: 'service.scale', serviceId: service.ID, replicas: 5},
			{action: 'service.image', serviceId: service.ID, image: 'nginx:2'},
			{action: 'service.restart', serviceId: service.ID},
		] as const) {
			const words = planFor(intent, state, {isReadOnly: false}).lines.map(({text}) => text);
			expect(words.join()).not.toContain('drops');
		}
	});
});
