import {once} from 'node:events';
import {expect, it, onTestFinished, vi} from 'vitest';
import {ReadPatience} from '../../source/commands/read-patience.ts';
import {fakeEngine, hang, json, manager, type Route} from '../engine/support/fake-engine.ts';
import {startGet} from './support/get-run.ts';

/** Sends white space for ever, as if something were to come. */
const drip: Route = (_request, response) => {
	response.write('[');
	const timer = setInterval(() => response.write(' '), 20);
	response.once('close', () => clearInterval(timer));
};

async function reading(routes: Readonly<Record<string, Route>>, path: string) {
	const engine = await fakeEngine({'GET /info': json(manager), ...routes});
	const run = startGet(`nodes -o name -H ${engine.endpoint.url}`);
	await vi.waitFor(() => expect(engine.seen.map(({url}) => url)).toContainEqual(expect.stringContaining(path)), {
		timeout: 20_000,
	});
	return run;
}

it.each([
	['hangs before it says who it is', {'GET /_ping': hang}, '/_ping'],
	['hangs over its list', {'GET /nodes': hang}, '/nodes'],
	['drips', {'GET /nodes': drip}, '/nodes'],
] as const)('the first Ctrl-C ends a reading at once while the engine %s', async (_name, routes, path) => {
	const run = await reading(routes, path);
	run.interrupt();
	expect(await run.status).toBe(130);
	expect(run.err).toEqual([]);
});

it('SIGTERM has its own exit status, a reader who has gone none', async () => {
	const terminated = await reading({'GET /nodes': hang}, '/nodes');
	terminated.interrupt('SIGTERM');
	expect(await terminated.status).toBe(143);
	const closed = await reading({'GET /nodes': hang}, '/nodes');
	closed.interrupt('closed');
	expect(await closed.status).toBe(0);
});

it('a reading that never ends is ended, with a sentence', async () => {
	const patience = new ReadPatience({interrupted: new Promise(() => undefined)}, 5);
	onTestFinished(() => patience.end());
	await once(patience.signal, 'abort');
	expect(patience.verdict).toMatchObject({status: 1, message: expect.stringContaining('within 0.005 s')});
});

it('after its end nothing ends it any more', async () => {
	let interrupt = (_by: 'SIGINT'): void => undefined;
	const patience = new ReadPatience({
		interrupted: new Promise((resolve) => {
			interrupt = resolve;
		}),
	});
	patience.end();
	interrupt('SIGINT');
	await Promise.resolve();
	expect(patience.verdict).toBeUndefined();
});
