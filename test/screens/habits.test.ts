/** What hands know from `less`, from k9s and from this program's own titles: a key keeps its meaning wherever one is. */
import {describe, expect, it} from 'vitest';
import {toSafeText} from '../../source/text/safe-text.ts';
import {topOverlay} from '../../source/ui/app/state.ts';
import {type Dashboard, rowOf, showDashboard} from '../ui/support/dashboard.tsx';
import {cluster, noon, service, shop} from '../ui/support/entities.ts';

const message = ({terminal}: Dashboard): string => terminal.row(-2);
const focus = ({screen}: Dashboard): string => screen.getSnapshot().state.focus;

/** What the dialog on top asks consent for. */
function asked({screen}: Dashboard): unknown {
	const top = topOverlay(screen.getSnapshot().state);
	return top?.kind === 'confirmation' ? top.confirmation.intent : undefined;
}

describe('digits', () => {
	it.each([
		['0', 'overview'],
		['1', 'nodes'],
		['2', 'services'],
		['3', 'tasks'],
		['5', 'stacks'],
		['6', 'networks'],
	])('%s goes to the %s from the logs too', async (key, place) => {
		const shown = await showDashboard();
		await shown.press('4', key);
		expect(focus(shown)).toBe(place);
	});

	it('leave the range of the logs to a menu of its own', async () => {
		const shown = await showDashboard();
		await shown.press('G');
		await shown.pass(300);
		await shown.press('4', 'S');
		expect(shown.terminal.text()).toContain('Logs since when?');
		for (const range of ['1m', '5m', '15m', '1h', 'from the beginning', 'since…'])
			expect(shown.terminal.text()).toContain(range);
		await shown.press('3');
		expect(rowOf(shown, '4 logs')).toContain('since 15m');
		await shown.press('S', 's');
		expect(message(shown)).toContain('Logs since');
	});
});

describe('u and U', () => {
	it('u sets an image also while the line offers to take an action back, and U takes it back', async () => {
		const shown = await showDashboard({columns: 120, rows: 36});
		await shown.press('2', 'G');
		const undo = {action: 'service.scale', serviceId: 'service-shop_web', replicas: 3} as const;
		shown.actions.answer = {undo};
		await shown.press('+');
		await shown.pass(100);
		expect(message(shown)).toContain('(U undoes it)');
		expect(shown.terminal.row(-1)).toMatch(/^ U undo/);
		await shown.press('u');
		expect(message(shown)).toContain('Image of shop_web');
		await shown.press('escape', 'U');
		expect(shown.actions.acted.at(-1)).toEqual(undo);
	});
});

describe('q', () => {
	it('closes what is open, one after the other, and quits when nothing is', async () => {
		const shown = await showDashboard();
		await shown.press('G', 'enter', 'l', 'z', 'q');
		expect(focus(shown)).toBe('logs');
		await shown.press('q');
		expect(focus(shown)).toBe('tasks');
		await shown.press('q');
		expect(focus(shown)).toBe('services');
		await shown.press('0', '5', 'q', '4', 'q', 'z', 'q');
		expect(focus(shown)).toBe('services');
		expect(shown.quits).toEqual([]);
		await shown.press('q');
		expect(shown.quits).toHaveLength(1);
	});

	it('quits with Ctrl-C wherever one is', async () => {
		const shown = await showDashboard();
		await shown.press('0', '?', 'ctrl-c');
		expect(shown.quits).toHaveLength(1);
	});
});

describe('places', () => {
	it('- goes to the last view and back again', async () => {
		const shown = await showDashboard();
		await shown.press('0', '-');
		expect(focus(shown)).toBe('services');
		await shown.press('-');
		expect(focus(shown)).toBe('overview');
		expect(shown.actions.acted).toEqual([]);
	});

	it('[ and ] go back and forward through what was visited', async () => {
		const shown = await showDashboard();
		await shown.press('[');
		expect(message(shown)).toContain('no place before');
		await shown.press('G', 'enter', '6', '1', '[');
		expect(focus(shown)).toBe('networks');
		await shown.press('[');
		expect(focus(shown)).toBe('tasks');
		expect(shown.terminal.text()).toContain('3 tasks of shop_web');
		await shown.press('[', ']', ']', ']', ']');
		expect(focus(shown)).toBe('nodes');
		expect(message(shown)).toContain('no place after');
	});
});

describe('commands in the palette', () => {
	async function typed(line: string, ...keys: readonly string[]): Promise<Dashboard> {
		const shown = await showDashboard();
		await shown.press(':');
		shown.terminal.type(line);
		await shown.pass(0);
		await shown.press(...keys);
		return shown;
	}

	it('scale NAME N plans it for the service that is meant', async () => {
		const shown = await typed('scale web 5');
		expect(rowOf(shown, '▸Scale shop_web to 5')).not.toBe('');
		await shown.press('enter');
		expect(shown.actions.acted.at(-1)).toEqual({
			action: 'service.scale',
			serviceId: 'service-shop_web',
			replicas: 5,
		});
	});

	it('logs NAME NAME reads both as one stream', async () => {
		const shown = await typed('logs web api', 'enter');
		await shown.pass(300);
		expect(rowOf(shown, '4 logs of shop_web, shop_api')).not.toBe('');
		expect(shown.feed.last?.target.parts?.map(({id}) => id)).toEqual(['service-shop_web', 'service-shop_api']);
	});

	it('drain NODE plans a drain', async () => {
		const shown = await typed('drain w1', 'enter');
		expect(asked(shown)).toMatchObject({action: 'node.availability', nodeId: 'node-w1', availability: 'drain'});
	});

	it('means what is named, whatever is marked', async () => {
		const shown = await showDashboard();
		await shown.press('1', 'g', 'space', 'space', ':');
		shown.terminal.type('drain w1');
		await shown.press('enter');
		expect(asked(shown)).toMatchObject({action: 'node.availability', nodeId: 'node-w1', availability: 'drain'});
	});

	it('svc NAME /TEXT filters the list where that finds something, else searches the logs', async () => {
		const shown = await typed('svc web /2.4', 'enter');
		expect(shown.terminal.text()).toContain('/web 2.4');
		const other = await typed('svc web /error', 'enter');
		await other.pass(300);
		expect(rowOf(other, '4 logs of shop_web')).toContain('search error');
	});

	it('Tab completes commands and names', async () => {
		const shown = await typed('scal', 'tab');
		expect(message(shown)).toContain(': scale ');
		shown.terminal.type('we');
		await shown.pass(0);
		await shown.press('tab');
		expect(message(shown)).toContain(': scale shop_web ');
		expect(rowOf(shown, '▸Scale shop_web')).not.toBe('');
		const paths = await typed('deploy test/cases/sta', 'tab');
		expect(message(paths)).toContain('deploy test/cases/stacks');
	});

	it('changes nothing in read-only mode', async () => {
		const shown = await showDashboard({isReadOnly: true});
		await shown.press(':');
		shown.terminal.type('scale web 5');
		await shown.press('enter');
		expect(message(shown)).toContain('Read-only mode');
		expect(shown.actions.acted).toEqual([]);
	});
});

const footer = ({terminal}: Dashboard): string => terminal.row(-1);

describe('the footer', () => {
	it('offers first what the state of the row asks for', async () => {
		const paused = service('shop_paused', {
			health: 'converging',
			update: {state: 'paused', message: toSafeText('update paused'), startedAt: noon, completedAt: undefined},
			hasPreviousSpec: true,
		});
		const swarm = {...shop(), services: [...shop().services, paused]};
		const shown = await showDashboard({columns: 80, rows: 24, swarm});
		await shown.press('2', '/');
		shown.terminal.type('shop_mail');
		await shown.press('enter');
		expect(footer(shown)).toMatch(/^ w why/);
		await shown.press('/');
		shown.terminal.type('shop_paused');
		await shown.press('enter');
		expect(footer(shown)).toMatch(/^ C continue {2}b roll back/);
		await shown.press('/');
		shown.terminal.type('shop_web');
		await shown.press('enter');
		expect(footer(shown)).toMatch(/^ s scale/);
	});
});

describe('! shows only what is in trouble', () => {
	it.each([
		['2', 'shop_mail', 'shop_web'],
		['0', 'shop_mail', 'nothing'],
		['6', 'nothing here is in trouble; Esc shows all', 'no network'],
	])('in the list of key %s', async (key, there, notThere) => {
		const shown = await showDashboard();
		await shown.press(key, '!');
		const pane = shown.terminal
			.text()
			.split('\n')
			.slice(0, 24)
			.join('\n')
			.replaceAll(/tasks of \S+/g, '');
		expect(pane).toContain(there);
		expect(pane).not.toContain(` ${notThere} `);
		expect(shown.terminal.text()).toContain('in trouble');
		await shown.press('escape');
		expect(shown.screen.getSnapshot().state.lists.services.isTroubleOnly).toBe(false);
	});

	it('follows what becomes of it', async () => {
		const shown = await showDashboard();
		await shown.press('2', '!');
		expect(rowOf(shown, '2 services')).toContain('2/5');
		await shown.become(cluster({...shop(), services: [service('shop_web', {health: 'failing'})]}));
		expect(rowOf(shown, '2 services')).toContain('1/1');
	});
});

describe('d', () => {
	it('describes where nothing is drained', async () => {
		const shown = await showDashboard();
		await shown.press('2', 'G', 'd');
		expect(shown.terminal.text()).toContain('details shop_web');
		await shown.press('q', 'enter', 'd');
		expect(shown.terminal.text()).toContain('details shop_web.1');
		await shown.press('q', '1', 'd');
		expect(asked(shown)).toMatchObject({availability: 'drain'});
	});
});

describe('p', () => {
	it('shows the logs of the container before, of a service, of a task and from its logs', async () => {
		const shown = await showDashboard();
		await shown.press('2', '/');
		shown.terminal.type('shop_mail');
		await shown.press('enter', 'p');
		await shown.pass(300);
		expect(shown.feed.last?.target).toMatchObject({kind: 'task'});
		const newest = shown.feed.last?.target.id;
		expect(rowOf(shown, '4 logs')).toMatch(/logs of shop_mail\.1, (exit code \d+|failed)/);
		await shown.press('p');
		await shown.pass(300);
		expect(shown.feed.last?.target.id).not.toBe(newest);
	});

	it('says that there is none', async () => {
		const shown = await showDashboard();
		await shown.press('2', 'G', 'p');
		expect(message(shown)).toContain('No container before this one is known of shop_web');
	});
});

describe('Esc followed at once by a key', () => {
	it('is Esc and that key', async () => {
		const shown = await showDashboard();
		await shown.press('2', 'G', 'enter');
		expect(focus(shown)).toBe('tasks');
		shown.terminal.input.emit('data', '\u001b1');
		await shown.pass(50);
		expect(focus(shown)).toBe('nodes');
		await shown.press('/');
		shown.terminal.type('w1');
		shown.terminal.input.emit('data', '\u001b2');
		await shown.pass(50);
		expect(focus(shown)).toBe('services');
		expect(shown.screen.getSnapshot().state.lists.nodes.filterText).toBe('');
	});

	it('stays Alt and that key where that means something', async () => {
		const shown = await showDashboard();
		await shown.press('/');
		shown.terminal.type('one two');
		shown.terminal.input.emit('data', '\u001bb');
		await shown.pass(50);
		shown.terminal.type('X');
		await shown.pass(50);
		expect(message(shown)).toContain('one Xtwo');
	});
});

describe('prompts that start with a value', () => {
	it.each([
		['s', '3', '7'],
		['u', 'registry.example.com/shop/web:2.4.1', 'nginx'],
	])('%s: typing replaces it, moving keeps it, and the line says so', async (key, value, typed) => {
		const shown = await showDashboard();
		await shown.press('2', 'G', key);
		expect(message(shown)).toContain('typing replaces it, → keeps it');
		shown.terminal.type(typed);
		await shown.pass(0);
		expect(message(shown)).toContain(`: ${typed}`.slice(2));
		expect(message(shown)).not.toContain(`${value}${typed}`);
		expect(message(shown)).not.toContain('typing replaces it');
		await shown.press('escape', key, 'end');
		shown.terminal.type(typed);
		await shown.pass(0);
		expect(message(shown).replaceAll(' ', '')).toContain(`${value}${typed}`.slice(-20));
	});

	it('so does the filter', async () => {
		const shown = await showDashboard();
		await shown.press('2', '/');
		shown.terminal.type('mail');
		await shown.press('enter', '/');
		shown.terminal.type('web');
		await shown.press('enter');
		expect(rowOf(shown, '2 services')).toContain('/web');
	});
});

describe('sorting', () => {
	it('puts first what misses most replicas, and tells ties by their name', async () => {
		const counts = (running: number, desired: number) => ({running, desired, completed: 0});
		const services = [
			service('zebra', {counts: counts(1, 1)}),
			service('few', {counts: counts(4, 5)}),
			service('many', {counts: counts(0, 9)}),
			service('apple', {counts: counts(1, 1)}),
		];
		const shown = await showDashboard({swarm: {...shop(), services, tasks: []}});
		await shown.press(':');
		shown.terminal.type('sort replicas');
		await shown.press('enter');
		const order = shown.screen
			.getSnapshot()
			.rows.get('services')
			?.rows.map(({id}) => id.replace('service-', ''));
		expect(order).toEqual(['many', 'few', 'apple', 'zebra']);
	});
});

describe('copying', () => {
	it('says where the text is when that is not the clipboard', async () => {
		const shown = await showDashboard({copied: toSafeText("It is in tmux's buffer (prefix ] pastes it).")});
		await shown.press('2', 'G', 'c', 'n');
		expect(message(shown)).toContain("It is in tmux's buffer (prefix ] pastes it). Copied: shop_web");
	});
});
