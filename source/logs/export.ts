import {jsonText} from '../text/json-text.ts';
import {cutWords, type LogNames} from './display.ts';
import type {LogLine} from './log-line.ts';

/** Log lines as files and pipes get them: whole, one per line. */
type LogFormat = 'text' | 'json';

export type ExportOptions = {
	readonly format: LogFormat;
	readonly hasTimestamps: boolean;
	readonly names: LogNames;
	/** Whether the reader is a terminal: then control characters are made visible first. */
	readonly clean: (text: string) => string;
};

/** Ends with a newline. In JSON the text is what the container wrote, escaped as JSON has it. */
export function exportLine(line: LogLine, {format, hasTimestamps, names, clean}: ExportOptions): string {
	if (format === 'json') return `${jsonText(toRecord(line, names))}\n`;
	const time = hasTimestamps ? `${line.stamp} ` : '';
	const cut = line.isCut ? `${cutWords} ` : '';
	return `${time}${dockerPrefix(line, names)}${cut}${clean(line.text)}\n`;
}

/** `web.1@w1`, by which lines can be asked for. */
export function speakerOf({origin}: LogLine, names: LogNames): string {
	const task = names.task(origin.taskId);
	return `${task ? `${task.service}.${task.slot}` : origin.taskId}@${names.node(origin.nodeId) ?? origin.nodeId}`;
}

/** `web.1.xr6gphsn80x6@w1    | `, as `docker service logs` has it. */
function dockerPrefix({origin}: LogLine, names: LogNames): string {
	const task = names.task(origin.taskId);
	const name = [...(task ? [task.service, task.slot] : []), origin.taskId.slice(0, 12)].join('.');
	return `${name}@${names.node(origin.nodeId) ?? origin.nodeId}    | `;
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
		...(line.isLate && {late: true}),
		...(line.isCut && {beginningMissing: true}),
	};
}
