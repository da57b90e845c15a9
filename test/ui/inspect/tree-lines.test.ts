import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {parse} from 'yaml';
import {foldablePaths, parentPath, type TreeFormat, textOf, treeLines} from '../../../source/ui/inspect/tree-lines.ts';

const none = new Set<string>();
const shown = (value: unknown, format: TreeFormat, ...folded: string[]): string =>
	treeLines(value, format, new Set(folded)).map(textOf).join('\n');

const spec = {
	Name: 'web',
	Labels: {'com.example.tier': 'front', empty: ''},
	Mounts: [{Type: 'volume', Options: {ReadOnly: true}}, {Type: 'bind'}],
	Ports: [80, 443],
	Nothing: {},
	Note: 'two\nlines',
	Gone: undefined,
};

describe('a value as YAML', () => {
	it('reads as people write it', () => {
		expect(shown(spec, 'yaml')).toBe(`Name: web
Labels:
  com.example.tier: front
  empty: ""
Mounts:
  - Type: volume
    Options:
      ReadOnly: true
  - Type: bind
Ports:
  - 80
  - 443
Nothing: {}
Note: "two\\nlines"`);
	});

	it('hides what is folded, and says how much', () => {
		expect(shown(spec, 'yaml', '.Labels', '.Mounts', '.Ports')).toContain('Labels: {… 2}\nMounts: [… 2]\nPorts: [… 2]');
		expect(shown(spec, 'yaml', '.Mounts[0]')).toContain('  - {… 2}\n  - Type: bind');
	});

	it('knows where each line stands', () => {
		const lines = treeLines(spec, 'yaml', none);
		const paths = lines.map(({path}) => path);
		expect(paths).toContain('.Labels["com.example.tier"]');
		expect(paths).toContain('.Mounts[0].Options.ReadOnly');
		expect(paths).toContain('.Ports[1]');
		expect(lines.find(({path}) => path === '.Mounts[0].Type')?.fold).toBe('.Mounts[0]');
	});

	it('says the same as the value, whatever it is', () => {
		fc.assert(
			fc.property(fc.jsonValue(), (value) => {
				const text = shown(value, 'yaml');
				// What would move the cursor is shown instead of done: such strings read differently, on purpose.
				fc.pre(!/[\u{e000}-\u{f8ff}\u2400-\u243f]/u.test(text) && JSON.stringify(value) === clean(value));
				expect(parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
			}),
		);
	});
});

/** Without whatever a terminal must not see: only such values are compared. */
function clean(value: unknown): string {
	return JSON.stringify(value).replaceAll(/\\u[0-9a-f]{4}|[^\u0020-\u007e]|__proto__/gi, '');
}

describe('a value as JSON', () => {
	it('is what JSON.stringify writes', () => {
		expect(shown(spec, 'json')).toBe(JSON.stringify(spec, null, 2));
	});

	it('hides what is folded', () => {
		expect(shown(spec, 'json', '.Labels')).toContain('  "Labels": {… 2},\n');
	});
});

describe('paths', () => {
	it('lead to what holds them', () => {
		expect(parentPath('.Labels["com.example.tier"]')).toBe('.Labels');
		expect(parentPath('.Mounts[0].Type')).toBe('.Mounts[0]');
		expect(parentPath('.Mounts[0]')).toBe('.Mounts');
		expect(parentPath('.Name')).toBe('.');
	});

	it('name everything that folds', () => {
		expect(foldablePaths(spec)).toEqual([
			'.Labels',
			'.Mounts',
			'.Mounts[0]',
			'.Mounts[0].Options',
			'.Mounts[1]',
			'.Ports',
		]);
	});
});
