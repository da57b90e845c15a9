import {describe, expect, it} from 'vitest';
import {characterKey} from '../../../source/terminal/input-events.ts';
import {toSafeText} from '../../../source/text/safe-text.ts';
import {Banner} from '../../../source/ui/components/Banner.tsx';
import {Footer} from '../../../source/ui/components/Footer.tsx';
import {Header} from '../../../source/ui/components/Header.tsx';
import {MessageLine} from '../../../source/ui/components/MessageLine.tsx';
import {Prompt} from '../../../source/ui/components/Prompt.tsx';
import {TooSmall} from '../../../source/ui/components/TooSmall.tsx';
import {lineOf} from '../../../source/ui/prompt/line-edit.ts';
import {alone, fakeScreen} from '../support/alone.tsx';
import {cluster, noon, shop} from '../support/entities.ts';

/** Lets a screen draw what it was told. */
const drawn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('header', () => {
	it('says whose swarm it is, and that nothing can be changed', () => {
		const {lines} = alone(<Header width={100} />, fakeScreen({isReadOnly: true}));
		expect(lines()[0]).toMatch(/^ demo .*READ-ONLY/);
	});
});

describe('banner', () => {
	it('says what is wrong, what to do, and for how long', async () => {
		const state = cluster(shop(), {
			connection: {
				state: 'lost',
				problem: toSafeText('The engine is gone.'),
				nextStep: toSafeText('Start it.'),
				since: noon - 30_000,
				retryAt: undefined,
			},
		});
		const {lines, clock} = alone(<Banner width={60} height={2} />, fakeScreen({state}));
		expect(lines()[0]).toContain('The engine is gone.');
		expect(lines()[1]).toMatch(/Start it\..*lost 30s ago/);
		clock.advance(1000);
		await drawn();
		expect(lines()[1]).toContain('lost 31s ago');
	});
});

describe('footer', () => {
	it('names the keys of the pane in focus, and always help and quit', async () => {
		const {lines, screen} = alone(<Footer width={100} />);
		expect(lines()[0]).toMatch(/\? help.*q quit/);
		screen.handle(characterKey('?'));
		await drawn();
		expect(lines()[0]).toMatch(/\/ search.*Esc close/);
	});
});

describe('message line', () => {
	it('is empty, then says what was said', async () => {
		const {lines, screen} = alone(<MessageLine width={60} />);
		expect(lines()[0]).toBe('');
		screen.say(toSafeText('Something has happened.'));
		await drawn();
		expect(lines()[0]).toContain('Something has happened.');
	});
});

describe('prompt', () => {
	it('shows what is asked for, what was typed and what is wrong with it', () => {
		const prompt = {
			kind: 'prompt',
			spec: {label: toSafeText('Replicas of web'), hint: toSafeText('now 3'), initial: '', onSubmit: () => undefined},
			line: lineOf('many'),
			suggestions: [],
			focus: 0,
			recalled: 0,
			draft: '',
			isWaiting: false,
			isSelected: false,
			problem: toSafeText('A number, please.'),
		} as const;
		expect(alone(<Prompt prompt={prompt} width={80} />).lines()[0]).toMatch(
			/^ Replicas of web many .*A number, please\.$/,
		);
	});
});

describe('a screen that is too small', () => {
	it('says what it needs, as far as there is room', () => {
		expect(
			alone(<TooSmall columns={14} rows={2} />)
				.lines()
				.slice(0, 3),
		).toEqual(['swarmtop', 'needs 20x5', '']);
	});
});
