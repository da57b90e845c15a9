/** The one table of keys: what every key does, everywhere. */
import type {App} from '../app/app.ts';
import {kinds} from '../registry/registry.ts';
import type {KeyBinding, KeyScope} from './binding.ts';
import {generalKeys} from './general-keys.ts';
import {listKeys} from './list-keys.ts';

export const keymap: readonly KeyBinding<App>[] = [
	...Object.values(kinds).flatMap(({keys}) => keys),
	...listKeys,
	...generalKeys,
];

const byScope = new Map<KeyScope, Map<string, KeyBinding<App>>>();
for (const binding of keymap) {
	const bindings = byScope.get(binding.scope) ?? new Map<string, KeyBinding<App>>();
	for (const key of binding.keys) bindings.set(key, binding);
	byScope.set(binding.scope, bindings);
}

/** What the chord does in the first of the scopes that binds it. */
export function bindingFor(chord: string, scopes: readonly KeyScope[]): KeyBinding<App> | undefined {
	for (const scope of scopes) {
		const binding = byScope.get(scope)?.get(chord);
		if (binding) return binding;
	}
	return undefined;
}

/** Where else the chord does something: what the hint says when it does nothing here. */
export function bindingsElsewhere(chord: string, scopes: readonly KeyScope[]): KeyBinding<App>[] {
	return keymap.filter(({keys, scope}) => keys.includes(chord) && !scopes.includes(scope));
}
