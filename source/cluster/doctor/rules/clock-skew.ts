import {duration} from '../../../text/format.ts';
import {type SafeText, safe, toSafeText} from '../../../text/safe-text.ts';
import {type Found, type Rule, theNode, theSwarm} from '../rule.ts';

/** Clocks that are set by NTP differ by less than a tenth of a second. */
const tolerableMs = 10_000;

export const clockSkew: Rule = {
	id: 'clock-skew',
	area: 'managers',
	severity: 'warning',
	title: 'a clock that is wrong',
	why: 'Certificates are taken for expired, and events and logs stand in the wrong order.',
	find({state: {engine, nodes, tasks}, now}) {
		const remedy = toSafeText('timedatectl set-ntp true, on that machine');
		const aheadMs = engine?.clockAheadMs ?? 0;
		const found: Found[] = [];
		if (Math.abs(aheadMs) > tolerableMs) {
			const evidence = safe`the clock of ${engine?.name ?? toSafeText('the engine')} is ${off(aheadMs)}`;
			found.push({on: theSwarm, evidence, remedy});
		}
		// A node stamps what becomes of its tasks by its own clock: nothing has happened that is yet to come.
		const latest = new Map<string, number>();
		for (const {nodeId, since} of tasks.values()) {
			if (nodeId !== '' && since > (latest.get(nodeId) ?? 0)) latest.set(nodeId, since);
		}
		for (const [nodeId, at] of latest) {
			const node = nodes.get(nodeId);
			const ahead = at - (now + Math.max(0, aheadMs));
			if (node && ahead > tolerableMs) {
				const evidence = safe`it reports what happens ${duration(ahead)} from now`;
				found.push({on: theNode(node), evidence, remedy});
			}
		}
		return found;
	},
};

const off = (aheadMs: number): SafeText =>
	safe`${duration(Math.abs(aheadMs))} ${toSafeText(aheadMs > 0 ? 'ahead of' : 'behind')} ours`;
