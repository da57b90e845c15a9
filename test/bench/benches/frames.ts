/** Frames such as the dashboard draws, for benches that need no engine. */
import {fitCells} from '../../../source/text/fit.ts';
import {toSafeText, toStyledText} from '../../../source/text/safe-text.ts';

export const screenSize = {columns: 200, rows: 50};

const inner = screenSize.columns - 4;

/** One pane over the whole screen with log lines from `first` on: names in colours, times, words of many lengths. */
export function logPaneFrame(first: number): string {
	const lines = Array.from({length: screenSize.rows - 2}, (_, y) => {
		const line = first + y;
		const time = new Date(line * 137).toISOString().slice(11, 23);
		const colour = 31 + (line % 6);
		return `\u001b[${colour}mweb.${line % 9}@m${line % 5}\u001b[39m \u001b[2m${time}\u001b[22m GET /items/${line * 7919} 200 in ${line % 97} ms`;
	});
	return bordered('Logs', lines);
}

/** A table of services in which one cell can change. */
export function dashboardFrame({replicas, clock}: {replicas: number; clock: number}): string {
	const lines = Array.from({length: screenSize.rows - 2}, (_, y) => {
		const name = fitCells(toSafeText(`shop_service-${y}`), 40);
		const running = y === 20 ? `\u001b[33m${replicas}/9\u001b[39m` : '\u001b[32m3/3\u001b[39m';
		return `${name} replicated ${running} registry.example/shop/service-${y}:1.${clock}.0`;
	});
	return bordered('Services', lines);
}

function bordered(title: string, lines: readonly string[]): string {
	const top = `┌ ${title} ${'─'.repeat(screenSize.columns - title.length - 4)}┐`;
	const rows = lines.map((line) => `│ ${fitCells(toStyledText(line), inner)} │`);
	return [top, ...rows, `└${'─'.repeat(screenSize.columns - 2)}┘`].join('\n');
}
