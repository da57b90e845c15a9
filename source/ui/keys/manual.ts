/** docs/keys.md, made from the keymap; test/ui/keys/keymap.test.ts writes it and fails while it is out of date. */
import type {App} from '../app/capabilities.ts';
import type {KeyBinding} from './binding.ts';
import {helpParts} from './help.ts';
import {shownKey} from './key-name.ts';
import {Keymap, keymap} from './keymap.ts';

export function keysManual(): string {
	const all = new Keymap(keymap);
	const parts = helpParts.map(({scope, title}) => `## ${title}\n\n${table(all.of(scope))}`);
	return `${introduction}\n${parts.join('\n\n')}\n`;
}

const introduction = `# Keys

Generated from the keymap (\`source/ui/keys/\`, \`source/ui/kinds/\`); don't edit it by hand.

The keys of the pane in focus come first, then those of every list, then those that work everywhere. What lies on top (a text, a
dialog, a prompt) takes all keys for itself. ◆ marks what changes the swarm: off with \`--read-only\`. The last column is what a
user's own keymap calls it.
`;

function table(bindings: readonly KeyBinding<App>[]): string {
	const rows = bindings.map(({keys, title, id, isChange}) => {
		const shown = keys.map((key) => `\`${shownKey(key)}\``).join(' ');
		return `| ${shown} | ${title}${isChange ? ' ◆' : ''} | ${id} |`;
	});
	return ['| keys | what they do | name |', '| --- | --- | --- |', ...rows].join('\n');
}
