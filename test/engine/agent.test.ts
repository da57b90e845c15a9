import http from 'node:http';
import {inspect} from 'node:util';
import {expect, it} from 'vitest';
import {EngineAgent} from '../../source/engine/agent.ts';
import {fakeEngine, json} from './support/fake-engine.ts';

/** What any client library does with the agent, ours or another. */
async function statusOf(agent: EngineAgent, method: string, headers: http.OutgoingHttpHeaders = {}): Promise<unknown> {
	return new Promise((resolve) => {
		const request = http.request({agent, method, path: '/_ping', headers}, (response) => {
			response.resume();
			resolve(response.statusCode);
		});
		request.on('error', resolve);
		request.end();
	});
}

it.each(['POST', 'PUT', 'PATCH', 'DELETE', 'CONNECT', 'OPTIONS'])(
	'%s is refused before a connection exists',
	async (method) => {
		const engine = await fakeEngine({});
		const {transport} = engine.endpoint;
		const agent = new EngineAgent({transport, isReadOnly: true, maxConnections: 1, keepAlive: true});
		expect(await statusOf(agent, method)).toMatchObject({code: 'EREADONLY'});
		expect(engine.connections).toBe(0);
	},
);

it('a GET that wants to become a two-way connection is refused too', async () => {
	const engine = await fakeEngine({});
	const {transport} = engine.endpoint;
	const agent = new EngineAgent({transport, isReadOnly: true, maxConnections: 1, keepAlive: true});
	const upgrade = {Connection: 'Upgrade', Upgrade: 'websocket'};
	expect(await statusOf(agent, 'GET', upgrade)).toMatchObject({code: 'EREADONLY'});
	expect(engine.connections).toBe(0);
});

it('GET and HEAD pass', async () => {
	const engine = await fakeEngine({'HEAD /_ping': json({})});
	const {transport} = engine.endpoint;
	const agent = new EngineAgent({transport, isReadOnly: true, maxConnections: 1, keepAlive: false});
	expect([await statusOf(agent, 'GET'), await statusOf(agent, 'HEAD')]).toEqual([200, 200]);
});

it('is written out as a word: docker-modem inspects the agent of every request, with all that hangs on its sockets', async () => {
	const engine = await fakeEngine({'HEAD /_ping': json({})});
	const {transport} = engine.endpoint;
	const agent = new EngineAgent({transport, isReadOnly: false, maxConnections: 1, keepAlive: true});
	await statusOf(agent, 'GET');
	expect(inspect({agent}, {showHidden: true, depth: null})).toBe('{ agent: EngineAgent }');
});
