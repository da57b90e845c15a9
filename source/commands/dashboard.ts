import type {Config} from '../config/config.ts';
import {loadConfig} from '../config/load.ts';
import {configFile, stateFile} from '../config/paths.ts';
import {emptyState} from '../config/state.ts';
import {readState, StateKeeper} from '../config/state-file.ts';
import type {Vocabulary} from '../config/vocabulary.ts';
import type {Endpoint} from '../connection/endpoint.ts';
import {processSurroundings, resolveEndpoint} from '../connection/resolve.ts';
import type {EngineIdentity, SwarmClient} from '../engine/client.ts';
import type {EngineError} from '../engine/error.ts';
import {type Clock, systemClock} from '../runtime/clock.ts';
import {keepHeapSmall} from '../runtime/heap.ts';
import {failed, ok, type Result} from '../runtime/result.ts';
import {capabilitiesOf} from '../terminal/capabilities.ts';
import {toSafeText} from '../text/safe-text.ts';
import type {RunningDashboard} from '../ui/start.tsx';
import {type AuditFile, openAuditFile} from './audit-file.ts';
import {helpOf} from './command-line/help.ts';
import {seeHelp} from './command-line/messages.ts';
import {type DashboardOptions, type DemoOptions, dashboardCommand, parseDashboardOptions} from './dashboard-options.ts';
import {exitStatus, sentences} from './open-client.ts';
import {labelOf, type NamedEndpoint} from './swarm-session.ts';
import {SwarmSwitch} from './swarm-switch.ts';

/** An engine that takes longer to answer than this is waited for on the screen, where q works. */
const patienceMs = 400;

/**
 * `swarmtop` without a command. Gives the exit status; everything it started has ended then.
 * @param version what `--version` prints
 */
export async function runDashboard(argv: readonly string[], version: string): Promise<number> {
	keepHeapSmall();
	const options = parseDashboardOptions(argv);
	if (!options.ok) return complain(exitStatus.wrongUse, `${options.error} ${seeHelp(dashboardCommand.name)}`);
	if (options.value === 'help') return print(helpOf(dashboardCommand));
	if (options.value === 'version') return print(version);
	const unfit = whyNoScreen(process);
	if (unfit !== undefined) return complain(exitStatus.wrongUse, unfit);
	const config = await loadConfig(configFile(processSurroundings()), readVocabulary);
	if (!config.ok) {
		const {describeProblem} = await import('../documents/document.ts');
		return complain(exitStatus.wrongUse, config.error.map(describeProblem).join('\nswarmtop: '));
	}
	const {auditPath} = options.value;
	const audit = auditPath === undefined ? undefined : openAuditFile(auditPath);
	if (audit && !audit.ok) return complain(exitStatus.wrongUse, audit.error);
	const status = await showFound(options.value, config.value, audit?.value);
	const problem = audit?.value.close();
	return problem === undefined ? status : complain(exitStatus.failed, problem);
}

async function showFound(options: DashboardOptions, config: Config, audit: AuditFile | undefined): Promise<number> {
	const swarm = await findSwarm(options);
	if (!swarm.ok) return complain(swarm.error.status, swarm.error.message);
	try {
		return await show(swarm.value, options, config, audit);
	} finally {
		await swarm.value.close();
	}
}

/** Which engine to show, under which name, and what has to be ended with it. */
type ShownSwarm = NamedEndpoint & {readonly close: () => Promise<void>};

type Refusal = {readonly status: number; readonly message: string};

function print(text: string): number {
	process.stdout.write(`${text}\n`);
	return exitStatus.fine;
}

function complain(status: number, message: string): number {
	clearConnectingLine();
	process.stderr.write(`swarmtop: ${message}\n`);
	return status;
}

/** What cli.tsx has printed before anything was imported. */
function clearConnectingLine(): void {
	if (process.stdout.isTTY && !capabilitiesOf(process.env).isDumb) process.stdout.write('\r\u001b[K');
}

/** The sentence to print where there is no terminal to draw on. */
function whyNoScreen({stdin, stdout, env}: NodeJS.Process): string | undefined {
	if (!stdin.isTTY || !stdout.isTTY) {
		return 'the dashboard needs a terminal for its input and output. For pipes there is "swarmtop logs".';
	}
	if (capabilitiesOf(env).isDumb)
		return `the terminal (TERM=${env['TERM'] ?? ''}) can't show a full screen. For lists there is "swarmtop get", for logs "swarmtop logs".`;
	return undefined;
}

async function findSwarm({demo, connection}: DashboardOptions): Promise<Result<ShownSwarm, Refusal>> {
	if (demo) return startDemo(demo);
	const endpoint = await resolveEndpoint(connection, processSurroundings());
	if (!endpoint.ok) return failed({status: exitStatus.wrongUse, message: sentences(endpoint.error)});
	const label = labelOf(endpoint.value);
	return ok({endpoint: endpoint.value, label, flags: connection, close: async () => undefined});
}

/** The demo is an engine like any other, on a socket in a private folder. */
async function startDemo(demo: DemoOptions): Promise<Result<ShownSwarm, Refusal>> {
	const {startEmbedded} = await import('../simulator/embedded.ts');
	const embedded = await startEmbedded(demo);
	if (!embedded.ok) return failed({status: exitStatus.failed, message: embedded.error});
	const {hosts, fault, close} = embedded.value;
	const [host] = hosts;
	if (!host) {
		await close();
		return failed({status: exitStatus.failed, message: `the fixture "${demo.fixture}" has no hosts.`});
	}
	const endpoint: Endpoint = {
		url: toSafeText(`unix://${host.socketPath}`),
		origin: {kind: 'flag'},
		transport: {kind: 'unix', path: host.socketPath},
	};
	const simulated = {
		hosts: () => hosts.map(({name, socketPath}) => ({name, dockerHost: `unix://${socketPath}`})),
		fault,
	};
	return ok({endpoint, label: toSafeText(demo.fixture), simulated, close});
}

/** Only where there is a file to check: the tables of the whole screen take a while to load. */
async function readVocabulary(): Promise<Vocabulary> {
	const {vocabulary} = await import('./vocabulary.ts');
	return vocabulary();
}

async function show(
	swarm: ShownSwarm,
	options: DashboardOptions,
	config: Config,
	audit: AuditFile | undefined,
): Promise<number> {
	const clock = systemClock();
	const contexts = new SwarmSwitch(
		swarm,
		{config, isReadOnly: options.isReadOnly, audit, clock},
		processSurroundings(),
	);
	const {session} = contexts;
	const answer = session.client.connect();
	const [{startDashboard}, memory] = await Promise.all([import('../ui/start.tsx'), memoryOf(options, clock)]);
	const dashboard = startDashboard({clock, config, contexts, memory}, session.parts, process);
	contexts.attach(dashboard);
	try {
		const identity = await firstAnswer(answer, dashboard, clock, swarm.endpoint);
		if (identity === 'quit') return exitStatus.fine;
		const isToBegin = !identity.ok && canBegin.has(identity.error.kind);
		if (!identity.ok && !isToBegin) {
			dashboard.leave();
			return complain(exitStatus.noEngine, sentences(identity.error));
		}
		session.sync.start();
		clearConnectingLine();
		dashboard.enter();
		if (isToBegin) dashboard.begin();
		await dashboard.done;
		return exitStatus.fine;
	} finally {
		await dashboard.end();
		await Promise.all([contexts.close(), memory.flush()]);
	}
}

/** What something can be done about on the screen: a swarm begun or joined, a manager unlocked, a join given up. */
const canBegin: ReadonlySet<EngineError['kind']> = new Set(['not-in-swarm', 'locked', 'pending', 'expired']);

/** The demo begins the same each time, and leaves no traces in how other swarms are shown. */
async function memoryOf({demo}: DashboardOptions, clock: Clock): Promise<StateKeeper> {
	const file = demo ? undefined : stateFile(processSurroundings());
	return new StateKeeper({file, state: file === undefined ? emptyState : await readState(file), clock});
}

/**
 * Waits for the engine without a screen first, so that what is wrong with it is a sentence in the shell and not a flash.
 * ssh may ask for a password meanwhile: it needs the terminal for as long as it takes.
 */
async function firstAnswer(
	answer: ReturnType<SwarmClient['connect']>,
	dashboard: RunningDashboard,
	clock: Clock,
	{transport}: Endpoint,
): Promise<Result<EngineIdentity, EngineError> | 'quit'> {
	const enter = (): void => {
		clearConnectingLine();
		dashboard.enter();
	};
	const timer = transport.kind === 'ssh' ? undefined : clock.after(patienceMs, enter);
	const first = await Promise.race([answer, dashboard.done.then(() => 'quit' as const)]);
	timer?.cancel();
	return first;
}
