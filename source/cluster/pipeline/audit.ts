import {jsonText} from '../../text/json-text.ts';
import {objectOf} from '../actions/names.ts';
import {actionOf} from '../actions/registry.ts';
import type {Actions, Progress} from '../intent.ts';

/** The trail that actions leave: each is told once, when it is over, however it ended; or when nobody watches it any more. */

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
	const {action} = intent;
	const end = finishedAt === undefined ? {} : endOf(startedAt, finishedAt);
	return `${jsonText({
		startedAt: new Date(startedAt).toISOString(),
		...end,
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

const endOf = (startedAt: number, finishedAt: number): object => ({
	finishedAt: new Date(finishedAt).toISOString(),
	tookMs: Math.round(finishedAt - startedAt),
});

/**
 * Calls `write` with the line of every action that is over, in the order of their ends.
 * @returns what ends it: what the engine has taken by then, and goes on without us, is written without an end
 */
export function auditActions(
	actions: Pick<Actions, 'progress' | 'subscribe'>,
	write: (line: string) => void,
): () => void {
	const written = new Set<number>();
	const unsubscribe = actions.subscribe(() => {
		const fresh = actions.progress().filter(({id, finishedAt}) => finishedAt !== undefined && !written.has(id));
		fresh.sort((a, b) => (a.finishedAt ?? 0) - (b.finishedAt ?? 0) || a.id - b.id);
		for (const progress of fresh) {
			written.add(progress.id);
			write(auditLine(progress));
		}
	});
	return () => {
		unsubscribe();
		for (const progress of actions.progress().toReversed()) {
			const isSent = progress.state === 'running' || progress.state === 'stuck';
			if (isSent && progress.finishedAt === undefined) write(auditLine(progress));
		}
	};
}
