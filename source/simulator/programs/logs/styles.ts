import {colour, json, python, text} from './app-styles.ts';
import {logfmt, mysql, postgres, rabbitmq, redis} from './data-styles.ts';
import type {Style} from './style.ts';
import {haproxy, nginx, traefik} from './web-styles.ts';

/** The log styles that an image's programs may have. */
export const logStyles = {
	nginx,
	traefik,
	haproxy,
	postgres,
	redis,
	mysql,
	rabbitmq,
	logfmt,
	json,
	colour,
	python,
	text,
} as const satisfies Readonly<Record<string, Style>>;

export const isLogStyle = (name: string): name is keyof typeof logStyles => Object.hasOwn(logStyles, name);
