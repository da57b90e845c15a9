import type {ServerResponse} from 'node:http';
import {describe, expect, it, vi} from 'vitest';
import type {EngineEvent} from '../../source/wire/event.ts';
import {clientOf, fakeEngine, hang, json, ping, type Route, refuse} from './support/fake-engine.ts';

const event: EngineEvent = {
	Type: 'service',
	Action: 'update',
	Actor: {ID: 'abc', Attributes: {name: 'web', 'replicas.new': '3', 'replicas.old': '1'}},
	scope: 'swarm',
	time: 1700000000,
	timeNano: 1700000000000000000,
};

/** A route that keeps its response for the test to write to. */
function held(contentType?: string) {
	const responses: ServerResponse[] = [];
	const route: Route = (_request, response) => {
		response.writeHead(200, contentType === undefined ? {} : {'Content-Type': contentType}).flushHeaders();
		responses.push(response);
	};
	return {responses, route};
}

describe('events', () => {
	it('come as they happen, with or without line breaks, and the end has a reason', async () => {
		const {responses, route} = held();
		const engine = await fakeEngine({'GET /events': route});
		const events: EngineEvent[] = [];
		const stream = await clientOf(engine).events({
			filters: {type: ['service', 'node']},
			since: 1700000000.5,
			onEvent: (each) => events.push(each),
		});
		if (!stream.ok) throw new Error(stream.error.message);
		const url = new URL(engine.seen.at(-1)?.url ?? '', 'http://engine');
		expect(url.searchParams.get('since')).toBe('1700000000.500000000');
		const text = JSON.stringify(event);
		responses[0]?.write(`${text}\n${text}${text.slice(0, 20)}`);
		await vi.waitFor(() => expect(events).toHaveLength(2));
		responses[0]?.write(text.slice(20));
		await vi.waitFor(() => expect(events).toEqual([event, event, event]));
		responses[0]?.end();
		expect(await stream.value.ended).toBeUndefined();
	});

	it('a connection that breaks ends the stream with that error', async () => {
		const {responses, route} = held();
		const stream = await clientOf(await fakeEngine({'GET /events': route})).events({onEvent: () => undefined});
		if (!stream.ok) throw new Error(stream.error.message);
		responses[0]?.destroy();
		expect(await stream.value.ended).toMatchObject({kind: 'connection-lost'});
	});

	it('what is no event ends the stream', async () => {
		const {responses, route} = held();
		const stream = await clientOf(await fakeEngine({'GET /events': route})).events({onEvent: () => undefined});
		if (!stream.ok) throw new Error(stream.error.message);
		responses[0]?.write('{"hello":1}\n');
		expect(await stream.value.ended).toMatchObject({kind: 'bad-answer'});
	});

	it('closed by us, no event comes any more', async () => {
		const {responses, route} = held();
		const events: EngineEvent[] = [];
		const stream = await clientOf(await fakeEngine({'GET /events': route})).events({onEvent: (e) => events.push(e)});
		if (!stream.ok) throw new Error(stream.error.message);
		stream.value.close();
		responses[0]?.write(JSON.stringify(event));
		expect(await stream.value.ended).toMatchObject({kind: 'aborted'});
		expect(events).toEqual([]);
	});

	it('silence is no timeout, but no answer at all is', async () => {
		const {route} = held();
		const options = {onEvent: () => undefined, timeoutMs: 40};
		const silent = await clientOf(await fakeEngine({'GET /events': route})).events(options);
		if (!silent.ok) throw new Error(silent.error.message);
		const hanging = await clientOf(await fakeEngine({'GET /events': hang})).events(options);
		expect(hanging).toMatchObject({error: {kind: 'timeout'}});
		const outcome = await Promise.race([silent.value.ended, Promise.resolve('still open')]);
		expect(outcome).toBe('still open');
	});
});

describe('logs', () => {
	it('ask for what was wanted', async () => {
		const {route} = held();
		const engine = await fakeEngine({'GET /services/web/logs': route});
		await clientOf(engine).serviceLogs('web', {
			follow: true,
			timestamps: true,
			details: true,
			stderr: false,
			tail: 0,
			since: '1700000000.123456789',
			onData: () => undefined,
		});
		expect(engine.seen.at(-1)?.url).toBe(
			'/v1.45/services/web/logs?stdout=true&follow=true&timestamps=true&details=true&tail=0&since=1700000000.123456789',
		);
	});

	it.each([
		['application/vnd.docker.multiplexed-stream', true],
		['application/vnd.docker.raw-stream', false],
	])('the answer tells frames from a TTY: %s', async (contentType, isFramed) => {
		const {route} = held(contentType);
		const engine = await fakeEngine({'GET /tasks/t1/logs': route});
		expect(await clientOf(engine).taskLogs('t1', {onData: () => undefined})).toMatchObject({value: {isFramed}});
	});

	it.each([
		[true, false],
		[false, true],
	])('before API 1.42 the spec does: TTY %s', async (tty, isFramed) => {
		const {route} = held('application/vnd.docker.raw-stream');
		const engine = await fakeEngine({
			'GET /_ping': ping('1.41'),
			'GET /services/web': json({
				ID: 'web',
				Version: {Index: 1},
				Spec: {Name: 'web', Labels: {}, Mode: {}, TaskTemplate: {ContainerSpec: {Image: 'a', TTY: tty}}},
				Endpoint: {},
			}),
			'GET /services/web/logs': route,
		});
		expect(await clientOf(engine).serviceLogs('web', {onData: () => undefined})).toMatchObject({value: {isFramed}});
	});

	it('a paused stream holds the engine back, and nothing is lost', async () => {
		const {responses, route} = held();
		let received = 0;
		const stream = await clientOf(await fakeEngine({'GET /services/web/logs': route})).serviceLogs('web', {
			onData: (chunk) => {
				received += chunk.length;
			},
		});
		if (!stream.ok) throw new Error(stream.error.message);
		stream.value.pause();
		const block = Buffer.alloc(1024 * 1024, 'x');
		let sent = 0;
		const write = () => {
			while (sent < 64 && responses[0]?.write(block)) sent++;
		};
		responses[0]?.on('drain', write);
		write();
		await vi.waitFor(() => expect(responses[0]?.writableLength).toBeGreaterThan(0));
		expect(received).toBe(0);
		stream.value.resume();
		const total = () => (responses[0]?.socket?.bytesWritten ?? 0) + (responses[0]?.writableLength ?? 0);
		await vi.waitFor(() => expect(received).toBeGreaterThan(60 * block.length), {timeout: 5000});
		expect(total()).toBeGreaterThan(received);
	});

	it('a refusal is an answer like any other', async () => {
		const engine = await fakeEngine({'GET /services/web/logs': refuse(404, 'service web not found')});
		expect(await clientOf(engine).serviceLogs('web', {onData: () => undefined})).toMatchObject({
			error: {kind: 'not-found', message: 'Service web not found.'},
		});
	});
});
