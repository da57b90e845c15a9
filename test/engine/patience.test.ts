import {EventEmitter} from 'node:events';
import {expect, it} from 'vitest';
import type {SshConnection} from '../../source/connection/ssh.ts';
import {SshLogins} from '../../source/connection/ssh-logins.ts';
import {Patience} from '../../source/engine/patience.ts';
import {ManualClock} from '../../source/runtime/manual-clock.ts';

const connection = () => new EventEmitter() as unknown as SshConnection;

function waiting(timeoutMs = 2500) {
	const clock = new ManualClock(0);
	const logins = new SshLogins(clock);
	return {clock, logins, begin: () => new Patience(clock, timeoutMs, undefined, logins)};
}

it('a first ssh login has 30 s, as with docker', () => {
	const {clock, logins, begin} = waiting();
	const patience = begin();
	logins.begun(connection());
	clock.advance(29_000);
	expect(patience.ending).toBeUndefined();
	clock.advance(1500);
	expect(patience.ending).toBe('login');
});

it('later logins have what the slowest took twice over, so that a frozen engine is told soon', () => {
	const {clock, logins, begin} = waiting();
	const first = connection();
	logins.begun(first);
	clock.advance(1000);
	first.emit('answer');
	logins.begun(connection());
	const patience = begin();
	clock.advance(2900);
	expect(patience.ending).toBeUndefined();
	clock.advance(200);
	expect(patience.ending).toBe('login');
});

it('a connection that stands has no grace', () => {
	const {clock, begin} = waiting();
	const patience = begin();
	clock.advance(2500);
	expect(patience.ending).toBe('timeout');
});

it('an answer that drips for ever ends', () => {
	const {clock, begin} = waiting();
	const patience = begin();
	for (let second = 0; second < 119; second++) {
		clock.advance(1000);
		patience.signOfLife();
	}
	expect(patience.ending).toBeUndefined();
	clock.advance(1000);
	patience.signOfLife();
	expect(patience.ending).toBe('overdue');
});
