/** What is typed to change labels: `key=value` sets one, `-key` takes one away, quotes hold spaces together. */
import {failed, ok, type Result} from '../../runtime/result.ts';
import {type SafeText, safe, toSafeText} from '../../text/safe-text.ts';

export type LabelChange = {readonly set: Readonly<Record<string, string>>; readonly remove: readonly string[]};

/** @param present the labels that there are: only those can be taken away */
export function parseLabelChange(
	text: string,
	present: Readonly<Record<string, string>>,
): Result<LabelChange, SafeText> {
	const words = text.match(/(?:[^\s"]|"[^"]*")+/g) ?? [];
	if (words.length === 0) return failed(toSafeText('key=value sets a label, -key removes one'));
	const set = new Map<string, string>();
	const remove = new Set<string>();
	for (const word of words.map((each) => each.replaceAll('"', ''))) {
		const equals = word.indexOf('=');
		const key = equals < 0 ? word.slice(1) : word.slice(0, equals);
		if ((equals < 0 && !word.startsWith('-')) || key === '') {
			return failed(safe`${toSafeText(word)}: key=value sets a label, -key removes one`);
		}
		if (set.has(key) || remove.has(key)) return failed(safe`${toSafeText(key)} is there twice`);
		if (equals >= 0) set.set(key, word.slice(equals + 1));
		else if (Object.hasOwn(present, key)) remove.add(key);
		else return failed(safe`there is no label ${toSafeText(key)}`);
	}
	return ok({set: Object.fromEntries(set), remove: [...remove]});
}
