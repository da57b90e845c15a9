import type {Endpoint} from '../connection/endpoint.ts';
import {toSafeText} from '../text/safe-text.ts';
import {type EngineError, engineError} from './error.ts';
import {foreignWords} from './foreign-words.ts';
import {proxyError, refusedByProxy} from './proxy-errors.ts';
import type {RefusedAnswer} from './refused-answer.ts';
import {controlPlaneError, ended, withoutGrpc} from './swarm-errors.ts';
import {tlsRequired} from './tls-errors.ts';

/** What an answer with an error status means. The wordings are moby's and swarmkit's, 1.12 to 29. */
export function answerError(answer: RefusedAnswer, endpoint: Endpoint): EngineError {
	const {status, body} = answer;
	const words = messageIn(body);
	if (/client sent an HTTP request to an HTTPS server/i.test(words ?? body)) return tlsRequired(endpoint);
	const version = versionError(words ?? body, endpoint);
	if (version) return version;
	if (words === undefined) return proxyError(answer, foreignWords(body), endpoint);
	const control = controlPlaneError(words);
	if (control) return {...control, status};
	const plain = withoutGrpc(words);
	const said = {status, engineMessage: toSafeText(plain)};
	if (/update out of sequence/.test(words)) {
		return engineError('version-conflict', 'Someone else changed it first.', 'Check it, then repeat.', said);
	}
	if (status === 403 && isForeignRefusal(plain, answer)) return refusedByProxy(answer, plain, endpoint);
	if (status === 404) return engineError('not-found', sentence(plain), 'It may have been removed: refresh.', said);
	if (status === 409 && /is not running|is paused|is restarting/.test(plain))
		return engineError('conflict', sentence(plain), 'It may have ended: refresh.', said);
	if (status === 409)
		return engineError('conflict', sentence(plain), 'Choose another name, or remove the other one.', said);
	// swarmkit's plain errors (a bad constraint, a bad filter) come as 500 with the code Unknown: refusals all the same.
	if (status < 500 || status === 501 || /code = Unknown desc =/.test(words)) {
		return engineError('rejected', `The engine refused: ${ended(plain)}`, 'Fix what it names, then repeat.', said);
	}
	return engineError(
		'engine-failed',
		`The engine failed (${status}): ${ended(plain)}`,
		"Try again; if it stays, look at the engine's log (journalctl -u docker).",
		said,
	);
}

/** Plain text up to 20.10 and again from 28 on for very old versions; JSON else. */
function versionError(words: string, {url}: Endpoint): EngineError | undefined {
	const [, which, speaks] =
		/client version \S+ is too (new|old)\. (?:Maximum|Minimum) supported API version is (\d+\.\d+)/.exec(words) ?? [];
	if (speaks === undefined) return undefined;
	const bound = which === 'new' ? 'up to' : 'from';
	return engineError('engine-too-old', `The engine at ${url} speaks API ${bound} ${speaks} only.`, 'Connect again.', {
		speaks,
		engineMessage: toSafeText(words.trim()),
	});
}

/** What dockerd passes on of a registry's refusal: the registry's own code, or what it could not make of the answer. */
const registryWords =
	/denied|unauthori[sz]ed|authentication required|no basic auth|registry|manifest|token|HTTP \d+ response body|unexpected HTTP status/i;

/**
 * An engine by itself answers 403 to changes of predefined networks, and passes on what a registry says of an image: the
 * rest is an authorization plugin or a proxy that speaks JSON.
 */
function isForeignRefusal(words: string, {method, path}: RefusedAnswer): boolean {
	if (path.includes('/distribution/') && !/plugin/i.test(words)) return !registryWords.test(words);
	return method === 'GET' || !/pre-?defined|not permitted/i.test(words);
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
