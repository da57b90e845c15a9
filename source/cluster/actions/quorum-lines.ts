import type {ClusterState} from '../model.ts';
import {line, type PlanLine} from '../plan-line.ts';
import {managersOf, quorumOf, zoneHints} from '../quorum.ts';
import {quorumChange} from './messages.ts';

/** The managers before and after: in every plan that touches one, also where nothing of it changes. Pure. */
export function quorumLines(before: ClusterState, after: ClusterState): PlanLine[] {
	const [now, then] = [quorumOf(before.nodes.values()), quorumOf(after.nodes.values())];
	if (!now || !then) return [];
	const isSame = now.managers === then.managers && now.reachable === then.reachable;
	const isWorse = then.tolerated < now.tolerated || then.tolerated <= 0;
	const tone = then.tolerated < 0 ? 'danger' : isWorse && !isSame ? 'warning' : 'plain';
	const text = isSame ? quorumChange.same(now) : quorumChange.change(now, then);
	// Why an even number is no good is said at length where one comes about.
	const members = managersOf(after.nodes.values());
	const hints = isSame ? [] : zoneHints(members).map((hint) => quorumChange.hint(hint));
	return [line(tone, text), ...hints];
}
