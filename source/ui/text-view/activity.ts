/** What has been done in this session, newest first: how each action ended or how far it is, and docker's words for it. */
import type {Progress} from '../../cluster/intent.ts';
import {duration} from '../../text/format.ts';
import {type SafeText, safe, styled, toSafeText} from '../../text/safe-text.ts';
import {paint, type Role, type Theme} from '../theme/theme.ts';
import type {TextDocument} from './documents.ts';
import {wrapText} from './wrap.ts';

const marks: Record<Progress['state'], string> = {
	waiting: '…',
	held: '–',
	running: '◐',
	stuck: '!',
	done: '✓',
	failed: '✗',
};
const roles: Record<Progress['state'], Role> = {
	waiting: 'dim',
	held: 'warning',
	running: 'converging',
	stuck: 'warning',
	done: 'good',
	failed: 'danger',
};

type Row = {readonly text: SafeText; readonly role: Role; readonly command?: SafeText};

export function activityDocument(actions: readonly Progress[], width: number): TextDocument {
	const nothing: Row = {text: toSafeText('Nothing has been done in this session yet.'), role: 'dim'};
	const rows = actions.length === 0 ? [nothing] : actions.flatMap((action) => rowsOf(action, width));
	return {
		title: safe`activity ${actions.length}`,
		lines: rows.map(({text}) => text),
		paintLine: (index, theme: Theme) => paint(theme, rows[index]?.role ?? 'text', rows[index]?.text ?? styled``),
		copyAt(top) {
			const command = rows.find((row, index) => index >= top && row.command !== undefined)?.command;
			return command ?? rows.findLast((row) => row.command !== undefined)?.command;
		},
	};
}

function rowsOf({state, title, detail, command, startedAt, finishedAt}: Progress, width: number): Row[] {
	// How long one runs is not said: the text is made anew with what actions say, not with every second.
	const took = finishedAt === undefined ? safe`` : safe` after ${duration(Math.max(0, finishedAt - startedAt))}`;
	return [
		{text: safe`${toSafeText(marks[state])} ${title}: ${toSafeText(state)}${took}`, role: roles[state]},
		...wrapText(detail, width - 4).map((text): Row => ({text: safe`  ${text}`, role: 'text'})),
		{text: safe`  $ ${command}`, role: 'dim', command},
	];
}
