import {describe, expect, it} from 'vitest';
import {registryProblem} from '../../source/cluster/stack/messages.ts';
import {registryTrouble} from '../../source/engine/registry-errors.ts';
import {toSafeText} from '../../source/text/safe-text.ts';

const hub = 'nginx:1.27';
const own = 'registry.example:5000/team/app:2';

describe('what a registry says', () => {
	it.each([
		[
			hub,
			'toomanyrequests: You have reached your pull rate limit. You may increase the limit by authenticating',
			/^docker\.io gives no more.*docker login\.$/,
		],
		[
			own,
			'received unexpected HTTP status: 429 Too Many Requests',
			/^registry\.example:5000 gives no more.*docker login registry\.example:5000/,
		],
		[
			own,
			'Get "https://registry.example:5000/v2/": http: server gave HTTP response to HTTPS client',
			/speaks http.*insecure-registries/,
		],
		[
			own,
			'Get "https://registry.example:5000/v2/": x509: certificate signed by unknown authority',
			/who signed.*certs\.d\/registry\.example:5000\/ca\.crt/,
		],
		[
			own,
			'tls: failed to verify certificate: x509: certificate has expired or is not yet valid: current time 2026-01-01T00:00:00Z is after',
			/has expired/,
		],
		[own, "x509: cannot validate certificate for 10.0.0.1 because it doesn't contain any IP SANs", /for another name/],
		[own, 'x509: certificate is valid for a.example, not registry.example', /for another name/],
		[
			own,
			'Get "https://registry.example:5000/v2/": x509: certificate specifies an incompatible key usage',
			/is refused: certificate specifies an incompatible key usage\.$/,
		],
		[
			hub,
			'no matching manifest for linux/arm64/v8 in the manifest list entries',
			/^nginx:1\.27 is not made for linux\/arm64\/v8\./,
		],
		[
			own,
			'dial tcp: lookup registry.example on 127.0.0.11:53: no such host',
			/finds no address for registry\.example:5000/,
		],
		[own, 'dial tcp 10.0.0.9:5000: connect: connection refused', /Nothing listens at registry\.example:5000/],
		[
			own,
			'net/http: request canceled while waiting for connection (Client.Timeout exceeded while awaiting headers)',
			/can't be reached/,
		],
		[
			own,
			'manifest unknown: manifest unknown',
			/^registry\.example:5000 has no registry\.example:5000\/team\/app:2\.$/,
		],
		[hub, 'manifest for nginx:1.27 not found: manifest unknown', /^docker\.io has no nginx:1\.27\.$/],
	])('of %s: %s', (image, words, means) => {
		expect(registryTrouble(image, words)).toMatch(means);
		expect(
			registryProblem(image, {kind: 'refused', message: toSafeText(words), nextStep: toSafeText('')} as never, {
				hasLogin: false,
				loginProblem: undefined,
			}),
		).toMatch(means);
	});

	it.each([
		[
			"pull access denied for team/app, repository does not exist or may require 'docker login': denied",
			false,
			/wants a login, or it has no such image: docker login/,
		],
		['unauthorized: authentication required', true, /refuses the login that docker has kept/],
	])('refuses: %s', (words, hasLogin, means) => {
		const error = {kind: 'refused', message: toSafeText(words), nextStep: toSafeText('')} as never;
		expect(registryProblem(own, error, {hasLogin, loginProblem: undefined})).toMatch(means);
	});
});
