/** Reads what structured loggers print: one JSON object per line, with level and message under one of the usual names. */
export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal';

type StructuredLine = {
	readonly level: LogLevel | undefined;
	readonly message: string;
	/** All other fields in the order of the line, nested values as JSON. */
	readonly fields: readonly (readonly [name: string, value: string])[];
};

const levelNames = ['level', 'severity', 'lvl', 'loglevel', 'log.level', '@level'];
const messageNames = ['msg', 'message', '@message', 'event', 'text'];
/** The engine's own timestamp is shown; the logger's would be there twice. */
const timeNames = ['time', 'ts', 'timestamp', '@timestamp', '@t', 't'];

const words: Readonly<Record<string, LogLevel>> = {
	trace: 'trace',
	verbose: 'trace',
	debug: 'debug',
	dbg: 'debug',
	info: 'info',
	information: 'info',
	notice: 'info',
	warn: 'warn',
	warning: 'warn',
	err: 'error',
	error: 'error',
	crit: 'fatal',
	critical: 'fatal',
	alert: 'fatal',
	emerg: 'fatal',
	fatal: 'fatal',
	panic: 'fatal',
};

/** Undefined when the line is no JSON object. */
export function parseStructured(text: string): StructuredLine | undefined {
	const parsed = parseObject(text);
	if (!parsed) return undefined;
	const entries = Object.entries(parsed);
	const find = (names: readonly string[]) => entries.find(([name]) => names.includes(name.toLowerCase()));
	const level = find(levelNames);
	const message = find(messageNames);
	const used = new Set([level?.[0], message?.[0], find(timeNames)?.[0]]);
	return {
		level: level ? toLevel(level[1]) : undefined,
		message: message ? toText(message[1]) : '',
		fields: entries.filter(([name]) => !used.has(name)).map(([name, value]) => [name, toText(value)] as const),
	};
}

/** The JSON object that a line is; undefined when it is none. */
export function parseObject(text: string): Record<string, unknown> | undefined {
	const trimmed = text.trim();
	if (!trimmed.startsWith('{') || !trimmed.endsWith('}')) return undefined;
	try {
		const value: unknown = JSON.parse(trimmed);
		return typeof value === 'object' && value !== null && !Array.isArray(value)
			? (value as Record<string, unknown>)
			: undefined;
	} catch (error) {
		if (error instanceof SyntaxError) return undefined;
		throw error;
	}
}

/** Words in any case, or bunyan's and pino's numbers (10 trace … 60 fatal). */
function toLevel(value: unknown): LogLevel | undefined {
	if (typeof value === 'string') return words[value.toLowerCase()];
	if (typeof value !== 'number') return undefined;
	const byNumber: readonly LogLevel[] = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'];
	return byNumber[Math.min(5, Math.max(0, Math.floor(value / 10) - 1))];
}

const toText = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''));
