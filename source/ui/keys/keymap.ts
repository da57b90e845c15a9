/** The one table of keys: what every key does, everywhere. A user's configuration makes another one of it. */
import {withOwnKeys} from '../../config/apply.ts';
import type {Config} from '../../config/config.ts';
import type {SafeText} from '../../text/safe-text.ts';
import type {App} from '../app/capabilities.ts';
import {kinds} from '../kinds/registry.ts';
import {activityKeys} from './activity-keys.ts';
import type {KeyBinding, KeyScope} from './binding.ts';
import {commandKeys} from './command-keys.ts';
import {dialogKeys} from './dialog-keys.ts';
import {formKeys} from './form-keys.ts';
import {generalKeys} from './general-keys.ts';
import {inspectKeys} from './inspect-keys.ts';
import {shownKey} from './key-name.ts';
import {enterKeys, listKeys} from './list-keys.ts';
import {logKeys} from './log-keys.ts';
import {promptKeys} from './prompt-keys.ts';
import {swarmKeys} from './swarm-keys.ts';
import {textKeys} from './text-keys.ts';

/** The keys as they are without a configuration. */
export const keymap: readonly KeyBinding<App>[] = [
	...Object.values(kinds).flatMap(({keys}) => keys),
	...enterKeys,
	...generalKeys,
	...swarmKeys,
	...listKeys,
	...logKeys,
	...activityKeys,
	...inspectKeys,
	...textKeys,
	...dialogKeys,
	...promptKeys,
	...formKeys,
];

export class Keymap {
	readonly bindings: readonly KeyBinding<App>[];
	readonly #byScope = new Map<KeyScope, Map<string, KeyBinding<App>>>();

	constructor(bindings: readonly KeyBinding<App>[]) {
		this.bindings = bindings;
		for (const binding of bindings) {
			const scope = this.#byScope.get(binding.scope) ?? new Map<string, KeyBinding<App>>();
			for (const key of binding.keys) scope.set(key, binding);
			this.#byScope.set(binding.scope, scope);
		}
	}

	/** What the chord does in the first of the scopes that binds it. */
	bindingFor(chord: string, scopes: readonly KeyScope[]): KeyBinding<App> | undefined {
		for (const scope of scopes) {
			const binding = this.#byScope.get(scope)?.get(chord);
			if (binding) return binding;
		}
		return undefined;
	}

	/** Where else the chord does something: what the hint says when it does nothing here. */
	elsewhere(chord: string, scopes: readonly KeyScope[]): KeyBinding<App>[] {
		return this.bindings.filter(({keys, scope}) => keys.includes(chord) && !scopes.includes(scope));
	}

	/** Whether the chord means something where one is, or in any of the panes. */
	knows(chord: string, scopes: readonly KeyScope[]): boolean {
		const isTyping = scopes.includes('prompt');
		return this.bindings.some(
			({keys, scope}) => keys.includes(chord) && (scopes.includes(scope) || (!isTyping && scope !== 'prompt')),
		);
	}

	of(scope: KeyScope): KeyBinding<App>[] {
		return this.bindings.filter((binding) => binding.scope === scope);
	}

	/** The key that does it, as it is shown; '' when none does. */
	keyOf(id: string): SafeText {
		const [key = ''] = this.bindings.find((binding) => binding.id === id)?.keys ?? [];
		return shownKey(key);
	}
}

/** The keymap with the user's own keys, and with the keys of the user's own commands. */
export function keymapFor(config: Pick<Config, 'keys' | 'commands'>): Keymap {
	return new Keymap([...withOwnKeys(keymap, config), ...commandKeys(config.commands)]);
}
