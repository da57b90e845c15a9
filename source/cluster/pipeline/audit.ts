import {jsonText} from '../../text/json-text.ts';
import {objectOf} from '../actions/names.ts';
import {actionOf} from '../actions/registry.ts';
import type {Actions, Progress} from '../intent.ts';

/** The trail that actions leave: each is told once, when it is over, however it ended. */

/** One line of JSON, times as RFC 3339 in UTC: what was done to what, as docker would be told it, and how it ended. */
export function auditLine({
	title,
	intent,
	command,
	commandNote,
	state,
	detail,
	startedAt,
	finishedAt,
}: Progress): string {
	const end = finishedAt ?? startedAt;
	const {action} = intent;
	return `${jsonText({
		startedAt: new Date(startedAt).toISOString(),
		finishedAt: new Date(end).toISOString(),
		tookMs: Math.round(end - startedAt),
		action,
		object: objectOf(intent),
		title,
		command,
		commandNote,
		state,
		detail,
		intent: actionOf(intent).audited?.(intent) ?? intent,
	})}\n`;
}

/** Calls `write` with the line of every action that is over, in the order of their ends. @returns what ends it */
export function auditActions(
	actions: Pick<Actions, 'progress' | 'subscribe'>,
	write: (line: string) => void,
): () => void {
	const written = new Set<number>();
	return actions.subscribe(() => {
		const fresh = actions.progress().filter(({id, finishedAt}) => finishedAt !== undefined && !written.has(id));
		fresh.sort((a, b) => (a.finishedAt ?? 0) - (b.finishedAt ?? 0) || a.id - b.id);
		for (const progress of fresh) {
			written.add(progress.id);
			write(auditLine(progress));
		}
	});
}
