/** Sends keys to where they belong: what is on top first, then the pane, then every list, then everywhere. */
import {joinSafe, type SafeText, safe, toSafeText} from '../../text/safe-text.ts';
import {fieldOf} from '../form/form-state.ts';
import {type KeyBinding, type KeyScope, scopesOf} from '../keys/binding.ts';
import {shownKey} from '../keys/key-name.ts';
import type {Keymap} from '../keys/keymap.ts';
import {isKindId} from '../kinds/registry.ts';
import type {App} from './capabilities.ts';
import type {FormOverlay} from './overlay.ts';
import {type ScreenState, topOverlay} from './state.ts';

/**
 * The scopes that get keys now, in order.
 * @param isTyping a dialog that wants a word typed: its letters are text
 */
export function activeScopes(state: ScreenState, {isTyping}: {isTyping: boolean}): readonly KeyScope[] {
	const top = topOverlay(state);
	switch (top?.kind) {
		case 'prompt':
			return ['always', 'prompt'];
		case 'form':
			return isTypedInto(top) ? ['always', 'form', 'prompt'] : ['always', 'formChoice', 'form'];
		case 'confirmation':
			return ['always', isTyping ? 'prompt' : 'dialog'];
		case 'chooser':
			return ['always', 'chooser'];
		case 'activity':
			return ['always', 'activity'];
		case 'text':
			return top.source.kind === 'inspect' ? ['always', 'inspect', 'text', 'guide'] : ['always', 'text', 'guide'];
		case undefined:
			return scopesOf(state.focus);
	}
}

/** Runs what the chord is bound to, or says why it does nothing. False when it is bound to nothing here. */
export function routeKey(chord: string, scopes: readonly KeyScope[], app: App): boolean {
	const binding = app.keymap.bindingFor(chord, scopes);
	if (!binding) return false;
	runBinding(binding, app);
	return true;
}

/** Does what the key does, or says why it does nothing now. */
export function runBinding(binding: KeyBinding<App>, app: App): void {
	const enabled = binding.enabled(app);
	if (enabled === true) binding.run(app);
	else app.messages.refuse(enabled, () => binding.enabled(app) !== true);
}

/** What to say of a key that does nothing here: where it would do something. */
export function hintFor(chord: string, scopes: readonly KeyScope[], keymap: Keymap): SafeText {
	const elsewhere = keymap.elsewhere(chord, scopes).filter(({scope}) => isKindId(scope) || scope === 'logs');
	const key = shownKey(chord);
	if (elsewhere.length === 0) return safe`${key} does nothing here; ${keymap.keyOf('program.help')} shows every key.`;
	const places = elsewhere.map(({scope, title}) => safe`in ${toSafeText(scope)}: ${title}`);
	return safe`${key} does nothing here (${joinSafe(places, '; ')}).`;
}

/** Whether letters are text in its line in focus. */
function isTypedInto({spec, state}: FormOverlay): boolean {
	const kind = fieldOf(spec, state.focus)?.kind;
	return kind === 'text' || kind === 'list' || kind === 'hidden';
}
