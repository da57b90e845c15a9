import {describe, expect, it} from 'vitest';
import {ManualClock} from '../../source/runtime/manual-clock.ts';
import {parseBackground, queryBackground} from '../../source/terminal/background.ts';
import {capabilitiesOf} from '../../source/terminal/capabilities.ts';
import {renderScreen} from '../screens/support/ink-screen.ts';

describe('colours', () => {
	it.each([
		[{TERM: 'xterm'}, '16'],
		[{TERM: 'xterm-256color'}, '256'],
		[{TERM: 'tmux-256color', COLORTERM: 'truecolor'}, 'truecolor'],
		[{TERM: 'xterm-kitty'}, 'truecolor'],
		[{TERM: 'xterm-256color', NO_COLOR: '1'}, 'none'],
		[{TERM: 'xterm-256color', NO_COLOR: ''}, '256'],
		[{TERM: 'xterm-256color', NO_COLOR: '1', FORCE_COLOR: '1'}, '16'],
		[{TERM: 'xterm', FORCE_COLOR: '3'}, 'truecolor'],
		[{TERM: 'xterm-256color', FORCE_COLOR: '0'}, 'none'],
		[{TERM: 'dumb', COLORTERM: 'truecolor'}, 'none'],
		[{TERM: 'vt100'}, 'none'],
		[{TERM: 'linux'}, '16'],
		[{}, 'none'],
	])('%j: %s', (environment, colours) => {
		expect(capabilitiesOf(environment).colours).toBe(colours);
	});
});

describe('Unicode', () => {
	it.each([
		[{LANG: 'en_US.UTF-8'}, true],
		[{LANG: 'C.utf8'}, true],
		[{LANG: 'en_US.UTF-8', LC_ALL: 'C'}, false],
		[{LANG: 'C', LC_CTYPE: 'de_DE.UTF-8'}, true],
		[{LANG: 'C'}, false],
		[{}, false],
		[{LANG: 'en_US.UTF-8', TERM: 'linux'}, false],
	])('%j: %s', (environment, expected) => {
		expect(capabilitiesOf({TERM: 'xterm', ...environment}).isUnicode).toBe(expected);
	});
});

it('a terminal without a cursor is dumb', () => {
	expect(capabilitiesOf({TERM: 'dumb'}).isDumb).toBe(true);
	expect(capabilitiesOf({}).isDumb).toBe(true);
	expect(capabilitiesOf({TERM: 'xterm'}).isDumb).toBe(false);
});

describe('the background', () => {
	it.each([
		['11;rgb:0000/0000/0000', 'dark'],
		['11;rgb:ffff/ffff/ffff', 'light'],
		['11;rgb:1e/1e/2e', 'dark'],
		['11;rgba:fdf6/e3e3/d5d5/ffff', 'light'],
		['11;rgb:0000/0000/ffff', 'dark'],
		['11;black', undefined],
	])('%s is %s', (reply, background) => {
		expect(parseBackground(reply)).toBe(background);
	});

	function ask(answer: string): {result: Promise<string | undefined>; clock: ManualClock} {
		const clock = new ManualClock(0);
		const screen = renderScreen(null, {clock});
		const result = queryBackground(screen.session, clock);
		expect(screen.writes.at(-1)).toBe('\u001b]11;?\u001b\\\u001b[c');
		screen.type(answer);
		return {result, clock};
	}

	it('is what the terminal answers', async () => {
		expect(await ask('\u001b]11;rgb:ffff/ffff/ffff\u001b\\\u001b[?62c').result).toBe('light');
	});

	it('is unknown when the terminal answers only the other question', async () => {
		expect(await ask('\u001b[?62c').result).toBeUndefined();
	});

	it('is unknown when the terminal stays silent', async () => {
		const {result, clock} = ask('');
		clock.advance(200);
		expect(await result).toBeUndefined();
	});
});
