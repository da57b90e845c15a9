import {levelOf} from './data-styles.ts';
import type {Dice} from './dice.ts';
import {onStderr, type Style, type Text} from './style.ts';
import {times} from './times.ts';

/** Applications: JSON, colours, tracebacks, plain text. */

const people = ['Ana', 'Bjørn', '김서연', '佐藤 結衣', 'Zoë', 'Müller', 'Łukasz', 'Иван'] as const;
const products = [
	'winter coat',
	'운동화 270mm',
	'抹茶セット',
	'café crème',
	'Große Tasse',
	'🐳 plush',
	'USB-C cable',
] as const;

const messages = {
	debug: ['cache hit', 'cache miss', 'token refreshed', 'query planned'],
	info: ['request completed', 'order placed', 'payment captured', 'mail queued', 'stock reserved', 'session started'],
	warn: ['slow query', 'retrying upstream', 'rate limit near', 'deprecated client'],
	error: ['upstream timed out', 'payment refused', 'could not reserve stock', 'unexpected token in JSON'],
} as const;

/** A line beyond what the log driver writes in one piece: somebody logged a whole response. */
function payload(dice: Dice): string {
	const row = `{"sku":"${dice.hex(12)}","name":"${dice.pick(products)}","price":${dice.between(1, 400)}.${dice.between(10, 99)}},`;
	return row.repeat(Math.ceil(20_000 / row.length));
}

export const json: Style = {
	opening: (time) => [
		`{"level":"info","time":"${times.zulu(time)}","msg":"starting","version":"2.8.1","pid":1}`,
		`{"level":"info","time":"${times.zulu(time)}","msg":"listening","addr":":3000"}`,
	],
	record(time, dice) {
		const level = levelOf(dice);
		const msg = dice.pick(messages[level]);
		const head = `{"level":"${level}","time":"${times.zulu(time)}","msg":"${msg}","request":"${dice.hex(16)}"`;
		if (dice.chance(0.0003)) return `${head},"response":[${payload(dice)}]}`;
		const tail = `"user":"${dice.pick(people)}","item":"${dice.pick(products)}","ms":${(1 + dice.skewed(35)).toFixed(1)}}`;
		const line = `${head},${tail}`;
		return level === 'error' ? onStderr(line) : line;
	},
	lastWords: (time) => [
		onStderr(
			`{"level":"fatal","time":"${times.zulu(time)}","msg":"unhandled rejection","err":"connect ECONNREFUSED 10.0.2.4:5432"}`,
		),
		onStderr('    at TCPConnectWrap.afterConnect [as oncomplete] (node:net:1615:16)'),
	],
};

const methodColours = {GET: '\x1b[32m', POST: '\x1b[33m', PUT: '\x1b[36m', DELETE: '\x1b[31m'} as const;

/** As development servers print requests: colours by method and status. */
export const colour: Style = {
	opening: () => [
		'\x1b[1m\x1b[35m  VITE\x1b[39m\x1b[22m v6.0.7  ready in \x1b[1m412\x1b[22m ms',
		'',
		'  ➜  Local:   \x1b[36mhttp://localhost:\x1b[1m5173\x1b[22m/\x1b[39m',
	],
	record(time, dice) {
		const method = dice.pick(['GET', 'GET', 'GET', 'POST', 'PUT', 'DELETE'] as const);
		const status = dice.pick([200, 200, 200, 201, 304, 404, 500] as const);
		const statusColour =
			status >= 500 ? '\x1b[31m' : status >= 400 ? '\x1b[33m' : status >= 300 ? '\x1b[36m' : '\x1b[32m';
		return `\x1b[90m${times.zulu(time)}\x1b[0m ${methodColours[method]}${method}\x1b[0m /${dice.pick(['orders', 'stock', 'prices', 'people'] as const)}/${dice.between(1, 9999)} ${statusColour}${status}\x1b[0m ${dice.skewed(30).toFixed(3)} ms`;
	},
	lastWords: () => [onStderr('\x1b[31m[vite] Internal server error: Transform failed with 1 error\x1b[39m')],
};

function traceback(dice: Dice): Text[] {
	const line = () => dice.between(20, 400);
	const error = dice.pick([
		"KeyError: 'customer_id'",
		"requests.exceptions.ConnectionError: HTTPConnectionPool(host='api', port=3000): Max retries exceeded with url: /v1/prices",
		"ValueError: could not convert string to float: '12,50 €'",
		'psycopg2.OperationalError: could not connect to server: Connection refused',
	] as const);
	return [
		'Traceback (most recent call last):',
		`  File "/app/worker.py", line ${line()}, in run`,
		'    self.handle(message)',
		`  File "/app/worker.py", line ${line()}, in handle`,
		'    result = recommend(message.payload["customer_id"])',
		`  File "/app/model.py", line ${line()}, in recommend`,
		'    return self.index.search(vector, k=20)',
		error,
	].map(onStderr);
}

export const python: Style = {
	opening: (time) => [onStderr(`${times.sortableComma(time)} INFO     [worker] connected to amqp://queue:5672//`)],
	record(time, dice) {
		const say = (level: string, text: string) =>
			onStderr(`${times.sortableComma(time)} ${level.padEnd(8)} [worker] ${text}`);
		const draw = dice.next();
		if (draw < 0.72) return say('INFO', `processed ${dice.between(1, 400)} events in ${dice.skewed(0.4).toFixed(3)}s`);
		if (draw < 0.86) return say('INFO', `recommended ${dice.between(3, 20)} items for ${dice.pick(people)}`);
		if (draw < 0.96) return say('WARNING', `model is ${dice.between(2, 72)} hours old`);
		return [say('ERROR', 'task failed, will be retried'), ...traceback(dice)];
	},
	lastWords: (time, dice) => [onStderr(`${times.sortableComma(time)} CRITICAL [worker] giving up`), ...traceback(dice)],
};

/** Sentences, for programs that nothing else is known of. */
export const text: Style = {
	opening: (time) => [`${times.zulu(time)} ready`],
	record: (time, dice) => `${times.zulu(time)} ${levelOf(dice)}: ${dice.pick(messages.info)} (${dice.pick(people)})`,
	lastWords: (time) => [onStderr(`${times.zulu(time)} fatal: giving up`)],
};
