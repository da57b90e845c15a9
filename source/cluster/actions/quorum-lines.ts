import {type SafeText, safe} from '../../text/safe-text.ts';
import type {ClusterState, Quorum} from '../model.ts';
import {line, type PlanLine} from '../plan-line.ts';
import {managersOf, quorumOf, zoneHints} from '../quorum.ts';

/** The managers before and after: in every plan that touches one, also where nothing of it changes. Pure. */
export function quorumLines(before: ClusterState, after: ClusterState): PlanLine[] {
	const [now, then] = [quorumOf(before.nodes.values()), quorumOf(after.nodes.values())];
	if (!now || !then) return [];
	const isSame = now.managers === then.managers && now.reachable === then.reachable;
	const isWorse = then.tolerated < now.tolerated || then.tolerated <= 0;
	const tone = then.tolerated < 0 ? 'danger' : isWorse && !isSame ? 'warning' : 'plain';
	const text = isSame
		? safe`Managers stay ${wordsOf(now)}.`
		: safe`Managers: ${wordsOf(now)}; afterwards ${wordsOf(then)}.`;
	// Why an even number is no good is said at length where one comes about.
	const members = managersOf(after.nodes.values());
	const hints = isSame ? [] : zoneHints(members).map((hint) => line('warning', safe`Afterwards: ${hint}.`));
	return [line(tone, text), ...hints];
}

/** `3, 2 needed, 1 may fail`. */
function wordsOf({managers, reachable, needed, tolerated}: Quorum): SafeText {
	const missing = managers - reachable;
	const down = missing > 0 ? safe` (${missing} unreachable)` : safe``;
	const spare =
		tolerated < 0 ? safe`the quorum is lost` : tolerated === 0 ? safe`none may fail` : safe`${tolerated} may fail`;
	return safe`${managers}${down}, ${needed} needed, ${spare}`;
}
