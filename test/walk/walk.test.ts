/**
 * A keyboard walk: random keys, clicks and sizes over every view, prompt and dialog of the demo swarm, where every key may
 * do what it does. Few keys by default; SWARMTOP_WALK_KEYS=50000 walks far. SWARMTOP_WALK_SEED walks the same way again.
 */
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {setTimeout as delay} from 'node:timers/promises';
import fc from 'fast-check';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {
	characterKey,
	chordOf,
	type InputEvent,
	type NamedKey,
	namedKey,
	noModifiers,
} from '../../source/terminal/input-events.ts';
import {keymap} from '../../source/ui/keys/keymap.ts';
import {kindIds} from '../../source/ui/kinds/registry.ts';
import {problemsOf} from '../ui/support/view-problems.ts';
import {type DemoDashboard, openDemo} from './demo-dashboard.tsx';

const keysWanted = Number(process.env['SWARMTOP_WALK_KEYS'] ?? 500);
const seed = Number(process.env['SWARMTOP_WALK_SEED'] ?? 7);
/** A swarm that was walked over for so long has lost what there is to see. */
const keysPerSwarm = 5000;
/** How often it is tried whether Esc leads home. */
const keysPerLeg = 40;
const escapesHome = 12;
/** Some keys come as fast as a terminal sends them, then a person takes a breath and the swarm goes on. */
const keysPerBreath = 20;
const breathMs = 4;

const sizes = [
	{columns: 80, rows: 24},
	{columns: 120, rows: 40},
	{columns: 200, rows: 50},
	{columns: 61, rows: 17},
] as const;

/** A key as the keymap writes it. */
function keyOf(chord: string): InputEvent {
	const [, ctrl, alt, shift, name = ''] = /^(ctrl-)?(alt-)?(shift-)?(.+)$/.exec(chord) ?? [];
	const modifiers = {ctrl: ctrl !== undefined, alt: alt !== undefined, shift: shift !== undefined};
	return [...name].length === 1 ? characterKey(name, modifiers) : namedKey(name as NamedKey, modifiers);
}

const bound = [...new Set(keymap.flatMap(({keys}) => keys))].map(keyOf);
const words = [
	...kindIds,
	'svc web',
	'node w1 drain',
	'q!',
	'theme',
	'99',
	'shop_web',
	'zone=north',
	'!shop',
	'漢字',
	'👩‍🚀',
	'',
];
const typed = (text: string): InputEvent[] => [...text].map((letter) => characterKey(letter));

const one = (event: fc.Arbitrary<InputEvent>): fc.Arbitrary<InputEvent[]> => event.map((each) => [each]);

const stroke: fc.Arbitrary<InputEvent[]> = fc.oneof(
	{weight: 12, arbitrary: one(fc.constantFrom(...bound))},
	{weight: 6, arbitrary: one(fc.constantFrom('j', 'k', 'enter', 'tab', 'down', 'G', 'g', 'escape').map(keyOf))},
	{weight: 2, arbitrary: fc.constantFrom(...words).map((word) => [keyOf(':'), ...typed(word), keyOf('enter')])},
	{weight: 1, arbitrary: fc.constantFrom(...words).map((word) => [keyOf('/'), ...typed(word), keyOf('enter')])},
	{weight: 1, arbitrary: one(fc.constant<InputEvent>({type: 'paste', text: 'pasted\n\ttext 漢'}))},
	{
		weight: 2,
		arbitrary: one(
			fc.record({
				type: fc.constant('mouse' as const),
				action: fc.constantFrom('press' as const, 'wheel-up' as const, 'wheel-down' as const),
				button: fc.constant('left' as const),
				x: fc.integer({min: 0, max: 200}),
				y: fc.integer({min: 0, max: 50}),
				...Object.fromEntries(Object.entries(noModifiers).map(([name, isOn]) => [name, fc.constant(isOn)])),
			}) as unknown as fc.Arbitrary<InputEvent>,
		),
	},
);

const shown = (event: InputEvent): string => (event.type === 'key' ? chordOf(event) : JSON.stringify(event));

class Walk {
	readonly #demo: DemoDashboard;
	/** What was done since the last time home, for the failure's message. */
	#leg: string[] = [];
	keys = 0;

	constructor(demo: DemoDashboard) {
		this.#demo = demo;
	}

	async press(event: InputEvent): Promise<void> {
		this.#leg.push(shown(event));
		this.#demo.screen.handle(event);
		await new Promise((resolve) => setImmediate(resolve));
		this.#check();
		if (++this.keys % keysPerBreath === 0) await delay(breathMs);
	}

	async resize(size: (typeof sizes)[number]): Promise<void> {
		this.#leg.push(`${size.columns}x${size.rows}`);
		this.#demo.terminal.resize(size.columns, size.rows);
		await new Promise((resolve) => setImmediate(resolve));
		this.#check();
	}

	async goHome(): Promise<void> {
		for (let presses = 0; presses < escapesHome; presses++) await this.press(namedKey('escape'));
		const {state, layout} = this.#demo.screen.getSnapshot();
		const panes = layout.kind === 'panes' ? layout.panes.map(({id}) => id) : [];
		const where = [...state.overlays.map(({kind}) => kind), ...panes];
		expect(where, this.#message('Esc did not lead home')).toEqual(['nodes', 'services', 'tasks', 'logs']);
		this.#leg = [];
	}

	#check(): void {
		const {screen, terminal, broken} = this.#demo;
		const problems = problemsOf(screen, terminal);
		if (problems.length > 0) expect.fail(this.#message(problems.join('\n')));
		if (broken() !== undefined) throw new Error(this.#message('a component threw'), {cause: broken()});
		if (terminal.emulator.scrolledOff > 0) expect.fail(this.#message('the screen was scrolled'));
	}

	#message(problem: string): string {
		return `${problem}\nafter: ${this.#leg.join(' ')}`;
	}
}

describe('a walk with random keys over the demo swarm', () => {
	const before = process.cwd();
	let folder: string;

	beforeAll(async () => {
		folder = await mkdtemp(path.join(tmpdir(), 'walk-'));
		process.chdir(folder);
	});
	afterAll(async () => {
		process.chdir(before);
		await rm(folder, {recursive: true, force: true});
	});

	const swarms = Math.ceil(keysWanted / keysPerSwarm);
	it.each(Array.from({length: swarms}, (_, index) => seed + index))(
		'never crashes, never draws beside its place, and Esc leads home (seed %i)',
		{timeout: 60_000 + keysWanted * 20},
		async (walkSeed) => {
			const size = sizes[walkSeed % sizes.length] ?? sizes[0];
			await using demo = await openDemo({seed: walkSeed, ...size});
			await demo.terminal.waitFor(/2 services 14/, {deadlineMs: 30_000});
			const walk = new Walk(demo);
			const strokes = fc.sample(stroke, {seed: walkSeed, numRuns: Math.min(keysWanted, keysPerSwarm)});
			const wanted = Math.min(keysWanted, keysPerSwarm);
			let leg = 0;
			for (const events of strokes) {
				for (const event of events) await walk.press(event);
				if (Math.floor(walk.keys / keysPerLeg) > leg) {
					leg = Math.floor(walk.keys / keysPerLeg);
					await walk.goHome();
					await walk.resize(sizes[leg % sizes.length] ?? sizes[0]);
				}
				if (walk.keys >= wanted) break;
			}
			await walk.goHome();
		},
	);
});
