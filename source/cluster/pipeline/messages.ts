/** What is said of carrying actions out, whatever they are: each sentence once. */
import {duration} from '../../text/format.ts';
import {joinSafe, type SafeText, safe, toSafeText} from '../../text/safe-text.ts';
import {line, type PlanLine} from '../plan-line.ts';

/** Of plans. */
export const readOnly = safe`Read-only mode (--read-only, or readOnly in the configuration): nothing is changed.`;

export const dropped = (setting: string, since: string, apiVersion: string): PlanLine =>
	line(
		'warning',
		safe`This engine ignores ${toSafeText(setting)}: that needs API ${toSafeText(since)}, and the engine speaks ${toSafeText(apiVersion)}.`,
	);

/** Of plans for several objects. */
export const leftOut = (reason: SafeText): PlanLine => line('warning', safe`Left out: ${reason}`);
export const ofObject = (name: SafeText, text: SafeText): SafeText => safe`${name}: ${text}`;
export const moreLines = (count: number): PlanLine => line('plain', safe`… and ${count} more`);
export const names = (shown: readonly SafeText[], more: number): SafeText =>
	joinSafe(more > 0 ? [...shown, safe`${more} more`] : shown, ', ');
/** What is typed where several objects have no one name. */
export const yes = safe`yes`;

/** Of actions under way. */
export const waiting = safe`waiting`;
export const sending = safe`sending`;
export const nothingToChange = safe`nothing to change`;
export const heldBack = safe`not done: another step failed`;
export const superseded = (title: SafeText): SafeText => safe`superseded by: ${title}`;
export const notConverged = (ms: number, detail: SafeText): SafeText =>
	safe`not converged after ${duration(ms)}: ${detail}`;
export const converged = (ms: number): SafeText => safe`converged in ${duration(ms)}`;
export const doneAfter = (detail: SafeText, ms: number): SafeText => safe`${detail} after ${duration(ms)}`;

/** The engine's own words where it said any, then what to do. */
export function failure(message: SafeText, nextStep: SafeText, engineMessage: SafeText | undefined): SafeText {
	const words = engineMessage && !message.includes(engineMessage) ? safe`${message} (${engineMessage})` : message;
	return nextStep === '' ? words : safe`${words} ${nextStep}`;
}

/** Of what has changed under an open dialog. */
export const isGone = (name: SafeText): SafeText => safe`${name} is gone: someone removed it.`;
export const wasRestarted = (name: SafeText): SafeText => safe`${name} was restarted by someone else.`;
export const settingChanged = (name: SafeText, setting: string, from: SafeText, to: SafeText): SafeText =>
	safe`${name}: ${toSafeText(setting)} was ${from}, is ${to} now.`;
export const stateChanged = (name: SafeText, from: string, to: string): SafeText =>
	safe`${name} was ${toSafeText(from)}, is ${toSafeText(to)} now.`;
export const notSet = toSafeText('not set');
export const noManager = 'no manager';
