import type {ActionRequest, Plan} from '../../cluster/intent.ts';
import {capabilitiesOf} from '../../terminal/capabilities.ts';
import {openAuditFile} from '../audit-file.ts';
import type {CommandDeclaration} from '../command-line/declaration.ts';
import {helpOf} from '../command-line/help.ts';
import {seeHelp} from '../command-line/messages.ts';
import {exitStatus} from '../open-client.ts';
import {carryOut} from './carry-out.ts';
import {type ChangeIo, processChangeIo} from './io.ts';
import {planMarkdown, reportMarkdown} from './markdown.ts';
import {nobodyToAsk, notChanged} from './messages.ts';
import {type ChangeOptions, type Format, parsePlan, parseVerb, verbCommand} from './options.ts';
import {isDangerous, nothingJson, planJson, planLines, questionOf, reportJson, reportLines} from './print.ts';
import {type ChangeSession, forecastPatienceMs, openSession, type Refusal, until} from './session.ts';
import type {ReadChange, ReadReport, Report} from './verb.ts';
import {commandVerbs} from './verbs/registry.ts';

/** Of `swarmtop plan`, besides those of every command. */
const planStatus = {changes: 10, danger: 11} as const;

/** `swarmtop deploy`, `swarmtop scale`, … Gives the exit status; everything it started has ended then. */
export async function runVerb(
	name: string,
	argv: readonly string[],
	io: ChangeIo = processChangeIo(),
): Promise<number> {
	const verb = commandVerbs.find((each) => each.name === name);
	if (!verb) throw new Error(`${name} is no verb`);
	const options = parseVerb(verb, argv, io);
	if (!options.ok) return refuse(io, options.error, name);
	return options.value === 'help' ? help(verbCommand(verb), io) : run(options.value, io);
}

/** `swarmtop plan`. Gives the exit status. */
export async function runPlan(argv: readonly string[], io: ChangeIo = processChangeIo()): Promise<number> {
	const options = parsePlan(argv, io);
	if (!options.ok) return refuse(io, options.error, 'plan');
	return 'help' in options.value ? help(options.value.help, io) : run(options.value, io);
}

function help(command: CommandDeclaration, io: ChangeIo): number {
	io.out(helpOf(command));
	return exitStatus.fine;
}

const refuse = (io: ChangeIo, {status, message}: Refusal, command: string): number =>
	complain(io, status, status === exitStatus.wrongUse ? `${message} ${seeHelp(command)}` : message);

function complain(io: ChangeIo, status: number, message: string): number {
	io.err(`swarmtop: ${message}`);
	return status;
}

async function run(options: ChangeOptions, io: ChangeIo): Promise<number> {
	const {isDryRun, isConsented, read, auditPath} = options;
	if ('report' in read) return report(read, options, io);
	if (!isDryRun && !isConsented && (!io.ask || read.readsInput)) return complain(io, exitStatus.wrongUse, nobodyToAsk);
	const audit = auditPath === undefined ? undefined : openAuditFile(auditPath);
	if (audit && !audit.ok) return complain(io, exitStatus.wrongUse, audit.error);
	const session = await openSession({...options, audit: audit?.value}, io);
	if (!session.ok) return complain(io, session.error.status, session.error.message);
	try {
		return await change(read, session.value, options, io);
	} finally {
		await session.value.close();
		const problem = audit?.value.close();
		if (problem !== undefined) io.err(`swarmtop: ${problem}`);
	}
}

/** What can only be planned. */
async function report(read: ReadReport, options: ChangeOptions, io: ChangeIo): Promise<number> {
	if (read.reportWithoutSwarm) return tell(await read.reportWithoutSwarm(), options, io);
	const session = await openSession(options, io);
	if (!session.ok) return complain(io, session.error.status, session.error.message);
	try {
		return tell(await read.report(session.value), options, io);
	} finally {
		await session.value.close();
	}
}

function tell(found: Awaited<ReturnType<ReadReport['report']>>, {format}: ChangeOptions, io: ChangeIo): number {
	if (!found.ok) return complain(io, exitStatus.failed, found.error.message);
	print(found.value, format, io);
	if (isDangerous(found.value)) return planStatus.danger;
	return found.value.changes ? planStatus.changes : exitStatus.fine;
}

function print(found: Report, format: Format, io: ChangeIo): void {
	const text: Record<Format, () => string> = {
		text: () => reportLines(found, hasColour(io)).join('\n'),
		json: () => JSON.stringify(reportJson(found), undefined, '\t'),
		markdown: () => reportMarkdown(found),
	};
	io.out(text[format]());
}

const hasColour = ({terminal, surroundings}: ChangeIo): boolean =>
	terminal !== undefined && capabilitiesOf(surroundings.environment).colours !== 'none';

async function change(read: ReadChange, session: ChangeSession, options: ChangeOptions, io: ChangeIo): Promise<number> {
	const {format} = options;
	const {actions, clock} = session;
	const request = await read.request(session);
	if (!request.ok) {
		const {kind, message} = request.error;
		if (kind !== 'nothing') return complain(io, exitStatus.failed, message);
		for (const warning of read.warnings ?? []) io.err(`swarmtop: ${warning}`);
		io.out(format === 'json' ? JSON.stringify(nothingJson(message, read.stack)) : message);
		return exitStatus.fine;
	}
	let plan = actions.plan(request.value);
	await until(clock, forecastPatienceMs, actions, () => {
		plan = actions.plan(request.value);
		return plan.forecast !== 'pending';
	});
	show(plan, read.stack, options, io);
	if (plan.refusal !== undefined) return complain(io, exitStatus.failed, plan.refusal);
	if (options.isDryRun) return isDangerous(plan) ? planStatus.danger : planStatus.changes;
	if (!(options.isConsented || (await consents(request.value, plan, options, io)))) {
		io.err(notChanged);
		return exitStatus.failed;
	}
	return carryOut(plan, session, options, io);
}

function show(plan: Plan, stack: string | undefined, {format, isDryRun}: ChangeOptions, io: ChangeIo): void {
	switch (format) {
		case 'json': {
			const json = planJson(plan, stack);
			io.out(isDryRun ? JSON.stringify(json, undefined, '\t') : JSON.stringify({type: 'plan', ...json}));
			return;
		}
		case 'markdown':
			io.out(planMarkdown(plan));
			return;
		case 'text':
			io.out(planLines(plan, hasColour(io)).join('\n'));
			return;
		default:
			format satisfies never;
	}
}

async function consents(request: ActionRequest, plan: Plan, {verb}: ChangeOptions, io: ChangeIo): Promise<boolean> {
	const asks = request.action === 'batch' ? request.verb : verb.asks;
	const answer = ((await io.ask?.(questionOf(asks, plan.consent))) ?? '').trim();
	return plan.consent.kind === 'typed' ? answer === plan.consent.word : /^y(?:es)?$/i.test(answer);
}
