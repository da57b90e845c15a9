import {describe, expect, it} from 'vitest';
import {parseDashboardOptions} from '../../source/commands/dashboard-options.ts';

const read = (...argv: string[]) => parseDashboardOptions(argv);
const optionsOf = (...argv: string[]) => {
	const result = read(...argv);
	if (!result.ok || typeof result.value === 'string') throw new Error(JSON.stringify(result));
	return result.value;
};

describe('the command line of the dashboard', () => {
	it('takes the current docker context without flags', () => {
		expect(optionsOf()).toEqual({
			connection: {},
			isReadOnly: false,
			auditPath: undefined,
			demo: undefined,
		});
	});

	it('takes an engine as docker does', () => {
		expect(optionsOf('-H', 'ssh://me@manager').connection.host).toBe('ssh://me@manager');
		expect(optionsOf('--host=tcp://10.0.0.1:2376', '--tlsverify').connection).toMatchObject({
			host: 'tcp://10.0.0.1:2376',
			tlsVerify: true,
		});
		expect(optionsOf('-c', 'prod', '--read-only')).toMatchObject({connection: {context: 'prod'}, isReadOnly: true});
	});

	it('shows the built-in swarm with --demo, or the one that is named', () => {
		expect(optionsOf('--demo').demo).toEqual({fixture: 'demo', speed: undefined, seed: undefined});
		expect(optionsOf('--demo', '--speed', '10').demo).toEqual({fixture: 'demo', speed: 10, seed: undefined});
		expect(optionsOf('--demo', 'large', '--seed', '7').demo).toEqual({fixture: 'large', speed: undefined, seed: 7});
	});

	it.each([
		[['--speed', '10'], '--speed and --seed belong to --demo'],
		[['--demo', '--speed', '0'], '--speed takes a number above 0'],
		[['--demo', '--speed', 'fast'], '--speed takes a number above 0'],
		[['--demo', '--seed', '1.5'], '--seed takes a whole number'],
		[['--demo', '-H', 'tcp://x'], '--demo shows a simulated swarm'],
		[['frobnicate'], 'There is no command "frobnicate"'],
	])('refuses %j with a sentence', (argv, sentence) => {
		const result = read(...argv);
		expect(result.ok ? '' : result.error).toContain(sentence);
	});
});
