/** Running tasks and failures over time, as small bars in one line. */
import type {TrendReader} from '../../../cluster/trends.ts';
import {fitCells} from '../../../text/fit.ts';
import {duration} from '../../../text/format.ts';
import {type StyledText, safe, styled, toSafeText} from '../../../text/safe-text.ts';
import {paint, type Theme} from '../../theme/theme.ts';

const levels = '▁▂▃▄▅▆▇';
const mostBars = 40;
/** For the words around the bars. */
const wordCells = 52;
const toldEveryMs = 60_000;

export function trendLine(trends: TrendReader, now: number, theme: Theme, width: number): StyledText {
	const trend = trends.read(now);
	if (!trend) return fitCells(paint(theme, 'dim', toSafeText('   the tasks are not known yet')), width);
	const bars = Math.max(4, Math.min(mostBars, Math.floor((width - wordCells) / 2)));
	const running = trend.running.at(-1) ?? 0;
	const failures = Math.round(trend.failuresPerMinute.at(-1) ?? 0);
	const worst = Math.max(...trend.failuresPerMinute);
	const runningBars = paint(theme, 'accent', toSafeText(sparkline(trend.running, bars)));
	const failureBars = paint(theme, worst > 0 ? 'warning' : 'dim', toSafeText(sparkline(trend.failuresPerMinute, bars)));
	// Told in steps: a screen that nothing happens on stays as it is.
	const passedMs = Math.max(0, now - trend.since);
	const ago = duration(Math.floor(passedMs / toldEveryMs) * toldEveryMs);
	return fitCells(
		styled`   tasks running ${runningBars} ${running}   failures a minute ${failureBars} ${failures}   ${paint(theme, 'dim', passedMs < toldEveryMs ? toSafeText('since just now') : safe`last ${ago}`)}`,
		width,
	);
}

/** At most so many bars: neighbours are taken together by the greatest. From 0 up, so that a small dip looks small. */
export function sparkline(values: readonly number[], bars: number): string {
	const perBar = Math.ceil(values.length / bars);
	const shown = Array.from({length: Math.ceil(values.length / perBar)}, (_, index) =>
		Math.max(...values.slice(index * perBar, (index + 1) * perBar)),
	);
	const top = Math.max(...shown, 0);
	return shown.map((value) => levels[top === 0 ? 0 : Math.round((value / top) * (levels.length - 1))]).join('');
}
