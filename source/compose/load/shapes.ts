import {parseDuration} from '../units.ts';
import {parsePortSpec} from './ports.ts';
import type {Shape} from './shape.ts';

/** The parts that the shapes of services, networks, volumes, secrets and configs are made of. */

const scalar = (...types: Extract<Shape, {is: 'scalar'}>['types']): Shape => ({is: 'scalar', types});

export const anything: Shape = {is: 'anything'};
export const text = scalar('string');
export const integer = scalar('integer');
export const number = scalar('number');
export const bool = scalar('boolean');
export const textOrNumber = scalar('string', 'number');
export const nullable = scalar('string', 'number', 'null');
export const textOrNull = scalar('string', 'null');
export const empty = scalar('null');
export const size: Shape = {is: 'scalar', types: ['integer'], minimum: 0};

export const duration: Shape = {
	is: 'scalar',
	types: ['string'],
	format: {test: (each) => parseDuration(each) !== undefined, message: 'is no duration: write 10s or 1m30s'},
};

export const choice = (...words: string[]): Shape => ({is: 'scalar', types: ['string'], oneOf: words});

const portFormat = {
	test: (each: string) => parsePortSpec(each).ok,
	message: 'is no port: write 80, 8080:80 or 8080:80/udp',
};
export const port: Shape = {is: 'scalar', types: ['string', 'number'], format: portFormat};
export const oneOf = (...shapes: Shape[]): Shape => ({is: 'oneOf', shapes});
export const list = (of: Shape): Shape => ({is: 'list', of, isUnique: false});
export const uniqueList = (of: Shape): Shape => ({is: 'list', of, isUnique: true});
export const texts = uniqueList(text);
export const textOrTexts = oneOf(text, texts);
export const command = oneOf(text, list(text));

type Keys = Readonly<Record<string, Shape>>;

/** These keys and no other. */
export const record = (keys: Keys, required: readonly string[] = []): Shape => ({
	is: 'map',
	keys,
	others: [],
	isOpen: false,
	required,
});

/** These keys, and `x-…`. */
export const extensible = (keys: Keys): Shape => ({
	is: 'map',
	keys,
	others: [[/^x-/, anything]],
	isOpen: false,
	required: [],
});

/** These keys, and whatever else. */
export const openRecord = (keys: Keys): Shape => ({is: 'map', keys, others: [], isOpen: true, required: []});

/** Any keys that look so, all of one shape. */
export const mapOf = (pattern: RegExp, shape: Shape, {isOpen = false} = {}): Shape => ({
	is: 'map',
	keys: {},
	others: [[pattern, shape]],
	isOpen,
	required: [],
});

export const name = /^[a-zA-Z0-9._-]+$/;
export const listOrMap = oneOf(mapOf(/.+/, nullable), uniqueList(text));
export const options = (value: Shape): Shape => mapOf(/^.+$/, value, {isOpen: true});
