/** What each view asks for when it is opened, on a swarm of 100,000 tasks: a view that grows its appetite is seen here. */
import {setTimeout as delay} from 'node:timers/promises';
import type {PtyScreen} from '../../screens/support/pty-screen.ts';
import type {Bench, Measurement} from '../bench.ts';
import {openDashboard} from '../dashboard-on-simulator.ts';
import {type Asked, bytesOf, type RecordedEngine, startRecordedEngine} from '../recorded-engine/recorded-engine.ts';

const deadlineMs = 120_000;
const lookEveryMs = 50;

/** The lists of each view, each asked for once, and the events that tell what becomes of them. */
const views = [
	{
		key: '5',
		budget: 'costs.view.stacks',
		lists: ['/secrets', '/configs', '/networks scope=swarm'],
		events: 'type=network,secret,config',
	},
	{key: '6', budget: 'costs.view.networks', lists: ['/networks scope=swarm'], events: 'type=network'},
	{key: '7', budget: 'costs.view.secrets', lists: ['/secrets'], events: 'type=secret'},
	{key: '8', budget: 'costs.view.configs', lists: ['/configs'], events: 'type=config'},
	{key: '9', budget: 'costs.view.volumes', lists: ['/volumes'], events: 'type=volume'},
	{key: 'e', budget: 'costs.view.events', lists: [], events: 'scope=swarm'},
	{key: '0', budget: 'costs.view.overview', lists: ['/tasks'], events: undefined},
] as const;

/** What is asked for whatever is shown: the pulse of the connection, what is visible, the hidden services in turns. */
const always =
	/^GET \/(_ping|info|nodes|nodes role=manager|services id=\d+|services\/ID|tasks (service|node)=\d+|(tasks|services)\/ID\/logs)$/;

export const bench: Bench = {
	name: 'view costs',
	async run() {
		await using engine = await startRecordedEngine();
		await using screen = openDashboard(engine.socket);
		await backOnServices(screen);
		await until(engine, (asked) => (asked['GET /tasks service=1']?.requests ?? 0) > 0);
		const measurements: Measurement[] = [];
		const amiss: string[] = [];
		for (const view of views) {
			const asked = await openedView(engine, screen, view);
			measurements.push({budget: view.budget, value: bytesOf(asked) / 1000, note: wordsOf(asked)});
			amiss.push(...amissIn(asked, view).map((what) => `${view.budget}: ${what}`));
			await screen.press('esc');
			await backOnServices(screen);
		}
		const note = amiss.length === 0 ? `${views.length} views` : amiss.join('; ');
		return [...measurements, {budget: 'costs.view.requests', value: amiss.length, note}];
	},
};

type View = (typeof views)[number];

async function backOnServices(screen: PtyScreen): Promise<void> {
	await screen.waitFor(/2 services 10,000[\s\S]*● \S+ .* \d+\/\d+/, {deadlineMs});
}

/** What is asked for because of the view, once all that it lists is answered. */
async function openedView(engine: RecordedEngine, screen: PtyScreen, view: View): Promise<Asked> {
	await engine.reset();
	await screen.press(view.key);
	const asked = await until(engine, (now) => namesOf(view).every((name) => isAnswered(name, now)));
	return Object.fromEntries(Object.entries(asked).filter(([name]) => !always.test(name)));
}

const eventsOf = ({events}: View): string[] => (events === undefined ? [] : [`GET /events ${events}`]);
const namesOf = (view: View): string[] => [...view.lists.map((list) => `GET ${list}`), ...eventsOf(view)];

const isAnswered = (name: string, asked: Asked): boolean =>
	asked[name] !== undefined && (asked[name].open === 0 || name.startsWith('GET /events'));

function amissIn(asked: Asked, view: View): string[] {
	const expected = namesOf(view);
	const unexpected = Object.keys(asked).filter((name) => !expected.includes(name));
	const often = expected.filter((name) => asked[name]?.requests !== 1);
	return [...unexpected, ...often.map((name) => `${name}: ${asked[name]?.requests ?? 0} x`)];
}

const wordsOf = (asked: Asked): string =>
	Object.entries(asked)
		.map(([name, {requests, bytes}]) => `${name}: ${requests} x, ${bytes} B`)
		.join('; ');

async function until(engine: RecordedEngine, isSo: (asked: Asked) => boolean): Promise<Asked> {
	const endsAt = performance.now() + deadlineMs;
	for (;;) {
		const asked = await engine.asked();
		if (isSo(asked)) return asked;
		if (performance.now() > endsAt) throw new Error(`not asked or answered: ${wordsOf(asked)}`);
		await delay(lookEveryMs);
	}
}
