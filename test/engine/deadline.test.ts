import {EventEmitter} from 'node:events';
import {expect, it} from 'vitest';
import type {SshConnection} from '../../source/connection/ssh.ts';
import {SshLogins} from '../../source/connection/ssh-logins.ts';
import {Deadline} from '../../source/engine/deadline.ts';
import {ManualClock} from '../../source/runtime/manual-clock.ts';

const connection = () => new EventEmitter() as unknown as SshConnection;

function waiting(timeoutMs = 2500) {
	const clock = new ManualClock(0);
	const logins = new SshLogins(clock);
	return {clock, logins, begin: () => new Deadline(clock, timeoutMs, undefined, logins)};
}

it('a first ssh login has 30 s, as with docker', () => {
	const {clock, logins, begin} = waiting();
	const deadline = begin();
	logins.begun(connection());
	clock.advance(29_000);
	expect(deadline.ending).toBeUndefined();
	clock.advance(1500);
	expect(deadline.ending).toBe('login');
});

it('later logins have what the slowest took twice over, so that a frozen engine is told soon', () => {
	const {clock, logins, begin} = waiting();
	const first = connection();
	logins.begun(first);
	clock.advance(1000);
	first.emit('answer');
	logins.begun(connection());
	const deadline = begin();
	clock.advance(2900);
	expect(deadline.ending).toBeUndefined();
	clock.advance(200);
	expect(deadline.ending).toBe('login');
});

it('a connection that stands has no grace', () => {
	const {clock, begin} = waiting();
	const deadline = begin();
	clock.advance(2500);
	expect(deadline.ending).toBe('timeout');
});

it('an answer that drips for ever ends', () => {
	const {clock, begin} = waiting();
	const deadline = begin();
	for (let second = 0; second < 119; second++) {
		clock.advance(1000);
		deadline.signOfLife();
	}
	expect(deadline.ending).toBeUndefined();
	clock.advance(1000);
	deadline.signOfLife();
	expect(deadline.ending).toBe('overdue');
});
