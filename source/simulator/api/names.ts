import type {Seeded} from '../../swarmkit/random.ts';
import type {NodeObject, TaskObject} from '../../swarmkit/state/objects.ts';
import {invalidArgument} from './refusal.ts';

/** The names of things: those that the engine makes up, and those that it derives. */

/** The canonical name of a task: `service.slot.id`, the node's ID in the place of the slot for global ones (api/naming). */
export const taskName = ({serviceName, slot, nodeId, id}: TaskObject): string =>
	`${serviceName}.${slot > 0 ? slot : nodeId}.${id}`;

export const nodeName = ({spec, description}: NodeObject): string => spec.Name || description.Hostname || '';

/** The same language as SwarmKit's expression, without its backtracking. */
const dnsComponent = /^[a-zA-Z0-9]+(?:[-_]+[a-zA-Z0-9]+)*$/;

/**
 * The rule for names of services and networks (swarmkit controlapi/common.go validateAnnotations).
 * @throws Refused 400
 */
export function checkName(name: string): void {
	if (!name) throw invalidArgument('meta: name must be provided');
	if (!dnsComponent.test(name)) throw invalidArgument('name must be valid as a DNS name component');
	if (name.length > 63) throw invalidArgument('name must be 63 characters or fewer');
}

const storeName = /^[a-zA-Z0-9]+(?:[a-zA-Z0-9-_.]*[a-zA-Z0-9])?$/;

/**
 * The rule for names of secrets and configs (controlapi/common.go validateConfigOrSecretAnnotations).
 * @throws Refused 400
 */
export function checkStoreName(name: string): void {
	if (!name) throw invalidArgument('name must be provided');
	if (name.length > 64 || !storeName.test(name)) {
		throw invalidArgument(
			'invalid name, only 64 [a-zA-Z0-9-_.] characters allowed, and the start and end character must be [a-zA-Z0-9]',
		);
	}
}

const moods = [
	'agile',
	'amber',
	'brisk',
	'calm',
	'candid',
	'cheerful',
	'clever',
	'curious',
	'daring',
	'eager',
	'earnest',
	'fearless',
	'gentle',
	'glad',
	'hopeful',
	'jolly',
	'keen',
	'lively',
	'lucid',
	'mellow',
	'modest',
	'nimble',
	'patient',
	'playful',
	'polite',
	'proud',
	'quiet',
	'serene',
	'sunny',
	'tidy',
	'upbeat',
	'vivid',
	'witty',
	'zealous',
];

const scholars = [
	'abel',
	'ampere',
	'babbage',
	'bell',
	'boole',
	'braille',
	'cantor',
	'carson',
	'curie',
	'darwin',
	'descartes',
	'euler',
	'faraday',
	'fermat',
	'fourier',
	'franklin',
	'galileo',
	'gauss',
	'germain',
	'goodall',
	'hamilton',
	'hopper',
	'hypatia',
	'kepler',
	'lamarr',
	'leibniz',
	'lovelace',
	'maxwell',
	'meitner',
	'noether',
	'pascal',
	'planck',
	'ramanujan',
	'sagan',
	'shannon',
	'turing',
	'volta',
	'wiles',
];

/** What a service without a name is called: `adjective_surname` (moby pkg/namesgenerator). */
export function generatedName(seeded: Seeded, context: string): string {
	const pick = seeded.stream(`name/${context}`);
	const mood = moods[Math.floor(pick() * moods.length)];
	const scholar = scholars[Math.floor(pick() * scholars.length)];
	return `${mood}_${scholar}`;
}
