import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import {defaultConfig} from '../../source/config/config.ts';
import {loadConfig} from '../../source/config/load.ts';
import {configFile, stateFile} from '../../source/config/paths.ts';
import {vocabulary} from './vocabulary.ts';

let directory: string;

beforeEach(async () => {
	directory = await mkdtemp(path.join(os.tmpdir(), 'swarmtop-config-'));
});

afterEach(() => rm(directory, {recursive: true}));

describe('loading the configuration', () => {
	it('gives the defaults without a file, and asks nobody what could be in it', async () => {
		const asked = () => {
			throw new Error('asked for the vocabulary');
		};
		expect(await loadConfig(path.join(directory, 'no', 'config.yaml'), asked)).toEqual({
			ok: true,
			value: defaultConfig,
		});
	});

	it('reads the file', async () => {
		const file = path.join(directory, 'config.yaml');
		await writeFile(file, 'theme: light\n');
		expect(await loadConfig(file, () => vocabulary)).toEqual({ok: true, value: {...defaultConfig, theme: 'light'}});
	});

	it('says when there is a file that can not be read', async () => {
		const problem = {file: directory, line: 1, key: '', message: "can't be read: it is a directory"};
		expect(await loadConfig(directory, () => vocabulary)).toEqual({ok: false, error: [problem]});
	});
});

describe('the places of the files', () => {
	const at = (environment: Record<string, string>) => {
		const surroundings = {environment, homeDirectory: '/home/me'};
		return [configFile(surroundings), stateFile(surroundings)];
	};

	it('are in the home directory, or where XDG says', () => {
		expect(at({})).toEqual(['/home/me/.config/swarmtop/config.yaml', '/home/me/.local/state/swarmtop/state.json']);
		expect(at({XDG_CONFIG_HOME: '/c', XDG_STATE_HOME: '/s'})).toEqual([
			'/c/swarmtop/config.yaml',
			'/s/swarmtop/state.json',
		]);
	});

	it('are not where XDG may not point: relative to wherever one is', () => {
		expect(at({XDG_CONFIG_HOME: 'c', XDG_STATE_HOME: ''})).toEqual(at({}));
	});
});
