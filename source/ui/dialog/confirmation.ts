/** What one consents to: nothing of it may change unnoticed between reading and saying yes. */

import type {Plan} from '../../cluster/intent.ts';
import type {ClusterState} from '../../cluster/model.ts';
import {changesSince} from '../../cluster/pipeline/what-changed.ts';
import {type SafeText, toSafeText} from '../../text/safe-text.ts';
import type {Confirmation} from '../app/overlay.ts';

/** As things stand now; the same object while nothing has changed. When something has, it says so and goes back to Cancel. */
export function recheck(confirmation: Confirmation, plan: Plan, cluster: ClusterState): Confirmation {
	const shown = severityOf(plan);
	const {forecast} = plan;
	const changes = changesSince(confirmation.seen, cluster);
	const isSameObject = isSameList(changes, confirmation.changes);
	if (isSameObject && isSameList(shown, confirmation.shown) && forecast === confirmation.forecast) return confirmation;
	// When only the forecast has come the plan says more, and nothing about the swarm has changed.
	const hasChanged = confirmation.hasChanged || !isSameObject || forecast === confirmation.forecast;
	return {...confirmation, shown, changes, forecast, hasChanged, focus: 'cancel'};
}

/**
 * What of a plan must not change unnoticed between reading and consenting. Counts that move by themselves (a crashing
 * service's tasks come and go every second) are shown anew but don't take the focus off the button.
 */
export function severityOf({title, refusal, consent, lines, diff = []}: Plan): SafeText[] {
	const dangers = lines.filter(({tone}) => tone === 'danger').map(({text}) => text);
	const changes = diff.flatMap((line) => (line.kind === 'removed' || line.kind === 'added' ? [line.text] : []));
	return [title, refusal ?? toSafeText(''), toSafeText(consent.kind), ...dangers, ...changes];
}

const isSameList = (a: readonly SafeText[], b: readonly SafeText[]): boolean => a.join('\n') === b.join('\n');
