import {describe, expect, it} from 'vitest';
import {parseDeployOptions, parsePlanOptions} from '../../source/commands/deploy-options.ts';

describe('the command line of swarmtop deploy', () => {
	it("takes docker stack deploy's flags", () => {
		expect(
			parseDeployOptions(
				'-c a.yml --compose-file b.yml --resolve-image changed --with-registry-auth --prune -d -y shop'.split(' '),
			),
		).toMatchObject({
			ok: true,
			value: {
				stack: 'shop',
				files: ['a.yml', 'b.yml'],
				resolveImage: 'changed',
				sendsLogin: true,
				isPruning: true,
				waits: false,
				isConsented: true,
				isDryRun: false,
				timeoutMs: 600_000,
			},
		});
		expect(parseDeployOptions(['-c', '-', '--no-wait', '--context', 'prod', 'shop'])).toMatchObject({
			value: {files: ['-'], waits: false, connection: {context: 'prod'}},
		});
		expect(parsePlanOptions(['deploy', '-c', 'a.yml', '-o', 'json', 'shop'])).toMatchObject({
			value: {isDryRun: true, format: 'json', resolveImage: 'always', sendsLogin: false},
		});
		expect(parseDeployOptions(['--help'])).toEqual({ok: true, value: 'help'});
	});

	it.each([
		['-c a.yml', 'Name the stack.'],
		['shop', 'Name the stack file: -c FILE.'],
		['-c a.yml shop more', 'One stack at a time: "more" is too much.'],
		['-c a.yml Sh/op', '"Sh/op" is no stack\'s name: letters, digits, - and _.'],
		['-c - -c - shop', 'Standard input can be read once: -c - is given twice.'],
		['-c a.yml --resolve-image sometimes shop', '--resolve-image sometimes: it is always, changed or never.'],
		['-c a.yml -o yaml shop', '-o yaml: the formats are text, json.'],
		['-c a.yml --timeout soon shop', '--timeout soon: a time is 30s, 5m or 1h.'],
	])('%s: %s', (line, error) => {
		expect(parseDeployOptions(line.split(' '))).toEqual({ok: false, error});
	});

	it('plans deployments alone', () => {
		expect(parsePlanOptions(['drain', 'w1'])).toEqual({ok: false, error: '"plan drain" is not known: deploy.'});
		expect(parsePlanOptions([])).toEqual({ok: false, error: 'Plan what? deploy.'});
	});
});
