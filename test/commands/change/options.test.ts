import {readFileSync} from 'node:fs';
import {describe, expect, it} from 'vitest';
import type {ChangeIo} from '../../../source/commands/change/io.ts';
import {parsePlan, parseVerb} from '../../../source/commands/change/options.ts';
import type {Verb} from '../../../source/commands/change/verb.ts';
import {commandVerbs, verbs} from '../../../source/commands/change/verbs/registry.ts';
import {systemClock} from '../../../source/runtime/clock.ts';

const io: ChangeIo = {
	out: () => undefined,
	err: () => undefined,
	interrupted: new Promise(() => undefined),
	terminal: undefined,
	surroundings: {environment: {}, homeDirectory: '/nonexistent'},
	ask: undefined,
	pace: systemClock(),
	read: (file) => (file.endsWith('.yml') ? Buffer.from('services: {web: {image: nginx}}') : readFileSync(file)),
};

function verb(name: string): Verb {
	const found = verbs.find((each) => each.name === name);
	if (!found) throw new Error(name);
	return found;
}

const parse = (line: string) => {
	const [name = '', ...argv] = line.split(' ');
	return name === 'plan' ? parsePlan(argv, io) : parseVerb(verb(name), argv, io);
};

describe('the command lines of what changes something', () => {
	it("takes docker stack deploy's flags", () => {
		const line =
			'deploy -c a.yml --compose-file b.yml --resolve-image changed --with-registry-auth --prune -d -y --audit f shop';
		expect(parse(line)).toMatchObject({
			ok: true,
			value: {
				read: {stack: 'shop', readsInput: false},
				waits: false,
				isConsented: true,
				isDryRun: false,
				timeoutMs: 600_000,
				auditPath: 'f',
			},
		});
		expect(parse('deploy -c a.yml --no-wait --context prod shop')).toMatchObject({
			value: {waits: false, connection: {context: 'prod'}},
		});
	});

	it('takes the same verb in a plan, wherever its name stands', () => {
		for (const line of ['plan deploy -c a.yml -o json shop', 'plan -H unix:///x deploy -c a.yml -o json shop'])
			expect(parse(line)).toMatchObject({value: {isDryRun: true, format: 'json', verb: {name: 'deploy'}}});
		expect(parse('plan drain -o markdown w1')).toMatchObject({value: {format: 'markdown', verb: {name: 'drain'}}});
		expect(parse('scale web=3 --rollback-on-failure --detect-flapping 30s --timeout 1m')).toMatchObject({
			value: {rollsBack: true, flappingMs: 30_000, timeoutMs: 60_000},
		});
	});

	it('has help for each', () => {
		for (const {name} of commandVerbs) expect(parse(`${name} --help`)).toEqual({ok: true, value: 'help'});
		for (const {name} of verbs) {
			expect(parse(`plan ${name} -h`)).toMatchObject({value: {help: {name: `plan ${name}`}}});
		}
		expect(parse('plan --help')).toMatchObject({value: {help: {name: 'plan'}}});
	});

	it.each([
		['deploy -c a.yml', 'Name the stack.'],
		['deploy shop', 'Name the stack file: -c FILE.'],
		['deploy -c a.yml shop more', 'One stack at a time: "more" is too much.'],
		['deploy -c a.yml Sh/op', '"Sh/op" is no stack\'s name: letters, digits, - and _.'],
		['deploy -c - -c - shop', 'Standard input can be read once: -c - is given twice.'],
		['deploy -c a.yml --resolve-image sometimes shop', '--resolve-image sometimes: it is always, changed or never.'],
		['deploy -c a.yml -o yaml shop', '-o yaml: the formats are text, json.'],
		['deploy -c a.yml --timeout soon shop', '--timeout soon: a time is 30s, 5m or 1h.'],
		['scale web=2 --detect-flapping long', '--detect-flapping long: a time is 30s, 5m or 1h.'],
		[
			'scale web=2 --detach --rollback-on-failure',
			'--detach returns before anything can fail: leave out --rollback-on-failure and --detect-flapping.',
		],
		['plan scale web=2 -o yaml', '-o yaml: the formats are text, json, markdown.'],
		[
			'plan',
			'Plan what? deploy, scale, update, restart, rollback, drain, pause, activate, promote, demote, remove, node-down, node-add, fit.',
		],
		['scale', 'Name the services: SERVICE=REPLICAS...'],
		['scale web', '"web": write SERVICE=REPLICAS, as in web=5.'],
		['scale web=-1', '"web=-1": write SERVICE=REPLICAS, as in web=5.'],
		['drain', 'Name the nodes: NODE...'],
		['restart', 'Name the services: SERVICE...'],
		['update web', 'Say what to change, for instance --image. See swarmtop update --help.'],
		['update --force', 'Name the services: SERVICE...'],
		['remove', 'Remove what? service, node or stack, then the names.'],
		['remove thing x', 'Remove what? service, node or stack, then the names.'],
		['remove node', 'Name the nodes: NAME...'],
		['drain --frobnicate w1', 'There is no flag --frobnicate.'],
	])('%s: %s', (line, message) => {
		expect(parse(line)).toEqual({ok: false, error: {status: 2, message}});
	});

	it('suggests a verb', () => {
		expect(parse('plan drian w1')).toMatchObject({error: {message: expect.stringContaining('Did you mean drain?')}});
	});
});
