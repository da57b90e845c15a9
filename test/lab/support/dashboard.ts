/** The published program on a screen of its own, against a node of a lab. */
import {openScreen, type PtyScreen} from '../../screens/support/pty-screen.ts';
import type {Lab} from './lab.ts';

export function openDashboard(lab: Lab, node: string, ...flags: readonly string[]): PtyScreen {
	return openScreen({
		command: process.execPath,
		args: ['dist/cli.js', '-H', `unix://${lab.socket(node)}`, ...flags],
		columns: 200,
		rows: 50,
		env: {CI: undefined},
	});
}

/** The row of the screen that the pattern is found in, as text; '' when there is none. */
export function rowWith(screen: PtyScreen, pattern: RegExp): string {
	return (
		screen
			.text()
			.split('\n')
			.find((row) => pattern.test(row)) ?? ''
	);
}

/** Moves the cursor of the list in focus to the object of that name, as a person would: by filtering for it. */
export async function select(screen: PtyScreen, pane: '1' | '2' | '3', name: string): Promise<void> {
	await screen.press(pane, '/', 'ctrl-u');
	screen.type(name);
	await screen.press('Enter');
	await screen.waitFor(new RegExp(`▸. ${name} `), {what: `${name} selected`});
}
