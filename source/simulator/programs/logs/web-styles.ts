import type {Dice} from './dice.ts';
import {onStderr, type Style} from './style.ts';
import {times} from './times.ts';

/** Access logs: web servers and proxies. */

const paths = [
	'/',
	'/',
	'/products',
	'/products/1042',
	'/products/2210?variant=blue',
	'/search?q=%EC%8B%A0%EB%B0%9C',
	'/search?q=winter+coat',
	'/cart',
	'/checkout',
	'/static/app.7f3c1b.js',
	'/static/app.7f3c1b.css',
	'/static/fonts/inter.woff2',
	'/images/hero@2x.webp',
	'/api/v1/stock',
	'/api/v1/prices?currency=EUR',
	'/favicon.ico',
	'/robots.txt',
	'/healthz',
] as const;

const agents = [
	'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36',
	'Mozilla/5.0 (iPhone; CPU iPhone OS 18_2 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.2 Mobile/15E148 Safari/604.1',
	'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:133.0) Gecko/20100101 Firefox/133.0',
	'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
	'curl/8.11.1',
	'kube-probe/1.31',
] as const;

const referers = [
	'-',
	'-',
	'https://shop.example/',
	'https://www.google.com/',
	'https://shop.example/products',
] as const;

function clientAddress(dice: Dice): string {
	return `${dice.between(11, 220)}.${dice.between(0, 255)}.${dice.between(0, 255)}.${dice.between(1, 254)}`;
}

function statusOf(dice: Dice): number {
	const draw = dice.next();
	if (draw < 0.86) return 200;
	if (draw < 0.91) return 304;
	if (draw < 0.94) return 302;
	if (draw < 0.975) return 404;
	if (draw < 0.985) return 499;
	if (draw < 0.995) return 502;
	return 500;
}

const methodOf = (dice: Dice): string => dice.pick(['GET', 'GET', 'GET', 'GET', 'GET', 'POST', 'HEAD'] as const);

const bytesOf = (status: number, dice: Dice): number => (status === 304 ? 0 : Math.floor(150 + dice.skewed(4200)));

export const nginx: Style = {
	opening: (time) => {
		const notice = (text: string) => onStderr(`${times.slashed(time)} [notice] 1#1: ${text}`);
		return [
			'/docker-entrypoint.sh: /docker-entrypoint.d/ is not empty, will attempt to perform configuration',
			'/docker-entrypoint.sh: Looking for shell scripts in /docker-entrypoint.d/',
			'/docker-entrypoint.sh: Launching /docker-entrypoint.d/10-listen-on-ipv6-by-default.sh',
			'10-listen-on-ipv6-by-default.sh: info: Enabled listen on IPv6 in /etc/nginx/conf.d/default.conf',
			'/docker-entrypoint.sh: Configuration complete; ready for start up',
			notice('using the "epoll" event method'),
			notice('nginx/1.27.4'),
			notice('built by gcc 12.2.0 (Debian 12.2.0-14)'),
			notice('start worker processes'),
			notice('start worker process 29'),
		];
	},
	record(time, dice) {
		const address = clientAddress(dice);
		const status = statusOf(dice);
		const path = dice.pick(paths);
		const line = `${address} - - [${times.common(time)}] "${methodOf(dice)} ${path} HTTP/1.1" ${status} ${bytesOf(status, dice)} "${dice.pick(referers)}" "${dice.pick(agents)}" "-"`;
		if (status === 404 && dice.chance(0.5)) {
			const file = `/usr/share/nginx/html${path.split('?')[0]}`;
			const text = `${times.slashed(time)} [error] 29#29: *${dice.between(100, 99_999)} open() "${file}" failed (2: No such file or directory), client: ${address}, server: localhost, request: "GET ${path} HTTP/1.1", host: "shop.example"`;
			return [onStderr(text), line];
		}
		return line;
	},
	lastWords: (time) => [
		onStderr(`${times.slashed(time)} [emerg] 1#1: worker process 29 exited with fatal code 2 and cannot be respawned`),
	],
};

export const traefik: Style = {
	opening: (time) => [
		`${times.zulu(time)} INF Traefik version 3.3.1 built on 2026-01-02T10:11:12Z version=3.3.1`,
		`${times.zulu(time)} INF Starting provider aggregator aggregator.ProviderAggregator`,
		`${times.zulu(time)} INF Starting provider *swarm.Provider`,
	],
	record(time, dice) {
		const status = statusOf(dice);
		const router = dice.pick(['web@swarm', 'api@swarm', 'grafana@swarm'] as const);
		const server = `http://10.0.1.${dice.between(2, 40)}:8080`;
		return `${clientAddress(dice)} - - [${times.common(time)}] "${methodOf(dice)} ${dice.pick(paths)} HTTP/2.0" ${status} ${bytesOf(status, dice)} "-" "-" ${dice.between(1, 900_000)} "${router}" "${server}" ${Math.ceil(dice.skewed(18))}ms`;
	},
};

export const haproxy: Style = {
	opening: (time) => [
		onStderr('[NOTICE]   (1) : New worker (8) forked'),
		onStderr('[NOTICE]   (1) : Loading success.'),
		`<133>${times.commonMs(time)} haproxy[8]: Server back/api1 is UP, reason: Layer4 check passed, check duration: 0ms.`,
	],
	record(time, dice) {
		const status = statusOf(dice);
		const total = Math.ceil(1 + dice.skewed(22));
		const backend = dice.pick(['web/web1', 'web/web2', 'api/api1', 'api/api2', 'api/api3'] as const);
		return `${clientAddress(dice)}:${dice.between(20_000, 64_000)} [${times.commonMs(time)}] public ${backend} 0/0/1/${total}/${total + 1} ${status} ${bytesOf(status, dice)} - - ---- ${dice.between(1, 40)}/${dice.between(1, 40)}/${dice.between(0, 9)}/${dice.between(0, 4)}/0 0/0 "${methodOf(dice)} ${dice.pick(paths)} HTTP/1.1"`;
	},
};
