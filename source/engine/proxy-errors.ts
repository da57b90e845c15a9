import type {Endpoint} from '../connection/endpoint.ts';
import {toSafeText} from '../text/safe-text.ts';
import {type EngineError, engineError} from './error.ts';
import type {RefusedAnswer} from './refused-answer.ts';

/** Answers that are not the engine's own: a proxy in front of it, or no engine at all. */

/** No route of the API has these statuses without a message of the engine's own. */
const refusals = [401, 403, 405, 407, 451];
const gatewayTroubles = [502, 503, 504];

/** What an answer means whose body is not the API's; `words` is what is readable of it. */
export function proxyError(answer: RefusedAnswer, words: string, endpoint: Endpoint): EngineError {
	const {status} = answer;
	// Once an engine has answered, a path that is not found is one that something in between doesn't pass on.
	if (refusals.includes(status) || (status === 404 && isNegotiated(answer))) {
		return refusedByProxy(answer, words, endpoint);
	}
	if (gatewayTroubles.includes(status)) {
		return engineError(
			'unreachable',
			`What answers at ${endpoint.url} does not reach its engine: ${withStatus(status, words)}.`,
			'Check that the engine behind it runs, and that the proxy may open its socket.',
			{status, engineMessage: toSafeText(words)},
		);
	}
	return engineError(
		'bad-answer',
		`What answers at ${endpoint.url} is not a Docker engine: ${callOf(answer)} gave ${withStatus(status, words)}.`,
		'Check the address; a proxy in between may answer in its place.',
		{status, ...(words !== '' && {engineMessage: toSafeText(words)})},
	);
}

/** Somebody between us and the engine, or a plugin in it, lets the call not through. */
export function refusedByProxy(answer: RefusedAnswer, words: string, endpoint: Endpoint): EngineError {
	const {status, method} = answer;
	const said = withStatus(status, words);
	const who = /plugin/i.test(words) ? 'The engine' : 'The proxy';
	const there = `${who} at ${endpoint.url}`;
	const more = {status, engineMessage: toSafeText(said)};
	if (status === 401 || status === 407) {
		return engineError(
			'forbidden',
			`${there} wants a login for ${callOf(answer)}: ${said}.`,
			'swarmtop has none to give: reach the engine by ssh://user@host, or past the proxy.',
			more,
		);
	}
	if (method === 'GET') {
		return engineError('forbidden', `${there} forbids ${callOf(answer)}: ${said}.`, `${askFor(answer)}.`, more);
	}
	return engineError(
		'forbidden',
		`${who} refused the change: ${said} (${callOf(answer)} at ${endpoint.url}).`,
		`Nothing was changed. ${askFor(answer)}.`,
		more,
	);
}

/** The variable is the one by which the proxies of this kind in use are told (Tecnativa's, LinuxServer's). */
function askFor(answer: RefusedAnswer): string {
	const section = barePath(answer).split('/')[1] ?? '';
	const variables = [...(answer.method === 'GET' ? [] : ['POST=1']), `${section.toUpperCase()}=1`].join(' and ');
	return `Ask who runs it to allow ${answer.method} /${section} (docker-socket-proxy: ${variables})`;
}

/** As people write it: an image has its tag and digest in the path. */
const callOf = (answer: RefusedAnswer): string =>
	`${answer.method} ${barePath(answer).replace(/%3A/g, ':').replace(/%40/g, '@')}`;

const barePath = ({path}: RefusedAnswer): string => path.replace(/^\/v\d+\.\d+/, '');

const isNegotiated = ({path}: RefusedAnswer): boolean => /^\/v\d/.test(path);

/** The status in front, unless the words begin with it already. */
function withStatus(status: number, words: string): string {
	const plain = words.replace(/[.\s]+$/, '');
	if (plain === '') return `${status} without a word`;
	return plain.includes(String(status)) ? plain : `${status} ${plain}`;
}
