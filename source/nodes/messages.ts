/** What people are told of the ways to nodes. */
import {type EngineError, engineError} from '../engine/error.ts';
import {type SafeText, safe, toSafeText} from '../text/safe-text.ts';

const howToName = 'Name its engine under nodes: in config.yaml';

/** Nobody has said how to get there, and no way can be guessed. */
export const noWay = (node: string): EngineError =>
	engineError(
		'unreachable',
		`There is no way to the engine of ${node}.`,
		`${howToName}: match: "${node}", engine: ssh://USER@HOST.`,
	);

/** A failure on the way, with whose node it was about and what else can be done. */
export function onTheWay(node: string, error: EngineError, isGuessed: boolean): EngineError {
	const more = isGuessed ? safe` ${toSafeText(howToName)} where this is not the way.` : toSafeText('');
	return {...error, message: safe`${toSafeText(node)}: ${error.message}`, nextStep: safe`${error.nextStep}${more}`};
}

export const fieldMissing = (node: string, engine: string, field: string): EngineError =>
	engineError(
		'host-unknown',
		`nodes: names ${engine} for ${node}, which has no {${field}}.`,
		'The fields are {hostname}, {address}, {id} and {label.X}.',
	);

export const badEngine = (node: string, engine: string, problem: string, nextStep: string): EngineError =>
	engineError('host-unknown', `nodes: names ${engine} for ${node}: ${problem}`, nextStep);

/** The engine at the end of the way is another node's. */
export function wrongMachine(node: string, url: SafeText, owner: string | undefined): EngineError {
	const whose = owner === undefined ? 'an engine that is in no swarm' : owner;
	return engineError(
		'rejected',
		`${url} is not ${node}: it is ${whose}. Nothing was done there.`,
		'Correct its entry under nodes: in config.yaml, or the address that it leads to.',
	);
}

export const noExitCode = (): EngineError =>
	engineError('bad-answer', 'The command ended, but the engine did not tell its exit code.', '');

/** Of a machine that could join: why it can't. */
export const notAsked = (error: EngineError): SafeText => error.message;
export const inAnotherSwarm = (state: string): SafeText =>
	state === 'active' || state === 'locked'
		? safe`is in another swarm: let it leave that one first`
		: safe`is ${toSafeText(state)}`;

export const closed = (): EngineError => engineError('aborted', 'The request was cancelled.', '');
