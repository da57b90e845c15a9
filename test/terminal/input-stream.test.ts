import {EventEmitter} from 'node:events';
import {expect, it} from 'vitest';
import {ManualClock} from '../../source/runtime/manual-clock.ts';
import {chordOf} from '../../source/terminal/input-events.ts';
import {InputStream} from '../../source/terminal/input-stream.ts';

function listen() {
	const source = new EventEmitter();
	const clock = new ManualClock(0);
	const keys: string[] = [];
	const stream = new InputStream({
		source,
		clock,
		onEvent: (event) => keys.push(event.type === 'key' ? chordOf(event) : event.type),
	});
	return {send: (data: string | Buffer) => source.emit('data', data), source, clock, keys, stream};
}

it('a lone ESC is the Escape key once nothing followed it for 25 ms', () => {
	const {send, clock, keys} = listen();
	send('\u001b');
	clock.advance(24);
	expect(keys).toEqual([]);
	clock.advance(1);
	expect(keys).toEqual(['escape']);
});

it('a sequence that the network parts is still one key', () => {
	const {send, clock, keys} = listen();
	send('\u001b');
	clock.advance(20);
	send('[');
	clock.advance(90);
	send('1;5');
	clock.advance(10_000);
	send('C');
	expect(keys).toEqual(['ctrl-right']);
});

it('a character whose bytes come in two chunks is one key', () => {
	const {send, keys} = listen();
	const bytes = Buffer.from('é漢');
	send(bytes.subarray(0, 1));
	send(bytes.subarray(1, 3));
	send(bytes.subarray(3));
	expect(keys).toEqual(['é', '漢']);
});

it('closed, it listens no more and waits for nothing', () => {
	const {send, source, clock, keys, stream} = listen();
	send('\u001b');
	stream.close();
	clock.advance(1000);
	send('j');
	expect(keys).toEqual([]);
	expect(source.listenerCount('data')).toBe(0);
	expect(clock.isIdle).toBe(true);
});
