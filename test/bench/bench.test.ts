import {readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {expect, it} from 'vitest';
import {judge, toTable, unmeasured} from './bench.ts';

it('holds a measurement against its budget', () => {
	expect(judge({budget: 'terminal.changedCell', value: 40}).isKept).toBe(true);
	expect(judge({budget: 'terminal.changedCell', value: 41}).isKept).toBe(false);
});

it('prints what, value, budget and verdict', () => {
	const verdicts = [
		judge({budget: 'terminal.changedCell', value: 12, note: 'median'}),
		judge({budget: 'idle.cpu', value: 1.234}),
	];
	expect(toTable(verdicts).split('\n')).toEqual([
		'                measured        at most  what',
		'ok                  12 B           40 B  bytes to the terminal when one cell changes (median)',
		'BROKEN  1.23 % of a core  1 % of a core  CPU while idle on an idle swarm of 20 services',
	]);
});

it('names the budgets that nothing was measured for', () => {
	expect(unmeasured([{budget: 'terminal.changedCell', value: 1}])).not.toContain('terminal.changedCell');
	expect(unmeasured([])).toContain('simulator.ready');
});

it('has a bench for every budget', () => {
	const folder = path.join(import.meta.dirname, 'benches');
	const benches = readdirSync(folder).map((name) => readFileSync(path.join(folder, name), 'utf8'));
	expect(unmeasured([]).filter((name) => !benches.some((text) => text.includes(`'${name}'`)))).toEqual([]);
});
