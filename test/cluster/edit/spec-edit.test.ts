import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {changesBetween, reversed, valueAt, withChanges, withoutNulls} from '../../../source/cluster/edit/changes.ts';
import {readSpec} from '../../../source/cluster/edit/read-spec.ts';
import {type Edited, specText} from '../../../source/cluster/edit/spec-text.ts';
import {describeProblem} from '../../../source/documents/document.ts';
import type {ServiceSpec} from '../../../source/wire/service.ts';
import {recordedSwarm} from '../../support/recorded.ts';

const web: ServiceSpec = {
	Name: 'web',
	Labels: {tier: 'front', 'app.note': 'a: b # c', build: '0042'},
	TaskTemplate: {
		ContainerSpec: {
			Image: 'nginx:1.27',
			Env: ['MODE=live', 'EMPTY='],
			Privileges: null,
			StopGracePeriod: 10_000_000_000,
			Configs: [{File: {Name: '/c', UID: '0', GID: '0', Mode: 0o444}, ConfigID: 'c1', ConfigName: 'c'}],
		},
		Resources: {Reservations: {NanoCPUs: 500_000_000, MemoryBytes: 256 * 1024 ** 2}},
		Placement: {Constraints: ['node.labels.zone==a']},
	},
	Mode: {Replicated: {Replicas: 3}},
	UpdateConfig: {Parallelism: 2, Delay: 10_000_000_000, MaxFailureRatio: 0, Order: 'stop-first'},
};
const edited: Edited = {kind: 'service', id: 'abc', name: 'web', version: 7, spec: web};
const text = specText(edited);

/** What is said of an edit that replaces one piece of the text by another. */
function problems(piece: string, by: string): string[] {
	const read = readSpec(text.replace(piece, by), edited, 'web.yaml');
	return read.ok ? [] : read.error.map(describeProblem);
}

const changes = (piece: string, by: string) => {
	const read = readSpec(text.replace(piece, by), edited, 'web.yaml');
	if (!read.ok) throw new Error(read.error.map(describeProblem).join());
	return read.value;
};

const lineOf = (piece: string): number => text.split('\n').findIndex((line) => line.includes(piece)) + 1;

describe('a spec as text', () => {
	it('says what its numbers mean, and who it is', () => {
		expect(text).toContain('# The service web (abc), as it was in version 7.');
		expect(text).toContain('Delay: 10000000000 # 10s');
		expect(text).toContain('NanoCPUs: 500000000 # 0.5 CPUs');
	});

	it('that is left alone changes nothing, whatever it holds', () => {
		expect(readSpec(text, edited, 'web.yaml')).toEqual({ok: true, value: []});
		const key = fc.stringMatching(/^\S[ -~]{0,8}$/);
		const labels = fc.dictionary(key, fc.string({unit: 'binary-ascii'}), {maxKeys: 4});
		fc.assert(
			fc.property(labels, fc.array(fc.string({minLength: 1}).map((value) => `K=${value}`)), (Labels, Env) => {
				const spec = {...web, Labels, TaskTemplate: {...web.TaskTemplate, ContainerSpec: {Image: 'a', Env}}};
				const one = {...edited, spec};
				expect(readSpec(specText(one), one, 'x')).toEqual({ok: true, value: []});
			}),
		);
	});

	it.each(['calm', 'trouble'] as const)(
		'of every service that an engine was seen to have is right as it is: %s',
		(name) => {
			const {services} = recordedSwarm(name);
			for (const {ID, Spec} of services) {
				const one = {...edited, id: ID, spec: Spec};
				expect(readSpec(specText(one), one, 'x')).toEqual({ok: true, value: []});
			}
		},
	);
});

describe('an edited spec', () => {
	it('is the values that differ, each with what it was', () => {
		expect(changes('tier: front', 'tier: back')).toEqual([{path: ['Labels', 'tier'], from: 'front', to: 'back'}]);
		expect(changes('      - MODE=live\n', '')).toEqual([
			{path: ['TaskTemplate', 'ContainerSpec', 'Env'], from: ['MODE=live', 'EMPTY='], to: ['EMPTY=']},
		]);
	});

	it('takes a key without a value for one that is gone', () => {
		expect(changes('  tier: front', '  tier:')).toEqual([{path: ['Labels', 'tier'], from: 'front', to: undefined}]);
	});

	it.each([
		['a misspelt key', 'Labels:', 'Lables:', 'Lables: there is no such key'],
		['a number where a text belongs', 'tier: front', 'tier: 5', 'Labels.tier: this must be a text: put it in quotes'],
		['a constraint that is none', 'node.labels.zone==a', 'node.labels.zone=a', 'constraint expected one operator'],
		['a word that the engine does not know', 'stop-first', 'stopfirst', 'expected one of "stop-first"|"start-first"'],
		['another name', 'Name: web', 'Name: web2', 'Name: the name of a service, a node or the swarm can’t be changed'],
		['too little memory', '268435456', '268', 'at least 4194304 bytes'],
	])('with %s is told where and what', (_what, piece, by, words) => {
		const [first = ''] = problems(piece, by);
		expect(first).toContain(words);
		const line = Number(/^web\.yaml:(\d+): /.exec(first)?.[1]);
		expect(Math.abs(line - lineOf(piece.trim()))).toBeLessThan(2);
	});

	it('with several things wrong is told them from top to bottom', () => {
		const wrong = text.replace('Labels:', 'Lables:').replace('Replicas: 3', 'Replicas: three');
		const read = readSpec(wrong, edited, 'web.yaml');
		expect(read.ok ? [] : read.error.map(({message}) => message)).toEqual([
			'there is no such key',
			'expected number, received string',
		]);
	});

	it('that is no YAML is told the line', () => {
		expect(problems('tier: front', 'tier: "front')[0]).toMatch(/^web\.yaml:\d+: /);
	});

	it('of another mode is refused', () => {
		expect(problems('Replicated:\n    Replicas: 3', 'Global: {}')[0]).toContain(
			'the mode of a service can’t be changed',
		);
	});

	it('may keep a key that only its engine knows, but not invent one', () => {
		const newer = {...edited, spec: {...web, Novelty: {Depth: 1}}};
		const own = specText(newer);
		expect(readSpec(own.replace('Depth: 1', 'Depth: 2'), newer, 'x')).toMatchObject({ok: true, value: [{to: 2}]});
		expect(readSpec(own.replace('Novelty', 'Novelties'), newer, 'x').ok).toBe(false);
	});

	it('that was emptied is refused', () => {
		expect(readSpec('', edited, 'x').ok).toBe(false);
		expect(readSpec('{}', edited, 'x').ok).toBe(false);
	});
});

describe('changes', () => {
	const json = fc.letrec((tie) => ({
		value: fc.oneof(
			{maxDepth: 3},
			fc.constantFrom(1, 'a', true),
			fc.array(fc.integer(), {maxLength: 2}),
			tie('fields'),
		),
		fields: fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), tie('value')),
	})).fields;

	it('make the one of the other, and back', () => {
		fc.assert(
			fc.property(json, json, (before, after) => {
				const made = changesBetween(before, after);
				expect(withChanges(before, made)).toEqual(after);
				expect(withChanges(after, reversed(made))).toEqual(before);
				for (const {path, to} of made) expect(valueAt(after, path)).toEqual(withoutNulls(to));
			}),
		);
	});

	it('leave alone what they do not name', () => {
		const mine = changesBetween({a: 1, b: {c: 1}}, {a: 2, b: {c: 1}});
		expect(withChanges({a: 1, b: {c: 5}, d: null}, mine)).toEqual({a: 2, b: {c: 5}, d: null});
	});
});
