import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {type Filterable, isNarrower, matches, parseFilter} from '../../../source/ui/filter/filter.ts';

type Service = {readonly name: string; readonly image: string; readonly labels: readonly string[]};

const filterable: Filterable<Service> = {
	texts: [({name}) => name, ({image}) => image],
	fields: {name: ({name}) => [name], label: ({labels}) => labels},
};

const services: readonly Service[] = [
	{name: 'shop_web', image: 'nginx:1.27', labels: ['tier=front']},
	{name: 'shop_api', image: 'acme/api:3', labels: ['tier=back', 'team=red']},
	{name: 'Agent', image: 'acme/agent:1', labels: []},
];

const found = (text: string): string[] =>
	services.filter((service) => matches(parseFilter(text), service, filterable)).map(({name}) => name);

describe('the filter language', () => {
	it.each([
		['', ['shop_web', 'shop_api', 'Agent']],
		['shop', ['shop_web', 'shop_api']],
		['SHOP api', ['shop_api']],
		['!shop', ['Agent']],
		['acme !agent', ['shop_api']],
		['nginx', ['shop_web']],
		['~swb', ['shop_web']],
		['!~swb', ['shop_api', 'Agent']],
		['label=tier=front', ['shop_web']],
		['label=tier', ['shop_web', 'shop_api']],
		['!label=tier', ['Agent']],
		['name=a label=red', ['shop_api']],
		['color=red', []],
		['!', ['shop_web', 'shop_api', 'Agent']],
		['label=', ['shop_web', 'shop_api', 'Agent']],
		['  agent  ', ['Agent']],
	])('%j finds %j', (text, names) => {
		expect(found(text)).toEqual(names);
	});

	it('inverts exactly', () => {
		const word = fc.string({unit: fc.constantFrom(...'shopwebapi~=:!'), minLength: 1, maxLength: 4});
		fc.assert(
			fc.property(word, (typed) => {
				const plain = typed.replace(/^!+/, '');
				if (parseFilter(plain).terms.length === 0) return;
				const both = [...found(plain), ...found(`!${plain}`)].sort();
				expect(both).toEqual(services.map(({name}) => name).sort());
			}),
		);
	});

	it('knows when a longer filter can only show less', () => {
		const text = fc.string({unit: fc.constantFrom(...'shopweb!~= '), maxLength: 8});
		fc.assert(
			fc.property(text, text, (first, second) => {
				const wide = parseFilter(first);
				const narrow = parseFilter(second);
				if (!isNarrower(narrow, wide)) return;
				const shown = new Set(found(first));
				expect(found(second).every((name) => shown.has(name))).toBe(true);
			}),
			{numRuns: 2000},
		);
		expect(isNarrower(parseFilter('shop'), parseFilter('sho'))).toBe(true);
		expect(isNarrower(parseFilter('!sh'), parseFilter('!s'))).toBe(false);
	});
});
