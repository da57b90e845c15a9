import {writeFile} from 'node:fs/promises';
import fc from 'fast-check';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {plainSpec} from '../../source/cluster/docker-command/plain-spec.ts';
import {updateCommand} from '../../source/cluster/docker-command/service-command.ts';
import {changesBetween, keyOf} from '../../source/cluster/edit/changes.ts';
import type {ServiceSpec} from '../../source/wire/service.ts';
import {type CommandLab, startCommandLab} from './docker.ts';
import {mixed, serviceSpec} from './specs.ts';

let lab: CommandLab;
beforeAll(async () => {
	lab = await startCommandLab();
});
afterAll(async () => {
	const lines = [{networks: lab.named.networks}, ...recorded].map((each) => `${JSON.stringify(each)}\n`);
	if (recording) await writeFile(recording, lines.join(''));
	await lab?.[Symbol.asyncDispose]();
});

const networkWord = (target: string) => lab.named.networks.find(({Id}) => Id === target)?.Name ?? target;
const withoutName = ({Name: _, ...rest}: ServiceSpec): unknown => plainSpec(rest);
const differences = (a: ServiceSpec, b: ServiceSpec): string[] =>
	changesBetween(withoutName(a), withoutName(b))
		.map(({path}) => path.join('.'))
		.filter((path) => path !== 'TaskTemplate.Placement.Platforms')
		.sort();

/** What was held, for the test that has no docker (test/cluster/docker-command). */
const recorded: unknown[] = [];
const recording = process.env['SWARMTOP_RECORD'];

const runs = Number(process.env['SWARMTOP_FUZZ_RUNS'] ?? 60);
/** The same changes each time; SWARMTOP_SEED makes others. */
const seed = Number(process.env['SWARMTOP_SEED'] ?? 28);

/** @returns what is wrong; `refused` where the engine takes no such spec */
async function held(given: ServiceSpec, wanted: ServiceSpec): Promise<unknown> {
	const twin = await lab.create(given).catch(() => undefined);
	if (!twin) return 'refused';
	const intended = await lab.write(twin.id, wanted).catch(() => undefined);
	await lab.remove(twin.id);
	if (!intended) return 'refused';
	const {id, spec: before} = await lab.create(given);
	try {
		const {line, note} = updateCommand(before.Name, before, {...intended, Name: before.Name}, {networkWord});
		if (line !== '') await lab.shell(line);
		recorded.push({before, after: {...intended, Name: before.Name}, line, note: note ?? null});
		const left = differences(await lab.spec(id), intended);
		const told =
			/(?:leaves out|can't set) (.*?)(?::|\.$)/
				.exec(note ?? '')?.[1]
				?.split(', ')
				.sort() ?? [];
		return keyOf(left) === keyOf(told) ? undefined : {line, left, told};
	} finally {
		await lab.remove(id);
	}
}

describe('the command that is shown for a change of a service', () => {
	it('does just that when docker is told it, or says what it leaves out', async () => {
		const cases = fc
			.tuple(serviceSpec(lab.named), serviceSpec(lab.named), fc.infiniteStream(fc.integer({min: 0, max: 9})))
			.map(([before, after, dice]) => ({before, after: mixed(before, after, () => Number(dice.next().value) < 2)}));
		const answers: unknown[] = [];
		for (const each of fc.sample(cases, {numRuns: runs, seed}))
			answers.push(await held(each.before, each.after).catch((error: unknown) => String(error)));
		expect(answers.filter((answer) => answer !== undefined && answer !== 'refused')).toEqual([]);
		expect(answers.filter((answer) => answer === 'refused').length).toBeLessThan(runs / 2);
	}, 600_000);
});
