import {type Forecaster, sharedForecaster} from '../../cluster/forecast/forecaster.ts';
import type {Actions} from '../../cluster/intent.ts';
import type {ClusterState, ClusterStore, InventoryKind} from '../../cluster/model.ts';
import {createActions} from '../../cluster/pipeline/actions.ts';
import {auditActions} from '../../cluster/pipeline/audit.ts';
import {LiveStore} from '../../cluster/store/store.ts';
import {createSync} from '../../cluster/sync/live-sync.ts';
import {defaultConfig} from '../../config/config.ts';
import {settingsFor} from '../../config/contexts.ts';
import {loadConfig} from '../../config/load.ts';
import {configFile} from '../../config/paths.ts';
import {type ConnectionFlags, resolveEndpoint} from '../../connection/resolve.ts';
import {describeProblem} from '../../documents/document.ts';
import type {SwarmClient} from '../../engine/client.ts';
import {createSwarmClient} from '../../engine/docker-client.ts';
import {type Clock, closableClock, systemClock} from '../../runtime/clock.ts';
import {failed, ok, type Result} from '../../runtime/result.ts';
import type {AuditFile} from '../audit-file.ts';
import {exitStatus, sentences} from '../open-client.ts';
import {connectedTo, ownLogins} from '../swarm-session.ts';
import {vocabulary} from '../vocabulary.ts';
import type {ChangeIo} from './io.ts';

/** The swarm as the dashboard has it, without a screen. */
export type ChangeSession = {
	readonly actions: Actions;
	readonly clock: Clock;
	readonly store: ClusterStore;
	readonly client: SwarmClient;
	readonly forecaster: Forecaster;
	/** Lists what else a change is about, and keeps it true; settles when the engine has given or refused each. */
	readonly list: (kinds: readonly InventoryKind[]) => Promise<void>;
	readonly close: () => Promise<void>;
};

/** Why a command ends, and with which status. */
export type Refusal = {readonly status: number; readonly message: string};

type SessionOptions = {
	readonly connection: ConnectionFlags;
	/** Nothing will be changed: what is read-only may be planned all the same. */
	readonly isDryRun: boolean;
	readonly audit?: AuditFile | undefined;
};

const readPatienceMs = 30_000;
/** A forecast that takes longer is done without. */
export const forecastPatienceMs = 15_000;

/** Connects, and reads the swarm once before it is used. */
export async function openSession(
	{connection, isDryRun, audit}: SessionOptions,
	io: ChangeIo,
): Promise<Result<ChangeSession, Refusal>> {
	const endpoint = await resolveEndpoint(connection, io.surroundings);
	if (!endpoint.ok) return failed({status: exitStatus.wrongUse, message: sentences(endpoint.error)});
	const config = await loadConfig(configFile(io.surroundings), vocabulary);
	if (!config.ok) {
		const [problem] = config.error;
		return failed({status: exitStatus.wrongUse, message: problem ? describeProblem(problem) : ''});
	}
	const {isReadOnly, isProtected} = settingsFor((config.value ?? defaultConfig).contexts, connectedTo(endpoint.value));
	const clock = systemClock();
	const client = createSwarmClient(endpoint.value, {isReadOnly: isReadOnly && !isDryRun, clock});
	const identity = await client.connect();
	if (!identity.ok) {
		await client.close();
		return failed({status: exitStatus.noEngine, message: sentences(identity.error)});
	}
	const {pace} = io;
	const store = new LiveStore({clock: pace});
	const sync = createSync({client, store, clock: pace});
	const {origin} = endpoint.value;
	const contextName = origin.kind === 'context' ? origin.name : undefined;
	// What has not come about when the command ends is watched no longer, or the process would never end.
	const watching = closableClock(pace);
	const wanted = {client, store, sync, clock: watching, isReadOnly: isReadOnly && !isDryRun, isProtected, contextName};
	const forecaster = sharedForecaster();
	const logins = ownLogins(io.surroundings);
	const actions = createActions({...wanted, logins, forecaster});
	const endAudit = audit && auditActions(actions, audit.write);
	sync.start();
	sync.show({kind: 'all'});
	const close = async (): Promise<void> => {
		endAudit?.();
		watching.close();
		await Promise.all([sync.stop(), client.close()]);
	};
	const list = async (kinds: readonly InventoryKind[]): Promise<void> => {
		sync.showInventory(kinds);
		await until(clock, readPatienceMs, store, () => {
			const {inventory} = store.getState();
			return kinds.every((kind) => inventory[kind] !== undefined || inventory.refused[kind] !== undefined);
		});
	};
	const isRead = await until(clock, readPatienceMs, store, () => !store.getState().isLoading);
	// Nothing is foreseen before the tasks are known; where the engine does not tell them, a plan does without.
	if (isRead) await until(clock, forecastPatienceMs, store, () => areTasksKnown(store.getState()));
	if (isRead) return ok({actions, clock, store, client, forecaster, list, close});
	const {connection: state} = store.getState();
	await close();
	const message = state.state === 'lost' ? state.problem : 'The swarm could not be read in time.';
	return failed({status: exitStatus.noEngine, message});
}

const areTasksKnown = ({nodes}: ClusterState): boolean => [...nodes.values()].every(({tasks}) => tasks !== undefined);

/** @returns whether it came about in time, and before anybody interrupted */
export function until(
	clock: Clock,
	withinMs: number,
	source: {subscribe(listener: () => void): () => void},
	isSo: () => boolean,
	interrupted?: Promise<unknown>,
): Promise<boolean> {
	return new Promise((resolve) => {
		const settle = (): void => {
			const isDone = isSo();
			if (isDone) end(true);
		};
		const timer = clock.after(withinMs, () => end(isSo()));
		const unsubscribe = source.subscribe(settle);
		const end = (isDone: boolean): void => {
			timer.cancel();
			unsubscribe();
			resolve(isDone);
		};
		void interrupted?.then(() => end(false));
		settle();
	});
}
