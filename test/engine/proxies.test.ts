import {describe, expect, it} from 'vitest';
import {resolveImage} from '../../source/cluster/stack/images.ts';
import {foreignWords} from '../../source/engine/foreign-words.ts';
import {noLogins} from '../../source/engine/registry-logins.ts';
import {clientOf, fakeEngine, json, manager, type Route, refuse} from './support/fake-engine.ts';
import {forbid, page} from './support/proxy-answers.ts';

describe('a proxy that forbids', () => {
	it('is shown with its own words, without its markup, and with what would allow it', async () => {
		const engine = await fakeEngine({'GET /secrets': forbid});
		expect(await clientOf(engine).secrets()).toMatchObject({
			error: {
				kind: 'forbidden',
				status: 403,
				message: `The proxy at ${engine.endpoint.url} forbids GET /secrets: 403 Forbidden. Request forbidden by administrative rules.`,
				nextStep: 'Ask who runs it to allow GET /secrets (docker-socket-proxy: SECRETS=1).',
			},
		});
	});

	it('refuses a change, and says that nothing was changed', async () => {
		const engine = await fakeEngine({'POST /services/web/update': forbid});
		const answer = await clientOf(engine).updateService('web', 7, {Name: 'web'} as never);
		expect(answer).toMatchObject({
			error: {
				kind: 'forbidden',
				message: `The proxy refused the change: 403 Forbidden. Request forbidden by administrative rules (POST /services/web/update at ${engine.endpoint.url}).`,
				nextStep: expect.stringMatching(/^Nothing was changed\. .*POST=1 and SERVICES=1/),
			},
		});
	});

	it.each([
		[page(401, '<h1>401 Authorization Required</h1>'), 'wants a login for GET /configs: 401 Authorization Required'],
		[page(403, 'Forbidden\n', 'text/plain'), 'forbids GET /configs: 403 Forbidden'],
		[page(405, 'method not allowed', 'text/plain'), 'forbids GET /configs: 405 method not allowed'],
		[page(404, '404 page not found\n', 'text/plain'), 'forbids GET /configs: 404 page not found'],
		[page(403, ''), 'forbids GET /configs: 403 without a word'],
		[json({error: 'access denied'}, 403), 'forbids GET /configs: 403 access denied'],
		[json({message: 'not for you'}, 403), 'forbids GET /configs: 403 not for you'],
	] as [Route, string][])('in form %#', async (route, words) => {
		const engine = await fakeEngine({'GET /configs': route});
		expect(await clientOf(engine).configs()).toMatchObject({
			error: {kind: 'forbidden', message: expect.stringContaining(words)},
		});
	});

	it('an authorization plugin of the engine is no proxy', async () => {
		const words = 'authorization denied by plugin casbin: no such rule';
		const engine = await fakeEngine({'DELETE /services/web': refuse(403, words)});
		expect(await clientOf(engine).removeService('web')).toMatchObject({
			error: {
				kind: 'forbidden',
				message: expect.stringContaining(`The engine refused the change: 403 ${words} (DELETE /services/web`),
			},
		});
	});

	it("an engine's own 403 stays a refusal", async () => {
		const words = 'operation is not permitted on predefined ingress network';
		const engine = await fakeEngine({'DELETE /networks/ingress': refuse(403, words)});
		expect(await clientOf(engine).removeNetwork('ingress')).toMatchObject({error: {kind: 'rejected'}});
	});

	it('is not what a registry says of an image', async () => {
		const words = 'denied: requested access to the resource is denied';
		const engine = await fakeEngine({
			'GET /distribution/shop%2Fweb/json': refuse(403, words),
			'GET /distribution/shop/web/json': refuse(403, words),
		});
		expect(await clientOf(engine).distribution('shop/web')).toMatchObject({
			error: {kind: 'rejected', engineMessage: words},
		});
	});

	it.each([
		forbid,
		json({message: 'Forbidden'}, 403),
		page(403, 'blocked by policy', 'text/plain'),
		refuse(403, 'authorization denied by plugin casbin: no such rule'),
	])('of what registries say is not taken for a registry that wants a login, in form %#', async (route) => {
		const engine = await fakeEngine({'GET /distribution/shop/web%3A1/json': route});
		const image = await resolveImage('shop/web:1', {
			client: clientOf(engine),
			logins: noLogins,
			sendsLogin: false,
		});
		expect(image.problem).toContain('forbids GET /distribution/shop/web:1/json: 403');
		expect(image.problem).toContain('allow GET /distribution (docker-socket-proxy: DISTRIBUTION=1)');
		expect(image.problem).not.toMatch(/login/);
	});

	it('of /info leaves a manager one', async () => {
		const engine = await fakeEngine({'GET /info': forbid, 'GET /nodes': json([])});
		expect(await clientOf(engine).connect()).toMatchObject({
			value: {engineVersion: '20.10.24', name: 'this host', info: undefined},
		});
	});

	it('of /info and /nodes is no way to a swarm', async () => {
		const engine = await fakeEngine({'GET /info': forbid, 'GET /nodes': forbid});
		expect(await clientOf(engine).connect()).toMatchObject({
			error: {kind: 'forbidden', message: expect.stringContaining('forbids GET /info')},
		});
	});

	it('of /info leaves a worker one', async () => {
		const engine = await fakeEngine({
			'GET /info': forbid,
			'GET /nodes': refuse(
				503,
				"This node is not a swarm manager. Worker nodes can't be used to view or modify cluster state.",
			),
		});
		expect(await clientOf(engine).connect()).toMatchObject({error: {kind: 'worker'}});
	});

	it('that does not reach its engine is no wrong address', async () => {
		const engine = await fakeEngine({
			'GET /_ping': page(
				502,
				'<html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway</h1></center><hr><center>nginx</center></body></html>',
			),
		});
		expect(await clientOf(engine).connect()).toMatchObject({
			error: {
				kind: 'unreachable',
				message: expect.stringContaining('does not reach its engine: 502 Bad Gateway. nginx'),
			},
		});
	});

	it('and a server that is none says what it said', async () => {
		const engine = await fakeEngine({'GET /_ping': page(418, 'short and stout', 'text/plain')});
		expect(await clientOf(engine).connect()).toMatchObject({
			error: {kind: 'bad-answer', message: expect.stringContaining('GET /_ping gave 418 short and stout')},
		});
	});

	it('forbids one thing, and the rest is answered', async () => {
		const engine = await fakeEngine({'GET /info': json(manager), 'GET /nodes': json([]), 'GET /volumes': forbid});
		const client = clientOf(engine);
		expect(await client.connect()).toMatchObject({ok: true});
		expect(await client.volumes()).toMatchObject({error: {kind: 'forbidden'}});
		expect(await client.nodes()).toMatchObject({ok: true});
	});
});

it.each([
	['<p>one</p><p>two &amp; three</p>', 'one. two & three'],
	['<style>p {}</style><script>alert(1)</script><!-- no --><b>bold</b> &#60;x&#x3e;', 'bold <x>'],
	['plain\n\n  text ', 'plain text'],
	['"a string"', 'a string'],
	['{"detail": "why"}', 'why'],
	['<html><body>unclosed <i>markup', 'unclosed markup'],
	['a < b', 'a < b'],
	[`<p>${'x'.repeat(500)}</p>`, `${'x'.repeat(239)}…`],
])('has readable words: %#', (body, words) => {
	expect(foreignWords(body)).toBe(words);
});
