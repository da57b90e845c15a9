import type {ServerResponse} from 'node:http';
import {expect, it} from 'vitest';
import {JsonArrayParser, JsonStreamParser} from '../../source/engine/json-scanner.ts';
import {clientOf, fakeEngine} from './support/fake-engine.ts';

const megabyte = Buffer.alloc(1 << 20, 'x');

/** Sends until nobody takes it any more, or until the given size is reached. */
function flood(head: string, megabytes: number, sent: {megabytes: number}) {
	return (_request: unknown, response: ServerResponse) => {
		response.writeHead(200, {'Content-Type': 'application/json'}).write(head);
		const more = (): void => {
			while (sent.megabytes < megabytes && !response.destroyed) {
				sent.megabytes++;
				if (!response.write(megabyte)) return void response.once('drain', more);
			}
			response.end('"}]');
		};
		more();
	};
}

it('a list with one endless string ends with a sentence, long before it is in memory', async () => {
	const sent = {megabytes: 0};
	const engine = await fakeEngine({'GET /nodes': flood('[{"ID":"', 655, sent)});
	expect(await clientOf(engine).nodes()).toMatchObject({
		error: {kind: 'bad-answer', message: expect.stringContaining('one object of it is larger than 16 MB')},
	});
	expect(sent.megabytes).toBeLessThan(100);
});

it('so does a single object', async () => {
	const sent = {megabytes: 0};
	const engine = await fakeEngine({'GET /services/web': flood('{"ID":"', 655, sent)});
	expect(await clientOf(engine).service('web')).toMatchObject({
		error: {kind: 'bad-answer', message: expect.stringContaining('it is larger than 64 MB')},
	});
	expect(sent.megabytes).toBeLessThan(150);
});

it('a stream of events has the same bound', () => {
	const parser = new JsonStreamParser();
	parser.push(Buffer.from('{"Type":"'));
	expect(() => {
		for (let i = 0; i < 20; i++) parser.push(megabyte);
	}).toThrow('larger than 16 MB');
});

it('many objects that are large together are none of its business', () => {
	const parser = new JsonArrayParser();
	parser.push(Buffer.from('[""'));
	for (let i = 0; i < 20; i++) parser.push(Buffer.concat([Buffer.from(',"'), megabyte, Buffer.from('"')]));
	parser.push(Buffer.from(']'));
	parser.end();
});
