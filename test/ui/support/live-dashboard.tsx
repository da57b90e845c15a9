/** A whole dashboard on an emulated screen, over a simulated swarm's engine: nothing between keys and engine is a fake. */
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import type {Actions} from '../../../source/cluster/intent.ts';
import {createActions} from '../../../source/cluster/pipeline/actions.ts';
import {LiveStore} from '../../../source/cluster/store/store.ts';
import {createSync} from '../../../source/cluster/sync/live-sync.ts';
import {defaultConfig} from '../../../source/config/config.ts';
import type {Endpoint} from '../../../source/connection/endpoint.ts';
import {resolveEndpoint} from '../../../source/connection/resolve.ts';
import type {SwarmClient} from '../../../source/engine/client.ts';
import {createSwarmClient} from '../../../source/engine/docker-client.ts';
import {openMachines} from '../../../source/nodes/machines.ts';
import {systemClock} from '../../../source/runtime/clock.ts';
import {ok} from '../../../source/runtime/result.ts';
import {parseFixture} from '../../../source/simulator/fixtures/fixture.ts';
import {type Simulation, startSimulation} from '../../../source/simulator/world/simulation.ts';
import {toSafeText} from '../../../source/text/safe-text.ts';
import {Screen} from '../../../source/ui/app/screen.ts';
import {App} from '../../../source/ui/components/App.tsx';
import {themes} from '../../../source/ui/theme/themes.ts';
import {unixEndpoint} from '../../engine/support/fake-engine.ts';
import {type InkScreen, renderScreen} from '../../screens/support/ink-screen.ts';
import {type ProxyRules, startProxy} from '../../support/engine-proxy.ts';
import {FakeEditor, FakeFeed} from './fakes.ts';

export type LiveDashboard = AsyncDisposable & {
	readonly terminal: InkScreen;
	readonly actions: Actions;
	readonly simulation: Simulation;
	/** Another person's way to the swarm, by a manager of that name. */
	readonly other: (host: string) => SwarmClient;
	/** What was copied, the newest last. */
	readonly copied: readonly string[];
	readonly editor: FakeEditor;
	/** As the program does where the engine is in no swarm, or locked. */
	begin(): void;
	press(...chords: readonly string[]): Promise<void>;
};

/**
 * The dashboard talks to m1.
 * @param yaml a fixture
 * @param speed of the simulated swarm's time
 * @param rules of a proxy between the two; none, and there is no proxy
 */
export async function openLiveDashboard(yaml: string, speed = 1, rules?: ProxyRules): Promise<LiveDashboard> {
	const folder = await mkdtemp(path.join(tmpdir(), 'live-'));
	const fixture = await parseFixture(yaml, 'live.yaml');
	if (!fixture.ok) throw new Error(fixture.error[0]?.message);
	const simulation = await startSimulation({fixture: fixture.value, speed, where: {sockets: folder}});
	const clients: SwarmClient[] = [];
	const other = (host: string): SwarmClient => {
		const socket = simulation.hosts.find(({name}) => name === host)?.socketPath;
		const client = createSwarmClient(unixEndpoint(socket ?? ''));
		clients.push(client);
		return client;
	};
	const clock = systemClock({unref: true});
	const proxy = rules && (await startProxy(path.join(folder, 'm1', 'docker.sock'), rules));
	const client = proxy ? createSwarmClient(await endpointOf(proxy.url)) : other('m1');
	clients.push(client);
	const store = new LiveStore({clock});
	const sync = createSync({client, store, clock});
	const sockets = new Map(simulation.hosts.map(({name, socketPath = ''}) => [name, socketPath]));
	const surroundings = {environment: {}, homeDirectory: '/nowhere'};
	const own = client.endpoint;
	const machines = openMachines({own, rules: [], sockets, isReadOnly: false, surroundings, clock});
	const actions = createActions({client, store, sync, clock, machines, isReadOnly: false});
	const copied: string[] = [];
	const editor = new FakeEditor();
	let shown: Screen | undefined;
	sync.start();
	const [theme] = themes;
	if (!theme) throw new Error('no theme');
	const terminal = renderScreen(
		(session) => {
			const screen = new Screen({
				store,
				actions,
				sync,
				clock,
				theme,
				feed: new FakeFeed(),
				logs: defaultConfig.logs,
				config: defaultConfig,
				isReadOnly: false,
				size: session.size,
				label: toSafeText('live'),
				editor,
				copy(text) {
					copied.push(text);
					return ok(toSafeText(''));
				},
				access: {context: 'default', host: 'unix:///live', environment: {}},
				runProgram: async () => ok({status: 0, output: ''}),
				contexts: {read: () => undefined, ask: () => undefined, show: async () => ok(undefined)},
				chooseTheme: () => undefined,
				isMouseOn: true,
				setMouse: () => undefined,
				onRedraw: () => session.redraw(),
				onSuspend: () => undefined,
				onQuit: () => undefined,
			});
			shown = screen;
			return <App screen={screen} input={session} />;
		},
		{columns: 120, rows: 36, clock},
	);
	return {
		terminal,
		actions,
		simulation,
		other,
		copied,
		editor,
		begin: () => shown?.begin(),
		press: (...chords) => terminal.press(...chords),
		async [Symbol.asyncDispose]() {
			await terminal.close();
			await sync.stop();
			await Promise.all(clients.map((each) => each.close()));
			await proxy?.close();
			await simulation.close();
			await rm(folder, {recursive: true, force: true});
		},
	};
}

async function endpointOf(host: string): Promise<Endpoint> {
	const endpoint = await resolveEndpoint({host}, {environment: {}, homeDirectory: '/nowhere'});
	if (!endpoint.ok) throw new Error(endpoint.error.message);
	return endpoint.value;
}
