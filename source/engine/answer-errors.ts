import type {Endpoint} from '../connection/endpoint.ts';
import {toSafeText} from '../text/safe-text.ts';
import {type EngineError, engineError} from './error.ts';
import {controlPlaneError, ended, withoutGrpc} from './swarm-errors.ts';
import {tlsRequired} from './tls-errors.ts';

/** An answer that is none of the API's: `status` and the whole body as text. */
type RefusedAnswer = {readonly status: number; readonly body: string; readonly path: string};

/** What an answer with an error status means. The wordings are moby's and swarmkit's, 18.05 to 28. */
export function answerError({status, body, path}: RefusedAnswer, endpoint: Endpoint): EngineError {
	const words = messageIn(body);
	if (/client sent an HTTP request to an HTTPS server/i.test(words ?? body)) return tlsRequired(endpoint);
	if (words === undefined) return notTheApi(status, path, endpoint);
	const control = controlPlaneError(words);
	if (control) return {...control, status};
	const plain = withoutGrpc(words);
	const said = {status, engineMessage: toSafeText(plain)};
	if (/update out of sequence/.test(words)) {
		return engineError(
			'version-conflict',
			'It was changed by someone else meanwhile.',
			'Look at it again, then repeat.',
			said,
		);
	}
	const newest = /client version \S+ is too new\. Maximum supported API version is (\S+)/.exec(words)?.[1];
	if (newest !== undefined) {
		return engineError('engine-too-old', `The engine speaks API ${newest} only.`, 'Connect again.', said);
	}
	if (status === 404) return engineError('not-found', sentence(plain), 'It may have been removed: refresh.', said);
	if (status === 409)
		return engineError('conflict', sentence(plain), 'Choose another name, or remove the other one.', said);
	// swarmkit's plain errors (a bad constraint, a bad filter) come as 500 with the code Unknown: refusals all the same.
	if (status < 500 || status === 501 || /code = Unknown desc =/.test(words)) {
		return engineError('rejected', `The engine refused: ${ended(plain)}`, 'Mend what it names, then repeat.', said);
	}
	return engineError(
		'engine-failed',
		`The engine failed (${status}): ${ended(plain)}`,
		"Try again; if it stays, look at the engine's log (journalctl -u docker).",
		said,
	);
}

function notTheApi(status: number, path: string, {url}: Endpoint): EngineError {
	return engineError(
		'bad-answer',
		`What answers at ${url} is not a Docker engine: ${path} gave ${status} without a message.`,
		'Check the address; a proxy in between may answer in its place.',
		{status},
	);
}

/** The `message` of the API's error body; undefined for any other body. */
function messageIn(body: string): string | undefined {
	try {
		const {message} = JSON.parse(body) as {message?: unknown};
		return typeof message === 'string' ? message : undefined;
	} catch {
		return undefined;
	}
}

function sentence(words: string): string {
	return ended(words.slice(0, 1).toUpperCase() + words.slice(1));
}
