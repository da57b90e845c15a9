import {describe, expect, it} from 'vitest';
import {unknownCluster} from '../../source/commands/cluster-snapshot.ts';
import {type TableLook, tableLines} from '../../source/commands/get-table.ts';
import {stripStyles, toSafeText} from '../../source/text/safe-text.ts';
import {cellWidth} from '../../source/text/width.ts';
import {listingOf} from '../../source/ui/kinds/listings.ts';
import {themes} from '../../source/ui/theme/themes.ts';
import {noon, service, task} from '../ui/support/entities.ts';

const [theme] = themes;
if (!theme) throw new Error('no theme');

const piped: TableLook = {
	width: undefined,
	hasIds: false,
	hasHeadings: true,
	isPainted: false,
	theme,
	cluster: unknownCluster(),
	now: noon,
};
const on = (width: number): TableLook => ({...piped, width, isPainted: true});

const services = listingOf('services');
const rows = [
	service('shop_web', {image: toSafeText('registry.example.com/shop/web:3.1')}),
	service('shop_数据库', {image: toSafeText('postgres:16')}),
	service('shop_recommender-with-a-long-name', {health: 'failing', counts: {running: 0, desired: 1, completed: 0}}),
];

describe('a table', () => {
	it('is as wide as it needs in a pipe, in plain words, without spaces at the ends of lines', () => {
		const lines = tableLines(services, rows, piped);
		expect(lines.map((line) => line.trimEnd())).toEqual(lines);
		expect(lines.join('\n')).not.toMatch(/\u001b/);
		expect(lines[1]).toContain('registry.example.com/shop/web:3.1');
	});

	it('aligns by cells, wide characters too', () => {
		const starts = tableLines(services, rows, piped)
			.slice(1)
			.map((line) => cellWidth(line.slice(0, line.indexOf('replicated'))));
		expect(new Set(starts).size).toBe(1);
	});

	it.each([30, 40, 60, 80, 120, 200])('stays within a terminal of %i cells', (width) => {
		for (const line of tableLines(services, rows, on(width)))
			expect(cellWidth(stripStyles(line))).toBeLessThanOrEqual(width);
	});

	it('says health by a sign and colours where somebody looks', () => {
		const failing = tableLines(services, rows, on(120))[3] ?? toSafeText('');
		expect(stripStyles(failing)).toMatch(/^✗ shop_recommender/);
		expect(failing).toContain('\u001b[1;31m');
	});

	it('keeps names whole as long as it can, and gives up what matters less', () => {
		const text = tableLines(services, rows, on(64)).map(stripStyles).join('\n');
		expect(text).toContain('name  ');
		expect(text).toContain('REPLICAS');
		expect(text).not.toContain('MODE');
	});

	it('cuts names in their middle: their ends tell them apart', () => {
		const text = tableLines(services, rows, on(40)).map(stripStyles).join('\n');
		expect(text).toMatch(/shop_\S*…\S*-name/);
	});

	it('shows IDs when all is asked for', () => {
		const lines = tableLines(services, rows, {...piped, hasIds: true});
		expect(lines[0]).toMatch(/ID$/);
		expect(lines[1]).toMatch(/service-shop_web$/);
	});

	it('can do without headings, and is nothing without rows', () => {
		expect(tableLines(services, rows, {...piped, hasHeadings: false})).toHaveLength(rows.length);
		expect(tableLines(services, [], piped)).toEqual([]);
	});

	it('lets nothing through that could move the cursor', () => {
		const hostile = task('web', 1, 'w1', {error: toSafeText('\u001b[2J\u001b]52;c;x\u0007 gone')});
		const lines = tableLines(listingOf('tasks'), [hostile], piped);
		expect(lines.join('\n')).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
	});
});
