/** The findings about a swarm as the screens see it, worked out once for each state. */
import {memoized} from '../../runtime/memoized.ts';
import type {ClusterState} from '../model.ts';
import {diagnose, type Finding} from './doctor.ts';

/** With more tasks than that a key would have to wait for the scheduler. */
const quickFrom = 5000;

const nothing = new Map<string, never>();

export const findingsIn = memoized((state: ClusterState): ReadonlyMap<string, Finding> => {
	const {nodes, services, tasks} = state.freshness;
	// What was read last was read now: a screen that nothing changes on stays as it is.
	const now = Math.max(...[nodes, services, tasks].map(({fetchedAt}) => fetchedAt ?? 0));
	if (state.isLoading || now === 0) return nothing;
	const isQuick = state.tasks.size > quickFrom;
	const findings = diagnose({state, swarm: state.engine?.swarm, now, inside: nothing, isQuick});
	return new Map(findings.map((finding) => [finding.id, finding]));
});
