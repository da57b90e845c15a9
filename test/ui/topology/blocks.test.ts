import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import type {NodePlace} from '../../../source/cluster/topology.ts';
import {stripStyles, toSafeText} from '../../../source/text/safe-text.ts';
import {cellWidth} from '../../../source/text/width.ts';
import {themes} from '../../../source/ui/theme/themes.ts';
import {type Block, type BlockLook, blocksLine, blocksOf} from '../../../source/ui/topology/blocks.ts';
import {signCells, signsOf, wideSigns} from '../../../source/ui/topology/signs.ts';
import {node, service, task} from '../support/entities.ts';

const services = new Map(
	['shop_web', 'shop_worker', 'shop_api'].map((name) => [
		`service-${name}`,
		service(name, {stack: toSafeText('shop')}),
	]),
);
const [theme] = themes;
if (!theme) throw new Error('no theme');
const look: BlockLook = {theme, signs: signsOf(services), serviceId: undefined, taskId: undefined};
const shown = (blocks: readonly Block[], width: number): string =>
	stripStyles(blocksLine(blocks, width, look)).trimEnd();

const held = [task('shop_api', 1, 'w1'), task('shop_web', 1, 'w1'), task('shop_web', 2, 'w1', {health: 'failing'})];
const row: NodePlace = {
	kind: 'node',
	order: 0,
	id: 'node-w1',
	health: 'healthy',
	zone: toSafeText(''),
	node: node('w1'),
	tasks: held,
};
const nothing = {starts: [], stops: [], unplaced: []};

describe('the signs of services', () => {
	it('are two characters that no other service has, from its own name', () => {
		expect([...signsOf(services).values()].map(({code}) => code)).toEqual(['ap', 'we', 'wo']);
		const many = new Map(Array.from({length: 300}, (_, i) => [`s${i}`, service(`svc-${i}`, {id: `s${i}`})]));
		const codes = [...signsOf(many).values()].map(({code}) => code);
		expect(codes.every((code) => cellWidth(code) === 2)).toBe(true);
		expect(new Set(codes.slice(0, 36)).size).toBe(36);
	});
});

describe('the blocks of a node', () => {
	it('are its tasks, with a mark where something is the matter', () => {
		expect(shown(blocksOf(row, undefined), 30)).toBe('ap we we✗');
	});

	it('show what a plan stops, starts and replaces', () => {
		const place = {taskId: 'new', serviceId: 'service-shop_worker', slot: 4, nodeId: 'node-w1'};
		const stop = {taskId: 'task-shop_web-1', serviceId: 'service-shop_web', slot: 1, nodeId: 'node-w1'};
		expect(shown(blocksOf(row, {...nothing, stops: [stop], starts: [place]}), 30)).toBe('ap we-we✗wo+');
		const again = {...stop, taskId: 'other'};
		expect(shown(blocksOf(row, {...nothing, stops: [stop], starts: [again]}), 30)).toBe('ap we~we✗');
		const elsewhere = {...place, nodeId: 'node-w2'};
		expect(shown(blocksOf(row, {...nothing, starts: [elsewhere]}), 30)).toBe('ap we we✗');
	});

	it('become counts where there is no room for each, and the rest a number', () => {
		const many = Array.from({length: 40}, (_, i) => task('shop_web', i, 'w1'));
		const blocks = blocksOf({...row, tasks: [...held, ...many]}, undefined);
		expect(shown(blocks, 30)).toBe('we✗ ap  we×41');
		expect(shown(blocks, 13)).toBe('we✗ +42 more');
	});

	it('never take more than their room', () => {
		const states = ['running', 'starting', 'failing', 'leaving', 'willStart', 'willStop'] as const;
		const block = fc.record({
			taskId: fc.string(),
			serviceId: fc.constantFrom(...services.keys(), 'gone'),
			state: fc.constantFrom(...states),
		});
		fc.assert(
			fc.property(fc.array(block, {maxLength: 200}), fc.integer({min: 12, max: 120}), (blocks, width) => {
				expect(cellWidth(blocksLine(blocks, width, look))).toBeLessThanOrEqual(width);
			}),
		);
	});
});

describe('signs with room', () => {
	const many = new Map(
		[
			'shop_web',
			'shop_worker',
			'watch_metrics',
			'watch_metrics-archive',
			'a_very-long-name-of-one',
			'a_very-long-name-of-two',
		].map((name) => [name, service(name, {id: name})] as const),
	);

	it('hold as much of the names as there is room for, and still tell all services apart', () => {
		for (const cells of [5, 8, 12]) {
			const codes = [...wideSigns(many, cells, '…').values()].map(({code}) => code);
			expect(new Set(codes).size).toBe(many.size);
			expect(codes.every((code) => cellWidth(code) === cells)).toBe(true);
		}
		expect(wideSigns(many, 8, '…').get('shop_worker')?.code).toBe('worker  ');
		expect(wideSigns(many, 2, '…')).toBe(signsOf(many));
	});

	it('are as wide as all blocks of the fullest node allow', () => {
		expect([signCells(4, 80), signCells(7, 80), signCells(12, 80), signCells(20, 80)]).toEqual([12, 8, 5, 2]);
	});
});
