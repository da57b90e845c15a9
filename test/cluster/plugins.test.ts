import {describe, expect, it} from 'vitest';
import {pluginEntity} from '../../source/cluster/entities/plugin.ts';
import type {Plugin} from '../../source/wire/plugin.ts';

const plugin = (change: Partial<Plugin> = {}): Plugin => ({
	Id: '5724e2c8652da337ab2eedd19fc6fc0ec908e4bd907c7421bf6a8dfc70c4c078',
	Name: 'vieux/sshfs:latest',
	Enabled: true,
	PluginReference: 'docker.io/vieux/sshfs:latest',
	Config: {Description: 'sshFS plugin for Docker', Interface: {Types: ['docker.volumedriver/1.0']}},
	...change,
});

describe('a plugin', () => {
	it('has its tag apart, and says what it can be used as', () => {
		const {name, tag, types, isEnabled, health} = pluginEntity(plugin());
		expect({name, tag, types, isEnabled, health}).toEqual({
			name: 'vieux/sshfs',
			tag: 'latest',
			types: ['volumedriver'],
			isEnabled: true,
			health: 'healthy',
		});
	});

	it.each([
		['registry.example:5000/store/nfs:1.2', 'registry.example:5000/store/nfs', '1.2'],
		['registry.example:5000/store/nfs', 'registry.example:5000/store/nfs', ''],
		['nfs', 'nfs', ''],
	])('%s is %s with the tag "%s"', (Name, name, tag) => {
		const entity = pluginEntity(plugin({Name}));
		expect([entity.name, entity.tag]).toEqual([name, tag]);
	});

	it('is idle while it is disabled, and known by its name where the engine gives it no ID', () => {
		const {Id: _, ...nameless} = plugin({Enabled: false, Config: {Description: '', Interface: {Types: null}}});
		const {id, health, types} = pluginEntity(nameless);
		expect({id, health, types}).toEqual({id: 'vieux/sshfs:latest', health: 'idle', types: []});
	});
});
