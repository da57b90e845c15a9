/** The findings about a swarm as the screens see it, worked out once for each change of what the rules look at. */
import {memoized} from '../../runtime/memoized.ts';
import type {ClusterState} from '../model.ts';
import {diagnose, type Finding} from './doctor.ts';
import {type Ignoring, ignores} from './ignore.ts';

/** With more tasks than that a key would have to wait for the scheduler. */
const quickFrom = 5000;

const nothing = new Map<string, never>();

type Findings = ReadonlyMap<string, Finding>;
type Looked = readonly unknown[];

/** Times stand in findings by the minute at the least. */
const minuteMs = 60_000;

let last: {readonly looked: Looked; readonly findings: Findings} | undefined;

/** Most states differ from the one before by when a list was read: that is nothing to judge anew. */
export const findingsIn = memoized((state: ClusterState): Findings => {
	const {nodes, services, tasks} = state.freshness;
	// What was read last was read now: a screen that nothing changes on stays as it is.
	const now = Math.max(...[nodes, services, tasks].map(({fetchedAt}) => fetchedAt ?? 0));
	if (state.isLoading || now === 0) return nothing;
	const lists = [state.nodes, state.services, state.tasks, state.inventory, state.engine, state.inside];
	const looked = [...lists, services.refused, Math.floor(now / minuteMs)];
	if (last && looked.every((each, index) => each === last?.looked[index])) return last.findings;
	const isQuick = state.tasks.size > quickFrom;
	const list = diagnose({state, swarm: state.engine?.swarm, now, inside: nothing, isQuick});
	const findings = new Map(list.map((finding) => [finding.id, finding]));
	last = {looked, findings};
	return findings;
});

/** Whether the configuration says to leave it out; labels have been seen to already. */
export const isIgnored = ({rule, kind, objectId, name}: Finding, ignoring: Ignoring): boolean =>
	ignores(rule, {kind, id: objectId, name, labels: []}, ignoring);
