/** What the activity view lists, newest first: what was done in this session, one by one or as batches, and updates under way. */

import {objectOf} from '../../cluster/actions/names.ts';
import {serviceWord} from '../../cluster/docker-command/names.ts';
import type {Progress} from '../../cluster/intent.ts';
import type {ClusterState, ServiceEntity, UpdateEntity} from '../../cluster/model.ts';
import {joinSafe, type SafeText, safe, toSafeText} from '../../text/safe-text.ts';
import {shellLine} from '../../text/shell-words.ts';
import type {UpdateState} from '../../wire/service.ts';
import {type BatchSummary, groupBatches, summarizeBatch} from './batch-summary.ts';

export type ActivityItem = {
	/** The same for the same thing: what the cursor holds on to. */
	readonly key: string;
	readonly state: Progress['state'];
	readonly title: SafeText;
	/** One of a batch: it stands below its heading. */
	readonly isPart: boolean;
	/** What was done or is to be done, in steps; a total of 0 has no bar. */
	readonly done: number;
	readonly total: number;
	/** Milliseconds since the epoch; undefined where nobody knows. */
	readonly startedAt: number | undefined;
	readonly finishedAt: number | undefined;
	/** What it says, whole: an error with all that the engine said of it. */
	readonly details: readonly SafeText[];
	/** What docker would be told; several lines for a batch. */
	readonly command: SafeText;
	readonly commandNote?: SafeText | undefined;
	/** The service whose update can be gone on with or rolled back, where one is paused or rolls back. */
	readonly troubled: ServiceEntity | undefined;
	/** The object to go to. */
	readonly objectId: string | undefined;
	readonly batch: BatchSummary | undefined;
	readonly undo: Progress['undo'];
};

/** Updates that somebody else began, first: they may want an answer. */
export function activityItems(actions: readonly Progress[], cluster: ClusterState): readonly ActivityItem[] {
	return [...foreignUpdates(actions, cluster), ...groupBatches(actions).flatMap((group) => itemsOf(group, cluster))];
}

function itemsOf(group: readonly Progress[], cluster: ClusterState): ActivityItem[] {
	const [first] = group;
	if (!first?.batch) return group.map((entry) => actionItem(entry, cluster));
	const summary = summarizeBatch(group);
	const ends = group.map(({finishedAt}) => finishedAt);
	const heading: ActivityItem = {
		key: `batch ${first.batch.id}`,
		state: summary.state,
		title: first.batch.title,
		isPart: false,
		done: summary.done,
		total: summary.total,
		startedAt: Math.min(...group.map(({startedAt}) => startedAt)),
		finishedAt: ends.includes(undefined) ? undefined : Math.max(...ends.flatMap((end) => end ?? [])),
		details: [summary.words],
		command: joinSafe(
			group.flatMap(({command}) => (command === '' ? [] : [command])),
			' && ',
		),
		troubled: undefined,
		objectId: undefined,
		batch: summary,
		undo: undefined,
	};
	return [heading, ...group.map((entry) => ({...actionItem(entry, cluster), isPart: true}))];
}

function actionItem(entry: Progress, cluster: ClusterState): ActivityItem {
	const {id, state, title, done, total, startedAt, finishedAt, detail, command, commandNote, undo, intent} = entry;
	const service = cluster.services.get(objectOf(intent));
	return {
		key: `action ${id}`,
		...{state, title, done, total, startedAt, finishedAt, command, commandNote},
		isPart: false,
		details: [detail],
		troubled: service && isTroubled(service.update) ? service : undefined,
		objectId: objectOf(intent),
		batch: undefined,
		undo: state === 'done' ? undo : undefined,
	};
}

const words: Partial<Record<UpdateState, string>> = {
	updating: 'is being updated',
	paused: 'has an update that is paused',
	rollback_started: 'is rolling back',
	rollback_paused: 'has a rollback that is paused',
};

/** It waits for somebody to say whether it shall go on, or is on its way back. */
const isTroubled = (update: UpdateEntity | undefined): boolean =>
	update?.state === 'paused' || update?.state === 'rollback_paused' || update?.state === 'rollback_started';

function foreignUpdates(actions: readonly Progress[], {services}: ClusterState): ActivityItem[] {
	const told = new Set(actions.map(({intent}) => objectOf(intent)));
	return [...services.values()].flatMap((service) => {
		const {update, id, name} = service;
		const word = update && words[update.state];
		if (!update || word === undefined || told.has(id)) return [];
		return [
			{
				key: `update ${id}`,
				state: isTroubled(update) ? 'stuck' : 'running',
				title: safe`${name} ${toSafeText(word)}`,
				isPart: false,
				done: 0,
				total: 0,
				startedAt: update.startedAt,
				finishedAt: undefined,
				details: update.message === '' ? [] : [update.message],
				command: shellLine(['docker', 'service', 'ps', serviceWord(id, {services})]),
				troubled: isTroubled(update) ? service : undefined,
				objectId: id,
				batch: undefined,
				undo: undefined,
			} satisfies ActivityItem,
		];
	});
}
