import {describe, expect, it} from 'vitest';
import {toSafeText} from '../../source/text/safe-text.ts';
import {type Dashboard, rowOf, showDashboard} from '../ui/support/dashboard.tsx';
import {cluster, follower, leader, node, noon, service, shop, task} from '../ui/support/entities.ts';
import {line} from '../ui/support/fakes.ts';

const message = ({terminal}: Dashboard): string => terminal.row(-2);
const footer = ({terminal}: Dashboard): string => terminal.row(-1);

describe('the first look', () => {
	it('says in one line whose swarm it is and what is wrong, the quorum last', async () => {
		const {terminal} = await showDashboard();
		expect(terminal.row(0)).toBe(
			' demo m1 26.1.5  ✗ 1 service  ◐ 1  nodes 5/5  services 3/5  tasks 10/13  live  3 managers, 2 needed, leader m1, 1 can be lost',
		);
	});

	it('keeps what matters of that line at 80 columns', async () => {
		const {terminal} = await showDashboard({columns: 80, rows: 24});
		expect(terminal.row(0)).toBe(' demo  ✗ 1 service  ◐ 1  n 5/5  services 3/5  tasks 10/13  ★ m1, 1 can be lost');
	});

	it('says that it reads rather than that there is nothing', async () => {
		const unknown = {fetchedAt: undefined, isStale: false};
		const freshness = {nodes: unknown, services: unknown, tasks: unknown};
		const state = cluster({}, {isLoading: true, quorum: undefined, freshness});
		const {terminal} = await showDashboard({state});
		expect(terminal.row(0)).toBe(' demo m1 26.1.5  reading the swarm…');
		expect(terminal.text()).toContain('reading the services…');
	});

	it('shows health by colour and by shape', async () => {
		const shown = await showDashboard();
		expect(rowOf(shown, 'shop_mail')).toContain('✗ shop_mail');
		expect(rowOf(shown, 'shop_api')).toContain('◐ shop_api');
		expect(shown.terminal.styleOf('✗ shop_mail')).toBe('1;31');
		expect(shown.terminal.styleOf('◐ shop_api')).toBe('33');
		expect(shown.terminal.styleOf('● shop_web')).toBe('32');
	});

	it('ends every colour where its text ends', async () => {
		const {terminal} = await showDashboard();
		expect(terminal.styles(0).map(({text, style}) => [text.trim(), style])).toContainEqual(['services', '']);
		expect(terminal.styleOf('shop_mail ')).toBe('');
		expect(terminal.styleOf('shop_web ')).toBe('');
	});

	it('uses no colour where none is wanted, and still says everything', async () => {
		const {terminal} = await showDashboard({theme: 'no-colour'});
		const styles = terminal
			.text()
			.split('\n')
			.flatMap((_, y) => terminal.styles(y).map(({style}) => style));
		expect(styles.filter((style) => /(?:^|;)(?:[349]\d|10\d)(?:;|$)/.test(style))).toEqual([]);
		expect(terminal.text()).toContain('✗ shop_mail');
	});

	it('strips digests, shows the published port and how far an update is', async () => {
		const shown = await showDashboard();
		expect(rowOf(shown, 'shop_web')).toContain('8080→80 ');
		expect(rowOf(shown, 'shop_api')).toMatch(/2\/4 .*updating 0\/4/);
	});

	it('marks the leader, and says what other managers are to raft', async () => {
		const shown = await showDashboard({
			swarm: {
				nodes: [
					node('m1', {manager: leader}),
					node('m2', {manager: {...follower, reachability: 'unreachable'}, state: 'down', health: 'failing'}),
					node('m3', {manager: follower}),
				],
			},
		});
		expect(rowOf(shown, 'm1  ')).toContain('★ Leader');
		expect(rowOf(shown, 'm3  ')).toContain('Reachable');
		expect(rowOf(shown, 'Unreachable')).toMatch(/✗ m2 .*down/);
		expect(shown.terminal.row(0)).toContain('2/3 managers, 0 can be lost');
	});

	it('tells a newcomer with an empty swarm what to do', async () => {
		const {terminal} = await showDashboard({swarm: {nodes: [node('m1', {manager: leader})]}});
		expect(terminal.text()).toContain('no services yet: n makes one');
	});

	it('asks for more room on a tiny screen, and takes it', async () => {
		const {terminal, pass} = await showDashboard({columns: 19, rows: 4});
		expect(terminal.text()).toContain('needs 20x5');
		terminal.resize(80, 24);
		await pass(0);
		expect(terminal.text()).toContain('2 services 5');
	});

	it('shows one pane at a time on a small screen', async () => {
		const shown = await showDashboard({columns: 40, rows: 12});
		expect(shown.terminal.text()).toContain('2 services');
		expect(shown.terminal.text()).not.toContain('1 nodes');
		await shown.press('1');
		expect(shown.terminal.text()).toContain('1 nodes');
	});
});

describe('moving about', () => {
	it('shows the tasks of the service under the cursor, and goes to them with Enter', async () => {
		const shown = await showDashboard();
		await shown.press('G');
		expect(shown.terminal.text()).toContain('3 tasks of shop_web 3');
		await shown.press('enter', 'j');
		expect(rowOf(shown, '▸● shop_web.2')).toContain('m2');
		await shown.press('escape');
		expect(footer(shown)).toContain('s scale');
	});

	it('shows the tasks of a node', async () => {
		const shown = await showDashboard();
		await shown.press('1', 'j', 'j', 'j');
		expect(shown.terminal.text()).toContain('3 tasks on w1 3');
		expect(rowOf(shown, 'shop_mail.1')).toContain('failed');
	});

	it('tells the sync whose tasks are looked at, once the cursor rests', async () => {
		const shown = await showDashboard();
		await shown.press('j', 'j', 'j');
		await shown.pass(200);
		expect(shown.sync.shown).toEqual([{kind: 'service', id: 'service-shop_mail'}]);
	});

	it('keeps the place for Esc through all tasks and back', async () => {
		const shown = await showDashboard();
		await shown.press('G', 'enter', 'j', 'j', 'a');
		expect(shown.terminal.text()).toContain('3 all tasks 6');
		await shown.press('escape');
		expect(rowOf(shown, '▸● shop_web.3')).toContain('w1');
		await shown.press('escape', 'escape');
		expect(message(shown)).toContain('nothing to go back to');
	});

	it('stays on the object while rows come and go', async () => {
		const shown = await showDashboard();
		await shown.press('G', 'k');
		const before = shown.terminal
			.text()
			.split('\n')
			.findIndex((row) => /▸✗ shop_mail +0\/1/.test(row));
		const swarm = shop();
		// Rows keep their places while the cursor is on its way.
		await shown.pass(2000);
		await shown.become(cluster({...swarm, services: [service('aaa'), service('aab'), ...swarm.services]}));
		const after = shown.terminal
			.text()
			.split('\n')
			.findIndex((row) => /▸✗ shop_mail +0\/1/.test(row));
		expect(before).toBeGreaterThan(0);
		// Two more rows above it in a list that is not scrolled: there is no way to keep its screen row.
		expect(after).toBe(before + 2);
	});

	it('says that the selected object is gone, refuses to act on its neighbour, and moves on with the next key', async () => {
		const shown = await showDashboard();
		await shown.press('G', 'k');
		const swarm = shop();
		await shown.become(cluster({...swarm, services: swarm.services.filter(({name}) => name !== 'shop_mail')}));
		expect(rowOf(shown, 'shop_mail is gone')).not.toBe('');
		await shown.press('x');
		expect(message(shown)).toContain('shop_mail is gone: pick another service');
		expect(shown.actions.acted).toEqual([]);
		await shown.press('j');
		expect(rowOf(shown, '▸● shop_web')).not.toBe('');
	});

	it('filters as one types, finds nothing politely, and Esc brings everything back', async () => {
		const shown = await showDashboard();
		shown.terminal.type('/shop !web');
		await shown.pass(0);
		expect(shown.terminal.text()).toContain('2 services 2/5 /shop !web');
		expect(rowOf(shown, '▸◐ shop_api')).not.toBe('');
		await shown.press('enter', '/', 'ctrl-u');
		shown.terminal.type('zzz');
		await shown.pass(0);
		expect(shown.terminal.text()).toContain('nothing matches the filter');
		await shown.press('escape');
		expect(shown.terminal.text()).toContain('2 services 2/5 /shop !web');
		await shown.press('escape');
		expect(shown.terminal.text()).toContain('2 services 5');
	});

	it('sorts by the next column and the other way round, with the cursor on its object', async () => {
		const shown = await showDashboard();
		await shown.press('j', 'o', 'o');
		expect(shown.terminal.text()).toContain('2 services 5 ↑replicas');
		await shown.press('O');
		const rows = shown.terminal.text().split('\n');
		const order = ['○ batch', '● shop_web', '✗ shop_mail', '◐ shop_api'].map((name) =>
			rows.findIndex((row) => row.includes(name)),
		);
		expect(order).toEqual(order.toSorted((a, b) => a - b));
		expect(rowOf(shown, '▸○ batch')).not.toBe('');
	});

	it('zooms into one pane and out again', async () => {
		const shown = await showDashboard();
		await shown.press('z');
		expect(shown.terminal.text()).not.toContain('1 nodes');
		await shown.press('3');
		expect(shown.terminal.text()).toContain('3 tasks of agent');
		await shown.press('escape');
		expect(shown.terminal.text()).toContain('1 nodes');
	});

	it('says what a key would do elsewhere', async () => {
		const shown = await showDashboard();
		await shown.press('f');
		expect(message(shown)).toContain('f does nothing here (in logs: Follow');
	});

	it('quits on q and on Ctrl-C, and not on q in a prompt', async () => {
		const shown = await showDashboard();
		await shown.press('/', 'q');
		expect(shown.quits).toHaveLength(0);
		await shown.press('escape', 'q', 'ctrl-c');
		expect(shown.quits).toHaveLength(2);
	});
});

describe('tasks', () => {
	it('shows the whole error of the selected task, with the exit code', async () => {
		const shown = await showDashboard();
		await shown.press('G', 'k', 'enter');
		expect(shown.terminal.text()).toContain('OOM killed while reading the');
		expect(shown.terminal.text()).toContain('limits of the service');
	});

	it('keeps the older tasks of a slot behind H', async () => {
		const shown = await showDashboard();
		await shown.press('G', 'k', 'enter');
		expect(shown.terminal.text()).toContain('3 tasks of shop_mail 1');
		await shown.press('H');
		expect(rowOf(shown, '└ shop_mail.1')).toContain('m2');
		await shown.press('j', 'H');
		expect(shown.terminal.text()).toContain('3 tasks of shop_mail 1');
		expect(rowOf(shown, '▸✗ shop_mail.1')).toContain('w1');
	});

	it('says what the task before died of while the next one starts', async () => {
		const swarm = shop();
		const starting = swarm.tasks.map((each) =>
			each.id === 'task-shop_mail-1'
				? task('shop_mail', 1, 'w1', {state: 'starting', health: 'converging', since: noon})
				: each,
		);
		const shown = await showDashboard({swarm: {...swarm, tasks: starting}});
		await shown.press('G', 'k', 'enter');
		expect(rowOf(shown, '▸◐ shop_mail.1')).toMatch(/starting 0s +before: task: non-/);
	});

	it('stays in the slot when its task is replaced', async () => {
		const shown = await showDashboard();
		await shown.press('G', 'enter', 'j');
		const swarm = shop();
		const replaced = swarm.tasks.map((each) => (each.id === 'task-shop_web-2' ? {...each, isCurrent: false} : each));
		const next = task('shop_web', 2, 'w1', {id: 'task-next', state: 'starting', health: 'converging'});
		await shown.become(cluster({...swarm, tasks: [...replaced, next]}));
		expect(rowOf(shown, '▸◐ shop_web.2')).toContain('w1');
	});

	it('shows all there is to know with Enter, and the way into the container', async () => {
		const shown = await showDashboard();
		await shown.press('G', 'enter', 'enter');
		expect(shown.terminal.text()).toContain('ssh m1 docker exec -it c0ffee sh');
		expect(shown.terminal.text()).toContain('reading its environment');
		expect(shown.sync.lookedAt).toEqual(['task-shop_web-1']);
		await shown.press('escape');
		expect(shown.terminal.text()).toContain('1 nodes');
		expect(shown.sync.lookedAt).toEqual(['task-shop_web-1', undefined]);
	});

	it('counts seconds only while something moves', async () => {
		const shown = await showDashboard({columns: 240, rows: 50});
		expect(rowOf(shown, 'shop_api')).toContain('updating 20s');
		await shown.pass(1000);
		expect(rowOf(shown, 'shop_api')).toContain('updating 21s');
	});
});

describe('acting', () => {
	it('asks for the number of replicas, holding the present one', async () => {
		const shown = await showDashboard();
		await shown.press('G', 's');
		expect(message(shown)).toContain('Replicas of shop_web 3');
		expect(message(shown)).toContain('now 3');
		await shown.press('6', 'enter', 'y');
		expect(shown.actions.acted).toEqual([{action: 'service.scale', serviceId: 'service-shop_web', replicas: 6}]);
	});

	it('keeps the present number for whoever moves the cursor before typing', async () => {
		const shown = await showDashboard();
		await shown.press('G', 's', 'end', '0', 'enter', 'y');
		expect(shown.actions.acted).toEqual([{action: 'service.scale', serviceId: 'service-shop_web', replicas: 30}]);
	});

	it('says what is wrong with what was typed, and keeps it', async () => {
		const shown = await showDashboard();
		await shown.press('G', 's');
		shown.terminal.type('six');
		await shown.press('enter');
		expect(message(shown)).toContain('a whole number');
		expect(message(shown)).toContain('six');
		await shown.press('escape');
		expect(shown.actions.acted).toEqual([]);
	});

	it('takes a step with + and _, without a dialog', async () => {
		const shown = await showDashboard();
		await shown.press('G', '+', '_');
		expect(shown.actions.acted).toEqual([
			{action: 'service.step', serviceId: 'service-shop_web', by: 1},
			{action: 'service.step', serviceId: 'service-shop_web', by: -1},
		]);
	});

	it('explains why a global service has nothing to scale', async () => {
		const shown = await showDashboard();
		await shown.press('s');
		expect(message(shown)).toContain('agent is global');
		expect(footer(shown)).not.toContain('scale');
	});

	it('asks before it drains, says what will happen, and focuses Cancel', async () => {
		const shown = await showDashboard();
		shown.actions.answer = {
			title: toSafeText('Drain node w1'),
			consent: {kind: 'dialog'},
			lines: [line('danger', 'shop_mail will be down: its only replica moves'), line('plain', '3 tasks move')],
			command: toSafeText('docker node update --availability drain w1'),
		};
		await shown.press('1', 'j', 'j', 'j', 'd');
		expect(shown.terminal.text()).toContain('Drain node w1');
		expect(shown.terminal.text()).toContain('✗ shop_mail will be down');
		expect(shown.terminal.text()).toContain('$ docker node update --availability drain w1');
		expect(shown.terminal.text()).toContain('[ Cancel ]');
		await shown.press('enter');
		expect(shown.actions.acted).toEqual([]);
		await shown.press('d', 'tab');
		expect(shown.terminal.text()).toContain('[ Drain ]');
		await shown.press('enter');
		expect(shown.actions.acted).toEqual([{action: 'node.availability', nodeId: 'node-w1', availability: 'drain'}]);
	});

	it('goes back to Cancel when what would happen changes under an open dialog', async () => {
		const shown = await showDashboard();
		shown.actions.answer = {consent: {kind: 'dialog'}, lines: [line('plain', '3 tasks stop')]};
		await shown.press('G', 'x', 'tab');
		shown.actions.answer = {consent: {kind: 'dialog'}, lines: [line('danger', 'shop_db will be down')]};
		await shown.become(cluster(shop()));
		expect(shown.terminal.text()).toContain('Something changed while this was open');
		expect(shown.terminal.text()).toContain('shop_db will be down');
		await shown.press('enter');
		expect(shown.actions.acted).toEqual([]);
	});

	it('keeps the focus while only numbers move, and shows the new ones', async () => {
		const shown = await showDashboard();
		shown.actions.answer = {consent: {kind: 'dialog'}, lines: [line('plain', '3 tasks stop')]};
		await shown.press('G', 'x', 'tab');
		shown.actions.answer = {consent: {kind: 'dialog'}, lines: [line('plain', '4 tasks stop')]};
		await shown.become(cluster(shop()));
		expect(shown.terminal.text()).toContain('4 tasks stop');
		await shown.press('enter');
		expect(shown.actions.acted).toHaveLength(1);
	});

	it('refuses to act on what has vanished under an open dialog', async () => {
		const shown = await showDashboard();
		shown.actions.answer = {consent: {kind: 'dialog'}, lines: [line('plain', '3 tasks stop')]};
		await shown.press('G', 'x', 'tab');
		shown.actions.answer = {consent: {kind: 'dialog'}, refusal: toSafeText('shop_web is gone.')};
		await shown.become(cluster({...shop(), services: []}));
		expect(shown.terminal.text()).toContain('✗ shop_web is gone.');
		expect(shown.terminal.text()).toContain('[ Close ]');
		await shown.press('y');
		expect(shown.actions.acted).toEqual([]);
	});

	it('wants a word typed for what is worst', async () => {
		const shown = await showDashboard();
		shown.actions.answer = {
			consent: {kind: 'typed', word: toSafeText('prod')},
			lines: [line('danger', 'the quorum would be lost')],
		};
		await shown.press('1', 'P');
		shown.terminal.type('prod?');
		await shown.press('enter');
		expect(shown.actions.acted).toEqual([]);
		await shown.press('backspace', 'enter');
		expect(shown.actions.acted).toHaveLength(1);
	});

	it('shows a refusal with its arithmetic', async () => {
		const shown = await showDashboard();
		shown.actions.answer = {
			refusal: toSafeText('1 of 3 managers would be reachable, 2 are needed.'),
			lines: [line('plain', 'm2 is unreachable already')],
		};
		await shown.press('1', 'P');
		expect(shown.terminal.text()).toContain('1 of 3 managers would be reachable');
		await shown.press('enter');
		expect(shown.actions.acted).toEqual([]);
		expect(shown.terminal.text()).not.toContain('1 of 3 managers would be reachable');
	});

	it('offers the three availabilities with the present one marked', async () => {
		const shown = await showDashboard();
		await shown.press('1', 'a');
		expect(rowOf(shown, 'takes new tasks')).toContain('● a  active  takes new tasks (now)');
		await shown.press('p', 'y');
		expect(shown.actions.acted).toEqual([{action: 'node.availability', nodeId: 'node-m1', availability: 'pause'}]);
	});

	it('shows progress in the row and in the message line until it has converged', async () => {
		const shown = await showDashboard();
		await shown.press('G', '+');
		shown.actions.tell({title: toSafeText('Scale shop_web from 3 to 4'), detail: toSafeText('3/4')});
		await shown.pass(100);
		expect(rowOf(shown, '▸● shop_web  ').slice(0, 100)).toMatch(/3\/4┃$/);
		expect(message(shown)).toContain('Scale shop_web from 3 to 4: 3/4');
		shown.actions.tell({
			state: 'done',
			detail: toSafeText('converged in 3 s'),
			undo: {action: 'service.scale', serviceId: 'service-shop_web', replicas: 3},
		});
		await shown.pass(100);
		expect(message(shown)).toContain('converged in 3 s (U undoes it)');
		await shown.press('U');
		expect(shown.actions.acted.at(-1)).toEqual({
			action: 'service.scale',
			serviceId: 'service-shop_web',
			replicas: 3,
		});
	});

	it('does not call what is being made gone, when it is taken back too soon', async () => {
		const shown = await showDashboard();
		await shown.press('G', '+');
		shown.actions.tell({
			title: toSafeText('Create service hello'),
			detail: toSafeText('0/1'),
			undo: {action: 'service.remove', serviceId: 'service-hello'},
		});
		await shown.pass(100);
		shown.actions.answer = {refusal: toSafeText('The service hello is gone.')};
		await shown.press('U');
		expect(message(shown)).toContain('Create service hello is still under way: it can be taken back in a moment.');
		expect(shown.terminal.text()).not.toContain('is gone');
	});

	it('lets the newest action speak, unless an older one fails', async () => {
		const shown = await showDashboard();
		await shown.press('G', '+');
		const first = shown.actions.progress();
		await shown.press('k', 'k', '+');
		shown.actions.tell({title: toSafeText('Scale shop_api'), detail: toSafeText('3/4')});
		await shown.pass(100);
		shown.actions.tellOf(first[0]?.id ?? 0, {title: toSafeText('Scale shop_web'), state: 'done'});
		await shown.pass(100);
		expect(message(shown)).toContain('Scale shop_api: 3/4');
		shown.actions.tellOf(first[0]?.id ?? 0, {state: 'failed', detail: toSafeText('no such image')});
		await shown.pass(100);
		expect(message(shown)).toContain('no such image');
	});

	it('changes nothing in read-only mode, says so, and offers nothing', async () => {
		const shown = await showDashboard({isReadOnly: true});
		expect(shown.terminal.row(0)).toContain('READ-ONLY');
		await shown.press('G');
		for (const key of ['s', '+', '_', 'r', 'x', 'ctrl-d']) {
			await shown.press(key);
			expect(message(shown)).toContain('Read-only mode');
		}
		for (const word of ['scale', 'restart', 'remove']) expect(footer(shown)).not.toContain(word);
		expect(shown.actions.acted).toEqual([]);
	});
});

describe('when the engine is lost', () => {
	const lost = {
		state: 'lost',
		problem: toSafeText('The engine does not answer.'),
		nextStep: toSafeText('Is it running? systemctl status docker'),
		since: noon - 5000,
		retryAt: noon + 3000,
	} as const;

	it('says what is wrong, what to do and how old the data are, and keeps them readable', async () => {
		const shown = await showDashboard();
		await shown.become(cluster(shop(), {connection: lost}));
		expect(shown.terminal.row(1)).toContain('✗ The engine does not answer.');
		expect(shown.terminal.row(2)).toMatch(/Is it running\?.*lost 5s ago, next try in 3s/);
		expect(shown.terminal.row(0)).toMatch(/data 0s old/);
		expect(rowOf(shown, 'shop_web')).toContain('3/3');
		await shown.pass(1000);
		expect(shown.terminal.row(2)).toContain('next try in 2s');
	});

	it('keeps the keys alive but changes nothing', async () => {
		const shown = await showDashboard();
		await shown.become(cluster(shop(), {connection: lost}));
		await shown.press('G', 'x');
		expect(message(shown)).toContain('Nothing can be changed now: The engine does not answer.');
		await shown.become(cluster(shop()));
		// What was said ends when it is no longer true.
		expect(message(shown)).not.toContain('Nothing can be changed now');
		expect(shown.terminal.row(0)).toContain('live');
		expect(rowOf(shown, '▸● shop_web')).not.toBe('');
	});
});

describe('reading', () => {
	it('shows an object as YAML, and finds a word in it', async () => {
		const shown = await showDashboard({columns: 80, rows: 24});
		await shown.press('G', 'i');
		expect(shown.terminal.text()).toContain('inspect shop_web');
		expect(shown.terminal.text()).toContain('Name: shop_web');
		shown.terminal.type('/nginx');
		await shown.press('enter');
		expect(shown.terminal.text()).toContain('/nginx 1 of 1');
		expect(shown.terminal.styleOf('nginx:1.27')).toBe('1;30;103');
		await shown.press('escape');
		expect(shown.terminal.text()).toContain('2 services');
	});

	it('shows every key there is', async () => {
		const shown = await showDashboard({columns: 200, rows: 50});
		await shown.press('?');
		expect(shown.terminal.text()).toContain('Scale: set the number of replicas');
		shown.terminal.type('/text, /regex/');
		await shown.press('enter');
		expect(shown.terminal.text()).toContain('Search: text, /regex/');
		await shown.press('q');
		expect(shown.quits).toEqual([]);
		expect(shown.terminal.text()).toContain('2 services');
	});
});

describe('calm', () => {
	it('draws nothing and waits for nothing while nothing changes', async () => {
		const swarm = {
			nodes: shop().nodes,
			services: [service('web', {updatedAt: noon - 9e8})],
			tasks: [task('web', 1, 'm1', {since: noon - 9e8})],
		};
		const shown = await showDashboard({swarm});
		await shown.pass(1000);
		shown.terminal.mark();
		await shown.pass(60_000);
		await shown.become({...cluster(swarm), revision: 1_000_000});
		expect(shown.terminal.bytes).toBe(0);
	});

	it('leaves no rubbish behind when the terminal changes its size', async () => {
		const shown = await showDashboard();
		const sizes = [
			[80, 24],
			[200, 50],
			[59, 15],
			[120, 40],
			[200, 50],
		] as const;
		for (const [columns, rows] of sizes) {
			shown.terminal.resize(columns, rows);
			await shown.pass(0);
		}
		const fresh = await showDashboard({columns: 200, rows: 50});
		await fresh.pass(300);
		await shown.pass(300);
		expect(shown.terminal.text()).toBe(fresh.terminal.text());
	});
});
