import {Box} from 'ink';
import {describe, expect, it} from 'vitest';
import {namedKey} from '../../../source/terminal/input-events.ts';
import {toSafeText} from '../../../source/text/safe-text.ts';
import type {Choice, Confirmation, Suggestion} from '../../../source/ui/app/overlay.ts';
import {Chooser} from '../../../source/ui/components/Chooser.tsx';
import {Dashboard} from '../../../source/ui/components/Dashboard.tsx';
import {Dialog} from '../../../source/ui/components/Dialog.tsx';
import {Frame} from '../../../source/ui/components/Frame.tsx';
import {FrameTitle} from '../../../source/ui/components/FrameTitle.tsx';
import {Line} from '../../../source/ui/components/Line.tsx';
import {Palette} from '../../../source/ui/components/Palette.tsx';
import {alone, fakeScreen} from '../support/alone.tsx';
import {line} from '../support/fakes.ts';

const drawn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const choice = (key: string, label: string, isPresent = false): Choice => ({
	key,
	label: toSafeText(label),
	detail: toSafeText(''),
	isPresent,
	run: () => undefined,
});

describe('a frame', () => {
	it('is drawn around what is in it, with a title in its border', () => {
		const style = {kind: 'box', width: 24, isFocused: false} as const;
		const title = <FrameTitle {...style} title={toSafeText('a title')} position={toSafeText('1/2')} />;
		const {lines} = alone(
			<Frame {...style} height={4} title={title}>
				<Line width={22} text={toSafeText('one'.padEnd(22))} />
				<Line width={22} text={toSafeText('two'.padEnd(22))} />
			</Frame>,
		);
		expect(lines().slice(0, 4)).toEqual([
			'┌─ a title ────── 1/2 ─┐',
			'│one                   │',
			'│two                   │',
			'└──────────────────────┘',
		]);
	});
});

describe('a chooser', () => {
	it('stands in the middle with its choices, the one in focus marked', () => {
		const spec = {title: toSafeText('Which?'), choices: [choice('a', 'Active', true), choice('d', 'Drain')]};
		const {lines} = alone(
			<Box>
				<Chooser spec={spec} focus={1} />
			</Box>,
		);
		const shown = lines().filter((text) => text !== '');
		expect(shown[0]).toMatch(/^ +┏━ Which\? ━+┓$/);
		expect(shown.find((text) => text.includes('Active'))).toMatch(/a {2}Active .*\(now\)/);
		expect(shown.find((text) => text.includes('Drain'))).toMatch(/▸ {2}d {2}Drain/);
	});
});

describe('a dialog', () => {
	it('shows the plan of the confirmation on top, and nothing without one', async () => {
		const fake = fakeScreen();
		fake.actions.answer = {
			title: toSafeText('Remove the stack'),
			consent: {kind: 'dialog'},
			lines: [line('danger', 'It is gone for good.')],
		};
		fake.screen.handle(namedKey('enter'));
		fake.screen.getSnapshot().fixed.app.consent.propose({action: 'service.restart', serviceId: 'shop_web'} as never);
		await drawn();
		const top = fake.screen.getSnapshot().state.overlays.at(-1);
		const confirmation = top?.kind === 'confirmation' ? top.confirmation : fail();
		const {lines} = alone(<Dialog confirmation={confirmation} />, fake);
		expect(lines().join('\n')).toMatch(/Remove the stack[\s\S]*✗ It is gone for good\.[\s\S]* Cancel +Restart /);
		fake.screen.handle(namedKey('escape'));
		await drawn();
		expect(lines().join('\n')).not.toContain('Remove the stack');
	});
});

describe('the palette', () => {
	const palette = {label: toSafeText(':')};

	it('shows what is offered, and that nothing is', () => {
		const suggestion = (label: string): Suggestion => ({
			label: toSafeText(label),
			detail: toSafeText('a view'),
			key: toSafeText('5'),
			run: () => undefined,
		});
		const shown = alone(
			<Palette prompt={{spec: palette, suggestions: [suggestion('stacks'), suggestion('secrets')], focus: 0}} />,
		).lines();
		expect(shown.find((text) => text.includes('stacks'))).toMatch(/▸stacks .*a view .* 5┃/);
		expect(
			alone(<Palette prompt={{spec: palette, suggestions: [], focus: 0}} />)
				.lines()
				.join('\n'),
		).toMatch(/┃ \S.*┃/);
	});
});

describe('the whole dashboard', () => {
	it('is header, panes, message line and footer, and what is opened lies in a layer below them to Ink', async () => {
		const fake = fakeScreen({columns: 100, rows: 24});
		const {lines} = alone(<Dashboard />, fake);
		expect(lines()[0]).toMatch(/^ demo/);
		expect(lines()[1]).toMatch(/ 1 nodes /);
		expect(lines()[23]).toContain('q quit');
		fake.screen.getSnapshot().fixed.app.prompts.choose({title: toSafeText('Which?'), choices: [choice('a', 'Active')]});
		fake.screen.say(toSafeText('Chosen.'));
		await drawn();
		expect(lines()[22]).toContain('Chosen.');
	});
});

function fail(): Confirmation {
	throw new Error('no confirmation is open');
}
