import {describe, expect, it} from 'vitest';
import {emptyInventory} from '../../../source/cluster/model.ts';
import {serviceDetails} from '../../../source/ui/kinds/services/details.ts';
import {service} from '../support/entities.ts';

describe("a service's details", () => {
	const web = service('web', {replicas: 3});
	const spec = {
		...web.raw.Spec,
		Labels: {team: 'shop', evil: '\u001b[31m'},
		TaskTemplate: {
			ContainerSpec: {Image: 'nginx', Args: ['-g', 'daemon off;'], StopGracePeriod: 30e9, Env: ['A=1']},
			Networks: [{Target: 'n1', Aliases: ['www']}, {Target: 'n2'}],
			RestartPolicy: {Condition: 'on-failure' as const, Delay: 2e9, MaxAttempts: 3},
			Placement: {
				Constraints: ['node.role==worker'],
				Preferences: [{Spread: {SpreadDescriptor: 'node.labels.zone'}}],
				MaxReplicas: 2,
			},
		},
		UpdateConfig: {
			Parallelism: 2,
			Delay: 10e9,
			MaxFailureRatio: 0.25,
			Order: 'start-first' as const,
			FailureAction: 'rollback' as const,
		},
	};
	const detailed = {...web, raw: {...web.raw, Spec: spec}};

	it('say how it is placed, updated, restarted and reached', () => {
		const shown = serviceDetails(detailed, {inventory: emptyInventory}).filter(([, value]) => value !== '');
		const text = shown.map(([label, value]) => `${label}: ${value}`);
		expect(text).toContain('command: -g daemon off;');
		expect(text).toContain('placement: node.role==worker');
		expect(text).toContain('spread over: node.labels.zone');
		expect(text).toContain('on a node: at most 2');
		expect(text).toContain(
			'updates: 2 at a time, 10s apart, the new task starts first; on failure of more than 25 % within 5s: rollback',
		);
		expect(text).toContain('restarts: after a failure, 2s later, 3 attempts');
		expect(text).toContain('grace: 30s');
		expect(text).toContain('network: n1 as www');
		expect(text).toContain('label: team=shop');
		expect(text).toContain(': evil=␛[31m');
	});

	it('name its networks once they are known', () => {
		const networks = [{Id: 'n1', Name: 'front'}] as unknown as NonNullable<typeof emptyInventory.networks>;
		const shown = serviceDetails(detailed, {inventory: {...emptyInventory, networks}});
		expect(shown).toContainEqual(['network', 'front as www']);
	});
});
