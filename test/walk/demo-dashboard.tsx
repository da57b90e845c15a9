/** The whole dashboard on the demo swarm, in this process: the simulator behind its sockets, an emulated terminal in front. */

import {createForecaster} from '../../source/cluster/forecast/forecaster.ts';
import {createActions} from '../../source/cluster/pipeline/actions.ts';
import {LiveStore} from '../../source/cluster/store/store.ts';
import {createSync} from '../../source/cluster/sync/live-sync.ts';
import {defaultConfig} from '../../source/config/config.ts';
import type {Endpoint} from '../../source/connection/endpoint.ts';
import {createSwarmClient} from '../../source/engine/docker-client.ts';
import {engineLogOpener} from '../../source/logs/engine-opener.ts';
import {systemClock} from '../../source/runtime/clock.ts';
import {ok} from '../../source/runtime/result.ts';
import {startEmbedded} from '../../source/simulator/embedded.ts';
import type {TerminalSession} from '../../source/terminal/terminal-session.ts';
import {toSafeText} from '../../source/text/safe-text.ts';
import {Screen} from '../../source/ui/app/screen.ts';
import {App} from '../../source/ui/components/App.tsx';
import {SessionFeed} from '../../source/ui/logs/session-feed.ts';
import {themes} from '../../source/ui/theme/themes.ts';
import {type InkScreen, renderScreen} from '../screens/support/ink-screen.ts';
import {FakeEditor} from '../ui/support/fakes.ts';

export type DemoDashboard = AsyncDisposable & {
	readonly screen: Screen;
	readonly terminal: InkScreen;
	/** What a component threw, if one did. */
	readonly broken: () => unknown;
};

export type DemoOptions = {
	readonly seed: number;
	readonly columns: number;
	readonly rows: number;
};

/** Nothing that a key can do here leaves this process but a saved log, which goes to the working directory. */
export async function openDemo({seed, columns, rows}: DemoOptions): Promise<DemoDashboard> {
	const swarm = await startEmbedded({fixture: 'demo', seed});
	if (!swarm.ok) throw new Error(swarm.error);
	const [host] = swarm.value.hosts;
	if (!host) throw new Error('the demo has no hosts');
	const endpoint: Endpoint = {
		url: toSafeText(`unix://${host.socketPath}`),
		origin: {kind: 'flag'},
		transport: {kind: 'unix', path: host.socketPath},
	};
	const clock = systemClock();
	const client = createSwarmClient(endpoint, {isReadOnly: false, clock});
	const connected = await client.connect();
	if (!connected.ok) throw new Error(connected.error.message);
	const store = new LiveStore({clock});
	const sync = createSync({client, store, clock});
	const actions = createActions({client, store, sync, clock, isReadOnly: false, forecaster: createForecaster()});
	const feed = new SessionFeed({opener: engineLogOpener(client), store, clock});
	let screen: Screen | undefined;
	const terminal = renderScreen(
		(session) => {
			screen = buildScreen(session);
			return <App screen={screen} input={session} />;
		},
		{columns, rows, clock},
	);
	let broken: unknown;
	terminal.root.done.catch((error: unknown) => {
		broken = error;
	});
	sync.start();
	const shown = screen ?? fail('not rendered');

	function buildScreen(session: TerminalSession): Screen {
		const built = new Screen({
			store,
			actions,
			sync,
			feed,
			clock,
			theme: themes[0] ?? fail('no theme'),
			size: session.size,
			label: toSafeText('demo'),
			isReadOnly: false,
			config: defaultConfig,
			access: {context: 'default', host: 'unix:///swarm.sock', environment: {}},
			runProgram: async () => ok({status: 0, output: 'done'}),
			contexts: {read: () => undefined, ask: () => undefined, show: async () => ok(undefined)},
			chooseTheme: () => undefined,
			copy: () => ok(toSafeText('')),
			isMouseOn: true,
			setMouse: (isOn) => session.setMouse(isOn),
			editor: new FakeEditor(),
			onRedraw: () => session.redraw(),
			onSuspend: () => undefined,
			onQuit: () => undefined,
		});
		return built;
	}

	return {
		screen: shown,
		terminal,
		broken: () => broken,
		async [Symbol.asyncDispose]() {
			shown.close();
			await terminal.close();
			await sync.stop();
			await client.close();
			await swarm.value.close();
		},
	};
}

function fail(reason: string): never {
	throw new Error(reason);
}
