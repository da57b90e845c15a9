import {createForecaster} from '../cluster/forecast/forecaster.ts';
import type {Batch, Plan} from '../cluster/intent.ts';
import type {ClusterState} from '../cluster/model.ts';
import {createActions} from '../cluster/pipeline/actions.ts';
import {auditActions} from '../cluster/pipeline/audit.ts';
import {readStackFiles, type StackFile} from '../cluster/stack-file.ts';
import {LiveStore} from '../cluster/store/store.ts';
import {createSync} from '../cluster/sync/live-sync.ts';
import {defaultConfig} from '../config/config.ts';
import {settingsFor} from '../config/contexts.ts';
import {loadConfig} from '../config/load.ts';
import {configFile} from '../config/paths.ts';
import {resolveEndpoint} from '../connection/resolve.ts';
import {describeProblem} from '../documents/document.ts';
import {createSwarmClient} from '../engine/docker-client.ts';
import {type Clock, systemClock} from '../runtime/clock.ts';
import {failed, ok, type Result} from '../runtime/result.ts';
import {capabilitiesOf} from '../terminal/capabilities.ts';
import {type AuditFile, openAuditFile} from './audit-file.ts';
import {helpOf} from './command-line/help.ts';
import {seeHelp} from './command-line/messages.ts';
import {carryOut, type Desk} from './deploy-carry-out.ts';
import {type DeployIo, processDeployIo} from './deploy-io.ts';
import {
	type DeployCommandOptions,
	deployCommand,
	parseDeployOptions,
	parsePlanOptions,
	planCommand,
} from './deploy-options.ts';
import {isDangerous, nothingJson, planJson, planLines, questionOf} from './deploy-print.ts';
import {exitStatus, sentences} from './open-client.ts';
import {connectedTo, ownLogins} from './swarm-session.ts';
import {vocabulary} from './vocabulary.ts';

/** Of `swarmtop plan`, besides those of every command. */
const planStatus = {changes: 10, danger: 11} as const;

/** `swarmtop deploy`. Gives the exit status; everything it started has ended then. */
export async function runDeploy(argv: readonly string[], io: DeployIo = processDeployIo()): Promise<number> {
	const options = parseDeployOptions(argv);
	if (!options.ok) return complain(io, exitStatus.wrongUse, `${options.error} ${seeHelp('deploy')}`);
	if (options.value !== 'help') return run(options.value, io);
	io.out(helpOf(deployCommand));
	return exitStatus.fine;
}

/** `swarmtop plan`. Gives the exit status. */
export async function runPlan(argv: readonly string[], io: DeployIo = processDeployIo()): Promise<number> {
	const options = parsePlanOptions(argv);
	if (!options.ok) return complain(io, exitStatus.wrongUse, `${options.error} ${seeHelp('plan')}`);
	if (options.value !== 'help') return run(options.value, io);
	io.out(helpOf(planCommand));
	return exitStatus.fine;
}

function complain(io: DeployIo, status: number, message: string): number {
	io.err(`swarmtop: ${message}`);
	return status;
}

async function run(options: DeployCommandOptions, io: DeployIo): Promise<number> {
	if (!options.isDryRun && !options.isConsented && (!io.ask || options.files.includes('-')))
		return complain(io, exitStatus.wrongUse, 'There is nobody to ask for consent: --yes gives it.');
	const stack = readStackFiles(options.files, {
		name: options.stack,
		variables: io.surroundings.environment,
		read: io.read,
	});
	if (!stack.ok) return complain(io, exitStatus.failed, stack.error);
	const {auditPath} = options;
	const audit = auditPath === undefined ? undefined : openAuditFile(auditPath);
	if (audit && !audit.ok) return complain(io, exitStatus.wrongUse, audit.error);
	const desk = await openDesk(options, io, audit?.value);
	if (!desk.ok) return complain(io, desk.error.status, desk.error.message);
	try {
		return await deploy(stack.value, desk.value, options, io);
	} finally {
		await desk.value.close();
		const problem = audit?.value.close();
		if (problem !== undefined) io.err(`swarmtop: ${problem}`);
	}
}

type OpenDesk = Desk & {readonly close: () => Promise<void>};

type Refusal = {readonly status: number; readonly message: string};

/** The swarm as the dashboard has it, without a screen; read once before it is used. */
async function openDesk(
	{connection, isDryRun}: DeployCommandOptions,
	io: DeployIo,
	audit: AuditFile | undefined,
): Promise<Result<OpenDesk, Refusal>> {
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
	const store = new LiveStore({clock});
	const sync = createSync({client, store, clock});
	const {origin} = endpoint.value;
	const contextName = origin.kind === 'context' ? origin.name : undefined;
	const wanted = {client, store, sync, clock, isReadOnly: isReadOnly && !isDryRun, isProtected, contextName};
	const actions = createActions({...wanted, logins: ownLogins(io.surroundings), forecaster: createForecaster()});
	if (audit) auditActions(actions, audit.write);
	sync.start();
	sync.show({kind: 'all'});
	const close = async (): Promise<void> => {
		await Promise.all([sync.stop(), client.close()]);
	};
	const isRead = await until(clock, readPatienceMs, store, () => !store.getState().isLoading);
	// Nothing is foreseen before the tasks are known; where the engine does not tell them, a plan does without.
	if (isRead) await until(clock, forecastPatienceMs, store, () => areTasksKnown(store.getState()));
	if (isRead) return ok({actions, clock, store, client, close});
	const {connection: state} = store.getState();
	await close();
	const message = state.state === 'lost' ? state.problem : 'The swarm could not be read in time.';
	return failed({status: exitStatus.noEngine, message});
}

const areTasksKnown = ({nodes}: ClusterState): boolean => [...nodes.values()].every(({tasks}) => tasks !== undefined);

const readPatienceMs = 30_000;
/** A forecast that takes longer is done without. */
const forecastPatienceMs = 15_000;

/** @returns whether it came about in time */
function until(
	clock: Clock,
	withinMs: number,
	source: {subscribe(listener: () => void): () => void},
	isSo: () => boolean,
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
		settle();
	});
}

async function deploy(stack: StackFile, desk: Desk, options: DeployCommandOptions, io: DeployIo): Promise<number> {
	const {resolveImage, sendsLogin, isPruning, format} = options;
	const {actions, clock} = desk;
	const wish = await actions.preparations.deployment(stack, {resolveImage, sendsLogin, isPruning});
	if (!wish.ok) {
		const {kind, message} = wish.error;
		if (kind !== 'nothing') return complain(io, exitStatus.failed, message);
		for (const warning of stack.warnings) io.err(`swarmtop: ${warning}`);
		io.out(format === 'json' ? JSON.stringify(nothingJson(message, stack.name)) : message);
		return exitStatus.fine;
	}
	let plan = actions.plan(wish.value);
	await until(clock, forecastPatienceMs, actions, () => {
		plan = actions.plan(wish.value);
		return plan.forecast !== 'pending';
	});
	show(plan, stack.name, options, io);
	if (plan.refusal !== undefined) return complain(io, exitStatus.failed, plan.refusal);
	if (options.isDryRun) return isDangerous(plan) ? planStatus.danger : planStatus.changes;
	if (!(options.isConsented || (await consents(wish.value, plan, io)))) {
		io.err('Nothing was changed.');
		return exitStatus.failed;
	}
	return carryOut(plan, desk, options, io);
}

function show(plan: Plan, stack: string, {format, isDryRun}: DeployCommandOptions, io: DeployIo): void {
	if (format === 'json') {
		const json = planJson(plan, stack);
		io.out(isDryRun ? JSON.stringify(json, undefined, '\t') : JSON.stringify({type: 'plan', ...json}));
		return;
	}
	const hasColour = io.terminal !== undefined && capabilitiesOf(io.surroundings.environment).colours !== 'none';
	io.out(planLines(plan, hasColour).join('\n'));
}

async function consents(wish: Batch, plan: Plan, io: DeployIo): Promise<boolean> {
	const answer = ((await io.ask?.(questionOf(wish, plan.consent))) ?? '').trim();
	return plan.consent.kind === 'typed' ? answer === plan.consent.word : /^y(?:es)?$/i.test(answer);
}
