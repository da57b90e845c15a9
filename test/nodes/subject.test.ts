import {describe, expect, it} from 'vitest';
import {engineOf, type NodeSubject, ruleFor} from '../../source/nodes/subject.ts';

const w1: NodeSubject = {id: 'n4', hostname: 'w1', address: '10.0.0.5', labels: [['rack', 'r7']]};

describe('the ways that the configuration names', () => {
	it('take the first rule that fits the name, the address or the ID', () => {
		const rules = [
			{match: 'm*', engine: 'tcp://{hostname}:2376'},
			{match: '10.0.0.?', engine: 'ssh://ops@{address}'},
			{match: '*', engine: 'unix:///{hostname}.sock'},
		];
		expect(ruleFor(rules, w1)?.engine).toBe('ssh://ops@{address}');
		expect(ruleFor(rules, {...w1, hostname: 'M1'})?.engine).toBe('tcp://{hostname}:2376');
		expect(ruleFor(rules.slice(0, 2), {...w1, address: '10.1.0.55'})).toBeUndefined();
	});

	it('are filled in with what the node has', () => {
		const fill = (engine: string, node = w1) => engineOf({match: '*', engine}, node);
		expect(fill('ssh://ops@{address}')).toEqual({engine: 'ssh://ops@10.0.0.5'});
		expect(fill('tcp://{hostname}.{label.rack}.lan:2376')).toEqual({engine: 'tcp://w1.r7.lan:2376'});
		expect(fill('ssh://{address}', {...w1, address: 'fd00::5'})).toEqual({engine: 'ssh://[fd00::5]'});
		expect(fill('tcp://{label.dc}:2376')).toEqual({missing: 'label.dc'});
	});
});
