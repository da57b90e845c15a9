import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {type BatchStep, runBatch} from '../../../source/cluster/pipeline/batch-run.ts';

/** Steps of which some fail, at once or later; and what happened to each. */
function stepsOf(
	outcomes: readonly ('done' | 'refused' | 'fails')[],
	seen: {begun: number[]; held: number[]; most: number},
) {
	let waiting = 0;
	return outcomes.map(
		(outcome, index): BatchStep => ({
			begin: () => {
				seen.begun.push(index);
				seen.most = Math.max(seen.most, ++waiting);
				const answered = Promise.resolve().then(() => {
					waiting--;
					return outcome !== 'refused';
				});
				return {answered, over: Promise.resolve(outcome === 'done')};
			},
			hold: () => seen.held.push(index),
		}),
	);
}

describe('a batch', () => {
	it('does every step or holds it, each once, never more at a time than it may', async () => {
		const outcomes = fc.array(fc.constantFrom('done', 'done', 'done', 'refused', 'fails'), {maxLength: 12});
		await fc.assert(
			fc.asyncProperty(
				outcomes,
				fc.integer({min: 1, max: 5}),
				fc.integer({min: 1, max: 6}),
				async (all, atOnce, size) => {
					const seen = {begun: [], held: [], most: 0};
					const steps = stepsOf(all, seen);
					const stages = Array.from({length: Math.ceil(steps.length / size)}, (_, i) =>
						steps.slice(i * size, (i + 1) * size),
					);
					await runBatch(stages, atOnce);
					expect([...seen.begun, ...seen.held].sort((a, b) => a - b)).toEqual(all.map((_, index) => index));
					expect(seen.most).toBeLessThanOrEqual(atOnce);
					if (all.every((outcome) => outcome === 'done')) expect(seen.held).toEqual([]);
				},
			),
		);
	});

	it('begins nothing more once one was refused', async () => {
		const seen = {begun: [], held: [], most: 0};
		await runBatch([stepsOf(['done', 'refused', 'done', 'done'], seen)], 1);
		expect(seen).toMatchObject({begun: [0, 1], held: [2, 3]});
	});

	it('begins a stage only when all of the one before has come about', async () => {
		const seen = {begun: [], held: [], most: 0};
		const [first = [], second = []] = [stepsOf(['done', 'fails'], seen), stepsOf(['done'], seen)];
		await runBatch([first, second], 4);
		expect(seen).toMatchObject({begun: [0, 1], held: [0]});
	});
});
