/** What people read of cleaning up nodes. */
import {type EngineError, engineError} from '../../engine/error.ts';
import type {Prunable} from '../../engine/node-engine.ts';
import {bytes, plural} from '../../text/format.ts';
import {joinSafe, type SafeText, safe, toSafeText} from '../../text/safe-text.ts';
import type {Unused as Found} from '../entities/unused.ts';
import {line, type PlanLine} from '../plan-line.ts';

const words: Readonly<Record<Prunable, readonly [one: string, several: string]>> = {
	containers: ['stopped container', 'stopped containers'],
	'dangling-images': ['dangling image', 'dangling images'],
	'unused-images': ['unused image', 'unused images'],
	'build-cache': ['build cache record', 'build cache records'],
	volumes: ['unused volume', 'unused volumes'],
};

const namedAtMost = 6;

const counted = (what: Prunable, count: number): SafeText => plural(count, ...words[what]);

function named({names, count}: Found): SafeText {
	if (names.length === 0) return toSafeText('');
	const shown = names.slice(0, namedAtMost).map(toSafeText);
	const rest = count - shown.length;
	return safe`: ${joinSafe(shown, ', ')}${rest > 0 ? safe` and ${rest} more` : toSafeText('')}`;
}

const warning = (text: string): PlanLine => line('warning', toSafeText(text));

export const clean = {
	title: (node: string, what: Prunable) => safe`Remove ${toSafeText(words[what][1])} from ${toSafeText(node)}`,
	summary: (node: SafeText, what: Prunable, {count, bytes: size}: Found) =>
		safe`${node}: ${counted(what, count)}, ${bytes(size)}`,
	goes: (node: SafeText, what: Prunable, found: Found): PlanLine =>
		line(
			what === 'volumes' ? 'danger' : 'plain',
			safe`${node}: ${counted(what, found.count)} ${toSafeText(found.count === 1 ? 'goes' : 'go')}, about ${bytes(found.bytes)} come back${named(found)}.`,
		),
	nothing: (node: SafeText, what: Prunable) => safe`${node} has no ${toSafeText(words[what][1])}.`,
	outcome: (pruned: Found) => safe`${pruned.count} removed, ${bytes(pruned.bytes)} came back`,
	done: toSafeText('cleaned up'),
	noWays: (): EngineError => engineError('unreachable', 'There is no way to the nodes of this swarm.', ''),
	consequences: {
		containers: [
			warning('Their logs and exit states go with them, also those of tasks that ended.'),
			warning('What has stopped by the time it is done goes too.'),
		],
		'dangling-images': [],
		'unused-images': [warning('A service that needs one of them again pulls it; a rollback waits for that.')],
		'build-cache': [warning('The next build starts from nothing.')],
		volumes: [line('danger', toSafeText('The data in them is deleted. Nothing brings it back.'))],
	} satisfies Readonly<Record<Prunable, readonly PlanLine[]>>,
};
