/**
 * `npm run pictures`: draws the README's pictures off the real program, running in a pseudo-terminal on the demo swarm.
 */
import {mkdirSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {openScreen, type PtyScreen} from '../screens/support/pty-screen.ts';
import {screenToSvg} from '../screens/support/screen-svg.ts';

const folder = path.resolve(import.meta.dirname, '../../docs/pictures');

type Picture = {
	readonly name: string;
	readonly title: string;
	readonly columns: number;
	readonly rows: number;
	readonly play: (screen: PtyScreen) => Promise<void>;
};

const isUp = {deadlineMs: 30_000, what: 'the demo swarm, all of its services placed'};

/** The update of the web tier begins 20 s after the start; then there is something to see in every pane. */
async function untilLively(screen: PtyScreen): Promise<void> {
	await screen.waitFor(/services 1[0-4]\/14/, isUp);
	await screen.waitFor(/updating/, {deadlineMs: 60_000, what: 'the rolling update of shop_web'});
	// What is in trouble stands first, and what that is changes.
	await screen.press('2', '/', ...'shop_web', 'enter');
	await screen.waitFor(/▸. shop_web /, {what: 'the row of shop_web'});
	await screen.press('esc');
	await screen.waitFor(/tasks of shop_web/, {what: 'the tasks of shop_web'});
	await screen.waitFor(/shop_web\.\d@\w\d .*HTTP/, {what: 'the logs of shop_web'});
}

const pictures: readonly Picture[] = [
	{name: 'dashboard', title: 'swarmtop', columns: 160, rows: 44, play: untilLively},
	{name: 'small', title: 'swarmtop at 80x24', columns: 80, rows: 24, play: untilLively},
	{
		name: 'overview',
		title: 'Everything that is not as desired, with why',
		columns: 120,
		rows: 30,
		async play(screen) {
			await screen.waitFor(/services 1[0-4]\/14/, isUp);
			await screen.press('0');
			// w4 goes down 75 s after the start.
			await screen.waitFor(/✗ node +w4 +down/, {deadlineMs: 120_000, what: 'a node that is down'});
			await screen.waitFor(/shop_recommender.*non-zero exit/, {
				deadlineMs: 60_000,
				what: 'the crash of the recommender',
			});
			await screen.press('g');
		},
	},
	{
		name: 'topology',
		title: 'Where everything runs, and where a drain would move it',
		columns: 120,
		rows: 34,
		async play(screen) {
			await screen.waitFor(/services 1[0-4]\/14/, isUp);
			await screen.press('t', 'g', 'j', 'j', 'd');
			await screen.waitFor(/planned: .*/, {what: 'the plan of the drain'});
			await screen.waitFor(/can't be placed/, {what: 'the forecast'});
		},
	},
	{
		name: 'drain',
		title: 'What draining a node would do',
		columns: 120,
		rows: 34,
		async play(screen) {
			await screen.waitFor(/services 1[0-4]\/14/, isUp);
			await screen.press('1', 'G');
			await screen.waitFor(/▸● w4 .* \d+\/\d+ /, {what: 'the tasks of w4'});
			await screen.press('d');
			await screen.waitFor(/tasks? will move/, {what: 'the forecast of the drain'});
		},
	},
];

mkdirSync(folder, {recursive: true});
const wanted = process.argv.slice(2);
for (const {name, title, columns, rows, play} of pictures) {
	if (wanted.length > 0 && !wanted.includes(name)) continue;
	await using screen = openScreen({command: 'node', args: ['dist/cli.js', '--demo'], columns, rows});
	await play(screen);
	writeFileSync(path.join(folder, `${name}.svg`), screenToSvg(screen.emulator, title));
	process.stdout.write(`docs/pictures/${name}.svg\n`);
}
