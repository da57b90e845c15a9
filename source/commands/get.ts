import {type Config, defaultConfig} from '../config/config.ts';
import {loadConfig} from '../config/load.ts';
import {configFile} from '../config/paths.ts';
import {describeProblem} from '../documents/document.ts';
import type {SwarmClient} from '../engine/client.ts';
import type {EngineError} from '../engine/error.ts';
import {keepHeapSmall} from '../runtime/heap.ts';
import {failed, ok, type Result} from '../runtime/result.ts';
import type {KindId} from '../ui/kinds/kind-id.ts';
import {listingOf} from '../ui/kinds/listings.ts';
import {helpOf} from './command-line/help.ts';
import {seeHelp} from './command-line/messages.ts';
import {listDockerContexts} from './get-contexts.ts';
import {type GetIo, processIo} from './get-io.ts';
import {type List, listerOf} from './get-lists.ts';
import {type GetOptions, getCommand, parseGetOptions} from './get-options.ts';
import {printerFor} from './get-print.ts';
import type {Printer} from './get-printer.ts';
import {type Selection, select, similarNames} from './get-select.ts';
import {watch} from './get-watch.ts';
import {exitStatus, openClient, sentences} from './open-client.ts';
import {ReadPatience, type Verdict} from './read-patience.ts';
import {vocabulary} from './vocabulary.ts';

/** `swarmtop get`: the lists of the screen as text. Gives the exit status. */
export async function runGet(argv: readonly string[], io: GetIo = processIo()): Promise<number> {
	const options = parseGetOptions(argv);
	if (!options.ok) return complain(io, exitStatus.wrongUse, `${options.error} ${seeHelp('get')}`);
	if (options.value === 'help') {
		io.out(helpOf(getCommand));
		return exitStatus.fine;
	}
	const {kind} = options.value;
	const printer = printerFor(options.value, await readConfig(io), io);
	if (kind === 'contexts') {
		return print(ok(await listDockerContexts(io.surroundings)), options.value, printer, io);
	}
	keepHeapSmall();
	const patience = new ReadPatience(io);
	try {
		return await printOf(kind, options.value, {printer, io, patience});
	} finally {
		patience.end();
	}
}

type Output = {readonly printer: Printer; readonly io: GetIo; readonly patience: ReadPatience};

async function printOf(kind: KindId, options: GetOptions, output: Output): Promise<number> {
	const {io, patience} = output;
	const client = await openClient(options.connection, io.surroundings, patience.signal);
	if (patience.verdict) return told(patience.verdict, io);
	if (!client.ok) return complain(io, client.error.status, client.error.message);
	try {
		return await printFrom({client: client.value, kind}, options, output);
	} finally {
		await client.value.close();
	}
}

type Source = {readonly client: SwarmClient; readonly kind: KindId};

async function printFrom({client, kind}: Source, options: GetOptions, output: Output): Promise<number> {
	const {printer, io, patience} = output;
	const isHealthShown = io.terminal !== undefined && (options.format === 'table' || options.format === 'wide');
	const isChosenByHealth = options.filter.terms.some(({kind, field}) => kind === 'field' && field === 'state');
	const said = new Set<string>();
	const onForbidden = ({message}: EngineError): void => {
		if (!said.has(message)) io.err(`swarmtop: ${message}`);
		said.add(message);
	};
	const read = async (): Promise<Result<List, string>> => {
		const list = await listerOf(kind)(client, {...options, isHealthShown, isChosenByHealth, onForbidden});
		return list.ok ? list : failed(sentences(list.error));
	};
	const first = await read();
	if (patience.verdict) return told(patience.verdict, io);
	patience.end();
	if (!options.isWatching || !first.ok) return print(first, options, printer, io);
	const misfit = printer.printChanges(select(first.value, listingOf(kind), options));
	if (misfit !== undefined) return complain(io, exitStatus.wrongUse, misfit);
	const show = (list: List) => {
		const problem = printer.printChanges(select(list, listingOf(kind), options));
		if (problem !== undefined) tell(problem);
	};
	const tell = (problem: string) => io.err(`swarmtop: ${problem}`);
	await watch({client, read, show, complain: tell, until: io.interrupted});
	return exitStatus.fine;
}

/** All that was found, then what was not. */
function print(read: Result<List, string>, options: GetOptions, printer: Printer, io: GetIo): number {
	if (!read.ok) return complain(io, exitStatus.failed, read.error);
	const listing = listingOf(options.kind);
	const selection = select(read.value, listing, options);
	const isPrinted = options.words.length === 0 || selection.items.length > 0;
	const misfit = isPrinted ? printer.print(selection) : undefined;
	if (misfit !== undefined) return complain(io, exitStatus.wrongUse, misfit);
	for (const word of selection.missing) {
		const similar = similarNames(read.value.items, listing, word);
		const hint = similar.length > 0 ? ` Did you mean ${similar.join(' or ')}?` : '';
		complain(io, exitStatus.failed, `There is no ${listing.singular} "${word}".${hint}`);
	}
	if (selection.missing.length > 0) return exitStatus.failed;
	if (selection.items.length === 0) sayEmpty(selection, read.value.items.length, options, io);
	return exitStatus.fine;
}

/** Not on standard output: nothing found is nothing printed. */
function sayEmpty({items}: Selection, total: number, {kind, format}: GetOptions, io: GetIo): void {
	if (items.length > 0 || (format !== 'table' && format !== 'wide')) return;
	io.err(total === 0 ? `No ${kind}.` : `None of ${total} ${kind} fits.`);
}

/** A broken configuration is no reason not to print: the defaults do, and it is said. */
async function readConfig(io: GetIo): Promise<Config> {
	const config = await loadConfig(configFile(io.surroundings), vocabulary);
	if (config.ok) return config.value;
	const [problem] = config.error;
	if (problem) io.err(`swarmtop: ${describeProblem(problem)}`);
	return defaultConfig;
}

function told({status, message}: Verdict, io: GetIo): number {
	return message === undefined ? status : complain(io, status, message);
}

function complain(io: GetIo, status: number, message: string): number {
	io.err(`swarmtop: ${message}`);
	return status;
}
