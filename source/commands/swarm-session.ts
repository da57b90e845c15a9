import {sharedForecaster} from '../cluster/forecast/forecaster.ts';
import type {Sync} from '../cluster/model.ts';
import {type ActionOptions, createActions} from '../cluster/pipeline/actions.ts';
import {auditActions} from '../cluster/pipeline/audit.ts';
import {LiveStore} from '../cluster/store/store.ts';
import {createSync} from '../cluster/sync/live-sync.ts';
import type {Config} from '../config/config.ts';
import {type Connected, settingsFor} from '../config/contexts.ts';
import type {Endpoint} from '../connection/endpoint.ts';
import {
	type ConnectionFlags,
	dockerConfigDirectory,
	processSurroundings,
	type Surroundings,
} from '../connection/resolve.ts';
import type {SwarmClient} from '../engine/client.ts';
import {createSwarmClient} from '../engine/docker-client.ts';
import {createRegistryLogins, type RegistryLogins} from '../engine/registry-logins.ts';
import {engineLogOpener} from '../logs/engine-opener.ts';
import {openMachines} from '../nodes/machines.ts';
import {nodeActs} from '../nodes/node-acts.ts';
import type {Clock} from '../runtime/clock.ts';
import {type SafeText, toSafeText} from '../text/safe-text.ts';
import {SessionFeed} from '../ui/logs/session-feed.ts';
import type {SimulatedSwarm} from '../ui/simulator/simulated-swarm.ts';
import type {SwarmParts} from '../ui/start.tsx';
import type {AuditFile} from './audit-file.ts';
import {openInside} from './node-access.ts';
import {simulatorBeside} from './simulator-beside.ts';
import {accessTo} from './swarm-access.ts';

/** One swarm with all that is needed to show it and to act on it, from the first call to the last. */

export type SwarmSession = {
	readonly client: SwarmClient;
	readonly store: LiveStore;
	readonly sync: Sync;
	readonly parts: SwarmParts;
	readonly close: () => Promise<void>;
};

/** Which engine, and how the user named it. */
export type NamedEndpoint = {
	readonly endpoint: Endpoint;
	readonly label: SafeText;
	/** What the command line said of the way there. */
	readonly flags?: ConnectionFlags | undefined;
	/** The simulation that this process runs itself. */
	readonly simulated?: SimulatedSwarm | undefined;
};

export type SessionOptions = {
	readonly config: Config;
	/** `--read-only`, whatever the configuration says. */
	readonly isReadOnly: boolean;
	readonly audit: AuditFile | undefined;
	readonly clock: Clock;
};

/** Nothing is asked of the engine yet. */
export function openSession({endpoint, label, flags, ...named}: NamedEndpoint, options: SessionOptions): SwarmSession {
	const {config, audit, clock} = options;
	const settings = settingsFor(config.contexts, connectedTo(endpoint));
	const isReadOnly = options.isReadOnly || settings.isReadOnly;
	const client = createSwarmClient(endpoint, {isReadOnly, clock});
	const store = new LiveStore({clock});
	const sync = createSync({client, store, clock, bounds: config.refresh});
	const contextName = endpoint.origin.kind === 'context' ? endpoint.origin.name : undefined;
	const {isProtected, accent} = settings;
	const wanted: ActionOptions = {client, store, sync, clock, isReadOnly, isProtected, contextName};
	const sockets = socketsOf(named.simulated);
	const machines = openMachines({
		own: endpoint,
		rules: config.nodes,
		sockets,
		isReadOnly,
		surroundings: processSurroundings(),
		clock,
	});
	const feed = new SessionFeed({opener: engineLogOpener(client), store, clock, limits: config.logs});
	const simulated = named.simulated ?? simulatorBeside(endpoint);
	const inside = openInside({
		client,
		store,
		clock,
		isReadOnly,
		rules: config.nodes,
		sockets,
	});
	const nodes = nodeActs(inside.engines, store);
	const actions = createActions({...wanted, machines, nodes, logins: ownLogins(), forecaster: sharedForecaster()});
	const endAudit = audit && auditActions(actions, audit.write);
	const access = accessTo(endpoint, {isReadOnly, flags, surroundings: processSurroundings()});
	return {
		client,
		store,
		sync,
		parts: {
			store,
			actions,
			sync,
			feed,
			label,
			isReadOnly,
			accent,
			access,
			simulated,
			nodes: inside.engines,
			watchUsage: inside.watch,
			contents: inside.contents,
		},
		async close() {
			endAudit?.();
			await Promise.race([Promise.all([sync.stop(), inside.close(), client.close()]), after(goodbyeMs, clock)]);
		},
	};
}

/** The nodes' sockets of a swarm that is simulated here, by their names. */
function socketsOf(simulated: SimulatedSwarm | undefined): ReadonlyMap<string, string> | undefined {
	return (
		simulated && new Map(simulated.hosts().map(({name, dockerHost}) => [name, dockerHost.replace(/^unix:\/\//, '')]))
	);
}

/** What `docker login` has left for this user, wherever the engine is. */
export function ownLogins(surroundings: Surroundings = processSurroundings()): RegistryLogins {
	return createRegistryLogins({
		directory: dockerConfigDirectory(surroundings),
		environment: surroundings.environment,
	});
}

/** The engine as the user named it: the context, `local`, or where it listens. */
export function labelOf({origin, transport, url}: Endpoint): SafeText {
	if (origin.kind === 'context') return origin.name;
	switch (transport.kind) {
		case 'unix':
			return origin.kind === 'default' ? toSafeText('local') : url;
		case 'tcp':
			return toSafeText(`${transport.host}:${transport.port}`);
		case 'ssh':
			return toSafeText(transport.user === undefined ? transport.host : `${transport.user}@${transport.host}`);
	}
}

/** What the configuration's rules for contexts look at. */
export function connectedTo({origin, url}: Endpoint): Connected {
	return {context: origin.kind === 'context' ? origin.name : undefined, url};
}

/** An engine that hangs must not keep the shell waiting. */
const goodbyeMs = 1000;

function after(ms: number, clock: Clock): Promise<void> {
	return new Promise((resolve) => {
		clock.after(ms, resolve);
	});
}
