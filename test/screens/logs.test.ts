import {mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import {afterEach, describe, expect, it, onTestFinished, vi} from 'vitest';
import {msToStamp} from '../../source/logs/log-line.ts';
import {toSafeText} from '../../source/text/safe-text.ts';
import {type Dashboard, type DashboardOptions, openDashboard, rowOf} from '../ui/support/dashboard.tsx';
import {noon, service, shop, task} from '../ui/support/entities.ts';
import type {FakeLogSource} from '../ui/support/fakes.ts';
import {problemsOf} from '../ui/support/view-problems.ts';

const open: Dashboard[] = [];

afterEach(async () => {
	for (const {terminal, screen} of open.splice(0)) {
		screen.close();
		await terminal.close();
	}
});

type Reading = Dashboard & {readonly log: FakeLogSource};

async function opened(options: DashboardOptions = {}): Promise<Dashboard> {
	const shown = openDashboard(options);
	open.push(shown);
	await shown.pass(0);
	return shown;
}

/** The logs of shop_web, with the keys in them. */
async function readLogs(options: DashboardOptions = {}): Promise<Reading> {
	const shown = await opened(options);
	await shown.press('G');
	await shown.pass(300);
	await shown.press('4');
	const log = shown.feed.last;
	if (!log) throw new Error('no log was opened');
	return {...shown, log};
}

const message = ({terminal}: Dashboard): string => terminal.row(-2);
const title = (shown: Dashboard): string => rowOf(shown, '4 logs');
/** What the pane says of the line with that text, from its mark on. */
const lineOf = (shown: Dashboard, text: string): string =>
	rowOf(shown, text)
		.replace(/^ ?[┃│]?/, '')
		.replace(/[┃│ ]*$/, '');

describe('logs', () => {
	it('follows the logs of the selected service, each line with who said it', async () => {
		const shown = await opened();
		await shown.press('G');
		await shown.pass(300);
		expect(shown.feed.last?.target).toEqual({kind: 'service', id: 'service-shop_web', name: 'shop_web'});
		shown.feed.last?.say('shop_web.1@m1', 'GET / 200');
		await shown.pass(100);
		expect(rowOf(shown, 'GET / 200')).toContain('shop_web.1@m1 GET / 200');
		await shown.press('4', 't');
		expect(rowOf(shown, 'GET / 200')).toMatch(/\d\d:00:00\.000 shop_web\.1@m1 GET/);
	});

	it('lets prefix and time give way to the line on a narrow screen', async () => {
		const shown = await readLogs({columns: 40, rows: 12});
		shown.log.say('a_stack_with_a_long_name_web.1@m1', 'GET / 200');
		await shown.press('t', 't');
		await shown.pass(100);
		expect(rowOf(shown, 'GET /')).not.toBe('');
		expect(problemsOf(shown.screen, shown.terminal)).toEqual([]);
	});

	it('opens only the logs that one stays at', async () => {
		const shown = await opened();
		await shown.press('j', 'j', 'j');
		await shown.pass(300);
		expect(shown.feed.opened.map(({target}) => target.name)).toEqual(['shop_mail']);
	});

	it('stops following when one scrolls up, and starts again at the end', async () => {
		const shown = await opened();
		await shown.pass(300);
		const feed = shown.feed.last;
		feed?.say('agent.1@m1', ...Array.from({length: 100}, (_, index) => `line ${index}.`));
		await shown.pass(100);
		await shown.press('4');
		expect(shown.terminal.text()).toContain('following');
		await shown.press('pageup');
		feed?.say('agent.1@m1', 'the newest');
		await shown.pass(100);
		expect(shown.terminal.text()).toMatch(/paused.* 1 new: G follows/);
		expect(shown.terminal.text()).not.toContain('the newest');
		await shown.press('G');
		expect(shown.terminal.text()).toContain('the newest');
		expect(shown.terminal.text()).toContain('following');
	});

	it('shows the logs of one task with l, and goes back with Esc', async () => {
		const shown = await opened();
		await shown.press('G', 'enter', 'j', 'l');
		await shown.pass(300);
		expect(shown.terminal.text()).toContain('4 logs of shop_web.2');
		expect(shown.feed.last?.target.kind).toBe('task');
		await shown.press('escape');
		expect(rowOf(shown, '▸● shop_web.2')).not.toBe('');
	});

	it('closes the stream that it leaves', async () => {
		const shown = await opened();
		await shown.pass(300);
		const [first] = shown.feed.opened;
		await shown.press('G');
		expect(first?.isClosed).toBe(true);
	});

	it('shows what is written after a paused reader, the moment he follows again, with f too', async () => {
		const shown = await readLogs();
		shown.log.say('shop_web.1@m1', 'one', 'two');
		await shown.pass(100);
		await shown.press('f');
		shown.log.say('shop_web.1@m1', ...Array.from({length: 40}, (_, index) => `later ${index}.`));
		await shown.pass(100);
		expect(shown.terminal.text()).toContain('40 new: G follows');
		expect(shown.terminal.text()).not.toContain('later 39.');
		await shown.press('f');
		expect(shown.terminal.text()).toContain('later 39.');
		expect(title(shown)).toContain('following');
	});
});

describe('reading logs', () => {
	const speech = ['GET / 200', 'POST /pay 500 error', 'GET /health 200', 'Error: no money', 'GET /pay 402'];

	async function speaking(options?: DashboardOptions): Promise<Reading> {
		const shown = await readLogs(options);
		shown.log.say('shop_web.1@m1', ...speech);
		await shown.pass(100);
		return shown;
	}

	const shownLines = (shown: Dashboard): string[] => speech.filter((text) => shown.terminal.text().includes(text));

	it.each([
		['error', [1, 3], '2 of 5'],
		['!error', [0, 2, 4], '3 of 5'],
		['money|402', [3, 4], '2 of 5'],
		['/^GET .* 200$/', [0, 2], '2 of 5'],
		['!/^GET/', [1, 3], '2 of 5'],
	])('filters by %s while it is typed, and says how many are left', async (filter, left, found) => {
		const shown = await speaking();
		await shown.press('&');
		shown.terminal.type(filter);
		await shown.pass(0);
		expect(message(shown)).toContain('Filter');
		expect(shownLines(shown)).toEqual(left.map((index) => speech[index]));
		expect(title(shown)).toContain(`${filter} ${found}`);
		await shown.press('enter');
		expect(shownLines(shown)).toHaveLength(left.length);
		shown.log.say('shop_web.1@m1', 'GET /new 200');
		await shown.pass(100);
		await shown.press('escape');
		expect(shownLines(shown)).toEqual(speech);
	});

	it('keeps the lines while a regular expression is not finished, and says what is wrong', async () => {
		const shown = await speaking();
		await shown.press('&');
		shown.terminal.type('/pay(/');
		await shown.pass(0);
		expect(title(shown)).toContain('Unterminated group');
		expect(shownLines(shown)).toEqual(speech);
		await shown.press('enter');
		expect(message(shown)).toContain('not a regular expression');
		await shown.press('escape');
		expect(title(shown)).not.toContain('filter');
	});

	it('filters by who speaks', async () => {
		const shown = await speaking();
		shown.log.say('shop_web.2@w1', 'from the other');
		await shown.pass(100);
		await shown.press('&');
		shown.terminal.type('@w1');
		await shown.press('enter');
		expect(shownLines(shown)).toEqual([]);
		expect(shown.terminal.text()).toContain('from the other');
	});

	it('searches with highlights and a count, and goes from hit to hit with n and N', async () => {
		const shown = await speaking();
		await shown.press('/');
		shown.terminal.type('pay');
		await shown.press('enter');
		expect(title(shown)).toContain('search pay 2 of 2');
		const [here, other] = [shown.terminal.styleOf('pay 402'), shown.terminal.styleOf('pay 500')];
		expect(here).not.toBe(other);
		expect([here, other]).not.toContain('');
		await shown.press('N');
		expect(title(shown)).toContain('1 of 2');
		expect(rowOf(shown, 'POST /pay')).toContain('▸');
		await shown.press('n');
		expect(title(shown)).toContain('2 of 2');
		await shown.press('n');
		expect(title(shown)).toContain('1 of 2');
		expect(message(shown)).toContain('Search continues from the top.');
		await shown.press('escape');
		expect(title(shown)).not.toContain('search');
	});

	it('says when nothing is found', async () => {
		const shown = await speaking();
		await shown.press('/');
		shown.terminal.type('nowhere');
		await shown.press('enter');
		expect(message(shown)).toContain('No line has nowhere.');
		expect(title(shown)).toContain('0 hits');
	});

	it('cuts long lines, or wraps them with w', async () => {
		const shown = await speaking();
		shown.log.say('shop_web.1@m1', `${'long '.repeat(60)}end`);
		await shown.pass(100);
		expect(shown.terminal.text()).not.toContain('long end');
		await shown.press('w');
		expect(title(shown)).toContain('wrap');
		expect(shown.terminal.text()).toContain('long end');
		await shown.press('w');
		expect(shown.terminal.text()).not.toContain('long end');
	});

	it('shows the time: off, of the day, in full, since the first line', async () => {
		const shown = await speaking();
		const stamps = ['', '12:00:01.000 ', '2026-11-21T12:00:01.000000000Z ', '+0:00:01.000  '];
		for (const stamp of stamps) {
			expect(lineOf(shown, 'POST /pay')).toBe(`  ${stamp}shop_web.1@m1 POST /pay 500 error`);
			await shown.press('t');
		}
		expect(lineOf(shown, 'POST /pay')).toBe('  shop_web.1@m1 POST /pay 500 error');
	});

	it('says who spoke in full, in short, or not at all, each task in a colour of its own', async () => {
		const shown = await speaking();
		shown.log.say('shop_web.2@w1', 'from the other');
		await shown.pass(100);
		const colours = ['shop_web.1@m1', 'shop_web.2@w1'].map((text) => shown.terminal.styleOf(text));
		expect(new Set(colours).size).toBe(2);
		expect(colours).not.toContain('');
		await shown.press('P');
		expect(lineOf(shown, 'from the other')).toBe('  2@w1 from the other');
		expect(shown.terminal.styleOf('2@w1 ')?.replace(/^$/, 'none')).toBeDefined();
		await shown.press('P');
		expect(lineOf(shown, 'from the other')).toBe('  from the other');
		await shown.press('P');
		expect(['shop_web.1@m1', 'shop_web.2@w1'].map((text) => shown.terminal.styleOf(text))).toEqual(colours);
	});

	it('tells stderr, and lines that came late, from the others', async () => {
		const shown = await speaking();
		shown.log.complain('shop_web.1@m1', 'on stderr');
		shown.log.buffer.add([
			{
				stamp: msToStamp(noon + 500),
				stream: 'stdout',
				origin: {taskId: 'shop_web.2@w1', nodeId: 'w1', serviceId: 'service'},
				text: 'a late word',
				isLate: true,
			},
		]);
		shown.log.say('shop_web.1@m1', 'newest');
		await shown.pass(100);
		expect(lineOf(shown, 'on stderr')).toBe('! shop_web.1@m1 on stderr');
		expect(lineOf(shown, 'a late word')).toBe('~ shop_web.2@w1 a late word');
		const rows = shown.terminal.text().split('\n');
		expect(rows.findIndex((row) => row.includes('a late word'))).toBe(
			rows.findIndex((row) => row.includes('GET / 200')) + 1,
		);
	});

	it('shows JSON lines as level, message and fields with J, the levels in colours', async () => {
		const shown = await speaking();
		shown.log.say('shop_web.1@m1', '{"level":"error","msg":"no money","user":7,"time":1}', '{"level":30,"msg":"paid"}');
		await shown.pass(100);
		expect(shown.terminal.text()).toContain('{"level":"error"');
		await shown.press('J');
		expect(lineOf(shown, 'no money  user')).toBe('  shop_web.1@m1 ERROR no money  user=7');
		expect(lineOf(shown, 'paid')).toBe('  shop_web.1@m1 INFO  paid');
		expect(shown.terminal.styleOf('ERROR')).not.toBe(shown.terminal.styleOf('INFO'));
		expect(shownLines(shown)).toEqual(speech);
	});

	it('sets marks that stay where they were set', async () => {
		const shown = await speaking();
		await shown.press('m');
		shown.log.say('shop_web.1@m1', 'after it');
		await shown.pass(100);
		await shown.press('m');
		const rows = shown.terminal.text().split('\n');
		const at = (text: string) => rows.findIndex((row) => row.includes(text));
		expect(at('─── mark 1, 12:00:')).toBe(at('GET /pay 402') + 1);
		expect(at('after it')).toBe(at('mark 1') + 1);
		expect(at('mark 2')).toBe(at('after it') + 1);
	});

	it('goes to a time, and says what it takes when told nonsense', async () => {
		const shown = await readLogs();
		shown.log.say('shop_web.1@m1', ...Array.from({length: 200}, (_, index) => `second ${index}.`));
		await shown.pass(100);
		await shown.press('T');
		shown.terminal.type('soon');
		await shown.press('enter');
		expect(message(shown)).toContain('"soon" is no time');
		await shown.press('ctrl-u');
		shown.terminal.type('12:01:30');
		await shown.press('enter');
		expect(rowOf(shown, 'second 90.')).toContain('▸');
		expect(title(shown)).toContain('paused');
		await shown.press('T');
		shown.terminal.type('11:00');
		await shown.press('enter');
		expect(rowOf(shown, 'second 0.')).toContain('▸');
		expect(message(shown)).toContain('S reads from an earlier time on');
	});

	it.each([
		['0', 500, undefined, 'last 500'],
		['1', 50_000, -60_000, 'since 1m'],
		['2', 50_000, -300_000, 'since 5m'],
		['3', 50_000, -900_000, 'since 15m'],
		['4', 50_000, -3_600_000, 'since 1h'],
		['a', 50_000, undefined, 'from the beginning'],
	])('reads from another time on with S and %s', async (key, tail, agoMs, called) => {
		const shown = await readLogs();
		const before = shown.log;
		await shown.press('S', key);
		expect(before.isClosed).toBe(true);
		const since = agoMs === undefined ? undefined : expect.stringMatching(/^2026-11-21T1[12]:/);
		expect(shown.feed.last?.start).toEqual({tail, since});
		if (agoMs !== undefined) {
			const from = Date.parse(`${shown.feed.last?.start.since?.slice(0, 23)}Z`);
			expect(Math.abs(from - (shown.clock.now() + agoMs))).toBeLessThan(1000);
		}
		expect(title(shown)).toContain(called);
	});

	it.each([
		['10m', 'T11:50:'],
		['2h', 'T10:00:'],
		['2026-11-21T08:30:00Z', 'T08:30:00.000000000Z'],
	])('reads since %s when it is typed', async (typed, stamp) => {
		const shown = await readLogs();
		await shown.press('S', 's');
		shown.terminal.type(typed);
		await shown.press('enter');
		expect(shown.feed.last?.start.since).toContain(stamp);
		expect(title(shown)).toContain(`since ${typed}`);
	});

	it('hides the tasks that have stopped with h, and says how many', async () => {
		const shown = await speaking();
		shown.log.say('shop_web.9@w1', 'last words');
		shown.log.stoppedTasks = new Set(['shop_web.9@w1']);
		await shown.pass(100);
		expect(shown.terminal.text()).toContain('last words');
		await shown.press('h');
		expect(shown.terminal.text()).not.toContain('last words');
		expect(title(shown)).toContain('1 stopped hidden');
		await shown.press('h');
		expect(shown.terminal.text()).toContain('last words');
	});

	it('copies the line under the cursor with c, as it was written', async () => {
		const shown = await readLogs();
		shown.log.say('shop_web.1@m1', 'one', 'two \u001b[31mred\u001b[0m', 'three');
		await shown.pass(100);
		await shown.press('c', 'k', 'c');
		expect(shown.copies).toEqual(['three', 'two \u001b[31mred\u001b[0m']);
		expect(message(shown)).toContain('clipboard');
	});

	it('empties itself with C, and goes on with what comes', async () => {
		const shown = await speaking();
		await shown.press('C');
		expect(shownLines(shown)).toEqual([]);
		shown.log.say('shop_web.1@m1', 'news');
		await shown.pass(100);
		expect(shown.terminal.text()).toContain('news');
	});

	it('shows the whole of a line with Enter, with who said it and when', async () => {
		const shown = await readLogs();
		shown.log.say('shop_web.1@m1', `{"big":"${'x'.repeat(5000)}","end":true}`);
		await shown.pass(100);
		expect(shown.terminal.text()).not.toContain('"end"');
		await shown.press('enter');
		expect(shown.terminal.text()).toMatch(/2026-11-21T12:00:00\.000000000Z/);
		await shown.press('G');
		expect(shown.terminal.text()).toContain('end');
	});
});

describe('what holds of a log as a whole', () => {
	it('counts what was let go because there was too much, where it is seen', async () => {
		const shown = await readLogs();
		shown.log.say('shop_web.1@m1', ...Array.from({length: 1234}, (_, index) => `line ${index}.`));
		await shown.pass(100);
		expect(title(shown)).toContain('234 dropped');
	});

	it('names the nodes whose lines are missing, and what is wrong while it reconnects', async () => {
		const shown = await readLogs();
		shown.log.say('shop_web.1@m1', 'still here');
		shown.log.status = {...shown.log.status, missing: [toSafeText('w1'), toSafeText('w2')]};
		await shown.pass(100);
		expect(shown.terminal.text()).toContain('! no lines from w1, w2: unreachable now');
		shown.log.status = {
			...shown.log.status,
			missing: [],
			state: 'reconnecting',
			problem: toSafeText('nothing listens there'),
		};
		await shown.pass(100);
		expect(shown.terminal.text()).toContain('! reconnecting: nothing listens there');
		expect(shown.terminal.text()).toContain('still here');
		shown.log.status = {...shown.log.status, state: 'streaming', problem: toSafeText('')};
		await shown.pass(100);
		expect(shown.terminal.text()).not.toContain('reconnecting');
	});

	it.each([
		['good', 'reconnected after 12 s, nothing lost'],
		['warning', 'gap of 12 s: lines may be missing'],
	] as const)('draws a line where it was cut off: %s', async (tone, text) => {
		const shown = await readLogs();
		shown.log.say('shop_web.1@m1', 'before');
		shown.log.buffer.note({tone, text});
		shown.log.say('shop_web.1@m1', 'after');
		await shown.pass(100);
		expect(lineOf(shown, text)).toMatch(/^ {2}─── .* ─+$/);
		const rows = shown.terminal.text().split('\n');
		expect(rows.findIndex((row) => row.includes(text))).toBe(rows.findIndex((row) => row.includes('before')) + 1);
	});

	it('opens as the configuration says', async () => {
		const shown = await readLogs({
			logs: {tail: 50, lines: 100, timestamps: 'time', prefix: 'none', wrap: true, json: true, follow: false},
		});
		expect(shown.log.start).toEqual({tail: 50, since: undefined});
		shown.log.say('shop_web.1@m1', 'first', '{"msg":"hello","level":"info"}');
		await shown.pass(100);
		expect(title(shown)).toMatch(/paused.*last 50 {2}wrap {2}fields/);
		expect(lineOf(shown, 'first')).toBe('  12:00:00.000 first');
		expect(lineOf(shown, 'hello')).toContain('INFO  hello');
		shown.log.say('shop_web.1@m1', 'second');
		await shown.pass(100);
		expect(shown.terminal.text()).toContain('1 new: G follows');
		await shown.press('G');
		await shown.pass(100);
		expect(title(shown)).toContain('following');
		await shown.press('S', 'a');
		expect(shown.feed.last?.start).toEqual({tail: 100, since: undefined});
	});

	it('begins at a time where the configuration says so, and S 0 still reads the last lines', async () => {
		const shown = await readLogs({logs: {sinceMs: 900_000}});
		expect(title(shown)).toContain('since 15m');
		expect(shown.log.start.since).toMatch(/T11:45:/);
		await shown.press('S', '0');
		expect(shown.feed.last?.start).toEqual({tail: 500, since: undefined});
	});
});

describe('keeping logs', () => {
	async function folder(): Promise<string> {
		const made = await mkdtemp(path.join(os.tmpdir(), 'saved-'));
		onTestFinished(() => rm(made, {recursive: true}));
		return made;
	}

	async function saveAs(shown: Dashboard, file: string, ...keys: readonly string[]): Promise<void> {
		await shown.press('ctrl-s', ...keys, 'ctrl-u');
		shown.terminal.type(file);
		await shown.press('enter');
	}

	it('saves what is loaded, with a path that is asked for', async () => {
		const shown = await readLogs();
		shown.log.say('shop_web.1@m1', 'one', `two ${'x'.repeat(10_000)}`, '\u001b[2Jthree');
		await shown.pass(100);
		await shown.press('ctrl-s');
		expect(message(shown)).toMatch(/Save 3 lines as shop_web-20261121-1200\d\d\.log/);
		await shown.press('escape');
		const file = path.join(await folder(), 'web.log');
		await saveAs(shown, file);
		await vi.waitFor(() => expect(message(shown)).toContain('Saved 3 lines'));
		expect(await readFile(file, 'utf8')).toBe(
			[
				'2026-11-21T12:00:00.000000000Z shop_web.1.shop_web.1@m@m1    | one\n',
				`2026-11-21T12:00:01.000000000Z shop_web.1.shop_web.1@m@m1    | two ${'x'.repeat(10_000)}\n`,
				'2026-11-21T12:00:02.000000000Z shop_web.1.shop_web.1@m@m1    | \u001b[2Jthree\n',
			].join(''),
		);
	});

	it('saves what matches as JSON lines', async () => {
		const shown = await readLogs();
		shown.log.say('shop_web.1@m1', 'error one', 'fine', 'error two');
		await shown.pass(100);
		await shown.press('&');
		shown.terminal.type('error');
		await shown.press('enter');
		const file = path.join(await folder(), 'web.ndjson');
		await saveAs(shown, file, 'm');
		await vi.waitFor(() => expect(message(shown)).toContain('Saved 2 lines'));
		const saved = (await readFile(file, 'utf8'))
			.trimEnd()
			.split('\n')
			.map((text) => JSON.parse(text));
		expect(saved).toEqual([
			expect.objectContaining({time: '2026-11-21T12:00:00.000000000Z', task: 'shop_web.1', text: 'error one'}),
			expect.objectContaining({time: '2026-11-21T12:00:02.000000000Z', stream: 'stdout', text: 'error two'}),
		]);
		const all = path.join(path.dirname(file), 'all.log');
		await saveAs(shown, all, 'a');
		await vi.waitFor(() => expect(message(shown)).toContain('Saved 3 lines'));
		expect((await readFile(all, 'utf8')).trimEnd().split('\n')).toHaveLength(3);
	});

	it('never overwrites a file without being told to', async () => {
		const shown = await readLogs();
		shown.log.say('shop_web.1@m1', 'new');
		await shown.pass(100);
		const file = path.join(await folder(), 'there.log');
		await writeFile(file, 'old\n');
		await saveAs(shown, file);
		await vi.waitFor(async () => {
			await shown.pass(0);
			expect(shown.terminal.text()).toContain('exists already');
		});
		await shown.pass(400);
		await shown.press('enter');
		expect(await readFile(file, 'utf8')).toBe('old\n');
		expect(message(shown)).toContain('there.log');
		await shown.press('enter');
		await vi.waitFor(async () => {
			await shown.pass(0);
			expect(shown.terminal.text()).toContain('exists already');
		});
		await shown.pass(400);
		await shown.press('o');
		await vi.waitFor(async () => {
			await shown.pass(0);
			expect(message(shown)).toContain('Saved 1 lines');
		});
		expect(await readFile(file, 'utf8')).toContain('| new\n');
	});

	it('says why a file could not be written', async () => {
		const shown = await readLogs();
		shown.log.say('shop_web.1@m1', 'x');
		await shown.pass(100);
		await saveAs(shown, path.join(await folder(), 'no/such/folder/x.log'));
		await vi.waitFor(async () => {
			await shown.pass(0);
			expect(message(shown)).toMatch(/Not saved: ENOENT/);
		});
	});
});

describe('whose logs', () => {
	it('shows all services of a stack as one with l, their tasks beside them', async () => {
		const stack = toSafeText('shop');
		const {nodes} = shop();
		const services = [service('shop_web', {stack}), service('shop_api', {stack}), service('other')];
		const tasks = [task('shop_web', 1, 'm1'), task('shop_api', 1, 'm2'), task('other', 1, 'm1')];
		const shown = await opened({swarm: {nodes, services, tasks}});
		await shown.press('5');
		expect(shown.terminal.text()).toContain('stacks');
		await shown.press('l');
		await shown.pass(300);
		expect(shown.feed.last?.target).toEqual({kind: 'stack', id: 'shop', name: 'shop'});
		expect(shown.terminal.text()).toContain('4 logs of shop');
		expect(shown.sync.shown.at(-1)).toEqual({kind: 'stack', name: 'shop'});
		expect(shown.terminal.text()).toContain('3 tasks of stack shop 2');
		await shown.press('escape');
		expect(rowOf(shown, '▸')).toContain('shop');
	});

	it('shows all that is marked as one with l, each service in a colour of its own', async () => {
		const shown = await opened();
		await shown.press('G', 'space', 'k', 'space', 'l');
		await shown.pass(300);
		expect(shown.feed.last?.target).toMatchObject({
			kind: 'several',
			name: 'shop_web, shop_mail',
			parts: [
				{kind: 'service', id: 'service-shop_web'},
				{kind: 'service', id: 'service-shop_mail'},
			],
		});
		expect(shown.terminal.text()).toContain('4 logs of shop_web, shop_mail');
		await shown.press('escape');
		expect(shown.terminal.text()).toContain('2 marked');
	});
});
