import {type Call, type Program, print, printError, type Routine} from '../shell/routine.ts';
import {instant, joined, type Output} from './call.ts';

/** Time, names, the environment, and programs that run others. */

/** `5`, `0.2`, `1m`, `infinity` in milliseconds; undefined for what sleep refuses. */
export function sleepMs(text: string): number | undefined {
	if (text === 'infinity' || text === 'inf') return Number.POSITIVE_INFINITY;
	const match = /^([0-9]*\.?[0-9]+|[0-9]+\.)([smhd]?)$/.exec(text);
	if (!match) return undefined;
	const factor = {s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000}[match[2] || 's'] ?? 1000;
	return Number(match[1]) * factor;
}

function* sleep({argv}: Call): Routine {
	let total = 0;
	for (const text of argv.slice(1)) {
		const ms = sleepMs(text);
		if (ms === undefined) {
			yield printError(`sleep: invalid number '${text}'\n`);
			return 1;
		}
		total += ms;
	}
	if (argv.length === 1) {
		yield printError('BusyBox v1.36.1 multi-call binary.\n\nUsage: sleep [N]...\n');
		return 1;
	}
	yield {kind: 'pause', ms: total};
	return 0;
}

/** strftime's conversions, in UTC, as containers have it. */
function date({around}: Call, parameters: readonly string[]): Output {
	const now = new Date(around.startedAt + around.elapsed());
	const pad = (value: number, width = 2) => String(value).padStart(width, '0');
	const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
	const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
	const day = `${now.getUTCFullYear()}-${pad(now.getUTCMonth() + 1)}-${pad(now.getUTCDate())}`;
	const time = `${pad(now.getUTCHours())}:${pad(now.getUTCMinutes())}:${pad(now.getUTCSeconds())}`;
	const conversions: Record<string, string> = {
		Y: String(now.getUTCFullYear()),
		m: pad(now.getUTCMonth() + 1),
		d: pad(now.getUTCDate()),
		e: String(now.getUTCDate()).padStart(2),
		H: pad(now.getUTCHours()),
		M: pad(now.getUTCMinutes()),
		S: pad(now.getUTCSeconds()),
		N: `${pad(now.getUTCMilliseconds(), 3)}000000`,
		F: day,
		T: time,
		s: String(Math.floor(now.getTime() / 1000)),
		a: days[now.getUTCDay()] ?? '',
		b: months[now.getUTCMonth()] ?? '',
		Z: 'UTC',
		z: '+0000',
		'%': '%',
	};
	const given = parameters.find((parameter) => parameter.startsWith('+'))?.slice(1);
	const isIso = parameters.some((parameter) => /^-I/.test(parameter));
	const template = given ?? (isIso ? '%FT%T+00:00' : '%a %b %e %T %Z %Y');
	return {out: `${template.replace(/%([a-zA-Z%])/g, (whole, letter: string) => conversions[letter] ?? whole)}\n`};
}

function sequence(_call: Call, parameters: readonly string[]): Output {
	const numbers = parameters.map(Number);
	const first = numbers.length > 1 ? (numbers[0] ?? 1) : 1;
	const step = numbers.length > 2 ? (numbers[1] ?? 1) : 1;
	const last = numbers.at(-1) ?? 0;
	const values: string[] = [];
	for (let value = first; step > 0 ? value <= last : value >= last; value += step) {
		if (values.length >= 100_000 || step === 0) break;
		values.push(String(value));
	}
	return {out: joined(values)};
}

function environment({environment: variables}: Call, parameters: readonly string[]): Output {
	const [name] = parameters;
	if (name !== undefined) {
		const value = variables.get(name);
		return value === undefined ? {status: 1} : {out: `${value}\n`};
	}
	return {out: joined([...variables].map(([key, value]) => `${key}=${value}`))};
}

function* runInEnvironment(call: Call): Routine {
	const words = call.argv.slice(1);
	const first = words.findIndex((word) => !/^[A-Za-z_]\w*=/.test(word));
	if (first < 0) {
		yield print(environment(call, []).out ?? '');
		return 0;
	}
	const program = call.around.program(words[first] ?? '');
	if (!program) {
		yield printError(`env: can't execute '${words[first]}': No such file or directory\n`);
		return 127;
	}
	const variables = new Map(call.environment);
	for (const word of words.slice(0, first))
		variables.set(word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1));
	return yield* program({...call, argv: words.slice(first), environment: variables});
}

function* timeout(call: Call): Routine {
	const words = call.argv.slice(1).filter((word) => !/^-/.test(word));
	const program = call.around.program(words[1] ?? '');
	if (!program) return 127;
	return yield* program({...call, argv: words.slice(1)});
}

export const systemApplets: Readonly<Record<string, Program>> = {
	date: instant(date),
	env: runInEnvironment,
	false: instant(() => ({status: 1})),
	hostname: instant(({around}, parameters) => ({
		out: parameters.includes('-i') ? `${around.resolve(around.hostname)[0] ?? '127.0.0.1'}\n` : `${around.hostname}\n`,
	})),
	id: instant((_call, parameters) => ({
		out: parameters.includes('-u') ? '0\n' : 'uid=0(root) gid=0(root) groups=0(root)\n',
	})),
	nproc: instant(() => ({out: '2\n'})),
	printenv: instant(environment),
	pwd: instant(({directory}) => ({out: `${directory}\n`})),
	seq: instant(sequence),
	sleep,
	stty: instant(({environment: variables}) => ({
		out: `${variables.get('LINES') ?? 24} ${variables.get('COLUMNS') ?? 80}\n`,
	})),
	timeout,
	true: instant(() => ({})),
	uname: instant(({around}, parameters) => {
		if (parameters.includes('-a')) return {out: `Linux ${around.hostname} 6.1.0-28-amd64 #1 SMP x86_64 GNU/Linux\n`};
		return {out: parameters.includes('-m') ? 'x86_64\n' : 'Linux\n'};
	}),
	whoami: instant(() => ({out: 'root\n'})),
};
