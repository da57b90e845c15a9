import {describe, expect, it} from 'vitest';
import {characterKey} from '../../../source/terminal/input-events.ts';
import {Body} from '../../../source/ui/components/Body.tsx';
import {ListPane} from '../../../source/ui/components/ListPane.tsx';
import {LogsPane} from '../../../source/ui/components/LogsPane.tsx';
import {Panes} from '../../../source/ui/components/Panes.tsx';
import {TopologyPane} from '../../../source/ui/components/TopologyPane.tsx';
import type {PaneId, PaneRect} from '../../../source/ui/layout/pane.ts';
import {alone, fakeScreen} from '../support/alone.tsx';

const drawn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const box = (id: PaneId, height = 9): PaneRect => ({
	id,
	x: 0,
	y: 0,
	width: 60,
	height,
	frame: 'box',
	hasHeading: id !== 'logs',
});

describe('a list in its pane', () => {
	it('has its name and the place of the cursor in its border, column titles, and a row for each object', async () => {
		const {lines, screen} = alone(<ListPane id="services" rect={box('services')} />);
		const [top, heading, first, ...rest] = lines();
		expect(top).toMatch(/^┏━ 2 services \d+ ↑worst ━+ 1\/\d+ ━┓$/);
		expect(heading).toMatch(/^┃ {3}SERVICE /);
		expect(first).toMatch(/^┃▸/);
		expect(rest[5]).toMatch(/^┗━+┛$/);
		screen.handle(characterKey('j'));
		await drawn();
		expect(lines()[0]).toMatch(/ 2\/\d+ ━┓$/);
		expect(lines()[3]).toMatch(/^┃▸/);
	});

	it('is a bar above its rows where there is no room for borders', () => {
		const {lines} = alone(<ListPane id="nodes" rect={{...box('nodes', 4), frame: 'bar'}} />);
		expect(lines()[0]).toMatch(/^─ 1 nodes \d+ .*─$/);
		expect(lines()[2]).not.toContain('│');
	});
});

describe('the logs in their pane', () => {
	it('say what to do before any are open, then show what is said', async () => {
		const {lines, clock, feed} = alone(<LogsPane rect={box('logs', 6)} />);
		expect(lines()[0]).toMatch(/^┌─ 4 .*logs of \S+ .*┐$/);
		expect(lines()[1]).toContain('opening the logs…');
		clock.advance(300);
		await drawn();
		feed.last?.say('shop_web.1@m1', 'GET / 200');
		clock.advance(100);
		await drawn();
		expect(lines()[1]).toContain('GET / 200');
		expect(lines()[0]).toContain('following');
	});
});

describe('the topology in its view', () => {
	it('has a line for each node, and says what its blocks mean', async () => {
		const fake = fakeScreen();
		fake.screen.handle(characterKey('t'));
		await drawn();
		const {lines} = alone(<TopologyPane rect={{...box('topology', 20), frame: 'bar'}} />, fake);
		expect(lines()[0]).toMatch(/topology {2}\d+ nodes by/);
		expect(lines().join('\n')).toMatch(/m1 /);
	});
});

describe('panes', () => {
	it('stand in their places', () => {
		const {lines} = alone(<Panes />, fakeScreen({columns: 80, rows: 24}));
		const titles = lines().filter((line) => /^[─━] \d /.test(line));
		expect(titles.map((line) => line.slice(2, 9))).toEqual(['1 nodes', '2 servi', '3 tasks', '4 logs ']);
	});

	it('give way to a text or to the activity that covers them', async () => {
		const {lines, screen} = alone(<Body />);
		expect(lines().join('\n')).toContain('2 services');
		screen.handle(characterKey('?'));
		await drawn();
		expect(lines()[0]).toContain('help: every key there is');
		expect(lines().join('\n')).not.toContain('2 services');
		screen.handle(characterKey('q'));
		screen.handle(characterKey('A'));
		await drawn();
		expect(lines()[0]).toMatch(/^━ activity \d/);
		screen.handle(characterKey('q'));
		await drawn();
		expect(lines().join('\n')).toContain('2 services');
	});
});
