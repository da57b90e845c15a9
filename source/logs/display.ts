import {joinSafe, type SafeText, type StyledText, safe, styled, toSafeText, toStyledText} from '../text/safe-text.ts';
import {type LogLevel, parseStructured} from './json-fields.ts';
import {type LogLine, stampToMs} from './log-line.ts';

/** How a log line is shown: what stands before it and how its text is read. Pure; the screen adds colours by role. */

export type TimeMode = 'off' | 'time' | 'full' | 'relative';
export type PrefixMode = 'full' | 'short' | 'none';

export type LogView = {
	readonly time: TimeMode;
	readonly prefix: PrefixMode;
	/** Lines that are JSON objects are shown as level, message and fields. */
	readonly isStructured: boolean;
	/** Where relative times count from. */
	readonly startStamp: string;
};

/** Names for what a log line carries as IDs; undefined when the object is not known any more. */
export type LogNames = {
	/** `web.3` as service `web` and slot `3`; a global task's slot is its node's name. */
	readonly task: (taskId: string) => {readonly service: SafeText; readonly slot: SafeText} | undefined;
	readonly node: (nodeId: string) => SafeText | undefined;
};

export type ShownLine = {
	readonly time: SafeText;
	readonly prefix: SafeText;
	/** Undefined where the line has none that is known. */
	readonly level: LogLevel | undefined;
	readonly text: StyledText;
	readonly isStderr: boolean;
	readonly isLate: boolean;
	/** Its beginning is missing. */
	readonly isCut: boolean;
};

/** Before a line whose beginning the engine has left out. */
export const cutWords = toSafeText('[beginning missing]');

/** Longer lines are cut on the screen; saving writes them whole. */
export const longestShown = 4096;

export function showLine(line: LogLine, view: LogView, names: LogNames): ShownLine {
	const structured = view.isStructured ? parseStructured(line.text) : undefined;
	return {
		time: showTime(line.stamp, view),
		prefix: showPrefix(line, view.prefix, names),
		level: structured?.level,
		text: structured
			? showStructured(structured)
			: line.isCut
				? styled`${cutWords} ${showText(line.text)}`
				: showText(line.text),
		isStderr: line.stream === 'stderr',
		isLate: line.isLate,
		isCut: line.isCut === true,
	};
}

/** The text as it may reach the terminal, cut where it is longer than any screen. */
export function showText(text: string): StyledText {
	if (text.length <= longestShown) return toStyledText(text);
	const rest = text.length - longestShown;
	return `${toStyledText(text.slice(0, longestShown))}${safe`… +${rest} characters`}` as StyledText;
}

function showTime(stamp: string, {time, startStamp}: LogView): SafeText {
	if (stamp === '' || time === 'off') return toSafeText('');
	switch (time) {
		case 'time':
			return toSafeText(stamp.slice(11, 23));
		case 'full':
			return toSafeText(stamp);
		case 'relative':
			return toSafeText(relative(stampToMs(stamp) - stampToMs(startStamp || stamp)));
		default:
			return time satisfies never;
	}
}

/** `+1:02:03.456` */
function relative(ms: number): string {
	const sign = ms < 0 ? '-' : '+';
	const total = Math.abs(ms);
	const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
	const seconds = `${two((total / 1000) % 60)}.${String(Math.floor(total % 1000)).padStart(3, '0')}`;
	return `${sign}${Math.floor(total / 3_600_000)}:${two((total / 60_000) % 60)}:${seconds}`;
}

/** full `web.3@w1`, short `3@w1`. Unknown tasks and nodes show the beginning of their IDs. */
export function showPrefix({origin}: LogLine, mode: PrefixMode, names: LogNames): SafeText {
	if (mode === 'none' || (origin.taskId === '' && origin.nodeId === '')) return toSafeText('');
	const task = names.task(origin.taskId);
	const node = names.node(origin.nodeId) ?? toSafeText(origin.nodeId.slice(0, 12));
	const slot = task?.slot ?? toSafeText(origin.taskId.slice(0, 12));
	const name = mode === 'full' && task ? joinSafe([task.service, slot], '.') : slot;
	return origin.nodeId === '' ? name : safe`${name}@${node}`;
}

function showStructured({message, fields}: NonNullable<ReturnType<typeof parseStructured>>): StyledText {
	const parts = fields.map(([name, value]) => `${name}=${/[\s"=]/.test(value) ? JSON.stringify(value) : value}`);
	return showText([message, ...parts].filter((part) => part !== '').join('  '));
}

/** Which of `colours` belongs to a task: the same one for as long as the task lives, whatever else is shown. */
export function colourOf(taskId: string, colours: number): number {
	let hash = 0;
	for (let i = 0; i < taskId.length; i++) hash = (Math.imul(hash, 31) + taskId.charCodeAt(i)) >>> 0;
	return colours === 0 ? 0 : hash % colours;
}
