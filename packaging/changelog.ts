// The changelog (Keep a Changelog), as a release reads and writes it.

const heading = '## Unreleased';

/** What stands below "Unreleased". */
export function unreleased(text: string): string {
	const [, behind = ''] = text.split(`${heading}\n`);
	return behind.split(/^## /m)[0]?.trim() ?? '';
}

/** The same changelog with what was unreleased under its version, and nothing unreleased. */
export const released = (text: string, version: string, date: string): string =>
	text.replace(`${heading}\n`, `${heading}\n\n## ${version} - ${date}\n`);

const form = /^(\d+)\.(\d+)\.(\d+)$/;

/** Whether the version is a later one; undefined where it is no version. */
export function isLater(version: string, than: string): boolean | undefined {
	const [next, last] = [form.exec(version), form.exec(than)].map((match) => match?.slice(1).map(Number));
	if (!next || !last) return undefined;
	const at = next.findIndex((part, index) => part !== last[index]);
	return at !== -1 && (next[at] ?? 0) > (last[at] ?? 0);
}
