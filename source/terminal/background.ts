/** Asks the terminal whether its background is dark or light, so that a theme can be chosen for it. */
import type {Clock} from '../runtime/clock.ts';
import type {TerminalSession} from './terminal-session.ts';

export type Background = 'dark' | 'light';

const askBackground = '\u001b]11;?\u001b\\';

/** The answer, or undefined when the terminal has none, or none within `timeoutMs`. The session must be entered. */
export function queryBackground(
	session: TerminalSession,
	clock: Clock,
	timeoutMs = 200,
): Promise<Background | undefined> {
	return new Promise((resolve) => {
		const finish = (background: Background | undefined): void => {
			unsubscribe();
			timer.cancel();
			resolve(background);
		};
		const unsubscribe = session.onInput((event) => {
			if (event.type !== 'reply') return;
			if (event.kind === 'osc' && event.text.startsWith('11;')) finish(parseBackground(event.text));
			// With the answer to what every terminal answers, the other one will not come any more.
			else if (event.kind === 'csi' && event.text.endsWith('c')) finish(undefined);
		});
		const timer = clock.after(timeoutMs, () => finish(undefined));
		session.ask(askBackground);
	});
}

/** Reads `11;rgb:RRRR/GGGG/BBBB`, with one to four hexadecimal digits for each. */
export function parseBackground(reply: string): Background | undefined {
	const match = /^11;rgba?:([\da-f]{1,4})\/([\da-f]{1,4})\/([\da-f]{1,4})/i.exec(reply);
	if (!match) return undefined;
	const [red = 0, green = 0, blue = 0] = match
		.slice(1)
		.map((digits) => Number.parseInt(digits, 16) / (16 ** digits.length - 1));
	// Perceived brightness, Rec. 709.
	return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.5 ? 'light' : 'dark';
}
