/** A plugin of the wire as the screens see it: of the asked engine alone. */
import {type SafeText, toSafeText} from '../../text/safe-text.ts';
import type {Plugin} from '../../wire/plugin.ts';
import type {Health} from '../model.ts';
import {cleanWord} from './common.ts';

export type PluginEntity = {
	readonly id: string;
	readonly name: SafeText;
	readonly tag: SafeText;
	readonly isEnabled: boolean;
	readonly description: SafeText;
	/** What it can be used as: `volumedriver`, `networkdriver`, `logdriver`. */
	readonly types: readonly SafeText[];
	readonly health: Health;
	readonly raw: Plugin;
};

export function pluginEntity(raw: Plugin): PluginEntity {
	const {Id: id = raw.Name, Name: whole, Enabled: isEnabled, Config: config} = raw;
	// A colon before a slash is a registry's port.
	const colon = whole.lastIndexOf(':') > whole.lastIndexOf('/') ? whole.lastIndexOf(':') : whole.length;
	return {
		id: cleanWord(id),
		name: toSafeText(whole.slice(0, colon)),
		tag: toSafeText(whole.slice(colon + 1)),
		isEnabled,
		description: toSafeText(config.Description),
		types: (config.Interface.Types ?? []).map((type) => toSafeText(type.replace(/^docker\.|\/[^/]*$/g, ''))),
		health: isEnabled ? 'healthy' : 'idle',
		raw,
	};
}
