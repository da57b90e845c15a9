/** What a task that has ended printed at the end, as far as the open logs have it. */
import {type SafeText, stripStyles, toStyledText} from '../../text/safe-text.ts';
import type {LogReader} from '../logs/log-reader.ts';

/** Lines further back than this belong to other times. */
const searchedLines = 3000;

/** @param most lines, the newest of them */
export function lastWords(reader: LogReader | undefined, taskId: string, most: number): readonly SafeText[] {
	const buffer = reader?.source.buffer;
	if (!buffer) return [];
	const words: SafeText[] = [];
	const end = Math.max(0, buffer.length - searchedLines);
	for (let index = buffer.length - 1; index >= end && words.length < most; index--) {
		const entry = buffer.at(index);
		if (entry?.kind !== 'line' || entry.line.origin.taskId !== taskId) continue;
		words.push(stripStyles(toStyledText(entry.line.text)));
	}
	return words.reverse();
}
