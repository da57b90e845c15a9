import * as fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {constraintsOf, meetsConstraints, parseConstraints} from '../../../source/swarmkit/scheduler/constraints.ts';
import type {NodeObject} from '../../../source/swarmkit/state/objects.ts';

const node: NodeObject = {
	kind: 'node',
	id: 'abc123',
	version: 1,
	createdAt: 0,
	updatedAt: 0,
	role: 'worker',
	membership: 'accepted',
	// Promoted, but not a manager yet: constraints go by what it is.
	spec: {Labels: {Zone: 'North 1', empty: ''}, Role: 'manager', Availability: 'active'},
	description: {
		Hostname: 'W1',
		Platform: {OS: 'linux', Architecture: 'x86_64'},
		Engine: {Labels: {disk: 'ssd'}},
	},
	status: {State: 'ready', Addr: '10.1.2.3'},
};

describe('constraints', () => {
	it.each([
		['node.id==abc123', true],
		['node.id == ABC123 ', true],
		['node.id!=abc123', false],
		['NODE.HOSTNAME==w1', true],
		['node.role==worker', true],
		['node.role!=manager', true],
		['node.platform.os==Linux', true],
		['node.platform.arch==amd64', false],
		['node.platform.arch==x86_64', true],
		['node.labels.Zone==north 1', true],
		['node.labels.zone==north 1', false],
		['node.labels.zone!=north 1', true],
		['node.labels.none!=x', true],
		['node.labels.none==x', false],
		['node.labels.Zone==north*', false],
		['engine.labels.disk==ssd', true],
		['engine.labels.disk!=ssd', false],
		['node.flavour==sweet', false],
		['node.flavour!=sweet', false],
		['node.ip==10.1.2.3', true],
		['node.ip!=10.1.2.3', false],
		['node.ip==10.1.2.4', false],
		['node.ip==10.1.0.0/16', true],
		['node.ip!=10.1.0.0/16', false],
		['node.ip==10.2.0.0/16', false],
		['node.ip==2001:db8::1', false],
		['node.ip!=2001:db8::1', true],
		['node.ip==ten', false],
		['node.ip!=ten', false],
		['node.ip!=10.1.0.0/99', false],
	])('%s', (expression, expected) => {
		const parsed = parseConstraints([expression]);
		expect(parsed.ok).toBe(true);
		expect(meetsConstraints(constraintsOf([expression]), node)).toBe(expected);
	});

	it('all have to be met', () => {
		expect(meetsConstraints(constraintsOf(['node.id==abc123', 'node.role==worker']), node)).toBe(true);
		expect(meetsConstraints(constraintsOf(['node.id==abc123', 'node.role==manager']), node)).toBe(false);
	});

	it.each([
		['node.role', 'constraint expected one operator from ==, !='],
		['node.role=worker', 'constraint expected one operator from ==, !='],
		['node.role<worker', 'constraint expected one operator from ==, !='],
		['node role==worker', "key 'node role' is invalid"],
		['==worker', "key '' is invalid"],
		['1node==worker', "key '1node' is invalid"],
		['node.role==', "value '' is invalid"],
		['node.role==a,b', "value 'a,b' is invalid"],
		['node.role!=a==b', "key 'node.role!=a' is invalid"],
		['node.role===b', "value '=b' is invalid"],
	])('%s is refused: %s', (expression, error) => {
		expect(parseConstraints(['node.id==x', expression])).toEqual({ok: false, error});
	});

	it('an equality and its negation are never both met, whatever the text', () => {
		fc.assert(
			fc.property(fc.string(), fc.string(), (key, value) => {
				const equal = parseConstraints([`${key}==${value}`]);
				const unequal = parseConstraints([`${key}!=${value}`]);
				if (!equal.ok || !unequal.ok) return;
				expect(meetsConstraints(equal.value, node) && meetsConstraints(unequal.value, node)).toBe(false);
			}),
		);
	});
});
