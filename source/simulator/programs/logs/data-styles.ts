import type {Dice} from './dice.ts';
import {onStderr, type Style} from './style.ts';
import {times} from './times.ts';

/** Databases, caches and brokers. */

const tables = ['orders', 'order_lines', 'customers', 'stock', 'prices', 'sessions'] as const;

export const postgres: Style = {
	opening: (time) => {
		const say = (pid: number, text: string) => onStderr(`${times.sortableMs(time)} [${pid}] LOG:  ${text}`);
		return [
			'',
			'PostgreSQL Database directory appears to contain a database; Skipping initialization',
			'',
			say(
				1,
				'starting PostgreSQL 16.6 (Debian 16.6-1.pgdg120+1) on x86_64-pc-linux-gnu, compiled by gcc (Debian 12.2.0-14) 12.2.0, 64-bit',
			),
			say(1, 'listening on IPv4 address "0.0.0.0", port 5432'),
			say(1, 'listening on Unix socket "/var/run/postgresql/.s.PGSQL.5432"'),
			say(29, `database system was shut down at ${times.sortableMs(time - 4000).slice(0, 19)} UTC`),
			say(1, 'database system is ready to accept connections'),
		];
	},
	record(time, dice) {
		const pid = dice.between(60, 900);
		const say = (level: string, text: string) => onStderr(`${times.sortableMs(time)} [${pid}] ${level}:  ${text}`);
		const draw = dice.next();
		if (draw < 0.35)
			return say(
				'LOG',
				`duration: ${(220 + dice.skewed(300)).toFixed(3)} ms  statement: SELECT * FROM ${dice.pick(tables)} WHERE id = $1`,
			);
		if (draw < 0.55) {
			const buffers = dice.between(3, 900);
			return [
				say('LOG', 'checkpoint starting: time'),
				say(
					'LOG',
					`checkpoint complete: wrote ${buffers} buffers (${((buffers / 16_384) * 100).toFixed(1)}%); 0 WAL file(s) added, 0 removed, 0 recycled; write=${(buffers / 10).toFixed(3)} s, sync=0.004 s, total=${(buffers / 10 + 0.02).toFixed(3)} s`,
				),
			];
		}
		if (draw < 0.75) return say('LOG', `automatic vacuum of table "shop.public.${dice.pick(tables)}": index scans: 1`);
		if (draw < 0.85)
			return say('LOG', `connection received: host=10.0.2.${dice.between(3, 60)} port=${dice.between(32_000, 60_000)}`);
		if (draw < 0.93) {
			return [
				say('ERROR', `duplicate key value violates unique constraint "${dice.pick(tables)}_pkey"`),
				say('DETAIL', `Key (id)=(${dice.between(1000, 99_999)}) already exists.`),
			];
		}
		return say('LOG', `could not receive data from client: Connection reset by peer`);
	},
	lastWords: (time) => [onStderr(`${times.sortableMs(time)} [1] PANIC:  could not locate a valid checkpoint record`)],
};

export const redis: Style = {
	opening: (time) => {
		const say = (mark: string, text: string) => `1:${mark} ${times.spokenMs(time)} ${text}`;
		return [
			say('C', '* oO0OoO0OoO0Oo Redis is starting oO0OoO0OoO0Oo'),
			say('C', '* Redis version=7.4.2, bits=64, commit=00000000, modified=0, pid=1, just started'),
			say(
				'C',
				'# Warning: no config file specified, using the default config. In order to specify a config file use redis-server /path/to/redis.conf',
			),
			say('M', '* monotonic clock: POSIX clock_gettime'),
			say('M', '* Running mode=standalone, port=6379.'),
			say('M', '* Server initialized'),
			say('M', '* Ready to accept connections tcp'),
		];
	},
	record(time, dice) {
		const say = (mark: string, text: string) => `${mark} ${times.spokenMs(time)} * ${text}`;
		const child = dice.between(20, 9000);
		return [
			say(
				'1:M',
				`${dice.pick(['1 changes in 3600', '100 changes in 300', '10000 changes in 60'] as const)} seconds. Saving...`,
			),
			say('1:M', `Background saving started by pid ${child}`),
			say(`${child}:C`, 'DB saved on disk'),
			say(
				`${child}:C`,
				`Fork CoW for RDB: current ${dice.between(0, 9)} MB, peak ${dice.between(1, 9)} MB, average 1 MB`,
			),
			say('1:M', 'Background saving terminated with success'),
		];
	},
};

export const mysql: Style = {
	opening: (time) => [
		`${times.sortableMs(time).slice(0, 19)}+00:00 [Note] [Entrypoint]: Entrypoint script for MySQL Server 8.4.3-1.el9 started.`,
		onStderr(`${times.zuluMicro(time)} 0 [System] [MY-015015] [Server] MySQL Server - start.`),
		onStderr(
			`${times.zuluMicro(time)} 0 [System] [MY-010931] [Server] /usr/sbin/mysqld: ready for connections. Version: '8.4.3'  socket: '/var/run/mysqld/mysqld.sock'  port: 3306  MySQL Community Server - GPL.`,
		),
	],
	record(time, dice) {
		const thread = dice.between(8, 400);
		const text = dice.pick([
			"[Warning] [MY-013360] [Server] Plugin mysql_native_password reported: ''mysql_native_password' is deprecated and will be removed in a future release.'",
			"[Note] [MY-010914] [Server] Aborted connection to db: 'shop' user: 'api' host: '10.0.2.7' (Got an error reading communication packets).",
			'[Note] [MY-010069] [InnoDB] page_cleaner: 1000ms intended loop took 4312ms. The settings might not be optimal.',
		] as const);
		return onStderr(`${times.zuluMicro(time)} ${thread} ${text}`);
	},
};

export const rabbitmq: Style = {
	record(time, dice) {
		const client = `10.0.2.${dice.between(3, 60)}:${dice.between(32_000, 60_000)}`;
		const stamp = `${times.sortableMs(time).replace(' UTC', '000+00:00')} [info] <0.${dice.between(600, 9000)}.0>`;
		return dice.chance(0.5)
			? `${stamp} accepting AMQP connection ${client} -> 10.0.2.9:5672`
			: `${stamp} closing AMQP connection (${client} -> 10.0.2.9:5672, vhost: '/', user: 'shop', duration: '${dice.between(1, 59)}s')`;
	},
};

/** Prometheus, Grafana and others: key=value. */
export const logfmt: Style = {
	record(time, dice) {
		const level = levelOf(dice);
		const text = dice.pick([
			'Head GC completed',
			'write block',
			'WAL checkpoint complete',
			'Deleting obsolete block',
			'Completed loading of configuration file',
		] as const);
		const line = `time=${times.zulu(time)} level=${level} source=${dice.pick(['head.go:1293', 'compact.go:596', 'db.go:1617', 'main.go:1489'] as const)} msg="${text}" component=tsdb duration=${(dice.skewed(900) + 1).toFixed(3)}ms`;
		return onStderr(line);
	},
};

export function levelOf(dice: Dice): 'debug' | 'info' | 'warn' | 'error' {
	const draw = dice.next();
	if (draw < 0.78) return 'info';
	if (draw < 0.9) return 'debug';
	return draw < 0.97 ? 'warn' : 'error';
}
