import {describe, expect, it} from 'vitest';
import {parseExecOptions} from '../../source/commands/exec-options.ts';

const parse = (...argv: string[]) => parseExecOptions(argv, {HOME: '/root'});

describe('the command line of exec', () => {
	it('leaves all that follows the target to the command', () => {
		expect(parse('web.2', 'sh', '-c', 'exit 7')).toMatchObject({
			ok: true,
			value: {target: 'web.2', command: ['sh', '-c', 'exit 7'], isTty: false, isInteractive: false},
		});
		expect(parse('web.2', '--', 'ls', '-it', '--', 'x')).toMatchObject({value: {command: ['ls', '-it', '--', 'x']}});
	});

	it('reads flags as docker does: several letters together, values behind them', () => {
		expect(parse('-itu', '1000:0', '-w/srv', '-e', 'A=b', '-e', 'HOME', '-e', 'NOT_SET', 'web', 'env')).toMatchObject({
			ok: true,
			value: {
				isTty: true,
				isInteractive: true,
				user: '1000:0',
				directory: '/srv',
				environment: ['A=b', 'HOME=/root'],
				target: 'web',
			},
		});
		expect(parse('-H', 'unix:///x', '-it', 'web', 'sh')).toMatchObject({
			value: {connection: {host: 'unix:///x'}, target: 'web', isTty: true},
		});
	});

	it('says what is missing', () => {
		expect(parse()).toMatchObject({ok: false, error: expect.stringMatching(/Name a task/)});
		expect(parse('web')).toMatchObject({ok: false, error: 'Which command? Write it after web.'});
		expect(parse('--all', '-i', 'web', 'env')).toMatchObject({
			ok: false,
			error: expect.stringMatching(/without input/),
		});
		expect(parse('--help')).toEqual({ok: true, value: 'help'});
	});
});
