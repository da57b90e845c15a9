/** docs/decisions: each is a file with a number, a title, and what holds of it since when. */
import {readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';

export type Decision = {
	readonly file: string;
	readonly number: number;
	readonly title: string;
	/** `Accepted, 2026-11-21.`, `Replaced by 19, 2026-11-29.` */
	readonly status: string;
};

const folder = path.resolve(import.meta.dirname, '../../docs/decisions');

export function decisions(): Decision[] {
	const files = readdirSync(folder).filter((file) => /^\d{4}-.*\.md$/.test(file));
	return files.toSorted().map((file) => {
		const [heading = '', , status = ''] = readFileSync(path.join(folder, file), 'utf8').split('\n');
		return {file, number: Number(file.slice(0, 4)), title: heading.replace(/^# \d+\. /, ''), status};
	});
}

/** docs/decisions/README.md. */
export function decisionIndex(): string {
	const rows = decisions().map(
		({file, number, title, status}) => `| ${number} | [${title}](${file}) | ${status.replace(/\.$/, '')} |`,
	);
	return `# Decisions

Why swarmtop is built as it is: what was decided, why, what else was tried, and what was measured. A decision that no longer holds stays
here and names the one that replaced it. A new one takes the next number, and its third line says what holds since when.

| | decision | status |
| --- | --- | --- |
${rows.join('\n')}
`;
}
