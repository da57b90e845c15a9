import {describe, expect, it} from 'vitest';
import type {KeyScope} from '../../../source/ui/keys/binding.ts';
import {helpParts} from '../../../source/ui/keys/help.ts';
import {shownKey} from '../../../source/ui/keys/key-name.ts';
import {keymap} from '../../../source/ui/keys/keymap.ts';
import {keysManual} from '../../../source/ui/keys/manual.ts';
import {isKindId, kindIds, kindOf} from '../../../source/ui/kinds/registry.ts';

/** Scopes that get keys at the same time. */
const together: readonly (readonly KeyScope[])[] = [
	...kindIds.map((id): KeyScope[] => ['always', id, 'list', 'everywhere']),
	['always', 'text'],
	['always', 'dialog'],
	['always', 'chooser'],
	['always', 'prompt'],
	['always', 'formChoice', 'form'],
];

describe('the keymap', () => {
	it.each(together)('binds no key twice where %s and its like get keys together', (...scopes) => {
		const keys = keymap.filter(({scope}) => scopes.includes(scope)).flatMap((binding) => binding.keys);
		// The map has no columns to scroll through: there these go from task to task. What is a node is drained with d.
		// The inside of a node has tabs where other views have panes beside them.
		const isInside = scopes.some((scope) => isKindId(scope) && kindOf(scope).ofNode !== undefined);
		const ofNodes = scopes.includes('topology') ? ['right', 'left', 'd'] : scopes.includes('nodes') ? ['d'] : [];
		const own = isInside ? ['tab', 'shift-tab'] : ofNodes;
		expect(keys.filter((key, index) => keys.indexOf(key) !== index).sort()).toEqual(own.sort());
	});

	it('gives t and m another meaning in the logs alone', () => {
		const keysOf = (...scopes: readonly KeyScope[]) =>
			keymap.filter(({scope}) => scopes.includes(scope)).flatMap((binding) => binding.keys);
		const others = keysOf('always', 'everywhere');
		const logs = keysOf('logs');
		expect(new Set(logs).size).toBe(logs.length);
		expect(logs.filter((key) => others.includes(key))).toEqual(['t', 'm']);
	});

	it('names everything once', () => {
		const ids = keymap.map(({id}) => id);
		expect(new Set(ids).size).toBe(ids.length);
	});

	it('shows every scope in the help', () => {
		const scopes = new Set(keymap.map(({scope}) => scope));
		expect([...scopes].sort()).toEqual(helpParts.map(({scope}) => scope).sort());
	});

	it('acts on no single key without asking where there is no way back', () => {
		const letters = keymap.filter(({isChange, scope}) => isChange && scope !== 'everywhere');
		// On the topology a node's keys are those of the list of nodes.
		const ofNodes = letters.filter(({scope}) => scope === 'topology').map(({id}) => id.replace('topology.', 'node.'));
		expect(letters.map(({id}) => id)).toEqual(expect.arrayContaining(ofNodes));
		expect(letters.filter(({scope}) => scope !== 'topology').map(({id}) => id)).toEqual([
			'node.drain',
			'node.availability',
			'node.promote',
			'node.demote',
			'node.labels',
			'node.edit',
			'node.remove',
			'node.replace',
			'node.clean-up',
			'service.create',
			'service.scale',
			'service.more',
			'service.fewer',
			'service.restart',
			'service.image',
			'service.edit',
			'service.labels',
			'service.rollback',
			'service.resume',
			'service.continue',
			'service.rebalance',
			'service.remove',
			'service.shell',
			'task.shell',
			'stack.deploy',
			'stack.remove',
			'network.create',
			'network.remove',
			'network.prune',
			'secret.create',
			'secret.rotate',
			'secret.remove',
			'secret.prune',
			'config.create',
			'config.rotate',
			'config.remove',
			'config.prune',
			'volume.create',
			'volume.remove',
			'container.shell',
			'containers.clean-up',
			'images.clean-up',
			'node-volumes.clean-up',
			'disk.clean-up',
			'activity.rest',
			'activity.continue',
			'activity.rollback',
			'activity.undo',
		]);
	});

	it('is what docs/keys.md says (vitest -u writes it)', async () => {
		await expect(keysManual()).toMatchFileSnapshot('../../../docs/keys.md');
	});
});

describe('how keys are shown', () => {
	it.each([
		['j', 'j'],
		['G', 'G'],
		['ctrl-d', 'Ctrl-D'],
		['shift-tab', 'Shift-Tab'],
		['alt-backspace', 'Alt-Backspace'],
		['-', '-'],
		['+', '+'],
		['ctrl--', 'Ctrl--'],
		['f5', 'F5'],
		['pagedown', 'PgDn'],
		['up', '↑'],
	])('%s as %s', (chord, shown) => {
		expect(shownKey(chord)).toBe(shown);
	});
});
