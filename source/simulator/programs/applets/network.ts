import {forever, type OutputLine, type Process, simpleProcess, type Tape} from '../process.ts';
import {type Call, type Program, printError, type Routine} from '../shell/routine.ts';
import {instant, type Output, parseOptions} from './call.ts';

/** What asks the network: names, HTTP, echoes. */

function lookUp({around}: Call, parameters: readonly string[]): Output {
	const [name = '', server = '127.0.0.11'] = parameters.filter((parameter) => !/^-/.test(parameter));
	const heading = `Server:\t\t${server}\nAddress:\t${server}:53\n\n`;
	const addresses = around.resolve(name);
	if (addresses.length === 0) return {out: `${heading}** server can't find ${name}: NXDOMAIN\n\n`, status: 1};
	const answers = addresses.map((address) => `Name:\t${name}\nAddress: ${address}\n`).join('');
	return {out: `${heading}Non-authoritative answer:\n${answers}\n`};
}

/** `http://host:port/path`, with what the tools assume where it is left out. */
function parseUrl(text: string): {host: string; port: number; path: string} {
	const match = /^(?:(https?):\/\/)?([^/:]+)(?::([0-9]+))?(\/.*)?$/.exec(text);
	const [, scheme, host = '', port, path = '/'] = match ?? [];
	return {host, port: Number(port ?? (scheme === 'https' ? 443 : 80)), path};
}

function addressOf({around}: Call, host: string): string | undefined {
	if (/^[0-9.]+$/.test(host)) return host;
	return host === 'localhost' ? '127.0.0.1' : around.resolve(host)[0];
}

function wget(call: Call, parameters: readonly string[]): Output {
	const {flags, names, values} = parseOptions(
		parameters.map((parameter) => (parameter === '-qO-' ? '-O-' : parameter)),
		['O', 'T', 't', 'Y'],
	);
	const [url = ''] = names;
	const {host, port, path} = parseUrl(url);
	const address = addressOf(call, host);
	if (!address) return {error: `wget: bad address '${host}'\n`, status: 1};
	const heading =
		/q/.test(flags) || parameters.includes('-qO-') ? '' : `Connecting to ${host}:${port} (${address}:${port})\n`;
	const answer = call.around.fetch(host, port, path);
	if (!answer)
		return {error: `${heading}wget: can't connect to remote host (${address}): Connection refused\n`, status: 1};
	if (answer.status >= 400) {
		return {
			error: `${heading}wget: server returned error: HTTP/1.1 ${answer.status} ${reasons[answer.status] ?? ''}\n`,
			status: 1,
		};
	}
	const target = values.get('O');
	if (flags.includes('-spider') || target === '/dev/null') return {error: heading};
	if (target === undefined || target !== '-') {
		call.around.files.write(target ?? '/index.html', answer.body);
		return {error: heading};
	}
	return {out: answer.body, error: heading};
}

const reasons: Readonly<Record<number, string>> = {
	403: 'Forbidden',
	404: 'Not Found',
	500: 'Internal Server Error',
	503: 'Service Unavailable',
};

function curl(call: Call, parameters: readonly string[]): Output {
	const {flags, names, values} = parseOptions(parameters, ['o', 'm', 'H', 'X', 'w']);
	const {host, port, path} = parseUrl(names[0] ?? '');
	if (!addressOf(call, host)) return {error: `curl: (6) Could not resolve host: ${host}\n`, status: 6};
	const answer = call.around.fetch(host, port, path);
	if (!answer) {
		return {
			error: `curl: (7) Failed to connect to ${host} port ${port} after 0 ms: Couldn't connect to server\n`,
			status: 7,
		};
	}
	if (answer.status >= 400 && /f/.test(flags)) {
		return {error: `curl: (22) The requested URL returned error: ${answer.status}\n`, status: 22};
	}
	return values.has('o') ? {} : {out: answer.body};
}

/** busybox's ping: one line a second until it is told otherwise by `-c`. */
function pingProcess(call: Call): Process {
	const {names, values} = parseOptions(call.argv.slice(1), ['c', 'i', 'W', 'w', 's']);
	const [host = ''] = names;
	const address = addressOf(call, host) ?? publicAddress(call, host);
	const everyMs = Number(values.get('i') ?? 1) * 1000;
	const count = values.has('c') ? Number(values.get('c')) : forever;
	const echo = (sequence: number): OutputLine => ({
		at: 4 + sequence * everyMs,
		stream: 'stdout',
		text: `64 bytes from ${address}: seq=${sequence} ttl=${timeToLive(call, host)} time=${echoMs(call, host, sequence)} ms`,
	});
	const closing = (): OutputLine[] => [
		{at: 4 + (count - 1) * everyMs + 1, stream: 'stdout', text: ''},
		{at: 4 + (count - 1) * everyMs + 2, stream: 'stdout', text: `--- ${host} ping statistics ---`},
		{
			at: 4 + (count - 1) * everyMs + 3,
			stream: 'stdout',
			text: `${count} packets transmitted, ${count} packets received, 0% packet loss`,
		},
	];
	const heading: OutputLine = {at: 1, stream: 'stdout', text: `PING ${host} (${address}): 56 data bytes`};
	const tape: Tape = {
		*lines(from, until) {
			if (heading.at >= from && heading.at < until) yield heading;
			for (let n = Math.max(0, Math.ceil((from - 4) / everyMs)); n < count; n++) {
				const line = echo(n);
				if (line.at >= until) return;
				if (line.at >= from) yield line;
			}
			for (const line of closing()) if (line.at >= from && line.at < until) yield line;
		},
		nextAt(from) {
			if (from <= heading.at) return heading.at;
			const n = Math.max(0, Math.ceil((from - 4) / everyMs));
			return n < count ? 4 + n * everyMs : closing().find((line) => line.at >= from)?.at;
		},
	};
	const ending = count === forever ? undefined : ({kind: 'exit', at: 8 + (count - 1) * everyMs, exitCode: 0} as const);
	// ping minds SIGINT only: it prints its statistics and ends
	const react = (signal: string) => (signal === 'INT' ? ({afterMs: 1, exitCode: 0} as const) : 'ignored');
	return simpleProcess({tape, react, ...(ending ? {ending} : {})});
}

function publicAddress({around}: Call, host: string): string {
	const byte = (index: number) => 1 + Math.floor(around.fraction(`address/${host}/${index}`) * 253);
	return `${(byte(0) % 120) + 80}.${byte(1)}.${byte(2)}.${byte(3)}`;
}

const timeToLive = ({around}: Call, host: string): number => 44 + Math.floor(around.fraction(`ttl/${host}`) * 14);

function echoMs({around}: Call, host: string, sequence: number): string {
	const base = 2 + around.fraction(`distance/${host}`) * 20;
	return (base + around.fraction(`echo/${host}/${sequence}`) * 1.5).toFixed(3);
}

function* ping(call: Call): Routine {
	const host = parseOptions(call.argv.slice(1), ['c', 'i', 'W', 'w', 's']).names[0];
	if (!host) {
		yield printError('BusyBox v1.36.1 multi-call binary.\n\nUsage: ping [OPTIONS] HOST\n');
		return 1;
	}
	return yield {kind: 'process', process: pingProcess(call), replaces: false};
}

/** busybox's httpd; with `-f` in the foreground, as services run it. Which port it serves is told by the container. */
function* httpd(call: Call): Routine {
	if (!parseOptions(call.argv.slice(1), ['p', 'h', 'u', 'c', 'r']).flags.includes('f')) return 0;
	return yield {kind: 'process', process: simpleProcess(), replaces: false};
}

function* netcat(call: Call): Routine {
	const {flags, names} = parseOptions(call.argv.slice(1), ['w', 'p']);
	if (flags.includes('l')) return yield {kind: 'process', process: simpleProcess(), replaces: false};
	const [host = '', port = '0'] = names;
	return call.around.fetch(host, Number(port), '/') ? 0 : 1;
}

export const networkApplets: Readonly<Record<string, Program>> = {
	curl: instant(curl),
	httpd,
	nc: netcat,
	nslookup: instant(lookUp),
	ping,
	wget: instant(wget),
};
