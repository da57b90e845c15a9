/** What stands in the border of the topology. */
import {tasksByNode, zoneKeyOf} from '../../cluster/topology.ts';
import {count, plural} from '../../text/format.ts';
import {joinStyled, type StyledText, safe, toSafeText} from '../../text/safe-text.ts';
import type {Environment} from '../app/environment.ts';
import type {ShownRows} from '../app/lists.ts';
import type {ListState} from '../app/state.ts';
import {paint} from '../theme/theme.ts';

/** From this share on the map is told as whole: what starts and stops is never all known. */
const knownFrom = 0.9;

/** How many tasks have a block, of those that are meant to run. */
function knowledgeOf({tasks, services}: Environment['cluster']): {readonly known: number; readonly wanted: number} {
	let [known, wanted] = [0, 0];
	for (const group of tasksByNode(tasks).values()) known += group.length;
	for (const {counts} of services.values()) wanted += counts?.desired ?? 0;
	return {known, wanted};
}

/** `topology  5 nodes by zone`, and what is particular to what is shown now. */
export function mapTitle(
	{filterText, marks}: ListState,
	{rows, total}: ShownRows,
	isPlanned: boolean,
	{theme, cluster}: Environment,
): StyledText {
	const key = zoneKeyOf(cluster);
	const by = key.of === 'role' ? toSafeText('role') : toSafeText(key.name);
	const parts: StyledText[] = [
		paint(theme, 'title', toSafeText('topology')),
		safe`${plural(cluster.nodes.size, 'node')} by ${by}`,
	];
	const {known, wanted} = knowledgeOf(cluster);
	if (!isPlanned && known < wanted * knownFrom)
		parts.push(paint(theme, 'warning', safe`${count(known)} of ${count(wanted)} tasks known so far`));
	if (filterText.trim() !== '') {
		parts.push(safe`${rows.length}/${total}`);
		parts.push(paint(theme, 'match', toSafeText(`/${filterText.trim()}`)));
	}
	if (marks.ids.size > 0) parts.push(paint(theme, 'accent', safe`${marks.ids.size} marked`));
	if (isPlanned) parts.push(paint(theme, 'warning', toSafeText('planned: + starts  - stops  ~ replaced  ! no place')));
	return joinStyled(parts, '  ');
}
