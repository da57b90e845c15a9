import {type LogNames, showPrefix} from './display.ts';
import type {LogLine} from './log-line.ts';

/** Log lines as files and pipes get them: whole, one per line. */
export type LogFormat = 'text' | 'json';

export type ExportOptions = {
	readonly format: LogFormat;
	readonly hasTimestamps: boolean;
	readonly names: LogNames;
	/** Whether the reader is a terminal: then control characters are made visible first. */
	readonly clean: (text: string) => string;
};

/** Ends with a newline. In JSON the text is what the container wrote, escaped as JSON has it. */
export function exportLine(line: LogLine, {format, hasTimestamps, names, clean}: ExportOptions): string {
	if (format === 'json') return `${JSON.stringify(toRecord(line, names))}\n`;
	const time = hasTimestamps ? `${line.stamp} ` : '';
	const prefix = showPrefix(line, 'full', names);
	return `${time}${prefix}${prefix === '' ? '' : ' | '}${clean(line.text)}\n`;
}

function toRecord(line: LogLine, names: LogNames) {
	const task = names.task(line.origin.taskId);
	return {
		time: line.stamp,
		stream: line.stream,
		service: task?.service ?? '',
		task: task ? `${task.service}.${task.slot}` : '',
		taskId: line.origin.taskId,
		node: names.node(line.origin.nodeId) ?? '',
		nodeId: line.origin.nodeId,
		text: line.text,
	};
}
