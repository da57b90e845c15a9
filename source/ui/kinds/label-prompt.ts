/** Asks which labels to change, as `docker node update` and `docker service update` would be told. */
import type {Intent} from '../../cluster/intent.ts';
import {joinSafe, type SafeText, safe, toSafeText} from '../../text/safe-text.ts';
import type {App} from '../app/capabilities.ts';
import {type LabelChange, parseLabelChange} from './label-change.ts';

/** @param present the labels that there are */
export function promptLabels(
	name: SafeText,
	present: Readonly<Record<string, string>>,
	app: App,
	intent: (change: LabelChange) => Intent,
): void {
	const now = joinSafe(
		Object.entries(present).map(([key, value]) => safe`${toSafeText(key)}=${toSafeText(value)}`),
		' ',
	);
	app.prompts.open({
		label: safe`Labels of ${name}`,
		hint: now === '' ? toSafeText('key=value; it has none now') : safe`key=value -other; now ${now}`,
		initial: '',
		onSubmit(text) {
			const change = parseLabelChange(text, present);
			if (!change.ok) return change.error;
			app.consent.ask(intent(change.value));
			return undefined;
		},
	});
}
